"""Tables as DuckDB reads them: read_duckdb.py SNIPPET OUT TABLE…, in the folder of the tables. The snippet is the document's."""

import sys
from pathlib import Path

import duckdb
import told

snippet, out, *tables = sys.argv[1:]
KINDS = {"VARCHAR": "text", "DOUBLE": "number", "INTEGER": "whole", "BIGINT": "whole", "BOOLEAN": "flag", "DATE": "day"}

base = duckdb.connect()
base.execute(Path(snippet).read_text("utf-8"))
for name in tables:
    read = base.execute(f'SELECT * FROM "{name}"')
    columns = [column[0] for column in read.description]
    kinds = [KINDS.get(str(column[1]), str(column[1])) for column in read.description]
    rows = [[None if value is None else str(value).lower() if isinstance(value, bool) else str(value) for value in row] for row in read.fetchall()]
    told.write(f"{out}/{name}", columns, kinds, rows)

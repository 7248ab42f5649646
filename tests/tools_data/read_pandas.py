"""Tables as pandas reads them: read_pandas.py SNIPPET OUT TABLE…, in the folder of the tables. The snippet is the document's."""

import sys
from pathlib import Path

import pandas as pd
import told

snippet, out, *tables = sys.argv[1:]
scope = {}
exec(compile(Path(snippet).read_text("utf-8"), snippet, "exec"), scope)

KINDS = {"string": "text", "Float64": "number", "Int64": "whole", "boolean": "flag"}


def cell(value):
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        assert value == value.normalize(), value
        return value.date().isoformat()
    return str(value).lower() if isinstance(value, bool) or str(value) in ("True", "False") else str(value)


for name in tables:
    table = scope["load"](f"{name}.csv")
    kinds = ["day" if str(kind).startswith("datetime64") else KINDS.get(str(kind), str(kind)) for kind in table.dtypes]
    columns = [[value if kind == "text" and not pd.isna(value) else cell(value) for value in table[column]] for column, kind in zip(table.columns, kinds)]
    told.write(f"{out}/{name}", list(table.columns), kinds, zip(*columns))

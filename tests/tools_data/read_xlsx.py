"""Workbooks that LibreOffice made of tables, as their cells are: read_xlsx.py FOLDER OUT TABLE…"""

import sys
from datetime import datetime

import openpyxl
import told

folder, out, *tables = sys.argv[1:]
KINDS = {"s": "text", "n": "number", "b": "flag", "d": "day", "f": "formula", "e": "error"}


def cell(value):
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    return value.date().isoformat() if isinstance(value, datetime) else str(value)


for name in tables:
    sheet = openpyxl.load_workbook(f"{folder}/{name}.xlsx").active
    header, *rows = sheet.iter_rows()
    kinds = []
    for number in range(len(header)):
        found = {KINDS[row[number].data_type] for row in rows if row[number].value is not None}
        kinds.append("+".join(sorted(found)) or "empty")
    told.write(f"{out}/{name}", [one.value for one in header], kinds, [[cell(one.value) for one in row] for row in rows])

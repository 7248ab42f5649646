"""Tells what a program read of a table, for the test to compare: a line of column names, one of kinds, then one a row. Cells are parted by
tabs; a tab, a line end and a backslash in a cell are escaped, and what is missing is \\N."""

ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def write(path, columns, kinds, rows):
    def line(cells):
        return "\t".join("\\N" if cell is None else "".join(ESCAPES.get(c, c) for c in cell) for cell in cells) + "\n"

    with open(path, "w", encoding="utf-8", newline="") as file:
        file.writelines([line(columns), line(kinds), *map(line, rows)])

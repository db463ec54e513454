"""Tables saved as text: CSV in the ways that spreadsheets save it."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from io import StringIO

from bot.documents.tables.cells import text, trimmed
from bot.documents.tables.limits import CELL_CHARS, COLUMNS, ROWS, RefusedTableError, Sheet

_DELIMITERS = ";\t,"
#: Signs that no text of people has; a file with them is something else.
_BINARY = frozenset(map(chr, (*range(9), *range(14, 32)))) - {"\x1b"}
_MANY = 8


def read_plain(data: bytes) -> Sheet:
    """The table in a text file. Raises RefusedTableError for what is no table."""
    typed = _decoded(data)
    if typed.lstrip()[:1] == "<":
        raise RefusedTableError("table.web_page")
    lines = [line for line in typed.splitlines() if line.strip()]
    if not lines:
        raise RefusedTableError("table.no_rows")
    delimiter = max(_DELIMITERS, key=lines[0].count)
    csv.field_size_limit(CELL_CHARS * 20)
    try:
        rows = list(csv.reader(StringIO(typed, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise RefusedTableError("table.damaged") from error
    if len(rows) > ROWS:
        raise RefusedTableError("table.too_many_rows", limit=ROWS)
    cells = trimmed([[text(cell) for cell in row] for row in rows])
    if any(len(row) > COLUMNS for row in cells):
        raise RefusedTableError("table.too_many_columns", limit=COLUMNS)
    return Sheet("", cells)


def _decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, else what Windows writes in Russia."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        typed = data.decode("utf-16", "replace")
    elif data.startswith(BOM_UTF8):
        typed = data.decode("utf-8-sig", "replace")
    else:
        try:
            typed = data.decode("utf-8")
        except UnicodeDecodeError:
            typed = data.decode("cp1251", "replace")
    if sum(typed.count(sign) for sign in _BINARY) > _MANY or "\x00" in typed:
        raise RefusedTableError("table.not_table")
    return typed

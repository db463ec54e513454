"""The protocol of a stage and the results of trials as XLSX: to be filled in and sent back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from bot.documents.file import File
from bot.documents.safe_xlsx import safe_workbook

#: By these the columns are found again in the file that comes back.
NUMBER, FINAL = "№ заявки", "В финал"
YES = "да"
#: Above the table: what it is about, a line each.
_WIDTH_LEAST, _WIDTH_MOST = 10, 44


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: lines above, a head, rows; `filled` names the columns that people fill in."""

    name: str
    sheet: str
    above: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    filled: frozenset[str]
    #: What may be chosen in a filled column; empty: anything.
    choices: tuple[str, ...] = ()


def draw(table: Table) -> File:
    """The table as a workbook of one sheet, its filled columns as text so that «1:05,3» stays what it is."""
    buffer = BytesIO()
    with safe_workbook(buffer) as book:
        sheet = book.add_worksheet(table.sheet[:31])
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#DDE7F3", "border": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        open_ = book.add_format({"num_format": "@", "bg_color": "#FFF7D6", "border": 1, "valign": "top"})
        for number, line in enumerate(table.above):
            sheet.write_string(number, 0, line, bold if number == 0 else None)
        first = len(table.above) + 1
        sheet.write_row(first, 0, table.head, head)
        for number, row in enumerate(table.rows, first + 1):
            for column, value in enumerate(row):
                filled = table.head[column] in table.filled
                sheet.write_string(number, column, value, open_ if filled else plain)
        last = first + len(table.rows)
        for column, title in enumerate(table.head):
            sheet.set_column(column, column, _width(title, [row[column] for row in table.rows]))
            if title in table.filled and table.choices and table.rows:
                rule = {"validate": "list", "source": ["", *table.choices]}
                sheet.data_validation(first + 1, column, last, column, rule)
        sheet.freeze_panes(first + 1, 2)
        sheet.fit_to_pages(1, 0)
        sheet.set_landscape()
    return File(table.name, buffer.getvalue())


def _width(title: str, values: Sequence[str]) -> int:
    longest = max((len(line) for value in (title, *values) for line in value.split("\n")), default=0)
    return min(max(longest + 2, _WIDTH_LEAST), _WIDTH_MOST)

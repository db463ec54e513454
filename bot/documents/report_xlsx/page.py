"""A summary sheet: rows of labels, numbers and links, written by XlsxWriter. Text is always text, never a formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from bot.documents.exports.cells import text_of
from bot.documents.report_xlsx.tables import Cell

_BLUE = "#1F3864"
#: Of a line of text, in points.
LINE_HEIGHT = 15


@dataclass(frozen=True, slots=True)
class Linked:
    """A number or a text that leads to a place of the workbook."""

    value: str | int
    #: «'Заявки'!$N$5:$N$40»; None: it leads nowhere.
    to: str | None


@dataclass(frozen=True, slots=True)
class Looks:
    """The formats of a workbook."""

    title: Any
    head: Any
    text: Any
    number: Any
    link: Any
    link_text: Any
    group: Any
    note: Any
    bad: Any

    @classmethod
    def of(cls, book: Workbook) -> Looks:
        """Made once for each workbook."""
        cell = {"border": 1, "border_color": "#BFBFBF", "valign": "top", "text_wrap": True}
        number = {**cell, "num_format": "# ##0", "text_wrap": False, "align": "right", "indent": 1}
        return cls(
            title=book.add_format({"bold": True, "font_size": 14, "font_color": _BLUE}),
            head=book.add_format({**cell, "bold": True, "bg_color": "#DCE6F1", "valign": "vcenter"}),
            text=book.add_format(cell),
            number=book.add_format(number),
            link=book.add_format({**number, "font_color": "#0563C1", "underline": 1}),
            link_text=book.add_format({**cell, "font_color": "#0563C1", "underline": 1}),
            group=book.add_format({"bold": True, "font_size": 12, "font_color": _BLUE}),
            note=book.add_format({"text_wrap": True, "valign": "top", "font_color": "#404040"}),
            bad=book.add_format({**cell, "bold": True, "font_color": "#C00000"}),
        )


class Page:
    """Writes a sheet from above."""

    def __init__(self, book: Workbook, looks: Looks, name: str, widths: Sequence[int]) -> None:
        self._sheet: Worksheet = book.add_worksheet(name)
        self._looks = looks
        self._widths = tuple(widths)
        self.row = 0
        for place, width in enumerate(widths):
            self._sheet.set_column(place, place, width)
        self._sheet.hide_gridlines(2)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)

    def title(self, text: str) -> None:
        """The heading of the sheet."""
        self._sheet.write_string(self.row, 0, text, self._looks.title)
        self.row += 1

    def group(self, text: str) -> None:
        """The heading of a table, after a blank row."""
        self.row += 1
        self._sheet.write_string(self.row, 0, text_of(text), self._looks.group)
        self.row += 1

    def note(self, text: str) -> None:
        """A paragraph over the whole width."""
        self._sheet.merge_range(self.row, 0, self.row, len(self._widths) - 1, "", self._looks.note)
        self._sheet.write_string(self.row, 0, text_of(text), self._looks.note)
        self._sheet.set_row(self.row, LINE_HEIGHT * self._lines(text, sum(self._widths)))
        self.row += 1

    def heads(self, titles: Sequence[str], *, freeze: bool = False) -> None:
        """The heading of a table's columns; `freeze`: it stays in sight."""
        for place, text in enumerate(titles):
            self._sheet.write_string(self.row, place, text, self._looks.head)
        self._sheet.set_row(self.row, 45)
        self.row += 1
        if freeze:
            self._sheet.freeze_panes(self.row, 0)
            self._sheet.repeat_rows(self.row - 1)

    def line(self, cells: Sequence[Cell | Linked]) -> None:
        """One row of a table."""
        for place, cell in enumerate(cells):
            self._put(place, cell)
        lines = max(map(self._lines, cells, self._widths), default=1)
        if lines > 1:
            self._sheet.set_row(self.row, LINE_HEIGHT * lines)
        self.row += 1

    @staticmethod
    def _lines(cell: Cell | Linked, width: int) -> int:
        """How many lines a text takes: table programs do not all find out by themselves."""
        text = cell.value if isinstance(cell, Linked) else cell
        if not isinstance(text, str):
            return 1
        return sum(max(1, -(-len(line) // max(width - 2, 1))) for line in text.split("\n"))

    def _put(self, place: int, cell: Cell | Linked) -> None:
        looks = self._looks
        value = cell.value if isinstance(cell, Linked) else cell
        is_number = isinstance(value, int)
        if isinstance(cell, Linked) and cell.to is not None:
            look = looks.link if is_number else looks.link_text
            self._sheet.write_url(self.row, place, f"internal:{cell.to}", look, text_of(value))
        else:
            look = looks.number if is_number else looks.text
        if isinstance(value, int):
            self._sheet.write_number(self.row, place, value, look)  # over the link's text: a number stays a number
        elif not (isinstance(cell, Linked) and cell.to is not None):
            is_bad = isinstance(value, str) and value.startswith("✗")
            self._sheet.write_string(self.row, place, text_of(value), looks.bad if is_bad else look)


def address(sheet: str, column: int, first: int, last: int) -> str:
    """«'Заявки'!$N$5:$N$40»: a part of a column, rows counted from 1."""
    start = xl_rowcol_to_cell(first - 1, column, row_abs=True, col_abs=True)
    end = xl_rowcol_to_cell(last - 1, column, row_abs=True, col_abs=True)
    return f"'{sheet}'!{start}" if start == end else f"'{sheet}'!{start}:{end}"

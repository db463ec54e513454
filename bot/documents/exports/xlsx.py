"""A long table as XLSX. XlsxWriter makes the workbook: styles, heading, filter, widths, the sheet about the file.

Only the rows are put in here, because a hundred thousand of them take XlsxWriter's own cells longer than the file may
take: the workbook is made with one empty row as a pattern, whose styles all rows get. Text goes in as a string typed as
such (`inlineStr`), so no cell is ever a formula or a link, whatever it begins with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO, Self
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from bot.contest.exports.model import Column, Kind
from bot.documents.exports.cells import Value, number_of, serial, text_of
from bot.documents.exports.table import Table

#: A sheet of Excel has 1 048 576 rows; what is beyond goes to a further sheet.
MOST_ROWS = 1_000_000
ABOUT = "О выгрузке"
_FORMATS = {Kind.TEXT: "@", Kind.NUMBER: "General", Kind.MOMENT: "dd.mm.yyyy hh:mm", Kind.DAY: "dd.mm.yyyy"}
#: The widths of columns are those of the first rows.
_MEASURED_ROWS = 500
_NARROWEST, _WIDEST, _MOMENT_WIDTH = 8, 48, 17
_A4 = 9
#: Quick to write and small enough: twice as large as the best, in a third of the time.
_COMPRESSION = 3
_PATTERN = re.compile(r'<row r="2".*?</row>|<row r="2"[^>]*/>', re.DOTALL)
_STYLE = re.compile(r'<c r="[A-Z]+2"(?: s="(\d+)")?')
#: Text that Excel would read as an escaped character.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: A sheet's name has no such characters and is no longer than this.
_NO_NAME, _MOST_NAME = re.compile(r"[\[\]:*?/\\']"), 28
_CHUNK_ROWS = 500
Cell = Callable[[str, Value], str]


class XlsxWriter:
    """Writes rows as they come; the workbook is there when the context ends without an error."""

    def __init__(self, path: Path, table: Table) -> None:
        self._path, self._table = path, table
        self._folder = TemporaryDirectory(prefix="export-")
        self._sheets: list[int] = []
        self._rows_file: IO[str] | None = None
        self._cells = [_cell(one, xl_col_to_name(number), table) for number, one in enumerate(table.columns)]
        self._widths = [len(one.title) + 3 for one in table.columns]
        self._waiting: list[str] = []
        self.rows = 0

    def write(self, row: Sequence[Value]) -> None:
        """One row, a value for each column."""
        if self.rows % MOST_ROWS == 0:
            self._next_sheet()
        number = str(self.rows % MOST_ROWS + 2)
        self._waiting.append(self._row(number, row))
        if self.rows < _MEASURED_ROWS:
            self._measure(row)
        self.rows += 1
        self._sheets[-1] += 1
        if len(self._waiting) == _CHUNK_ROWS:
            self._flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._rows_file is not None:
                self._flush()
                self._rows_file.close()
            if kind is None:
                self._put_together()
        finally:
            with suppress(OSError):
                self._folder.cleanup()

    def _row(self, number: str, row: Sequence[Value]) -> str:
        cells = "".join([cell(number, value) for cell, value in zip(self._cells, row, strict=True)])
        return f'<row r="{number}">{cells}</row>'

    def _measure(self, row: Sequence[Value]) -> None:
        for place, (value, column) in enumerate(zip(row, self._table.columns, strict=True)):
            wide = _MOMENT_WIDTH if column.kind is Kind.MOMENT else len(text_of(value)) + 2
            self._widths[place] = max(self._widths[place], wide)

    def _next_sheet(self) -> None:
        if self._rows_file is not None:
            self._flush()
            self._rows_file.close()
        self._rows_file = self._part(len(self._sheets)).open("w", encoding="utf-8")
        self._sheets.append(0)

    def _flush(self) -> None:
        if self._rows_file is not None:
            self._rows_file.write("".join(self._waiting))
        self._waiting.clear()

    def _part(self, number: int) -> Path:
        return Path(self._folder.name) / f"rows{number}.xml"

    def _put_together(self) -> None:
        shell = Path(self._folder.name) / "shell.xlsx"
        self._shell(shell)
        parts = {f"xl/worksheets/sheet{number + 1}.xml": self._part(number) for number in range(len(self._sheets))}
        with ZipFile(shell) as old, ZipFile(self._path, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as new:
            for entry in old.infolist():
                if entry.filename not in parts:
                    new.writestr(entry, old.read(entry), ZIP_DEFLATED, _COMPRESSION)
                    continue
                with new.open(entry.filename, "w", force_zip64=True) as sheet:
                    for chunk in _filled(old.read(entry).decode(), parts[entry.filename]):
                        sheet.write(chunk)

    def _shell(self, path: Path) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with Workbook(path, {**options, "tmpdir": self._folder.name}) as book:
            formats = {kind: _format(book, kind) for kind in Kind}
            heading = book.add_format({
                "bold": True, "bg_color": "#DDE7F3", "bottom": 1, "text_wrap": True, "valign": "vcenter",
            })  # fmt: skip
            for number, count in enumerate(self._sheets or [0]):
                self._sheet(book.add_worksheet(_sheet_name(self._table.title, number)), count, formats, heading)
            _about(book, self._table, self.rows)
            book.set_properties({"title": self._table.title, "author": "", "comments": ""})

    def _sheet(self, sheet: Worksheet, count: int, formats: dict[Kind, Format], heading: Format) -> None:
        columns = self._table.columns
        for number, column in enumerate(columns):
            sheet.write_string(0, number, column.title, heading)
            if count:
                sheet.write_blank(1, number, None, formats[column.kind])
            sheet.set_column(number, number, min(max(self._widths[number], _NARROWEST), _WIDEST))
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)


def _cell(column: Column, name: str, table: Table) -> Cell:
    """How a cell of the column is written; `{style}` is filled in when the styles are known."""
    style = f' s="@{name}@"'

    def text(number: str, value: Value) -> str:
        if value is None or value == "":
            return ""
        return f'<c r="{name}{number}"{style} t="inlineStr"><is><t xml:space="preserve">{_xml(value)}</t></is></c>'

    def amount(number: str, value: Value) -> str:
        found = number_of(value)
        return text(number, value) if found is None else f'<c r="{name}{number}"{style}><v>{found}</v></c>'

    def day(number: str, value: Value) -> str:
        if value is None or isinstance(value, str | int | float):
            return text(number, value)
        return f'<c r="{name}{number}"{style}><v>{serial(value, table.zone)}</v></c>'  # type: ignore[arg-type]

    return {Kind.TEXT: text, Kind.NUMBER: amount, Kind.MOMENT: day, Kind.DAY: day}[column.kind]


def _xml(value: Value) -> str:
    found = text_of(value)
    if "_x" in found:
        found = _ESCAPED.sub(r"_x005F_x\1_", found)
    return escape(found).replace("\r", "&#13;")


def _filled(sheet: str, rows: Path) -> Iterator[bytes]:
    """The sheet with the rows in place of the pattern, in pieces; each cell gets the style of its column."""
    pattern = _PATTERN.search(sheet)
    if pattern is None:
        raise ValueError("the workbook has no row to go by")
    found = _STYLE.findall(pattern[0])
    styles = {f' s="@{xl_col_to_name(number)}@"': f' s="{style or 0}"' for number, style in enumerate(found)}
    yield sheet[: pattern.start()].encode()
    with rows.open(encoding="utf-8") as written:
        yield from _pieces(written, styles)
    yield sheet[pattern.end() :].encode()


def _pieces(written: IO[str], styles: dict[str, str]) -> Iterator[bytes]:
    raise NotImplementedError


def _format(book: Workbook, kind: Kind) -> Format:
    return book.add_format({"num_format": _FORMATS[kind], "valign": "top"})


def _sheet_name(title: str, number: int) -> str:
    name = _NO_NAME.sub(" ", title)[:_MOST_NAME]
    return name if number == 0 else f"{name[: _MOST_NAME - 4]} ({number + 1})"


def _about(book: Workbook, table: Table, rows: int) -> None:
    raise NotImplementedError

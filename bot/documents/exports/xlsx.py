"""A long table as XLSX. XlsxWriter makes the workbook (see `shell`); only the rows are put into it here.

A hundred thousand rows take XlsxWriter longer than the whole file may take (11 µs a cell), so its empty pattern row
is replaced by rows written at once. Text goes in as a string that is typed as one (`inlineStr`), so no cell is ever a
formula or a link, whatever it begins with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO, Self
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter.utility import xl_col_to_name

from bot.contest.exports.model import Kind
from bot.documents.exports.cells import Value, number_of, serial, text_of
from bot.documents.exports.shell import make_shell
from bot.documents.exports.table import Table

#: A sheet of Excel has 1 048 576 rows; what is beyond goes to a further sheet.
MOST_ROWS = 1_000_000
#: Columns are as wide as what stands in the first rows.
_MEASURED_ROWS = 500
_MOMENT_WIDTH = 17
#: Half as long as the best and little larger.
_COMPRESSION = 3
_PATTERN = re.compile(r'<row r="2"(?:[^>]*/>|.*?</row>)', re.DOTALL)
_STYLE = re.compile(r'<c r="[A-Z]+2"(?: s="(\d+)")?')
#: Text that Excel would read as an escaped character.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MORE_ESCAPES = {"\r": "&#13;"}
#: Texts that many rows share, as a school's name.
_REMEMBERED = 4_096
_CHUNK_ROWS, _CHUNK_BYTES = 500, 1 << 20
#: Writes a cell of one column, given the row's number in words.
Cell = Callable[[str, Value], str]


class XlsxWriter:
    """Writes rows as they come; the workbook is there when the context ends without an error."""

    def __init__(self, path: Path, table: Table) -> None:
        self._path, self._table = path, table
        self._folder = TemporaryDirectory(prefix="export-")
        self._cells = _cells(table)
        self._widths = [len(one.title) + 3 for one in table.columns]
        #: How many rows each sheet has.
        self._counts: list[int] = []
        self._file: IO[str] | None = None
        self._waiting: list[str] = []
        self.rows = 0

    def write(self, row: Sequence[Value]) -> None:
        """One row, a value for each column."""
        if self.rows % MOST_ROWS == 0:
            self._next_sheet()
        number = str(self.rows % MOST_ROWS + 2)
        cells = "".join([cell(number, value) for cell, value in zip(self._cells, row, strict=True)])
        self._waiting.append(f'<row r="{number}">{cells}</row>')
        if self.rows < _MEASURED_ROWS:
            self._measure(row)
        self.rows += 1
        self._counts[-1] += 1
        if len(self._waiting) == _CHUNK_ROWS:
            self._flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._end_sheet()
            if kind is None:
                self._put_together()
        finally:
            self._folder.cleanup()

    def _measure(self, row: Sequence[Value]) -> None:
        for place, (value, column) in enumerate(zip(row, self._table.columns, strict=True)):
            wide = _MOMENT_WIDTH if column.kind is Kind.MOMENT else len(text_of(value)) + 2
            self._widths[place] = max(self._widths[place], wide)

    def _next_sheet(self) -> None:
        self._end_sheet()
        self._counts.append(0)
        self._file = self._part(len(self._counts)).open("w", encoding="utf-8")

    def _end_sheet(self) -> None:
        if self._file is not None:
            self._flush()
            self._file.close()
            self._file = None

    def _flush(self) -> None:
        if self._file is not None:
            self._file.write("".join(self._waiting))
        self._waiting.clear()

    def _part(self, sheet: int) -> Path:
        return Path(self._folder.name) / f"rows{sheet}.xml"

    def _put_together(self) -> None:
        shell = Path(self._folder.name) / "shell.xlsx"
        make_shell(shell, self._table, self._counts or [0], self._widths, folder=self._folder.name)
        parts = {f"xl/worksheets/sheet{sheet}.xml": self._part(sheet) for sheet in range(1, len(self._counts) + 1)}
        with ZipFile(shell) as old, ZipFile(self._path, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as new:
            for entry in old.infolist():
                with new.open(entry.filename, "w", force_zip64=entry.filename in parts) as part:
                    for piece in _filled(old.read(entry), parts.get(entry.filename)):
                        part.write(piece)


def _cells(table: Table) -> list[Cell]:
    """How the cells of each column are written, with the style that XlsxWriter gives them."""
    sample = BytesIO()
    make_shell(sample, table, [1], [len(one.title) for one in table.columns])
    with ZipFile(sample) as book:
        pattern = _PATTERN.search(book.read("xl/worksheets/sheet1.xml").decode())
    styles = _STYLE.findall(pattern[0]) if pattern else []
    return [
        _cell(column.kind, xl_col_to_name(place), f' s="{style}"' if style else "", table)
        for place, (column, style) in enumerate(zip(table.columns, styles, strict=True))
    ]


def _cell(kind: Kind, name: str, style: str, table: Table) -> Cell:
    def text(number: str, value: Value) -> str:
        if value is None or value == "":
            return ""
        return text_cell(f"{name}{number}", value, style)

    def amount(number: str, value: Value) -> str:
        found = number_of(value)
        return text(number, value) if found is None else f'<c r="{name}{number}"{style}><v>{found}</v></c>'

    def day(number: str, value: Value) -> str:
        found = serial(value, table.zone)
        return text(number, value) if found is None else f'<c r="{name}{number}"{style}><v>{found}</v></c>'

    return {Kind.TEXT: text, Kind.NUMBER: amount, Kind.MOMENT: day, Kind.DAY: day}[kind]


def text_cell(place: str, value: Value, style: str = "") -> str:
    """A cell of text, typed as text; `place`: «B7», `style`: an attribute with the blank before it."""
    return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{xml_text(value)}</t></is></c>'


@lru_cache(maxsize=_REMEMBERED, typed=True)
def xml_text(value: Value) -> str:
    """The value as text between tags; what Excel would read as an escaped character stays what it is."""
    found = text_of(value)
    if "_x" in found:
        found = _ESCAPED.sub(r"_x005F_x\1_", found)
    return escape(found, _MORE_ESCAPES)


def _filled(part: bytes, rows: Path | None) -> Iterator[bytes]:
    """A part of the workbook, in pieces; a sheet with rows gets them in place of its pattern row."""
    if rows is None:
        yield part
        return
    sheet = part.decode()
    pattern = _PATTERN.search(sheet)
    if pattern is None:
        raise ValueError("the workbook has no row to go by")
    yield sheet[: pattern.start()].encode()
    with rows.open("rb") as written:
        while piece := written.read(_CHUNK_BYTES):
            yield piece
    yield sheet[pattern.end() :].encode()

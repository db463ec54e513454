"""Looking into an XLSX before anything parses it: what it holds, how large it really is, what must not be there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from bot.documents.tables.limits import (
    COLUMNS,
    ENTRIES,
    RATIO,
    RATIO_FROM_BYTES,
    ROWS,
    UNPACKED_BYTES,
    RefusedTableError,
)

ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 256 * 1024
_XML = (".xml", ".rels", ".vml")
_PACKED = (".zip", ".xlsx", ".xlsm", ".xlsb", ".docx", ".docm", ".pptx", ".ods", ".jar", ".rar", ".7z", ".gz")
#: What a part's name says about a file that is more than a table, with the refusal.
_FORBIDDEN = (
    (re.compile(r"vbaproject|/macrosheets/|/dialogsheets/", re.IGNORECASE), "table.macros"),
    (re.compile(r"/externallinks/|/connections\.xml|/querytables/|/webextensions/", re.IGNORECASE), "table.external"),
    (re.compile(r"/embeddings/|/activex/|oleobject", re.IGNORECASE), "table.embedded"),
)
_ENTITY = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
#: A cell with something in it: `<c r="AB12" …>`; an empty one closes itself.
_CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r=\"([A-Z]{1,3})(\d{1,7})\"[^>]*?(/?)>")


def check_package(data: bytes) -> None:
    """Raises RefusedTableError unless `data` is an XLSX of a sane size with nothing in it but sheets."""
    try:
        with ZipFile(BytesIO(data)) as package:
            _check_names(package)
            for entry in package.infolist():
                _check_entry(package, entry)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise RefusedTableError("table.damaged") from error
    except Exception as error:
        if isinstance(error, RefusedTableError):
            raise
        raise RefusedTableError("table.damaged") from error  # zlib's own error, a struct cut short


def _check_names(package: ZipFile) -> None:
    entries = package.infolist()
    if len(entries) > ENTRIES:
        raise RefusedTableError("table.bomb")
    if sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        raise RefusedTableError("table.bomb")
    names = [entry.filename.replace("\\", "/") for entry in entries]
    if len({name.casefold() for name in names}) != len(names):
        raise RefusedTableError("table.damaged")
    for name in names:
        _check_name(name)
    _check_kind(package, set(names))


def _check_name(name: str) -> None:
    if name.startswith("/") or ".." in name.split("/") or "\x00" in name:
        raise RefusedTableError("table.damaged")
    for pattern, key in _FORBIDDEN:
        if pattern.search(f"/{name}"):
            raise RefusedTableError(key)
    if name.casefold().endswith(_PACKED):
        raise RefusedTableError("table.embedded")


def _check_kind(package: ZipFile, names: set[str]) -> None:
    """Of what kind the package is, by what it holds: the name that it came under says nothing."""
    if "mimetype" in names:
        raise RefusedTableError("table.open_document")
    if "xl/workbook.bin" in names:
        raise RefusedTableError("table.binary")
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise RefusedTableError("table.not_table")
    types = package.read("[Content_Types].xml") if _size(package, "[Content_Types].xml") < RATIO_FROM_BYTES else b""
    if b"macroEnabled" in types:
        raise RefusedTableError("table.macros")


def _size(package: ZipFile, name: str) -> int:
    return package.getinfo(name).file_size


def _check_entry(package: ZipFile, entry: ZipInfo) -> None:
    """Unpack it for once: its real size, and that its XML declares nothing that a parser would have to expand."""
    if entry.file_size > RATIO_FROM_BYTES and entry.file_size > RATIO * max(entry.compress_size, 1):
        raise RefusedTableError("table.bomb")
    is_xml = entry.filename.casefold().endswith(_XML)
    is_sheet = is_xml and "worksheets/" in entry.filename
    tail, unpacked = b"", 0
    for chunk in _chunks(package, entry):
        unpacked += len(chunk)
        seen = tail + chunk
        if is_xml:
            _check_xml(seen, first=unpacked == len(chunk))
        if is_sheet:
            _check_cells(seen)
        if seen.startswith(ZIP) and unpacked == len(chunk):
            raise RefusedTableError("table.embedded")
        tail = seen[-200:]
    if unpacked != entry.file_size:
        raise RefusedTableError("table.damaged")


def _chunks(package: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    with package.open(entry) as part:
        while chunk := part.read(_CHUNK):
            yield chunk


def _check_xml(seen: bytes, *, first: bool) -> None:
    if first and seen.startswith(_WIDE):
        raise RefusedTableError("table.damaged")
    if _ENTITY.search(seen):
        raise RefusedTableError("table.entities")


def _check_cells(seen: bytes) -> None:
    """No filled cell far out: a reader makes room for all that lies between."""
    for column, row, empty in _CELL.findall(seen):
        if empty:
            continue
        if int(row) > ROWS:
            raise RefusedTableError("table.too_many_rows", limit=ROWS)
        if _number(column) > COLUMNS:
            raise RefusedTableError("table.too_many_columns", limit=COLUMNS)


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - ord("A") + 1
    return number

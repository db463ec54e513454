"""Tables made by tests, honest and hostile ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Rows = Sequence[Sequence[object]]


def xlsx(rows: Rows, *, hidden: Mapping[str, Rows] | None = None, **options: object) -> bytes:
    """A workbook with these rows on its first sheet, and hidden sheets behind it."""
    made = BytesIO()
    with Workbook(made, {"in_memory": True, **options}) as book:
        for name, cells in {"Лист1": rows, **(hidden or {})}.items():
            sheet = book.add_worksheet(name)
            if hidden and name in hidden:
                sheet.hide()
            for number, row in enumerate(cells):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(number, column, value)
    return made.getvalue()


def repacked(
    data: bytes, *, more: Mapping[str, bytes] | None = None, changed: Mapping[str, tuple[str, str]] | None = None
) -> bytes:
    """The same package with parts added, and with a pattern replaced in some."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if changed and entry.filename in changed:
                part = re.sub(*changed[entry.filename], part.decode()).encode()
            new.writestr(entry.filename, part)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return made.getvalue()


def marked(data: bytes) -> dict[str, str]:
    """The red cells of a workbook's first sheet («B12»), each with its comment."""
    with ZipFile(BytesIO(data)) as book:
        sheet, styles, notes = (
            ET.fromstring(book.read(f"xl/{name}.xml"))  # noqa: S314 - the bot made it
            for name in ("worksheets/sheet1", "styles", "comments1")
        )
    fills = [one.find(".//{*}fgColor") for one in styles.findall("{*}fills/{*}fill")]
    red = [
        number
        for number, style in enumerate(styles.findall("{*}cellXfs/{*}xf"))
        if (fill := fills[int(style.attrib["fillId"])]) is not None and fill.get("rgb") == "FFFFC7CE"
    ]
    said = {one.attrib["ref"]: "".join(one.itertext()) for one in notes.iter(f"{_MAIN}comment")}
    cells = [one.attrib["r"] for one in sheet.iter(f"{_MAIN}c") if int(one.get("s", "0")) in red]
    assert sorted(said) == sorted(cells)
    return said


def package(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP of these parts."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return made.getvalue()

"""Reading tables: what people write comes through, what attackers write does not. Source: OWASP ASVS 5.2.3."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO

import pytest
from xlsxwriter import Workbook

from bot.documents.tables.child import outcome, read
from bot.documents.tables.limits import FILE_BYTES, RefusedTableError
from bot.documents.tables.reading import read_apart
from tests.documents.made import package, repacked, xlsx

HONEST = xlsx([["Фамилия", "Класс"], ["Соколова", 3]])
SHEET = "xl/worksheets/sheet1.xml"
TYPES, BOOK = "[Content_Types].xml", "xl/workbook.xml"


def with_reference(reference: str) -> bytes:
    """The honest table with its last cell moved far out."""
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return repacked(HONEST, changed={SHEET: (r'<row r="2"(.*?)r="B2"', rf'<row r="{row}"\1r="{reference}"')})


HOSTILE = {
    "nothing": (b"", "table.empty"),
    "too big": (b"PK\x03\x04" + bytes(FILE_BYTES), "table.too_big"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "table.not_table"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "table.old_excel"),
    "password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "table.locked"),
    "web page": (b"<html><table><tr><td>1</td></tr></table></html>", "table.web_page"),
    "cut in half": (HONEST[: len(HONEST) // 2], "table.damaged"),
    "a mere ZIP": (package({"notes.txt": b"1"}), "table.not_table"),
    "a document": (package({TYPES: b"<Types/>", "word/document.xml": b"<w/>"}), "table.not_table"),
    "OpenDocument": (package({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "table.open_document"),
    "binary book": (package({TYPES: b"<Types/>", "xl/workbook.bin": b"1"}), "table.binary"),
    "macros": (repacked(HONEST, more={"xl/vbaProject.bin": b"1"}), "table.macros"),
    "macros by type": (
        repacked(HONEST, changed={TYPES: (r"spreadsheetml\.sheet\.main", "sheet.macroEnabled.main")}),
        "table.macros",
    ),
    "other books": (repacked(HONEST, more={"xl/externalLinks/externalLink1.xml": b"<e/>"}), "table.external"),
    "queries": (repacked(HONEST, more={"xl/connections.xml": b"<c/>"}), "table.external"),
    "OLE inside": (repacked(HONEST, more={"xl/embeddings/oleObject1.bin": b"1"}), "table.embedded"),
    "a ZIP inside": (repacked(HONEST, more={"xl/media/image1.zip": b"1"}), "table.embedded"),
    "a ZIP called a picture": (repacked(HONEST, more={"xl/media/image1.png": HONEST}), "table.embedded"),
    "a way up": (repacked(HONEST, more={"../evil.xml": b"<e/>"}), "table.damaged"),
    "entities": (
        repacked(HONEST, changed={SHEET: ("<worksheet", '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet')}),
        "table.entities",
    ),
    "wide XML": (repacked(HONEST, more={"xl/x.xml": "<x/>".encode("utf-16")}), "table.damaged"),
    "201 parts": (repacked(HONEST, more={f"xl/media/{n}.png": b"1" for n in range(201)}), "table.bomb"),
    "a bomb": (repacked(HONEST, more={"xl/media/1.png": bytes(20_000_000)}), "table.bomb"),
    "row 10 001": (with_reference("B10001"), "table.too_many_rows"),
    "row 1 048 576": (with_reference("B1048576"), "table.too_many_rows"),
    "column XFD": (with_reference("XFD2"), "table.too_many_columns"),
    "500 sheets": (xlsx([["1"]], hidden={f"л{n}": [["1"]] for n in range(20)}), "table.too_many_sheets"),
    "no rows": (xlsx([]), "table.no_rows"),
    "CSV without end": ("а;б\n".encode() * 10_001, "table.too_many_rows"),
    "CSV too wide": (";".join("а" for _ in range(51)).encode(), "table.too_many_columns"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_with_its_reason(name: str) -> None:
    data, key = HOSTILE[name]
    with pytest.raises(RefusedTableError) as refused:
        read(data)
    assert refused.value.key == key


def test_a_lying_size_is_damage() -> None:
    """The directory says that a part is smaller than it is."""
    honest = package({TYPES: b"<Types/>", BOOK: b"<workbook/>", "xl/theme.xml": b"<a>" + b"b" * 500 + b"</a>"})
    real, lie = (507).to_bytes(4, "little"), (7).to_bytes(4, "little")
    assert honest.count(real)
    assert outcome(honest.replace(real, lie)) == {"refused": {"key": "table.damaged", "values": {}}}


@pytest.mark.parametrize("dates", [{}, {"date_1904": True}])
def test_cells_read_as_people_see_them(dates: dict[str, bool]) -> None:
    made = BytesIO()
    with Workbook(made, {"in_memory": True, **dates}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_row(0, 0, ["Матвеи\u0306\u202e", " много\u00a0\u200b  мест ", "строка\r\nдве\x07"])
        sheet.write_row(1, 0, [89131234567, 8.9131234567e10, 3.0, 3.5, True, ""])
        sheet.write_datetime(2, 0, datetime(2015, 3, 4), day)  # noqa: DTZ001 - a spreadsheet knows no zone
        minutes = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        sheet.write_datetime(2, 1, datetime(2015, 3, 4, 10, 30), minutes)  # noqa: DTZ001
        sheet.write_datetime(2, 2, time(4, 35), book.add_format({"num_format": "h:mm"}))
        sheet.write_datetime(2, 3, time(0, 4, 35), book.add_format({"num_format": "mm:ss"}))
        sheet.write_datetime(2, 4, date(2015, 3, 4), day)
        sheet.write_formula(3, 0, "=1+1", value=2)
        sheet.merge_range(3, 1, 5, 1, "гимназия 13")
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.write(4, 0, "скрытая строка")
        sheet.write(5, 0, "последняя")
    (table,) = read(made.getvalue())
    assert table.rows == (
        ("Матвей", "много мест", "строка\nдве"),
        ("89131234567", "89131234567", "3", "3.5", "да"),
        ("04.03.2015", "04.03.2015 10:30", "4:35", "4:35", "04.03.2015"),
        ("2", "гимназия 13"),
        ("скрытая строка", "гимназия 13"),
        ("последняя", "гимназия 13"),
    )


def test_row_numbers_stay_and_hidden_sheets_are_told_apart() -> None:
    first, second = read(xlsx([[], [], [None, "а"], []], hidden={"_": [["код"]]}))
    assert first.rows == ((), (), (None, "а"))
    assert (first.visible, second.visible, second.rows) == (True, False, (("код",),))


@pytest.mark.parametrize(
    "data",
    [
        "Фамилия;Класс\r\nСоколова;3Б\r\n".encode(),
        "\ufeffФамилия;Класс\nСоколова;3Б".encode(),
        "Фамилия;Класс\nСоколова;3Б".encode("cp1251"),
        'Фамилия,Класс\n"Соколова",3Б'.encode(),
        "Фамилия\tКласс\nСоколова\t3Б".encode("utf-16"),
    ],
)
def test_text_tables_of_every_kind(data: bytes) -> None:
    (table,) = read(data)
    assert table.rows == (("Фамилия", "Класс"), ("Соколова", "3Б"))


async def test_the_child_reads_and_a_slow_one_is_ended() -> None:
    found = await read_apart(HONEST)
    assert found == {"sheets": [{"name": "Лист1", "rows": [["Фамилия", "Класс"], ["Соколова", "3"]], "visible": True}]}
    assert await read_apart(HONEST, wall_s=0.0) == {"refused": {"key": "table.too_slow", "values": {}}}

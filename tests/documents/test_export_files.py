"""Long lists as files: no cell is ever a formula, text stays what it was, numbers and days are such."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bot.contest.exports.model import Column, Kind
from bot.documents.exports import xlsx
from bot.documents.exports.cells import Value, guarded, text_of
from bot.documents.exports.csv_file import CsvWriter
from bot.documents.exports.table import Table
from bot.documents.exports.xlsx import XlsxWriter

TOMSK = ZoneInfo("Asia/Tomsk")
TEXTS = (Column("a", "Номер заявки", "номер"), Column("b", "Участник", "имя", personal=True))
ABOUT = (("Что это", "Заявки; одна строка — одна заявка"), ("Фильтр", "нужны исправления"))
#: What people have sent, and what attackers do (B27).
HOSTILE = (
    '=HYPERLINK("http://evil.example","Итоги")', "=1+1", "+7 913 000-00-00", "-5", "@SUM(A1:A9)", "\t=1", "\r=1",
    "\n=1", " =1", "＝1+1", "=cmd|'/c calc'!A1", "http://evil.example", "mailto:a@b.example", "'=1", "_x003D_1",
    "internal:Sheet!A1", "<script>alert(1)</script>", "]]>", "&amp;", "#N/A", "1.2", "3-4", "00123", "1234567890123456",
    "\x00\x1b[31m", "\ud800", "\ufffe", "👩‍👩‍👧‍👦", "ӘӨҚ Тыва", "true", "{=1}", "два\nстроки", "", " ", "х" * 40_000,
)  # fmt: skip


def table(columns: Sequence[Column] = TEXTS) -> Table:
    return Table("Заявки: «А/Б»", tuple(columns), ABOUT, TOMSK)


def as_xlsx(rows: Sequence[Sequence[Value]], columns: Sequence[Column] = TEXTS) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        with XlsxWriter(path, table(columns)) as writer:
            for row in rows:
                writer.write(row)
        return path.read_bytes()


def as_csv(rows: Sequence[Sequence[Value]], columns: Sequence[Column] = TEXTS) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        with CsvWriter(path, table(columns)) as writer:
            for row in rows:
                writer.write(row)
        return path.read_bytes()


def sheets(data: bytes) -> list[str]:
    """The XML of the sheets."""
    with ZipFile(BytesIO(data)) as book:
        assert book.testzip() is None
        names = [name for name in book.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
        assert not [name for name in book.namelist() if "externalLink" in name or "vba" in name]
        return [book.read(name).decode() for name in names]


def read(data: bytes, sheet: int = 0) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(sheet).to_python()]


def held(text: str) -> str:
    """What of a text a file can hold, line ends as XML has them."""
    return text_of(text)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.text(), st.text(alphabet="=+-@\t\r\n'\"<>&_x0123DdF;:/ А")), min_size=1, max_size=4))
def test_b27_no_cell_of_a_workbook_is_a_formula_and_every_text_comes_back(rows: list[tuple[str, str]]) -> None:
    data = as_xlsx(rows)
    for sheet in sheets(data):
        assert "<f" not in sheet
        assert "hyperlink" not in sheet
    assert _texts(read(data)[1:], len(rows)) == [[held(one) for one in row] for row in rows]


def test_b27_what_attackers_send_is_text_in_a_workbook() -> None:
    rows = [(f"СК-{number}", text) for number, text in enumerate(HOSTILE)]
    data = as_xlsx(rows)
    assert not any("<f" in sheet or "hyperlink" in sheet for sheet in sheets(data))
    assert _texts(read(data)[1:], len(rows)) == [[held(one) for one in row] for row in rows]


def test_b27_what_attackers_send_begins_no_cell_of_a_csv() -> None:
    data = as_csv([(text, text) for text in HOSTILE])
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == len(HOSTILE) + 1
    for text, row in zip(HOSTILE, rows[1:], strict=True):
        assert row[0] in (held(text), f"'{held(text)}")
        assert row[0].lstrip(" ")[:1] not in tuple("=+-@\t\r\n＝＋－＠")
    assert b"\r\n" in data


@given(st.text())
def test_b27_a_guarded_text_never_begins_like_a_formula(text: str) -> None:
    assert guarded(text).lstrip(" \u00a0\u200b\ufeff")[:1] not in tuple("=+-@\t\r\n＝＋－＠")


def test_numbers_and_days_are_such_in_a_workbook_and_long_digits_stay_text() -> None:
    columns = (
        Column("phone", "Телефон", "телефон"),
        Column("points", "Баллы", "сумма", Kind.NUMBER),
        Column("at", "Подана", "когда", Kind.MOMENT),
        Column("on", "Рождение", "день", Kind.DAY),
    )
    at = datetime(2026, 4, 18, 5, 20, tzinfo=UTC)
    rows: list[tuple[Value, ...]] = [
        ("+79130000000", Decimal("31.50"), at, date(2015, 2, 3)),
        ("1234567890123456", 4, None, None),
        (None, "нет", "позже", "неизвестно"),
    ]
    data = as_xlsx(rows, columns)
    assert read(data)[1:] == [
        ["+79130000000", 31.5, datetime(2026, 4, 18, 12, 20), date(2015, 2, 3)],  # noqa: DTZ001 - as Excel shows it
        ["1234567890123456", 4.0, "", ""],
        ["", "нет", "позже", "неизвестно"],
    ]
    assert as_csv(rows, columns).decode("utf-8-sig").splitlines() == [
        "Телефон;Баллы;Подана;Рождение",
        "'+79130000000;31,5;18.04.2026 12:20;03.02.2015",
        "'1234567890123456;4;;",
        ";нет;позже;неизвестно",
    ]


def test_what_python_takes_for_equal_is_written_as_what_it_is() -> None:
    columns = (Column("a", "А", "значение"),)
    rows: list[tuple[Value, ...]] = [(True,), (1,), (False,), (0,)]
    assert [row[0] for row in read(as_xlsx(rows, columns))[1:]] == ["да", "1", "нет", "0"]
    assert as_csv(rows, columns).decode("utf-8-sig").splitlines()[1:] == ["да", "1", "нет", "0"]


def test_the_heading_stays_in_sight_rows_are_filtered_and_the_last_sheet_tells_what_the_file_is() -> None:
    data = as_xlsx([("СК-1", "Соколова Вера")])
    first, about = sheets(data)
    assert 'state="frozen"' in first
    assert '<autoFilter ref="A1:B2"/>' in first
    assert "О выгрузке" in CalamineWorkbook.from_filelike(BytesIO(data)).sheet_names
    assert [row[:3] for row in read(data, 1)] == [
        ["Строк", 1.0, ""],
        ["Что это", "Заявки; одна строка — одна заявка", ""],
        ["Фильтр", "нужны исправления", ""],
        ["", "", ""],
        ["Столбец", "Что в нём", "Личные данные"],
        ["Номер заявки", "номер", "нет"],
        ["Участник", "имя", "да"],
    ]
    assert "<f" not in about


def test_a_list_longer_than_a_sheet_goes_on_in_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    data = as_xlsx([(str(number), "Анна") for number in range(5)])
    names = CalamineWorkbook.from_filelike(BytesIO(data)).sheet_names
    assert names == ["Заявки  «А Б»", "Заявки  «А Б» (2)", "Заявки  «А Б» (3)", "О выгрузке"]
    assert [row[0] for number in range(3) for row in read(data, number)[1:]] == ["0", "1", "2", "3", "4"]


def test_a_list_that_breaks_off_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"

    def break_off() -> None:
        with XlsxWriter(path, table()) as writer:
            writer.write(("1", "Анна"))
            raise LookupError

    with pytest.raises(LookupError):
        break_off()
    assert not path.exists()


def _texts(rows: list[list[object]], count: int) -> list[list[str]]:
    """The rows as texts; empty ones at the end, which a reader leaves out, are put back."""
    found = [[str(value) for value in (*row, "", "")][:2] for row in rows]
    return found + [["", ""]] * (count - len(found))

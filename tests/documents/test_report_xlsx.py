"""The workbook of the year: figures lead to the rows that add up to them, and no cell is a formula (B27)."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from bot.contest.awards import OutcomeKind
from bot.contest.report.build import Beside
from bot.contest.report.facts import Expert, Forgotten
from bot.contest.report.model import Report
from bot.documents.report_xlsx.drawing import draw_report
from tests.rules.report_year import (
    CASES,
    DIRECTORY,
    PRINTED,
    READERS,
    UNIQUE,
    WEBINAR,
    entry,
    facts,
    report,
    someone,
)

EVIL = ('=HYPERLINK("http://evil";"a")', "+7 900", "-2+3", "@SUM(A1)", "\tx", "_x000D_", "a\x00b", "<b>&amp;", "҉" * 40)
SHEETS = [
    "Итоги", "События", "Сравнение", "Правила счёта", "Предупреждения", "Организации", "Муниципалитеты",
    "Итоги по школам", "Заявки", "Участия", "Эксперты", "Документы", "Люди",
]  # fmt: skip
_CELL = re.compile(r'<hyperlink ref="([A-Z]+)(\d+)" location="\'(\w+)\'!\$([A-Z]+)\$(\d+)(?::\$[A-Z]+\$(\d+))?"')


def year() -> Report:
    """A year with everything that a row may have."""
    hidden = replace(someone("Тайнова Яна"), hidden=True)
    evil = [entry(READERS, someone("Кедров Пётр"), school=None, school_name=name) for name in EVIL]
    found = facts(
        *evil,
        entry(READERS, someone("Ветрова Анна"), hidden, outcome=OutcomeKind.WINNER, stages=("selection", "final")),
        entry(READERS, someone("Участник №", forgotten=Forgotten.ONLY)),
        entry(READERS, headcount=12),
        entry(CASES, someone("Сосновская Вера"), someone("Сосновский Олег")),
        entry(WEBINAR, someone("Сосновская Вера"), role="speaker"),
        experts=[Expert(7, READERS, "=Эксперт Олегович", "ТГУ", 3)],
    )
    return report(found, UNIQUE, Beside(PRINTED))


@pytest.fixture(scope="module")
def book() -> bytes:
    """Its workbook, with names."""
    return draw_report(year(), [UNIQUE, PRINTED], directory=DIRECTORY, names=True).data


def sheet(data: bytes, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(name).to_python(skip_empty_area=False)


def test_the_same_report_gives_the_same_bytes_and_all_its_sheets(book: bytes) -> None:
    assert draw_report(year(), [UNIQUE, PRINTED], directory=DIRECTORY, names=True).data[:4] == b"PK\x03\x04"
    one = year()
    first, second = (draw_report(one, [UNIQUE], directory=DIRECTORY, names=False) for _ in range(2))
    assert (first.data, first.name) == (second.data, "otchyot-2020-21-bez-imyon.xlsx")
    assert CalamineWorkbook.from_filelike(BytesIO(book)).sheet_names == SHEETS


def test_b27_no_cell_is_a_formula_and_user_text_stays_what_it_is(book: bytes) -> None:
    with ZipFile(BytesIO(book)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name}
    assert not any("<f>" in part or "<f " in part for part in parts.values())
    assert not any('TargetMode="External"' in part for part in parts.values())
    shown = {row[6] for row in sheet(book, "Заявки")}
    assert {'=HYPERLINK("http://evil";"a")', "+7 900", "-2+3", "@SUM(A1)", "ab", "<b>&amp;", "_x000D_"} <= shown


def test_every_figure_that_leads_somewhere_is_the_sum_of_what_it_leads_to(book: bytes) -> None:
    """The numbers of the place that a link selects add up to the number that one has pressed."""
    with ZipFile(BytesIO(book)) as package:
        pages = {name: package.read(f"xl/worksheets/sheet{place}.xml").decode() for place, name in enumerate(SHEETS, 1)}
    checked = 0
    for name in ("Итоги", "События", "Правила счёта"):
        rows = sheet(book, name)
        for column, row, target, to, first, last in _CELL.findall(pages[name]):
            value = rows[int(row) - 1][_index(column)]
            numbers = sheet(book, target)[int(first) - 1 : int(last or first)]
            assert value == sum(line[_index(to)] or 0 for line in numbers), (name, column, row)
            checked += 1
    assert checked > 70


def test_the_check_column_says_that_the_sums_close(book: bytes) -> None:
    marks = {row[4] for row in sheet(book, "Итоги")}
    assert "✓" in marks
    assert not any(str(mark).startswith("✗") for mark in marks)


def test_names_stand_only_where_they_were_asked_for_and_never_of_the_hidden(book: bytes) -> None:
    names = {row[4] for row in sheet(book, "Участия")}
    assert {"Ветрова Анна", "не называется", "обезличено", "без имён"} <= names
    assert b"\xd0\xa2\xd0\xb0\xd0\xb9\xd0\xbd\xd0\xbe\xd0\xb2\xd0\xb0" not in _unpacked(book)
    without = _unpacked(draw_report(year(), [UNIQUE], directory=DIRECTORY, names=False).data).decode()
    for name in ("Ветрова", "Сосновская", "Тайнова", "Олегович", "Соснин"):
        assert name not in without


def test_a_warning_leads_to_its_row_and_its_rows_have_its_number(book: bytes) -> None:
    told = next(row for row in sheet(book, "Предупреждения") if "справочнике" in str(row[3]))
    rows = sheet(book, "Заявки")
    place = rows[0].index("Предупр.")
    assert sum(str(int(told[0])) in str(row[place]).split(", ") for row in rows[1:]) == told[4]


def test_an_empty_year_is_drawn_too() -> None:
    empty = draw_report(report(facts()), [UNIQUE], directory=DIRECTORY, names=False)
    assert len(sheet(empty.data, "Заявки")) == 1


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _unpacked(book: bytes) -> bytes:
    with ZipFile(BytesIO(book)) as package:
        return b"".join(package.read(name) for name in package.namelist())

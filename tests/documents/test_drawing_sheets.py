"""Sheets to fill in: what people wrote stays text, mistakes are marked with their reasons, choices drop down."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from bot.documents.tables.child import read
from bot.documents.tables.sheet import LISTS, MARK, Field, Form, Wrong, draw

EVIL = ['=HYPERLINK("http://evil.ru")', "+1+1", "-1", "@SUM(A1)", "\t=1", "https://evil.ru", "007"]
FORM = Form(
    sheet="Участники",
    fields=[Field("Имя", required=True, hint="Полностью"), Field("Класс", choices=("1", "2")), None],
    rows=[["Имя", "Класс", "Чужое"], *([value, "3", "x"] for value in EVIL), [None, None, None]],
    wrong=[Wrong(1, 1, "Выберите из списка: 1; 2."), Wrong(8, 0, "Здесь пусто.")],
    help_sheet="Как заполнить",
    help_lines=["Заголовок", "Строка"],
    mark=[("event", "x-2026"), ("revision", "1")],
)


def test_nothing_that_people_wrote_becomes_a_formula_or_a_link() -> None:
    data = draw(FORM)
    sheet, helps, mark, lists = read(data)
    assert [row[0] for row in sheet.rows[1:]] == [value.strip() for value in EVIL]
    assert (helps.name, mark.name, lists.name) == ("Как заполнить", MARK, LISTS)
    assert (mark.visible, mark.rows) == (False, (("event", "x-2026"), ("revision", "1")))
    assert lists.rows == (("1",), ("2",))
    with ZipFile(BytesIO(data)) as package:
        cells = package.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in cells
        assert "hyperlink" not in cells
        assert f"'{LISTS}'!$A$1:$A$2" in cells
        notes = package.read("xl/comments1.xml").decode()
    assert "Выберите из списка: 1; 2." in notes
    assert "Здесь пусто." in notes


def test_the_same_form_gives_a_table_that_reads_back_the_same() -> None:
    assert read(draw(FORM))[0].rows == read(draw(FORM))[0].rows

"""A school's and a teacher's year as files: figures, signatures, and words that stay words."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from bot.contest.event.moments import TOMSK
from bot.contest.programme import Programme
from bot.contest.report.own_years import Line, Own, SchoolYear, TeacherYear
from bot.documents.own_xlsx import school_workbook
from bot.documents.report_docx.drawing import draw_docx
from bot.documents.report_docx.own import school_paper, teacher_paper
from tests.documents.test_report_docx import HOSTILE, words

PROGRAMME = Programme.load()
VERA = Line(
    event="У9",
    title="II открытый конкурс «Создавай со Scratch»",
    dates="с 1 по 30 апреля 2026 года",
    number="СК-2026-0001",
    who=("Соколова Вера Ильинична, 3 класс",),
    people=1,
    took_part=True,
    with_work=True,
    result="Победитель, I место",
    is_award=True,
    supervisors=("Орлова Нина Петровна",),
    organisation="МАОУ гимназия № 13 г. Томска",
    documents=("ОЧК-2026-У9-0001",),
)
SCHOOL = SchoolYear(
    year_title="2025–26",
    made_at=datetime(2026, 6, 1, tzinfo=UTC),
    school="МАОУ гимназия № 13 г. Томска",
    place="Томск, Томская область",
    is_member=True,
    lines=(VERA, replace(VERA, number="СК-2026-0002", who=(), supervisors=(), result="Участник", is_award=False)),
    experts=(("Лугова Ольга Ильинична", 12),),
)
TEACHER = TeacherYear(
    year_title="2025–26",
    made_at=SCHOOL.made_at,
    teacher="Орлова Нина Петровна",
    school=SCHOOL.school,
    pupils=(VERA,),
    own=(Own("П1", "Вебинар", "27 октября 2025 года", "докладчик", ("ОЧК-2025-П1-0003",)),),
)


def test_a_schools_year_has_events_results_teachers_and_experts() -> None:
    text = words(Document(BytesIO(draw_docx(school_paper(SCHOOL, PROGRAMME, zone=TOMSK)))))
    for expected in (
        "СПРАВКА",
        "Соколова Вера Ильинична, 3 класс",
        "1 человек, без имени",
        "ОЧК-2026-У9-0001",
        "Орлова Нина Петровна",
        "Лугова Ольга Ильинична",
        "Сведения взяты 1 июня 2026 года из базы программы",
        "Директор",
    ):
        assert expected in text
    nothing = replace(SCHOOL, lines=(), experts=())
    assert "не участвовала" in words(Document(BytesIO(draw_docx(school_paper(nothing, PROGRAMME, zone=TOMSK)))))


def test_a_teachers_year_has_pupils_own_part_and_numbers() -> None:
    text = words(Document(BytesIO(draw_docx(teacher_paper(TEACHER, PROGRAMME, zone=TOMSK)))))
    for expected in ("Педагог: Орлова Нина Петровна", "Победитель, I место", "докладчик", "ОЧК-2025-П1-0003"):
        assert expected in text
    nothing = replace(TEACHER, pupils=(), own=())
    assert "участия в событиях программы нет" in words(
        Document(BytesIO(draw_docx(teacher_paper(nothing, PROGRAMME, zone=TOMSK))))
    )


@pytest.mark.parametrize("hostile", [*HOSTILE, "=cmd|' /C calc'!A0", "+1", "@SUM(1)", "https://example.org"])
def test_b6_b27_no_cell_is_a_formula_and_no_word_is_markup(hostile: str) -> None:
    line = replace(VERA, who=(hostile,), supervisors=(hostile,), result=hostile, organisation=hostile)
    data = school_workbook(replace(SCHOOL, lines=(line,), experts=((hostile, 1),)))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
        assert not any("<f>" in sheet or "hyperlink" in sheet for sheet in sheets)
    book = CalamineWorkbook.from_object(BytesIO(data))
    assert book.sheet_names == ["События", "Участники", "Педагоги", "Эксперты"]
    draw_docx(school_paper(replace(SCHOOL, lines=(line,)), PROGRAMME, zone=TOMSK))

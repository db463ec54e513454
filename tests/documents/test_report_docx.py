"""The report as DOCX: every figure stands in it, in words that agree; what people typed is text and nothing else."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from bot.contest.awards import OutcomeKind
from bot.contest.plurals import number
from bot.contest.programme import Programme
from bot.contest.report.model import Report, Section
from bot.documents.report_docx import sentences
from bot.documents.report_docx.drawing import draw_docx
from bot.documents.report_docx.parts import Items, Paragraph
from bot.documents.report_docx.year import blocks_of, report_paper
from tests.documents.report_made import BARE, EVENT, ONE, REPORT

PROGRAMME = Programme.load()
HOSTILE = [
    "<w:p/>&amp;]]>",
    "=HYPERLINK(1)\x00\x0b\ufffe",
    "{0} **x** %s \\ \"' «»",
    "Ұлықбек Өңдір Қайратұлы · ҥ ө ү",
    "א" * 200,
    "Ы" * 3000,
]


def drawn(report: Report, *, working: bool = False) -> bytes:
    return draw_docx(report_paper(report, PROGRAMME, working=working))


def opened(data: bytes) -> Docx:
    return Document(BytesIO(data))


def cells(document: Docx) -> Iterator[list[str]]:
    for table in document.tables:
        for row in table._tbl.tr_lst:
            yield [written(cell) for cell in row.tc_lst]


def words(document: Docx) -> str:
    return "\n".join(written(one) for one in document.element.body.iter(qn("w:p")))


def written(element: BaseOxmlElement) -> str:
    return "".join(one.text or "" for one in element.iter(qn("w:t"))).replace("\u00a0", " ")


def test_every_figure_of_the_model_stands_in_it_under_its_label() -> None:
    rows = list(cells(opened(drawn(REPORT))))
    pairs = {(row[at], row[at + 1]) for row in rows for at in range(len(row) - 1)}
    figures = [*REPORT.totals, *(one for direction in REPORT.directions for one in direction.totals)]
    figures += [one for event in REPORT.events for one in event.figures]
    figures += [one for event in REPORT.events for part in event.parts for one in part.figures]
    missing = [one for one in figures if (one.label, number(one.value).replace("\u00a0", " ")) not in pairs]
    assert missing == []
    compared = {tuple(row) for row in rows}
    assert ("Событий для обучающихся, событий", "6*", "11", "↑ 5 (+83 %)") in compared
    assert ("Обучающихся, чел.", "1340", "1206", "↓ 134 (−10 %)") in compared
    assert ("Эксперт", "—") not in pairs
    assert ("Всего", "", "3", "11", "") in compared


def test_the_clean_copy_has_neither_marks_nor_warnings_and_the_working_one_has_both() -> None:
    clean, working = words(opened(drawn(REPORT))), words(opened(drawn(REPORT, working=True)))
    for mark in ("не написан", "Предупреждения", "Итогов нет", "Сравнение правил счёта", "рабочий экземпляр"):
        assert mark not in clean
    for mark in (
        "Раздел «Вывод» не написан",
        "Приложение А. Предупреждения",
        "У5: Принято 155 заявок, итогов 154.",
        "Приложение Б. Сравнение правил счёта",
    ):
        assert mark in working
    assert "провести семинар" in clean
    assert "Вывод" not in clean


def test_it_is_a_document_of_the_office_kind() -> None:
    document = opened(drawn(REPORT))
    section = document.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == (pytest.approx(210, abs=1), pytest.approx(297, abs=1))  # type: ignore[union-attr]
    styles = [one.style.name for one in document.paragraphs if one.style is not None]
    assert {"Title", "Heading 1", "Heading 2", "Caption", "List Bullet", "List Number", "Примечание"} <= set(styles)
    with zipfile.ZipFile(BytesIO(drawn(REPORT))) as archive:
        body = archive.read("word/document.xml").decode()
        assert 'w:val="ru-RU"' in archive.read("word/styles.xml").decode()
        assert " PAGE " in archive.read("word/footer1.xml").decode()
    assert body.count("<w:tblHeader/>") == body.count("<w:tbl>")
    numbers = [int(one) for one in re.findall(r"SEQ Таблица.*?<w:t[^>]*>(\d+)<", body)]
    assert numbers == list(range(1, len(numbers) + 1))
    listed = re.findall(r"PAGEREF (_Toc\d+)", body)
    assert listed
    assert set(listed) <= set(re.findall(r'w:name="(_Toc\d+)"', body))


def test_the_same_data_give_the_same_bytes() -> None:
    assert drawn(REPORT, working=True) == drawn(REPORT, working=True)
    assert drawn(REPORT) != drawn(replace(REPORT, year_title="2021–22"))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_b6_b27_what_people_typed_is_text(hostile: str) -> None:
    event = replace(EVENT, title=hostile, goal=hostile, organiser=hostile, module=hostile, nominations=(hostile,))
    direction = replace(REPORT.directions[0], events=(event,))
    made = replace(REPORT, directions=(direction,), words={Section.ANALYSIS: hostile, Section.TASKS: hostile})
    kept = re.sub("[\x00\x0b\ufffe]", "", hostile)
    found = words(opened(drawn(made, working=True)))
    assert found.count(kept) >= 6


def test_one_participant_none_and_many() -> None:
    none = replace(REPORT, directions=(replace(REPORT.directions[0], events=(), totals=(), experts=()),), totals=())
    assert "В этом учебном году событий не было." in words(opened(drawn(replace(none, comparison=(), analysis=()))))
    one = replace(REPORT, directions=(replace(REPORT.directions[1], events=(ONE, BARE)),))
    told = words(opened(drawn(one)))
    assert "Подана 1 заявка, она участвовала. Участвовал 1 педагог из 1 организации." in told
    assert "С докладами выступил 1 человек." in told
    schools = tuple(replace(EVENT.by_school[0], organisation=f"СОШ № {at}") for at in range(1500))
    many = replace(REPORT, directions=(replace(REPORT.directions[0], events=(replace(EVENT, by_school=schools),)),))
    assert "СОШ № 1499" in words(opened(drawn(many)))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (sentences.applied(1, 1), "Подана 1 заявка, она участвовала."),
        (sentences.applied(23, 20), "Поданы 23 заявки, участвовало 20."),
        (sentences.applied(20, 1), "Подано 20 заявок, участвовала 1."),
        (sentences.applied(0, 0), "Заявок не подано."),
        (sentences.people(21, 0, 21), "Участвовал 21 обучающийся из 21 организации."),
        (sentences.people(142, 2, 48), "Участвовали 142 обучающихся и 2 педагога из 48 организаций."),
        (sentences.people(0, 11, 0), "Участвовали 11 педагогов."),
        (sentences.people(0, 0, 3), ""),
        (sentences.unnamed(21), "Ещё 21 человек учтён по числу, без имён."),
        (sentences.unnamed(3), "Ещё 3 человека учтены по числу, без имён."),
        (sentences.handed_in(1), "Представлена 1 работа."),
        (sentences.handed_in(12500), "Представлено 12 500 работ."),
        (sentences.teams(19), "Выступили 19 команд."),
        (sentences.speakers(1, 25), "С докладами выступил 1 человек, слушали 25 человек."),
        (sentences.speakers(0, 21), "Слушал 21 человек."),
        (sentences.experts(22), "Работы оценивали 22 эксперта."),
        (sentences.experts(1), "Работы оценивал 1 эксперт."),
        (sentences.documents(31), "Выдан 31 документ."),
        (
            sentences.outcomes({OutcomeKind.PRIZE: 6, OutcomeKind.WINNER: 1}),
            "Победителей — 1, призёров — 6; всего 7 принятых заявок.",
        ),
        (sentences.outcomes({}), ""),
        (
            sentences.geography(("Томск",), ("Томская область",), ("Россия",)),
            "участники из 1 муниципалитета: Томск; регион: Томская область.",
        ),
        (
            sentences.geography(("А", "Б"), ("В", "Г"), ("Казахстан", "Россия")),
            "участники из 2 муниципалитетов: А, Б; регионы: В, Г; страны: Казахстан, Россия.",
        ),
        (sentences.geography((), (), ()), ""),
        (sentences.change(5, None), "—"),
        (sentences.change(5, 5), "без изменений"),
        (sentences.change(3, 0), "↑ 3"),
        (sentences.change(15, 10), "↑ 5 (+50 %)"),
        (sentences.change(1, 3), "↓ 2 (−67 %)"),
        (sentences.change(829, 826), "↑ 3 (<1 %)"),
        (sentences.joined([]), ""),
        (sentences.joined(["А", "Б", "В"]), "А, Б и В"),
        (sentences.sentence("итог хорош!"), "Итог хорош!"),
        (sentences.small("ДДТ"), "ДДТ"),
    ],
)  # fmt: skip
def test_sentences_agree(said: str, expected: str) -> None:
    assert said.replace("\u00a0", " ") == expected


def test_what_the_coordinator_wrote_keeps_its_lists() -> None:
    assert list(blocks_of("Итак:\n– раз;\n- два.\n1) три\n2. четыре\n\nКонец.")) == [
        Paragraph("Итак:"),
        Items(("раз;", "два.")),
        Items(("три", "четыре"), numbered=True),
        Paragraph("Конец."),
    ]

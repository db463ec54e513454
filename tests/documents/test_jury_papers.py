"""The jury's papers: A4 that many works and many members fit on, the same bytes each time, what people typed inert."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import cycle
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from bot.contest.protocol_sheets import score_sheet, score_sheets
from bot.contest.protocol_snapshot import Snapshot, Word, WordKind
from bot.contest.protocol_summary import Issue, summary
from bot.documents.jury.pdf import draw_pdf, groups_of
from bot.documents.jury.xlsx import draw_xlsx
from bot.documents.tables.child import read
from tests.documents.jury_made import AT, DRAFT, ISSUE, snapshot

HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    '#panic("x")',
    "*b* _i_ $x$ `c`",
    ']#import "/etc/passwd"',
    "Ұлықбек Өңдір Қайратұлы",
)


def pages(pdf: bytes) -> int:
    return max(int(count) for count in re.findall(rb"/Count (\d+)", pdf))


def sizes(pdf: bytes) -> set[tuple[bytes, bytes]]:
    return set(re.findall(rb"/MediaBox ?\[0 0 (\d+)\.\d+ (\d+)\.\d+\]", pdf))


def cells(data: bytes) -> list[str]:
    return [cell for sheet in read(data) for row in sheet.rows for cell in row if cell]


def renamed(made: Snapshot, text: str) -> Snapshot:
    """Everybody and everything is called so."""
    return replace(made, words=dict.fromkeys((*made.words, Word(WordKind.CHAIR)), text))


def test_two_hundred_works_and_seven_members_fit_on_landscape_pages_of_a4() -> None:
    drawn = draw_pdf([summary(snapshot(200, 7, 8), ISSUE)], "Протокол СК-2026-1")
    assert drawn.name == "Протокол СК-2026-1.pdf"
    assert sizes(drawn.data) == {(b"841", b"595")}
    assert pages(drawn.data) in range(7, 12)


def test_a_short_sheet_stands_upright_and_all_sheets_are_one_file() -> None:
    made = snapshot(4, 3)
    one = score_sheet(made, 1, ISSUE)
    assert one is not None
    assert sizes(draw_pdf([one], "x").data) == {(b"595", b"841")}
    assert pages(draw_pdf(score_sheets(made, ISSUE), "x").data) == 3


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    made = snapshot(12, 3)
    for draw in (draw_pdf, draw_xlsx):
        first = draw([summary(made, ISSUE)], "x").data
        assert first == draw([summary(replace(made, words=dict(reversed(list(made.words.items())))), ISSUE)], "x").data
        assert first != draw([summary(made, replace(ISSUE, replaced_by=2))], "x").data


def test_b27_no_cell_is_a_formula_and_nothing_is_markup() -> None:
    made = snapshot(len(HOSTILE), 2)
    words = dict(zip(made.words, cycle(HOSTILE), strict=False))
    made = replace(made, words={**words, Word(WordKind.CHAIR): HOSTILE[0]})
    papers = [summary(made, replace(ISSUE, reason=HOSTILE[0])), *score_sheets(made, ISSUE)]
    assert pages(draw_pdf(papers, "x").data) >= 3
    drawn = draw_xlsx(papers, "x").data
    with ZipFile(BytesIO(drawn)) as book:
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 3
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    assert set(HOSTILE) - {"\t=1+1", "\r=1+1"} <= set(cells(drawn))


def test_points_are_numbers_and_names_are_texts() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(draw_xlsx([summary(snapshot(2, 2), ISSUE)], "x").data))
    row = next(row for row in book.get_sheet_by_index(0).to_python() if "СК-2026-0001" in row)
    school = "МБОУ «Богашевская СОШ им. А.И. Фёдорова»"
    who = [1, "СК-2026-0001", "Ветрова Анна", "4", school, "Кедрова Зоя Львовна"]
    assert row == [*who, 26, 24, 25, 1, "Победитель, диплом I степени"]


def test_a_draft_and_a_replaced_version_say_so() -> None:
    made = snapshot(2, 2)
    assert "ПРОЕКТ" in cells(draw_xlsx([summary(made, DRAFT)], "x").data)
    old = Issue(ISSUE.zone, "СК-2026/1", AT, replaced_by=2)
    assert "заменён версией 2" in cells(draw_xlsx([summary(made, old)], "x").data)
    assert not {"ПРОЕКТ", "заменён версией 2"} & set(cells(draw_xlsx([summary(made, ISSUE)], "x").data))


def test_names_of_worksheets_are_what_excel_takes() -> None:
    made = renamed(snapshot(2, 3), "Очень/Длинная[Фамилия] Вера: Ильинична?*")
    names = [sheet.name for sheet in read(draw_xlsx(score_sheets(made, ISSUE), "x").data)]
    assert names == [
        "Очень Длинная Фамилия Вера Ильи",
        "Очень Длинная Фамилия Вера Ил 2",
        "Очень Длинная Фамилия Вера Ил 3",
    ]


def test_neighbours_of_one_group_have_one_head() -> None:
    (table,) = summary(snapshot(2, 3), ISSUE).tables
    assert [(one["title"], one["count"]) for one in groups_of(table.columns) if one["title"]] == [
        ("Баллы членов жюри", 3)
    ]

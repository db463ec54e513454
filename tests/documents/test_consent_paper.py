"""The papers to sign: A4, a page for each consent, and what people typed is text and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.contest.consents import ConsentKind, Operator, consent_text
from bot.documents.consent_paper import Paper, draw_papers

SCHOOL = Operator("МАОУ гимназия № 13 г. Томска", "konkurs@example.org", "https://example.org/policy")
TEXTS = {kind: consent_text(kind, SCHOOL, until=date(2027, 8, 31)).full for kind in ConsentKind}
PAPER = Paper(
    child="Соколова Вера Ильинична",
    grade="3Б класс",
    school="МАОУ гимназия № 13 г. Томска",
    event="Создавай со Scratch",
    number="СК-2026-0001",
    processing=TEXTS[ConsentKind.PROCESSING],
    publication=TEXTS[ConsentKind.PUBLICATION],
    with_work=True,
)


def pages(pdf: bytes) -> int:
    return max(int(count) for count in re.findall(rb"/Count (\d+)", pdf))


def test_each_consent_has_a_page_of_its_own() -> None:
    one = draw_papers([PAPER])
    assert one.name == "Согласия СК-2026-0001.pdf"
    assert one.data.startswith(b"%PDF-")
    assert pages(one.data) == 2
    assert set(re.findall(rb"/MediaBox ?\[0 0 (\d+)\.\d+ (\d+)\.\d+\]", one.data)) == {(b"595", b"841")}
    assert pages(draw_papers([replace(PAPER, publication="", with_work=False)]).data) == 1


def test_the_papers_of_many_children_are_one_file() -> None:
    many = draw_papers([PAPER] * 3)
    assert many.name == "Согласия, 3.pdf"
    assert pages(many.data) == 6


@pytest.mark.parametrize(
    "hostile",
    [
        '#panic("x")',
        "*b* _i_ $x$ `c`",
        ']#import "/etc/passwd"',
        "\\",
        "@label <x>",
        "Ұлықбек Өңдір Қайратұлы",
        "א" * 90,
    ],
)
def test_b6_what_people_typed_is_text(hostile: str) -> None:
    drawn = draw_papers([replace(PAPER, child=hostile, school=hostile, event=hostile)])
    assert pages(drawn.data) == 2

"""Numbers of papers: written one way, read however people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.papers.numbers import paper_number, read_paper_number

NUMBER = "ОЧК-2026-У5-0147"


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        "  очк-2026-у5-0147 ",
        "очк 2026 у5 0147",
        "ОЧК–2026—У5−0147",
        "№ ОЧК-2026-У5-0147",
        "№ОЧК-2026-У5-0147.",
        "номер: ОЧК-2026-У5-0147",
        "OЧK-2026-У5-0147",  # the first and the third letter are Latin
        "ОЧК - 2026 - У5 - 0147",
        "ОЧК2026У50147",
        "ОЧК_2026_У5_0147",
        "ОЧК/2026/У5/0147",
        "очк-2026-y5-0147",  # a Latin y
        "«ОЧК-2026-У5-0147»",
        "ОЧК-2026-У5-147",
        "0ЧК-2026-У5-О147",  # a nought for a letter, and a letter for a nought
    ],
)
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert read_paper_number(typed) == NUMBER


@pytest.mark.parametrize(
    "typed",
    ["", "№", "диплом", "ОЧК", "ОЧК-2026", "ОЧК-2026-У5", "ОЧК-26-У5-0147", "СК-2026-0042", "147", "' or 1=1 --",
     "ОЧК-2026-У5-0147-1", "ОЧК-2026-У5-01470147", "ОЧК-2026-У5-0000", "Я" * 5000, "1" * 5000, "\x00", "😀"],
)  # fmt: skip
def test_b22_what_is_no_number_is_none(typed: str) -> None:
    assert read_paper_number(typed) is None


@given(
    year=st.integers(2000, 2099),
    event=st.sampled_from(["У5", "У11", "П3", "СК", "СКР"]),
    ordinal=st.integers(1, 999_999),
    gap=st.sampled_from(["-", " ", " - ", "–", "_"]),
    upper=st.booleans(),
)
def test_what_is_written_is_read_back(year: int, event: str, ordinal: int, gap: str, *, upper: bool) -> None:
    number = paper_number("ОЧК", year, event, ordinal)
    typed = number.replace("-", gap)
    assert read_paper_number(typed if upper else typed.lower()) == number


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_number_or_none(text: str) -> None:
    found = read_paper_number(text)
    assert found is None or read_paper_number(found) == found

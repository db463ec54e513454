"""Pictures: they are PNG of a phone's width, the same from the same values, and no text of people is markup."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.documents.charts.drawing import NAMES_APART, apart, draw
from bot.documents.charts.figure import Bar, Bars, Figure, Line, Lines, Spread, Spreads, Tick

#: What would be markup, code or a path if a template read it.
HOSTILE = '#panic() *x* _y_ $1/0$ `z` \\ <a> @b ]#[ #read("/etc/passwd") // \u202e «Ә Ғ Қ Ң Ө Ү» 👩‍👩‍👧'
LINES = Lines(
    lines=(
        Line("2026: 142", ((0, 0), (0.3, 0.4), (0.6, 0.7)), is_main=True),
        Line("2025: 183", ((0, 0), (1, 0.92)), then=Tick(0.55, "111")),
        Line("2024: 181", ((0, 0.1), (1, 0.91))),
    ),
    across=(Tick(0, "30"), Tick(0.5, "15"), Tick(1, "срок")),
    up=(Tick(0, "0"), Tick(1, "200")),
    axis="дней до конца приёма",
    now=Tick(0.6, "осталось 12 дней"),
)
ALONE = Lines((Line("5", ((0.5, 1),), is_main=True),), (Tick(1, "срок"),), (Tick(0, "0"), Tick(1, "5")), "дней")
BARS = Bars((Bar("Томск", "12 организаций, 45 заявок", (1,)), Bar("ещё 3 муниципалитета", "3", (0.2,), is_aside=True)))
STACKS = Bars((Bar("Лаптев Е. И.", "осталось 7", (0.5, 0.45, 0.05), ("10", "9", "1")),), ("готово", "нет", "конфликт"))
SPREADS = Spreads(
    (Spread("Лаптев Е. И., 5 работ", "медиана 55 %", 0.55, (0.5, 0.7), ((0, 0), (0.55, 1), (0.55, -1), (1, 0))),),
    (Tick(0, "0 %"), Tick(1, "100 %")),
    0.6,
)
BODIES = (LINES, ALONE, BARS, STACKS, SPREADS)


def figure(body: Lines | Bars | Spreads, title: str = "142 заявки, на 31 больше, чем в прошлом году") -> Figure:
    return Figure(title, "«Создавай со Scratch», 18.04.2026, 10:00", "Все поданные заявки.", body)


def picture(drawn: Figure) -> Image.Image:
    """The figure drawn and read back."""
    found = Image.open(BytesIO(draw(drawn, name="x").data))
    found.load()
    return found


@pytest.mark.parametrize("body", BODIES)
def test_a_figure_is_a_png_as_wide_as_a_phone_needs_on_a_light_ground(body: Lines | Bars | Spreads) -> None:
    file = draw(figure(body), name="scratch-2026-days")
    assert (file.name, file.photo) == ("scratch-2026-days.png", True)
    found = picture(figure(body))
    assert (found.format, found.width) == ("PNG", 1080)
    assert 300 < found.height < 20 * found.width
    assert all(level > 240 for level in found.convert("RGB").getpixel((5, 5)))  # type: ignore[union-attr]
    assert file.data == draw(figure(body), name="scratch-2026-days").data


def test_hostile_words_are_only_words() -> None:
    bars = Bars((Bar(HOSTILE, HOSTILE, (1,)), Bar("а" * 500, "б", (0,))))
    spreads = Spreads((Spread(HOSTILE, "", 0, (0, 0), ()),), ())
    lines = Lines((Line(HOSTILE, ((0, 0), (1, 1)), is_main=True),), (Tick(0, HOSTILE),), (Tick(0, HOSTILE),), HOSTILE)
    for body in (bars, spreads, lines):
        assert picture(figure(body, HOSTILE)).width == 1080


def test_two_hundred_rows_are_drawn_too() -> None:
    rows = tuple(Bar(f"Муниципалитет {number}", str(number), (number / 200,)) for number in range(200))
    assert picture(figure(Bars(rows))).height > 9000


def test_a_different_value_is_a_different_picture() -> None:
    longer = Bars((Bar("Томск", "12 организаций, 45 заявок", (0.5,)), BARS.bars[1]))
    assert draw(figure(BARS), name="x").data != draw(figure(longer), name="x").data


@given(st.lists(st.floats(0, 1), max_size=8))
def test_names_at_the_ends_of_lines_do_not_cover_each_other(heights: list[float]) -> None:
    moved = sorted(apart(heights))
    assert all(high - low >= NAMES_APART - 1e-9 for low, high in pairwise(moved))
    assert all(-1e-9 <= one <= 1 + 1e-9 for one in moved)


def test_names_that_are_apart_stay_where_they_are() -> None:
    assert apart([0.9, 0.1, 0.5]) == [0.9, 0.1, 0.5]

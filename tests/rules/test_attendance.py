"""Who came: the code word, its time, lists of names; and people of a bundle."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.attendance import Matched, has_word, match_names, meant_by, window, word_hash
from bot.contest.bundles import Part, people_of_bundle
from bot.contest.event.stages import Meeting, Section
from bot.contest.event.units import CountedIn

STARTS = datetime(2026, 10, 27, 8, 0, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
MEETING = Meeting(starts_at=STARTS, ends_at=STARTS + HOUR, code_word="Ёжик", attendance_grace_minutes=30)
SECTIONS = MEETING.model_copy(
    update={"sections": (Section(code="a", title="А", code_word="кот"), Section(code="b", title="Б"))}
)
PEOPLE = ((1, "Орлова Нина Петровна"), (2, "Орлова Анна"), (3, "Белов Олег Игоревич"), (4, "Ёлкина Зоя"))


@pytest.mark.parametrize(
    ("typed", "section"),
    [
        ("ёжик", ""),
        ("Ежик!", ""),
        ("«ЁЖИК»", ""),
        ("ежики", None),
        ("", None),
        ("ёжик" * 20, None),
        ("кот", "a"),
    ],
)
def test_a_code_word_is_known_however_it_is_typed(typed: str, section: str | None) -> None:
    assert meant_by("e", SECTIONS, typed, {}) == section


def test_a_word_set_in_the_chat_takes_the_place_of_the_files_own() -> None:
    kept = {"": word_hash("e", "Спрайт"), "b": word_hash("e", "сова")}
    assert [meant_by("e", SECTIONS, word, kept) for word in ("спрайт", "ёжик", "сова", "кот")] == ["", None, "b", "a"]
    assert meant_by("other", SECTIONS, "спрайт", kept) is None
    bare = MEETING.model_copy(update={"code_word": None})
    assert (has_word(bare, {}), has_word(bare, kept), has_word(MEETING, {})) == (False, True, True)


@pytest.mark.parametrize(
    ("later", "refusal"),
    [
        (-SECOND, "attend.early"),
        (timedelta(), None),
        (HOUR + HOUR / 2, None),
        (HOUR + HOUR / 2 + SECOND, "attend.late"),
    ],
)
def test_it_is_taken_during_the_meeting_and_some_minutes_after(later: timedelta, refusal: str | None) -> None:
    found = window(MEETING).refusal(STARTS + later)
    assert (found and found.key) == refusal


def test_a_pasted_list_finds_people_however_they_are_written() -> None:
    typed = ["1. Нина Орлова", "• белов", "Орлова", "Елкина Зоя ✓", "", "Седых Пётр", "Орлова Анна", "белов олег"]
    assert match_names(typed, PEOPLE) == Matched((1, 3, 4, 2), ("Седых Пётр",), ("Орлова",))


@given(st.lists(st.text(max_size=30), max_size=8))
def test_no_list_breaks_it_and_nobody_is_made_up(typed: list[str]) -> None:
    assert set(match_names(typed, PEOPLE).found) <= {1, 2, 3, 4}


PARTS = (
    Part("webinar", ("s|орлова", "s|белов")),
    Part("webinar", ("s|орлова",)),
    Part("blender", ("s|орлова",)),
    Part("projects", ("s|вера",), unnamed=2),
)


@pytest.mark.parametrize(("counted_in", "total"), [(CountedIn.PARENT, 5), (CountedIn.CHILDREN, 6)])
def test_people_of_a_bundle_count_where_the_parent_says(counted_in: CountedIn, total: int) -> None:
    found = people_of_bundle(PARTS, counted_in)
    assert (found.total, found.by_child) == (total, (("webinar", 2), ("blender", 1), ("projects", 3)))
    assert people_of_bundle([], counted_in).total == 0


@given(st.lists(st.builds(Part, st.sampled_from("abc"), st.tuples(st.sampled_from("xyz")), st.integers(0, 3))))
def test_the_parent_never_counts_more_than_its_children_together(parts: list[Part]) -> None:
    parent, children = people_of_bundle(parts, CountedIn.PARENT), people_of_bundle(parts, CountedIn.CHILDREN)
    assert max((count for _, count in parent.by_child), default=0) <= parent.total <= children.total

"""Who is one and the same person; forgetting names changes no figure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contest.event.base import Category
from bot.contest.report.facts import Entry, Forgotten
from bot.contest.report.measures import Measure
from bot.contest.report.people import Known, counted_elsewhere, namesakes, numbered
from tests.rules.report_year import (
    CASES,
    HOME_PROJECTS,
    HOME_WEBINAR,
    OTHER,
    READERS,
    SCHOOL,
    entry,
    facts,
    report,
    someone,
)

REPORT_NUMBERS = {READERS: "У2", HOME_PROJECTS: "У3", HOME_WEBINAR: "У3", CASES: "П2"}


def different(*entries: Entry) -> int:
    return len(set(numbered(entries).values()))


@pytest.mark.parametrize(
    ("one", "other", "people"),
    [
        ("Кедрова Алёна", "КЕДРОВА АЛЕНА", 1),
        ("Кедрова Алёна", "Кедрова Алёна Игоревна", 1),
        ("Кедрова Алёна Петровна", "Кедрова Алёна Игоревна", 2),
        ("Кедрова-Лис Алёна", "Кедрова Алёна", 2),
        ("Кедрова Алёна", "Кедрова Анна", 2),
    ],
)
def test_one_name_at_one_school_is_one_person(one: str, other: str, people: int) -> None:
    assert different(entry(READERS, someone(one)), entry(HOME_PROJECTS, someone(other))) == people


def test_another_school_or_a_teacher_of_the_same_name_is_another_person() -> None:
    assert different(entry(), entry(school=OTHER)) == 2
    assert different(entry(), entry(teacher=True)) == 2
    assert different(entry(school=None, school_name="Сад «Ёлка»"), entry(school=None, school_name="сад Елка")) == 1


def test_three_of_one_name_are_as_many_as_their_patronymics() -> None:
    people = ("Кедрова Яна", "Кедрова Яна Петровна", "Кедрова Яна Игоревна")
    assert different(*(entry(READERS, someone(name)) for name in people)) == 2


def test_one_name_in_two_classes_is_told_about_once() -> None:
    found = [entry(READERS, someone(grade=3)), entry(READERS, someone(grade=9)), entry(READERS, someone(grade=3))]
    assert len(namesakes(found, numbered(found))) == 1


def known(one: Entry) -> list[Known]:
    return [
        Known(
            each.id, REPORT_NUMBERS[one.event], each.surname, each.name, each.patronymic,
            one.category is Category.TEACHER, one.organisation_code, one.organisation,
        )
        for each in one.people
        if each.forgotten is None
    ]  # fmt: skip


def forget(entries: list[Entry], place: int) -> list[Entry]:
    """Names of one application become numbers, as the database does it."""
    marks = counted_elsewhere(
        [each for one in entries if one.took_part for each in known(one)], {one.id for one in entries[place].people}
    )
    people = tuple(
        replace(
            one, surname="Участник", name=f"№ {one.id}", forgotten=one.forgotten or marks.get(one.id, Forgotten.ONLY)
        )
        for one in entries[place].people
    )
    return [*entries[:place], replace(entries[place], people=people), *entries[place + 1 :]]


@st.composite
def years(draw: st.DrawFn) -> tuple[list[Entry], list[int]]:
    """Applications with few names, and an order in which some of them are forgotten."""
    names = st.lists(st.sampled_from(["Ветрова Анна", "Кедров Пётр", "Кедров Петр"]), min_size=1, max_size=3)
    found = [
        entry(
            draw(st.sampled_from([*REPORT_NUMBERS])),
            *map(someone, draw(names)),
            school=draw(st.sampled_from([SCHOOL, None])),
        )
        for _ in range(draw(st.integers(1, 6)))
    ]
    return found, draw(st.lists(st.sampled_from(range(len(found))), unique=True))


@settings(max_examples=30)
@given(years())
def test_forgetting_in_any_order_changes_no_figure(year: tuple[list[Entry], list[int]]) -> None:
    entries, order = year
    before = report(facts(*entries))
    for place in order:
        entries = forget(entries, place)
    after = report(facts(*entries))
    assert _figures(after.totals) == _figures(before.totals)
    for now, then in zip(after.events, before.events, strict=True):
        assert _figures(now.figures) == _figures(then.figures)


def _figures(figures: object) -> dict[Measure, int]:
    return {
        one.measure: one.value
        for one in figures  # type: ignore[attr-defined]
        if one.measure is not Measure.FORGOTTEN
    }

"""A school's and a teacher's year: who is named, what counts, what is said of a result."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from bot.contest.applications import ApplicationState
from bot.contest.awards import OutcomeKind
from bot.contest.event import Event
from bot.contest.event.base import Category
from bot.contest.event.loading import read_event
from bot.contest.event.moments import TOMSK
from bot.contest.event.units import UnitKind
from bot.contest.report.facts import Entry, Expert, Forgotten, Held, Someone
from bot.contest.report.own_years import (
    NOT_DECIDED,
    NOT_PUBLISHED,
    Line,
    TeacherCount,
    by_event,
    by_teacher,
    experts_of,
    lines_of,
)
from tests.talks.scenes import EVENTS, SCRATCH

VERA = Someone(1, "Соколова", "Вера", "Ильинична", 3)
ENTRY = Entry(
    id=1,
    number="СК-2021-0001",
    event="scratch-2021",
    state=ApplicationState.ACCEPTED,
    category=Category.PUPIL,
    organisation_code="gymnasium-13-tomsk",
    organisation="МАОУ гимназия № 13 г. Томска",
    accepted=True,
    handed_in=True,
    unit=UnitKind.PERSON,
    supervisor="Орлова Нина Петровна",
    outcome=OutcomeKind.WINNER,
    outcome_title="Победитель, I место",
    people=(VERA,),
)


@cache
def event() -> Event:
    found = read_event(EVENTS / SCRATCH)
    assert isinstance(found, Event)
    return found


def line(entry: Entry, *, published: bool = True) -> Line:
    held = Held(event(), published=published)
    (found,) = lines_of([replace(entry, event=event().code)], {event().code: held}, [], zone=TOMSK)
    return found


@pytest.mark.parametrize(
    ("changed", "published", "result", "is_award"),
    [
        ({}, True, "Победитель, I место", True),
        ({}, False, NOT_PUBLISHED, False),
        ({"outcome": None}, True, NOT_DECIDED, False),
        ({"outcome": OutcomeKind.PARTICIPANT, "outcome_title": ""}, True, "Участник", False),
        ({"state": ApplicationState.WITHDRAWN}, True, "заявка отозвана", False),
        ({"state": ApplicationState.DISQUALIFIED}, False, "дисквалифицирован(а)", False),
        ({"state": ApplicationState.REJECTED, "accepted": False, "outcome": None}, True, "отклонена", False),
    ],
)
def test_what_is_said_of_a_result(changed: dict[str, object], published: bool, result: str, is_award: bool) -> None:
    found = line(replace(ENTRY, **changed), published=published)  # type: ignore[arg-type]
    assert (found.result, found.is_award) == (result, is_award)


@pytest.mark.parametrize(
    ("changed", "who", "people", "supervisors"),
    [
        ({}, ("Соколова Вера Ильинична, 3 класс",), 1, ("Орлова Нина Петровна",)),
        ({"people": (replace(VERA, hidden=True),)}, (), 1, ()),
        ({"people": (replace(VERA, forgotten=Forgotten.ONLY),)}, (), 1, ()),
        ({"people": (), "headcount": 30, "title": "Хор «Весна»"}, ("Хор «Весна»",), 30, ("Орлова Нина Петровна",)),
        (
            {"unit": UnitKind.TEAM, "title": "Ракета", "headcount": 5, "supervisor": "А Б, В Г"},
            ("«Ракета»: Соколова Вера Ильинична, 3 класс",),
            5,
            ("А Б", "В Г"),
        ),
    ],
)
def test_nobody_is_named_who_may_not_be_and_everybody_counts(
    changed: dict[str, object], who: tuple[str, ...], people: int, supervisors: tuple[str, ...]
) -> None:
    found = line(replace(ENTRY, **changed))  # type: ignore[arg-type]
    assert (found.who, found.people, found.supervisors) == (who, people, supervisors)


def test_sums_by_event_and_by_teacher() -> None:
    absent = replace(ENTRY, id=2, outcome=OutcomeKind.ABSENT, outcome_title="")
    other = replace(ENTRY, id=3, outcome=OutcomeKind.PARTICIPANT, supervisor="орлова нина петровна, Белов Олег")
    lines = [line(one) for one in (ENTRY, absent, other)]
    (count,) = by_event(lines)
    assert (count.applications, count.participations, count.works, count.awards) == (3, 2, 2, 1)
    assert by_teacher(lines) == (TeacherCount("Орлова Нина Петровна", 2, 1), TeacherCount("Белов Олег", 1, 0))
    assert "2021 года" in lines[0].dates
    juror = Expert(7, "a", "Лугова Ольга", "Гимназия", 4)
    others = [replace(juror, event="b", scored=5), replace(juror, person_id=8, organisation="Лицей")]
    assert experts_of([juror, *others], "Гимназия") == (("Лугова Ольга", 9),)

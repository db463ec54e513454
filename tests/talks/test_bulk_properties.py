"""Whatever a table says: each row is new, the same, or wrong with a reason; and once sent it changes nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import cast
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contest.applications import ApplicationState
from bot.contest.bulk import Line
from bot.contest.bulk_matching import Fate
from bot.contest.consents import Operator
from bot.contest.event import Event
from bot.contest.event.loading import read_event
from bot.contest.facts import Facts as Settings
from bot.contest.organisations import Directory
from bot.contest.people import Person
from bot.talk.incoming import Act, Incoming
from handlers.book import texts
from handlers.events import Running
from handlers.kinds import Case
from handlers.participant.form import answers_of, contact_of, form_of
from handlers.teacher.columns import columns_of
from handlers.teacher.identity import person_key
from handlers.teacher.plan import Facts, Item, Known, Plan
from handlers.teacher.planning import planned
from storage.application_rows import Application, Form
from storage.events import StoredEvent
from storage.storage import Storage
from tests.talks.scenes import EVENTS

NOW = datetime(2021, 4, 20, 5, 0, tzinfo=UTC)


@cache
def event_of(file: str) -> Event:
    event = read_event(EVENTS / file)
    assert isinstance(event, Event), event
    return event.moved_to((NOW - timedelta(days=5)).date())


def running_of(event: Event) -> Running:
    """The event with its intake going on."""
    stored = StoredEvent(event.code, "", 1, None, None, None, None, None, None, None)
    return Running(event, stored)


@cache
def case() -> Case:
    nina = Person(1, "Нина", "Орлова", NOW, NOW, None, None, None)
    operator = Operator("гимназия", "почта", "https://example.org")
    facts = Settings(ZoneInfo("Asia/Tomsk"), operator, Directory.load(), "club", frozenset())
    incoming = Incoming(Act.WROTE, 1, NOW)
    return Case(now=NOW, storage=cast("Storage", None), texts=texts(), facts=facts, person=nina, incoming=incoming)


def plan_of(event: Event, lines: Sequence[Line], known: Sequence[Known] = ()) -> Plan:
    facts = Facts(running_of(event), columns_of(case(), event), known, given={"contact": {}})
    return planned(case(), facts, lines)


def sent(event: Event, items: Sequence[Item]) -> list[Known]:
    """The new ones as they would be stored."""
    found, ordinals = [], count(1)
    for item in items:
        form, ordinal = form_of(event, item.answers), next(ordinals)
        stored = Application(
            **{one.name: getattr(form, one.name) for one in fields(Form)},
            id=ordinal,
            number=f"Х-2021-{ordinal:04d}",
            event_code=event.code,
            ordinal=ordinal,
            person_id=1,
            state=ApplicationState.SENT,
            reason=None,
            revision=1,
            created_at=NOW,
            updated_at=NOW,
            accepted_at=None,
        )
        found.append(Known(stored, answers_of(event, stored, contact_of(item.answers)), None))
    return found


names = st.sampled_from(
    ["Соколова Вера", "Соколова Вера Ильинична", "белов артём", "Котова Мила", "И. Котова", "x", "7"]
)
grades = st.sampled_from(["3Б", "1", "2 «а»", "подготовительная группа", "7", "третий", "двенадцатый", ""])
schools = st.sampled_from(["гимназия 13 томск", "г13", "школа 40", "Школа радости «Светлячок»", "13", ""])
words = st.one_of(
    st.sampled_from(["А. Барто", "", "=1+1", "Вокал: Эстрадный", "Гитара", "Соло", "Дуэт"]), st.text(max_size=9)
)
MOTHER = {"name": names, "grade": grades, "school": schools, "supervisor": names, "f_piece": words}
SPRING = {
    "name": names,
    "grade": st.sampled_from(["3Б", "1", "5", "7", ""]),
    "school": st.just("г13"),
    "supervisor": st.just("Орлова Нина Петровна"),
    "f_piece": st.just("Песня"),
    "team": st.sampled_from(["", "", "Солнышко", "«солнышко»", "Лучик"]),
    "form": st.sampled_from(["Соло", "Дуэт", "Ансамбль", "соло", ""]),
    "nomination": st.sampled_from(["Вокал: Эстрадный", "Гитара", "эстрадный", "Танец"]),
    "f_length": st.sampled_from(["3:20", "3:20", "99", ""]),
}


def tables(columns: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[list[dict[str, str]]]:
    row = st.fixed_dictionaries(columns).map(lambda cells: {key: value for key, value in cells.items() if value})
    return st.lists(row.filter(bool), max_size=6)


def check(event: Event, rows: Sequence[dict[str, str]]) -> None:
    lines = [Line(number, cells) for number, cells in enumerate(rows, start=2)]
    plan = plan_of(event, lines)
    assert {item.fate for item in plan.items} <= {Fate.NEW, Fate.WRONG}
    for item in plan.of(Fate.WRONG):
        assert plan.wrong, item
    for wrong in plan.wrong:
        assert texts().say(wrong.refusal.key, **wrong.refusal.values)
    new = plan.of(Fate.NEW)
    again = plan_of(event, lines, sent(event, new))
    assert len(again.of(Fate.SAME)) == len(new)
    assert not again.of(Fate.NEW)
    assert not again.of(Fate.CHANGED)
    if not any("team" in row for row in rows):
        people = [person_key(row) for row in rows]
        turned = plan_of(event, lines[::-1])
        if len(set(people)) == len(people):
            assert sorted(item.who for item in turned.of(Fate.NEW)) == sorted(item.who for item in new)


@settings(max_examples=20, deadline=None)
@given(tables(MOTHER))
def test_rows_of_single_children(rows: list[dict[str, str]]) -> None:
    check(event_of("my-mother.yaml"), rows)


@settings(max_examples=20, deadline=None)
@given(tables(SPRING))
def test_rows_of_soloists_and_collectives(rows: list[dict[str, str]]) -> None:
    check(event_of("spring.yaml"), rows)

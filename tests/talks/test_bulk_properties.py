"""Whatever a table says: each row is new, the same, or wrong with a reason; and once sent it changes nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contest.applications import ApplicationState
from bot.contest.bulk import Line
from bot.contest.bulk_matching import Fate
from bot.contest.consents import Operator
from bot.contest.event import Event
from bot.contest.event.base import Limit, Per
from bot.contest.event.loading import read_event
from bot.contest.facts import Facts as Settings
from bot.contest.organisations import Directory
from bot.contest.people import Person
from bot.talk.incoming import Act, Incoming
from handlers.book import texts
from handlers.events import Running
from handlers.kinds import Case
from handlers.participant.applying.entry_limits import entry_of
from handlers.participant.applying.form import answers_of, contact_of, form_of
from handlers.participant.applying.own_steps import key_of
from handlers.teacher.apart import Asked, apart
from handlers.teacher.columns import columns_of
from handlers.teacher.identity import person_key
from handlers.teacher.judging import Gathered
from handlers.teacher.plan import Facts, Item, Known, Plan
from handlers.teacher.planning import planned
from storage.application_rows import Application, Form
from storage.events import StoredEvent
from storage.imports import Import
from storage.storage import Storage
from tests.documents.made import marked
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
    counted = {one.application.id: entry_of(one.application) for one in known}
    facts = Facts(running_of(event), columns_of(case(), event), known, given={"contact": {}}, counted=counted)
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


@settings(max_examples=8, deadline=None, derandomize=True)
@given(tables(MOTHER))
def test_rows_of_single_children(rows: list[dict[str, str]]) -> None:
    check(event_of("my-mother.yaml"), rows)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(tables(SPRING))
def test_rows_of_soloists_and_collectives(rows: list[dict[str, str]]) -> None:
    check(event_of("spring.yaml"), rows)


NEW, WRONG, SAME, CHANGED = Fate.NEW, Fate.WRONG, Fate.SAME, Fate.CHANGED
VERA, ILYINICHNA, OLEGOVNA = "Соколова Вера", "Соколова Вера Ильинична", "Соколова Вера Олеговна"


def row(name: str, school: str = "г13", **more: str) -> dict[str, str]:
    shared = {"name": name, "grade": "3Б", "school": school, "supervisor": "Орлова Нина Петровна", "f_piece": "Мама"}
    return {**shared, **more}


@pytest.mark.parametrize(
    ("rows", "fates"),
    [
        ([row(VERA), row(ILYINICHNA)], [NEW, WRONG]),
        ([row(ILYINICHNA), row(VERA)], [NEW, WRONG]),
        ([row(ILYINICHNA), row(OLEGOVNA)], [NEW, NEW]),
        ([row(ILYINICHNA), row(OLEGOVNA), row(VERA)], [NEW, NEW, WRONG]),
        ([row(VERA), row(ILYINICHNA, "школа 40")], [NEW, NEW]),
        ([row(VERA, grade="99"), row(ILYINICHNA)], [WRONG, WRONG]),
    ],
)
def test_one_person_or_two(rows: list[dict[str, str]], fates: list[Fate]) -> None:
    event = event_of("my-mother.yaml")
    lines = [Line(number, cells) for number, cells in enumerate(rows, start=2)]
    plan = plan_of(event, lines)
    assert [item.fate for item in plan.items] == fates
    new = [line for line, fate in zip(lines, fates, strict=True) if fate is NEW]
    assert {item.fate for item in plan_of(event, new, sent(event, plan.of(NEW))).items} <= {SAME}


def test_a_patronymic_is_put_in_later_and_taken_for_no_other_child() -> None:
    event = event_of("my-mother.yaml")
    known = sent(event, plan_of(event, [Line(2, row(VERA))]).items)
    assert [item.fate for item in plan_of(event, [Line(2, row(ILYINICHNA))], known).items] == [CHANGED]
    known = sent(event, plan_of(event, [Line(2, row(OLEGOVNA))]).items)
    assert [item.fate for item in plan_of(event, [Line(2, row(ILYINICHNA))], known).items] == [NEW]


def test_a_child_in_two_nominations_is_entered_twice_and_stays_so() -> None:
    event = event_of("spring.yaml")
    song = {"form": "Соло", "f_piece": "Песня", "f_length": "3:20"}
    lines = [Line(n, row(VERA, nomination=one, **song)) for n, one in enumerate(("эстрадный", "Гитара"), start=2)]
    plan = plan_of(event, lines)
    assert [(item.fate, item.twice) for item in plan.items] == [(NEW, False)] * 2, plan.wrong
    assert [item.fate for item in plan_of(event, lines, sent(event, plan.items)).items] == [SAME, SAME]


def test_namesakes_of_one_collective_are_told_apart_by_their_patronymics() -> None:
    event = event_of("spring.yaml")
    duet = {"team": "Солнышко", "form": "Дуэт", "nomination": "эстрадный", "f_piece": "Песня", "f_length": "3:20"}
    lines = [Line(2, row(ILYINICHNA, **duet)), Line(3, row(OLEGOVNA, **duet))]
    assert [item.fate for item in plan_of(event, lines).items] == [NEW]
    plan = plan_of(event, [lines[0], Line(3, row(VERA, **duet))])
    assert [(one.line, one.key, one.refusal.key) for one in plan.wrong] == [(3, "name", "author_twice")]


def test_limits_count_the_rows_of_the_same_table_and_a_change_makes_room_before_new_rows() -> None:
    event = event_of("spring.yaml")
    assert event.submission is not None
    limit = Limit(per=(Per.ORGANISATION, Per.NOMINATION), most=1)
    event = event.model_copy(update={"submission": event.submission.model_copy(update={"limits": (limit,)})})
    song = {"form": "Соло", "f_piece": "Песня", "f_length": "3:20"}

    def line(place: int, name: str, nomination: str, **more: str) -> Line:
        return Line(place, row(name, nomination=nomination, **song, **more))

    first = [line(2, "Белов Артём", "Гитара"), line(3, "Котова Мила", "Гитара"), line(4, VERA, "эстрадный")]
    plan = plan_of(event, first)
    assert [item.fate for item in plan.items] == [NEW, WRONG, NEW]
    assert [(one.line, one.refusal.key) for one in plan.wrong] == [(3, "apply.limit")]
    (boy,) = sent(event, plan.items[:1])
    moved = [line(2, "Котова Мила", "Гитара"), line(3, "Белов Артём", "эстрадный", number=boy.application.number)]
    assert [item.fate for item in plan_of(event, moved, [boy]).items] == [NEW, CHANGED]


def test_an_answer_that_can_not_wait_any_more_is_asked_for_in_its_cell() -> None:
    event = event_of("pupil-projects.yaml")
    (later,) = [one for one in event.fields if one.required_from]
    cells = {"team": "Умный дом", "name": VERA, "grade": "9А", "school": "г13", "supervisor": "Орлова Нина Петровна"}
    cells |= {"nomination": event.nomination_title(event.leaves[0].code)}
    cells |= {key_of(one): "Исследовательский" for one in event.fields if one.required and one is not later}
    for required_from, wrong in ((NOW + timedelta(days=1), []), (NOW - timedelta(days=1), [(2, key_of(later))])):
        fields = tuple(
            one.model_copy(update={"required_from": required_from, "frozen_after": None}) if one is later else one
            for one in event.fields
        )
        asked = event.model_copy(update={"fields": fields})
        assert [(one.line, one.key) for one in plan_of(asked, [Line(2, cells)]).wrong] == wrong


def test_a_long_table_is_judged_in_a_process_of_its_own_as_it_would_be_here() -> None:
    event, here = event_of("my-mother.yaml"), case()
    rows = [[one.title for one in columns_of(here, event)], [VERA, "3Б", "А. Барто", "г13"], ["Котова Мила", "7"]]
    content = {"rows": rows, "said_at": NOW.isoformat()}
    kept = Import(1, 1, event.code, "file", "preview", content, None, NOW)
    gathered = Gathered((), {}, frozenset(), {"contact": {}}, {})
    asked = Asked(NOW, here.facts, here.person, here.incoming, running_of(event), gathered, kept)
    there, beside = apart(asked), asked.judged(texts())
    assert there.result == beside.result
    assert [item["fate"] for item in there.result["items"]] == [NEW, WRONG]
    assert there.file is not None
    assert sorted(marked(there.file.data)) == ["B3", "C3", "D3"]

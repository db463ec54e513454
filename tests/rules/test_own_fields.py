"""Own fields: which are asked, which are missing, which stand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.contest.event import Category, Event
from bot.contest.event.checks import faults_of
from bot.contest.event.loading import read_event
from bot.contest.event.source import Value
from bot.contest.own_fields import Told, is_frozen, is_needed, missing_fields

FILE = Path(__file__).parents[2] / "bot" / "data" / "events" / "2020-21" / "sports-mosaic.yaml"
BEFORE, DUE = datetime(2021, 4, 1, tzinfo=UTC), datetime(2021, 4, 10, tzinfo=UTC)
FIELDS = [
    {"code": "motto", "type": "text", "title": "Девиз", "required": False},
    {"code": "bus", "type": "yes_no", "title": "Нужен автобус"},
    {"code": "seats", "type": "number", "title": "Мест", "shown_if": {"field": "bus", "equals": [True]}},
    {"code": "judge", "type": "text", "title": "Судья", "required_from": DUE, "frozen_after": DUE},
    {"code": "shirt", "type": "text", "title": "Размер", "asked_of": "member"},
    {
        "code": "cap",
        "type": "text",
        "title": "Кепка",
        "asked_of": "member",
        "shown_if": {"field": "shirt", "equals": ["М"]},
    },
    {"code": "film", "type": "text", "title": "Фильм", "asked_of": "work"},
]


@pytest.fixture(scope="module")
def event() -> Event:
    """A team's event with fields of every kind."""
    found = read_event(FILE)
    assert isinstance(found, Event)
    plain = found.model_dump(exclude={"fields"})
    return Event.model_validate({**plain, "fields": FIELDS}, strict=False)


def _missing(event: Event, now: datetime, answers: dict[str, object], *members: dict[str, object]) -> list[object]:
    told = Told(Category.PUPIL, None, answers, members)
    return [(one.field.code, one.member, one.is_due) for one in missing_fields(event, told, now)]


@pytest.mark.parametrize(
    ("answers", "members", "now", "missing"),
    [
        ({}, (), BEFORE, [("bus", None, True), ("judge", None, False)]),
        ({"bus": False, "judge": "Орлов"}, (), BEFORE, []),
        ({"bus": True, "judge": "Орлов"}, (), BEFORE, [("seats", None, True)]),
        ({"bus": True, "seats": 0, "judge": None}, (), BEFORE, [("judge", None, False)]),
        ({"bus": False, "judge": None}, (), DUE, [("judge", None, True)]),
        ({"bus": False, "judge": "Орлов"}, ({"shirt": "Л"}, {}), DUE, [("shirt", 2, True)]),
        ({"bus": False, "judge": "Орлов"}, ({"shirt": "М"}, {"shirt": "Л"}), DUE, [("cap", 1, True)]),
        ({"bus": False, "judge": "Орлов"}, ({"shirt": "М", "cap": "да"},), DUE, []),
    ],
)
def test_what_is_missing_now_and_what_will_be(
    event: Event,
    answers: dict[str, object],
    members: tuple[dict[str, object], ...],
    now: datetime,
    missing: list[object],
) -> None:
    assert _missing(event, now, answers, *members) == missing


def test_an_answer_may_wait_until_its_moment_and_stands_after_another(event: Event) -> None:
    judge = next(field for field in event.fields if field.code == "judge")
    motto = event.fields[0]
    assert [is_needed(judge, now) for now in (BEFORE, DUE)] == [False, True]
    assert [is_frozen(judge, now) for now in (DUE, DUE.replace(hour=1))] == [False, True]
    assert not is_needed(motto, DUE)
    assert not is_frozen(motto, DUE)


def test_a_field_of_the_application_can_not_depend_on_a_members_answer() -> None:
    fields: list[Value] = [
        {"code": "size", "asked_of": "member"},
        {"code": "cap", "asked_of": "member", "shown_if": {"field": "size", "equals": ["m"]}},
        {"code": "bus", "shown_if": {"field": "size", "equals": ["m"]}},
    ]
    told = "поле size задают каждому участнику, от него может зависеть только такое же поле"
    assert list(faults_of({"fields": fields}, ())) == [(("fields", 2, "shown_if", "field"), told)]

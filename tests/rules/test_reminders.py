"""When people are reminded: a table of moments, and what holds for every deadline there may be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contest.event import Event
from bot.contest.event.loading import read_event
from bot.contest.event.moments import TOMSK
from bot.contest.quiet import is_quiet
from bot.contest.reminders.kinds import Kind
from bot.contest.reminders.moments import Moment, coming, due, moments, reminded_at
from bot.contest.reminders.wording import in_own_words, named, unknown

SCRATCH = (Path(__file__).parents[2] / "bot/data/events/2020-21/scratch.yaml").read_text(encoding="utf-8")
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
USUAL = (7 * DAY, 3 * DAY, DAY, 3 * HOUR)


def tomsk(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=TOMSK).astimezone(UTC)


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("04-30 23:59", ["04-23 19:00", "04-27 19:00", "04-29 19:00", "04-30 20:59"]),
        ("04-30 18:00", ["04-23 18:00", "04-27 18:00", "04-29 18:00", "04-30 15:00"]),
        ("04-30 11:00", ["04-23 11:00", "04-27 11:00", "04-29 11:00", "04-30 08:00"]),
        ("04-30 10:59", ["04-23 10:59", "04-27 10:59", "04-29 10:59", "04-29 20:00"]),  # 7:59 is still the night
        ("04-30 09:00", ["04-23 10:00", "04-27 10:00", "04-29 10:00", "04-29 20:00"]),
        ("05-01 00:00", ["04-24 10:00", "04-28 10:00", "04-30 10:00", "04-30 21:00"]),
        ("05-01 01:00", ["04-24 10:00", "04-28 10:00", "04-30 10:00", "04-30 20:00"]),  # 22:00 is the night already
    ],
)
def test_days_come_in_waking_hours_and_the_night_is_quiet(until: str, told: list[str]) -> None:
    assert [reminded_at(tomsk(until), before, TOMSK) for before in USUAL] == [tomsk(one) for one in told]


FOUND = moments(tomsk("04-30 23:59"), {Kind.WORK: USUAL, Kind.DRAFT: (3 * DAY,)}, TOMSK)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("04-23 18:59", None),
        ("04-23 19:00", "04-23 19:00"),
        ("04-24 12:00", "04-23 19:00"),  # made up for
        ("04-25 18:59", "04-23 19:00"),
        ("04-25 19:00", None),  # two days late: «за 3 дня» is as near
        ("04-27 18:59", None),
        ("04-27 21:59", "04-27 19:00"),
        ("04-27 22:00", None),  # at night nobody is told
        ("04-28 08:00", "04-27 19:00"),
        ("04-30 20:59", "04-30 20:59"),
        ("04-30 22:00", None),
        ("04-30 23:59", None),
        ("05-01 12:00", None),
    ],
)
def test_what_was_missed_is_made_up_for_only_while_it_is_of_use(now: str, told: str | None) -> None:
    found = due(FOUND, tomsk("04-30 23:59"), tomsk(now), TOMSK)
    assert (found and found.at) == (told and tomsk(told))


def test_what_falls_on_one_time_is_told_together_and_the_next_time_is_known() -> None:
    assert [one.kinds for one in FOUND] == [{Kind.WORK}, {Kind.WORK, Kind.DRAFT}, {Kind.WORK}, {Kind.WORK}]
    assert coming(FOUND, Kind.DRAFT, tomsk("04-24 12:00")) == tomsk("04-27 19:00")
    assert coming(FOUND, Kind.DRAFT, tomsk("04-27 19:00")) is None


BEFORES = st.sets(
    st.integers(1, 60).map(lambda days: days * DAY) | st.integers(1, 12).map(lambda hours: hours * HOUR), min_size=1
)
UNTILS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: tomsk("01-01 00:00") + minutes * MINUTE)


@given(UNTILS, BEFORES)
def test_nobody_is_reminded_at_night_or_too_late_or_at_one_time_twice(until: datetime, befores: set[timedelta]) -> None:
    found = [one.at for one in moments(until, {Kind.WORK: befores}, TOMSK)]
    assert all(at < until and not is_quiet(at, TOMSK) for at in found)
    assert found == sorted(set(found))


@settings(max_examples=50)
@given(UNTILS, BEFORES, st.lists(st.integers(1, 5000), max_size=40))
def test_however_often_one_looks_nothing_comes_twice_or_backwards(
    until: datetime, befores: set[timedelta], pauses_min: list[int]
) -> None:
    found, told, now = moments(until, {Kind.WORK: befores}, TOMSK), list[Moment](), until - 8 * DAY
    for pause in pauses_min:
        now += pause * MINUTE
        one = due(found, until, now, TOMSK)
        if one is None:
            continue
        assert one.at <= now < until
        assert not is_quiet(now, TOMSK)
        assert not [later for later in found if one.at < later.at <= now]
        if one not in told:
            told.append(one)
    assert told == sorted(told, key=lambda one: one.at)


def test_own_words_may_hold_what_the_bot_knows_and_nothing_else() -> None:
    assert unknown("{имя}, сдайте работу до {срок}: {список}", Kind.WORK) is None
    assert unknown("Осталось {работы}", Kind.WORK) == "{работы}"
    assert unknown("до {срок", Kind.WORK) == "{"
    assert unknown("{осталось}", Kind.FINAL) == "{осталось}"
    assert named(Kind.JURY) == "{имя}, {название}, {срок}, {осталось}, {работы}"


def test_own_words_are_filled_and_an_unknown_name_leaves_no_gap() -> None:
    values = {"имя": "Нина", "название": "«Создавай»", "список": "Соколова Вера"}
    assert in_own_words("{имя}, «{название}»: {список}", values) == "Нина, «Создавай»: Соколова Вера"
    assert in_own_words("{имя}, ждём работу!", {"имя": ""}) == "Ждём работу!"


@pytest.mark.parametrize(
    ("written", "key", "expected"),
    [
        ("{work: {days: [0]}}", "reminders.work.days.1", "число должно быть не меньше 1"),
        ("{work: {hours: [3, 13]}}", "reminders.work.hours.2", "число должно быть не больше 12"),
        ("{jury: {daays: [3]}}", "reminders.jury.daays", "такого ключа нет, возможно, вы имели в виду days"),
        ("{wrok: {}}", "reminders.wrok", "такого ключа нет, возможно, вы имели в виду work"),
        ("{draft: {sent: нет}}", "reminders.draft.sent", "нужно: true или false"),
        (
            "{final: {text: 'Ждём {осталось}'}}",
            "reminders.final.text",
            "непонятно {осталось}: бот подставляет только {имя}, {название}, {срок}, {список}",
        ),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, written: str, key: str, expected: str) -> None:
    path = tmp_path / "event.yaml"
    path.write_text(f"{SCRATCH}\nreminders: {written}\n", encoding="utf-8")
    found = read_event(path)
    assert not isinstance(found, Event)
    assert [(one.key, one.expected) for one in found] == [(key, expected)]


def test_an_event_says_what_it_wants_and_the_rest_is_usual(tmp_path: Path) -> None:
    path = tmp_path / "event.yaml"
    written = "{work: {days: [10, 2], hours: [], text: 'Ждём: {список}'}, draft: {sent: false}}"
    path.write_text(f"{SCRATCH}\nreminders: {written}\n", encoding="utf-8")
    event = read_event(path)
    assert isinstance(event, Event)
    assert event.reminders.work.befores == (10 * DAY, 2 * DAY)
    assert (event.reminders.draft.sent, event.reminders.work.text) == (False, "Ждём: {список}")
    assert event.reminders.consent.befores == USUAL

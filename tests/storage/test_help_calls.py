"""Calls for a human as rows: one open call a person, one taker, and nothing left of them once forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from storage.help_rows import HelpCall, Thing
from storage.inbox import MOST_TRIES, Arrival
from storage.storage import Storage
from tests.storage.world import HOUR, NOON, ORGANIZER, PARENT, TEACHER, apply, form

LATER = NOON + 48 * HOUR


async def call_of(
    storage: Storage, person: int = TEACHER, *, at: datetime = NOON, events: str = "|scratch|"
) -> HelpCall:
    """An open call with a word in it."""
    code = "scratch" if events else None
    call = await storage.help_calls.open(
        person, events=events, event_code=code, step="заявка: Ветрова Анна", failed_at=None, at=at
    )
    assert call is not None
    await storage.help_calls.ask(call, "Ветрова Анна не видит работу", [Thing("photo", "photo1_2")], at=at)
    return call


async def test_a_person_has_one_open_call_and_another_after_it(storage: Storage) -> None:
    first = await call_of(storage)
    again = await storage.help_calls.open(TEACHER, events="", event_code=None, step="", failed_at=None, at=LATER)
    assert again is None
    assert await storage.help_calls.close(first.id, by=ORGANIZER, at=LATER)
    assert not await storage.help_calls.close(first.id, by=ORGANIZER, at=LATER)
    assert (await call_of(storage, at=LATER)).id != first.id


async def test_a_long_queue_of_others_hides_nobody(storage: Storage) -> None:
    for person_id in range(100_000, 100_600):
        await storage.people.known(person_id, at=NOON)
        await call_of(storage, person_id)
    await call_of(storage, at=LATER)
    assert (await storage.help_calls.waiting())[-1].call.person_id == TEACHER


async def test_two_take_a_call_at_once_and_one_has_it(storage: Storage) -> None:
    call = await call_of(storage)
    taken = [await storage.help_calls.take(call.id, by, seen=0, at=NOON) for by in (ORGANIZER, PARENT)]
    assert taken == [True, False]
    assert await storage.help_calls.take(call.id, PARENT, seen=ORGANIZER, at=NOON)


async def test_an_answer_ends_the_waiting_unless_more_was_said_that_nobody_saw(storage: Storage) -> None:
    calls = storage.help_calls
    call = await call_of(storage)
    seen = (await calls.words(call.id))[-1]
    await calls.ask(call, "и ещё", [], at=NOON)
    answered = await calls.answer(call, ORGANIZER, "Видим", [], seen=seen.id, at=LATER)
    assert [one.call.id for one in await calls.waiting()] == [call.id]
    assert (await calls.last_answer(call.id, after=seen.id)) is not None
    assert await calls.last_answer(call.id, after=answered) is None
    assert (await calls.waiting())[0].first_words == "и ещё"
    await calls.told((await calls.untold())[call.id][-1], at=LATER)
    await calls.answer(call, ORGANIZER, "Готово", [], seen=answered, at=LATER)
    assert await calls.waiting() == []
    assert await calls.untold() == {}
    await calls.ask(call, "третий", [], at=LATER)
    assert (await calls.waiting())[0].first_words == "третий"


async def test_what_is_urgent_stands_first_then_whoever_waits_longest(storage: Storage) -> None:
    late, early = await call_of(storage, 1, at=LATER), await call_of(storage, 2, at=NOON)
    urgent = await call_of(storage, 3, at=LATER + timedelta(hours=1))
    await storage.help_calls.set_urgent(urgent.id)
    assert [one.call.id for one in await storage.help_calls.waiting()] == [urgent.id, early.id, late.id]


@pytest.mark.parametrize("who", ["person", "event", "application", "talk"])
async def test_a_call_is_forgotten_with_whoever_it_names(storage: Storage, who: str) -> None:
    one = await apply(storage, form())
    call = await call_of(storage)
    await storage.help_calls.close(call.id, by=ORGANIZER, at=NOON)
    match who:
        case "person":
            await storage.forgetting.person(TEACHER, at=LATER)
        case "event":
            await storage.forgetting.event("scratch", by=None, at=LATER)
        case "application":
            await storage.forgetting.traces("Ветрова", "Анна", at=LATER)
        case _:
            await storage.forgetting.talk_of(TEACHER)
    assert [word.text for word in await storage.help_calls.words(call.id)] == [""]
    after = await storage.help_calls.get(call.id)
    assert after is not None
    assert who == "talk" or after.step == ""
    assert one.id


async def test_a_call_about_nothing_in_particular_goes_with_the_next_event_and_an_open_one_stays(
    storage: Storage,
) -> None:
    closed, still = await call_of(storage, 1, events=""), await call_of(storage, 2, events="")
    await storage.help_calls.close(closed.id, by=None, at=NOON)
    await storage.forgetting.event("scratch", by=None, at=LATER)
    assert [word.text for word in await storage.help_calls.words(closed.id)] == [""]
    assert [word.text for word in await storage.help_calls.words(still.id)] != [""]


async def test_when_an_update_was_set_aside_is_known_for_a_day(storage: Storage) -> None:
    await storage.inbox.store([Arrival("e1", TEACHER, 1, {})], at=NOON)
    for _ in range(MOST_TRIES):
        (update,) = await storage.inbox.waiting(9)
        await storage.inbox.failed(update, "KeyError", at=NOON)
    assert await storage.inbox.failed_since(TEACHER, NOON - HOUR) == NOON
    assert await storage.inbox.failed_since(TEACHER, NOON + HOUR) is None
    assert await storage.inbox.failed_since(PARENT, NOON - HOUR) is None

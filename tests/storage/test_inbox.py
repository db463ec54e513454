"""The inbox: each update once, whose turn it is, and what is set aside."""

from __future__ import annotations

import pytest

from storage.inbox import MOST_TRIES, Arrival, Update
from storage.storage import Storage
from tests.storage.world import HOUR, NOON

ANNA, BORIS = 1, 2


def came(person: int, number: int | None, *, event_id: str = "") -> Arrival:
    return Arrival(event_id or f"m:{person}:{number}", person, number, {"n": number})


async def turns(storage: Storage, most: int = 64) -> list[tuple[int, int]]:
    return [(update.person_id, update.order_key) for update in await storage.inbox.waiting(most)]


async def test_f20_an_update_that_comes_again_is_no_update_before_and_after_it_is_done(storage: Storage) -> None:
    assert await storage.inbox.store([came(ANNA, 1), came(ANNA, 1)], at=NOON) == 1
    [update] = await storage.inbox.waiting(64)
    assert update == Update(update.id, "m:1:1", ANNA, 1, {"n": 1}, NOON, 0)
    await storage.inbox.done([update.id], at=NOON)
    assert await storage.inbox.store([came(ANNA, 1)], at=NOON + 24 * HOUR) == 0
    assert await storage.inbox.count_waiting() == 0


async def test_everyones_first_goes_first_and_one_persons_in_the_messengers_order(storage: Storage) -> None:
    await storage.inbox.store([came(ANNA, 9), came(ANNA, 8), came(BORIS, 3), came(ANNA, 7), came(BORIS, 2)], at=NOON)
    assert await turns(storage) == [(ANNA, 7), (BORIS, 2), (ANNA, 8), (BORIS, 3), (ANNA, 9)]


@pytest.mark.parametrize("most", [1, 2, 3, 5])
async def test_what_a_limit_leaves_out_is_never_before_what_it_takes(storage: Storage, most: int) -> None:
    await storage.inbox.store([came(person, number) for number in (5, 4, 3, 2, 1) for person in (ANNA, BORIS)], at=NOON)
    seen: dict[int, list[int]] = {ANNA: [], BORIS: []}
    while updates := await storage.inbox.waiting(most):
        assert len(updates) <= most
        for update in updates:
            seen[update.person_id].append(update.order_key)
        await storage.inbox.done([update.id for update in updates], at=NOON)
    assert seen == {ANNA: [1, 2, 3, 4, 5], BORIS: [1, 2, 3, 4, 5]}


async def test_somebody_who_floods_lets_others_have_their_turn(storage: Storage) -> None:
    await storage.inbox.store([came(ANNA, number) for number in range(1, 500)], at=NOON)
    await storage.inbox.store([came(BORIS, 900)], at=NOON)
    served: list[int] = []
    while BORIS not in served:
        updates = await storage.inbox.waiting(64)
        served += [update.person_id for update in updates]
        await storage.inbox.done([update.id for update in updates], at=NOON)
    assert len(served) <= 500


async def test_what_has_no_number_stands_after_what_waits_of_this_person(storage: Storage) -> None:
    await storage.inbox.store([came(ANNA, 5), came(ANNA, None, event_id="press"), came(ANNA, 6)], at=NOON)
    assert [update.event_id for update in await storage.inbox.waiting(64)] == ["m:1:5", "press", "m:1:6"]
    await storage.inbox.store([came(BORIS, None, event_id="job:1")], at=NOON)
    assert (BORIS, 0) in await turns(storage)


async def test_the_third_failure_sets_an_update_aside_with_its_traceback(storage: Storage) -> None:
    await storage.inbox.store([came(ANNA, 1), came(ANNA, 2)], at=NOON)
    for number in range(1, MOST_TRIES + 1):
        update = (await storage.inbox.waiting(64))[0]
        assert update.tries == number - 1
        assert await storage.inbox.failed(update, f"trace {number}", at=NOON) is (number == MOST_TRIES)
    assert await turns(storage) == [(ANNA, 2)]
    [(aside, trace)] = await storage.inbox.quarantined()
    assert (aside.event_id, aside.tries, trace) == ("m:1:1", MOST_TRIES, f"trace {MOST_TRIES}")


async def test_what_was_done_long_ago_is_forgotten_and_what_waits_or_was_set_aside_is_not(storage: Storage) -> None:
    await storage.inbox.store([came(ANNA, number) for number in (1, 2, 3)], at=NOON)
    first, second, _ = await storage.inbox.waiting(64)
    await storage.inbox.done([first.id], at=NOON)
    for _ in range(MOST_TRIES):
        [update] = [one for one in await storage.inbox.waiting(64) if one.id == second.id]
        await storage.inbox.failed(update, "trace", at=NOON)
    await storage.inbox.forget_before(NOON)
    assert await storage.inbox.store([came(ANNA, 1)], at=NOON) == 0
    await storage.inbox.forget_before(NOON + HOUR)
    assert await storage.inbox.store([came(ANNA, number) for number in (1, 2, 3)], at=NOON) == 1


async def test_the_greatest_number_of_a_person_is_known_whether_done_or_not(storage: Storage) -> None:
    assert await storage.inbox.last_cmid(ANNA) == 0
    await storage.inbox.store([came(ANNA, 4), came(ANNA, 7), came(BORIS, 9)], at=NOON)
    await storage.inbox.done([update.id for update in await storage.inbox.waiting(64)], at=NOON)
    assert await storage.inbox.last_cmid(ANNA) == 7

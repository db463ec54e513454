"""The outbox: one message once, one person's in their order, the urgent ones first."""

from __future__ import annotations

from datetime import timedelta

from storage.outbox import Later, Priority, Sent, Settled
from storage.storage import Storage
from tests.storage.world import HOUR, NOON

ANNA, BORIS = 1, 2
SECOND = timedelta(seconds=1)


async def put(storage: Storage, person: int, text: str, *, priority: Priority = Priority.REPLY) -> int:
    row = await storage.outbox.add(person, {"text": text}, at=NOON, priority=priority)
    assert row is not None
    return row


async def due(storage: Storage, most: int = 25) -> list[str]:
    return [row.body["text"] for row in await storage.outbox.due(most, now=NOON)]


async def test_one_row_a_person_goes_at_a_time_and_the_next_when_it_is_settled(storage: Storage) -> None:
    first = await put(storage, ANNA, "1")
    second = await put(storage, ANNA, "2")
    await put(storage, BORIS, "3")
    assert await due(storage) == ["1", "3"]
    await storage.outbox.sent([Sent(first, 10, 1)], at=NOON)
    assert await due(storage) == ["2", "3"]
    await storage.outbox.settled([Settled(second, "dead", 100, "refused")], at=NOON)
    assert await due(storage) == ["3"]
    assert await storage.outbox.count_due() == 1


async def test_a_row_that_is_to_be_tried_later_holds_back_what_comes_after_it(storage: Storage) -> None:
    first = await put(storage, ANNA, "1")
    await put(storage, ANNA, "2")
    await storage.outbox.later([Later(first, NOON + HOUR, 10, "internal error")])
    assert await due(storage) == []
    assert await storage.outbox.next_due_at() == NOON
    assert [row.body["text"] for row in await storage.outbox.due(25, now=NOON + HOUR)] == ["1"]
    row = await storage.outbox.row(first)
    assert row is not None
    assert (row["tries"], row["error_code"], row["state"]) == (1, 10, "due")


async def test_the_urgent_go_first(storage: Storage) -> None:
    for priority in reversed(Priority):
        await put(storage, ANNA, priority.name, priority=priority)
    assert await due(storage) == ["ANSWER", "REPLY", "NOTICE", "BULK"]
    assert await due(storage, 2) == ["ANSWER", "REPLY"]


async def test_a_key_makes_a_message_happen_once_even_after_it_was_sent(storage: Storage) -> None:
    row = await storage.outbox.add(ANNA, {"text": "1"}, at=NOON, key="notice:1")
    assert row is not None
    assert await storage.outbox.add(ANNA, {"text": "1"}, at=NOON, key="notice:1") is None
    await storage.outbox.sent([Sent(row, 10, 1)], at=NOON)
    assert await storage.outbox.add(ANNA, {"text": "1"}, at=NOON, key="notice:1") is None
    assert await storage.outbox.add(BORIS, {"text": "1"}, at=NOON, key="notice:2") is not None


async def test_each_row_draws_a_random_id_of_its_own_and_keeps_it(storage: Storage) -> None:
    for number in range(100):
        await put(storage, number + 1, str(number))
    before = {row.id: row.random_id for row in await storage.outbox.due(100, now=NOON)}
    assert len(set(before.values())) == 100
    assert all(0 < random_id < 2**31 for random_id in before.values())
    await storage.outbox.later([Later(id_, NOON, None, "no answer") for id_ in before])
    assert {row.id: row.random_id for row in await storage.outbox.due(100, now=NOON)} == before


async def test_an_edit_learns_the_number_of_the_message_that_it_changes(storage: Storage) -> None:
    original = await storage.outbox.add(ANNA, {"text": "1"}, at=NOON, key="receipt")
    await storage.outbox.add(ANNA, {"text": "2"}, at=NOON, kind="edit", target_key="receipt", priority=Priority.NOTICE)
    [_, edit] = await storage.outbox.due(25, now=NOON)
    assert (edit.target_id, edit.target_cmid, edit.target_state) == (original, None, "due")
    assert original is not None
    await storage.outbox.sent([Sent(original, 10, 4)], at=NOON)
    [edit] = await storage.outbox.due(25, now=NOON)
    assert (edit.target_cmid, edit.target_state) == (4, "sent")


async def test_answers_older_than_a_minute_are_dropped_and_nothing_else_is(storage: Storage) -> None:
    for kind in ("answer", "send"):
        await storage.outbox.add(ANNA, {"text": kind}, at=NOON, kind=kind)
    assert await storage.outbox.drop_answers(before=NOON, now=NOON) == 0
    assert await storage.outbox.drop_answers(before=NOON + SECOND, now=NOON + SECOND) == 1
    assert await due(storage) == ["send"]


async def test_nothing_waits_where_there_is_nothing(storage: Storage) -> None:
    assert await storage.outbox.next_due_at() is None
    assert await storage.outbox.row(1) is None
    await storage.outbox.sent([], at=NOON)
    await storage.outbox.later([])
    await storage.outbox.settled([], at=NOON)

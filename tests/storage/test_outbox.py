"""The outbox: one message once, one person's in their order, the urgent ones first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.outbox import Later, Priority, Sent, Settled, Tallied
from storage.sql import load
from storage.storage import Storage
from tests.storage.world import HOUR, NOON

ANNA, BORIS = 1, 2
FORGETTING = load("forgetting")
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


async def test_nothing_overtakes_an_older_message_of_the_same_person_but_the_answer_to_a_button(
    storage: Storage,
) -> None:
    """An older row of the same or a more urgent priority holds back; an answer to a button holds none but its like."""
    for priority in (Priority.REPLY, Priority.NOTICE, Priority.BULK, Priority.REPLY, Priority.ANSWER, Priority.NOTICE):
        await put(storage, ANNA, f"{priority.name} of Anna's", priority=priority)
    await put(storage, BORIS, "BULK of Boris's", priority=Priority.BULK)
    came: list[str] = []
    while rows := await storage.outbox.due(25, now=NOON):
        if not came:  # whatever the first of them waits for, the others wait with it
            [reply] = [row for row in rows if row.priority is Priority.REPLY]
            await storage.outbox.later([Later(reply.id, NOON + HOUR, 10, "internal error")])
            assert await due(storage) == ["ANSWER of Anna's", "BULK of Boris's"]
            await storage.outbox.later([Later(reply.id, NOON, 10, "internal error")])
        came += [row.body["text"] for row in rows]
        await storage.outbox.sent([Sent(row.id, row.id) for row in rows], at=NOON)
    assert came == [
        "ANSWER of Anna's", "REPLY of Anna's", "BULK of Boris's", "REPLY of Anna's", "NOTICE of Anna's",
        "NOTICE of Anna's", "BULK of Anna's",
    ]  # fmt: skip


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
    original = await storage.outbox.add(ANNA, {"text": "1"}, at=NOON, key="receipt", priority=Priority.NOTICE)
    await storage.outbox.add(ANNA, {"text": "2"}, at=NOON, kind="edit", target_key="receipt")
    [edit, _] = await storage.outbox.due(25, now=NOON)
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


async def test_a_batch_is_one_text_for_many_and_goes_again_as_it_was(storage: Storage) -> None:
    batch_id = await storage.outbox.add_batch([3, 1, 2], {"text": "всем"}, at=NOON, announcement_id=7)
    rows = await storage.outbox.due(25, now=NOON)
    assert [(row.peer_id, row.batch_id, row.priority) for row in rows] == [
        (person, batch_id, Priority.BULK) for person in (3, 1, 2)
    ]
    assert len({row.random_id for row in rows}) == 1
    assert all(row.body == {"text": "всем"} for row in rows)
    await storage.outbox.later([Later(row.id, NOON, None, "no answer") for row in rows])
    again = await storage.outbox.due(25, now=NOON)
    assert [(row.id, row.random_id) for row in again] == [(row.id, row.random_id) for row in rows]


@pytest.mark.parametrize("many", [0, 101])
async def test_a_batch_is_for_one_to_a_hundred(storage: Storage, many: int) -> None:
    with pytest.raises(ValueError, match=f"a batch for {many} people"):
        await storage.outbox.add_batch(range(many), {"text": "всем"}, at=NOON, announcement_id=7)


async def test_holding_and_dropping_touch_one_announcement_and_nothing_that_is_done(storage: Storage) -> None:
    outbox = storage.outbox
    await outbox.add_batch([1, 2, 3], {"text": "первое"}, at=NOON, announcement_id=7)
    await outbox.add_batch([4], {"text": "второе"}, at=NOON, announcement_id=8)
    await outbox.add(5, {"text": "вам"}, at=NOON, announcement_id=7, priority=Priority.BULK)
    first, *_ = await outbox.due(25, now=NOON)
    await outbox.sent([Sent(first.id, 10, 1)], at=NOON)
    assert await outbox.ahead(7) == 3
    assert await outbox.hold(7) == 3
    assert [row.peer_id for row in await outbox.due(25, now=NOON)] == [4]
    assert await outbox.release(7, NOON + HOUR) == 3
    assert [row.peer_id for row in await outbox.due(25, now=NOON)] == [4]
    assert [row.peer_id for row in await outbox.due(25, now=NOON + HOUR)] == [4, 2, 3, 5]
    await outbox.hold(7)
    assert await outbox.drop_of(7, NOON) == 3
    assert await outbox.tally(7) == [Tallied("dropped", None, 3), Tallied("sent", None, 1)]
    assert await outbox.tally(8) == [Tallied("due", None, 1)]
    assert await outbox.span(9) is None


async def test_a_result_that_comes_after_the_end_does_not_bring_a_message_back(storage: Storage) -> None:
    row = await put(storage, ANNA, "1")
    await storage.outbox.settled([Settled(row, "dropped", None, "stopped")], at=NOON)
    await storage.outbox.later([Later(row, NOON, None, "no answer")])
    assert await due(storage) == []


async def test_a_paused_person_waits_with_all_that_is_theirs(storage: Storage) -> None:
    for priority in Priority:
        await put(storage, ANNA, priority.name, priority=priority)
    await put(storage, BORIS, "другому")
    await storage.outbox.pause(ANNA, NOON + HOUR)
    assert await due(storage) == ["другому"]
    came = [row.body["text"] for row in await storage.outbox.due(25, now=NOON + HOUR)]
    assert came == ["ANSWER", "другому", "REPLY"]


async def test_one_person_s_crowd_of_messages_steps_aside_and_comes_back_in_order(storage: Storage) -> None:
    for number in range(60):
        await put(storage, ANNA, str(number))
    await put(storage, BORIS, "0")
    assert await storage.outbox.set_back(Priority.BULK, now=NOON) == 0
    assert await storage.outbox.set_back(Priority.REPLY, now=NOON) == 40
    assert await storage.outbox.set_back(Priority.REPLY, now=NOON) == 0
    assert await due(storage) == ["0", "0"]
    for number in range(60):
        [first] = [row for row in await storage.outbox.due(25, now=NOON + HOUR) if row.peer_id == ANNA]
        assert first.body == {"text": str(number)}
        await storage.outbox.sent([Sent(first.id, number + 1)], at=NOON)


@pytest.mark.parametrize("behind", [200, 5000])
async def test_a_claim_looks_at_no_more_rows_however_many_wait(storage: Storage, behind: int) -> None:
    """What SQLite does for a claim, in its own steps: flat, whatever part is for later and whoever is paused."""
    connection = storage.outbox._connection
    at = int(NOON.timestamp() * 1000)
    rows = [(100 + n, at if n % 2 else at + 3_600_000) for n in range(behind)]
    await connection.executemany(
        "insert into outbox (peer_id, priority, kind, body, random_id, due_at, created_at)"
        " values (?, 3, 'send', '{}', 1, ?, 0)",
        rows,
    )
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection._raw.set_progress_handler(step, 10)
    try:
        assert len(await storage.outbox.due(100, now=NOON)) == 100
        await storage.outbox.next_due_at()
    finally:
        connection._raw.set_progress_handler(None, 10)
    assert steps < 1000


async def test_forgetting_someone_takes_held_messages_and_leaves_the_text_of_announcements(storage: Storage) -> None:
    await storage.outbox.add_batch([ANNA, BORIS], {"text": "Ветрова победила"}, at=NOON, announcement_id=7)
    own = await storage.outbox.add(
        BORIS, {"text": "Ветрова, ваша работа"}, at=NOON, announcement_id=7, priority=Priority.BULK
    )
    await storage.outbox.hold(7)
    connection = storage.outbox._connection
    await FORGETTING.due_messages_with(connection, pattern="%Ветрова%", at=0)
    await FORGETTING.messages_with(connection, pattern="%Ветрова%")
    await FORGETTING.due_messages_of(connection, person_id=ANNA, at=0)
    await storage.outbox.release(7, NOON)
    rows = await storage.outbox.due(25, now=NOON)
    assert [(row.peer_id, row.body) for row in rows] == [(BORIS, {"text": "Ветрова победила"})]
    assert own is not None
    kept = await storage.outbox.row(own)
    assert kept is not None
    assert (kept["state"], kept["body"]) == ("dropped", "{}")

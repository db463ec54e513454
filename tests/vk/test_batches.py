"""One text for many: a batch is one request, and stays one; announcements are held, dropped and recalled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.sandbox.server import Running
from bot.vk.turns import slots_for_bulk
from storage.connection import Connection
from storage.outbox import Later, Outbox, Priority, Tallied
from tests.vk.world import Post

EVERYBODY = range(101, 109)


def recipients(post: Post) -> list[Sequence[int]]:
    """Whom each request was for, those with one text."""
    return [[int(peer) for peer in data["peer_ids"].split(",")] for _, data in post.api.requests if "peer_ids" in data]


async def test_equal_texts_go_in_one_request_each_with_its_own_number(post: Post) -> None:
    rows = await post.put_batch(EVERYBODY, "Всем привет")
    await post.rounds()
    assert [method for method, _ in post.api.requests] == ["messages.send"]
    assert recipients(post) == [list(EVERYBODY)]
    ledger = await post.ledger()
    assert [(message["peer_id"], message["text"]) for message in ledger] == [(n, "Всем привет") for n in EVERYBODY]
    assert [(row["state"], row["message_id"], row["cmid"]) for row in await post.rows(*rows)] == [
        ("sent", message["id"], 1) for message in ledger
    ]


async def test_f8_a_batch_whose_answer_was_lost_is_the_same_batch_and_arrives_once(post: Post) -> None:
    rows = await post.put_batch(EVERYBODY, "Всем привет")
    await post.fault(lost_answer=True, times=1)
    await post.one_round()
    post.sender = post.new_sender()
    await post.rounds()
    assert post.api.requests[0] == post.api.requests[1]
    assert len(await post.ledger()) == len(EVERYBODY)
    assert await post.states(*rows) == ["sent"] * len(EVERYBODY)


async def test_f8_many_messages_later_the_history_is_asked_before_a_repetition(post: Post) -> None:
    row = await post.put(101, "потерянное", priority=Priority.BULK)
    await post.fault(lost_answer=True, times=1)
    await post.one_round()
    await post.vk.settings(random_id_dedupe=False)
    async with post.database.transaction() as connection:
        await Outbox(connection).later([Later(row, post.clock.now() + timedelta(minutes=1), None, "no answer")])
    for number in range(40):
        await post.put(101, str(number))
        await post.one_round()
    post.clock.pass_(minutes=2)
    await post.rounds()
    assert (await post.texts()).count("потерянное") == 1
    assert await post.states(row) == ["sent"]


async def test_two_texts_are_two_requests(post: Post) -> None:
    await post.put_batch([101, 102], "Первое")
    await post.put_batch([103, 104], "Второе", announcement_id=2)
    await post.rounds()
    assert recipients(post) == [[101, 102], [103, 104]]


async def test_replies_are_filled_up_with_single_messages_of_announcements_but_not_with_batches(post: Post) -> None:
    await post.put_batch([101, 102], "Всем")
    await post.put(103, "Вам одному", priority=Priority.BULK)
    await post.put(104, "ответ")
    await post.put(105, "ответ")
    await post.one_round()
    methods = [method for method, _ in post.api.requests]
    assert methods == ["execute", "messages.send"]
    assert post.api.requests[0][1]["code"].count("messages.send") == 3
    assert len(await post.ledger()) == 5


async def test_a_text_for_all_goes_in_one_request_after_texts_of_one_each_too(post: Post, sandbox: Running) -> None:
    people = range(1001, 1041)
    for person in people:
        sandbox.world.add_person({"id": person, "first_name": "Анна", "last_name": "Ветрова"}).allowed = True
    for number, person in enumerate(people):
        await post.put(person, f"Вам {number}", priority=Priority.BULK)
    await post.one_round()
    await post.put_batch(people, "Всем")
    await post.rounds()
    assert recipients(post)[-1] == list(people)
    assert len(await post.ledger()) == 80


async def test_announcements_leave_slots_for_replies(post: Post, sandbox: Running) -> None:
    people = range(2001, 2021)
    for person in people:
        sandbox.world.add_person({"id": person, "first_name": "Анна", "last_name": "Ветрова"}).allowed = True
    for number, person in enumerate(people):
        await post.put_batch([person], f"Всем {number}", announcement_id=number)
    await post.fault(hang_s=0.05, times=0)
    await post.sender._round()
    assert len(post.sender._requests) == slots_for_bulk(post.sender._most_in_flight)
    await post.put(101, "ответ")
    await post.sender._round()
    assert len(post.sender._requests) == slots_for_bulk(post.sender._most_in_flight) + 1
    await post.land()


async def test_what_has_lost_its_reason_is_dropped_and_the_rest_goes(post: Post) -> None:
    asked = []

    async def wanted(_connection: Connection, reason: str) -> bool:
        asked.append(reason)
        return reason != "gone"

    post.sender = post.new_sender(wanted=wanted)
    async with post.database.transaction() as connection:
        ids = [
            await Outbox(connection).add(person, {"text": reason}, at=post.clock.now(), reason=reason)
            for person, reason in ((101, "gone"), (102, "there"))
        ]
    await post.put(103, "ответ")
    await post.rounds()
    assert sorted(await post.texts()) == ["there", "ответ"]
    assert asked == ["gone", "there"]
    assert ids[0] is not None
    row = await post.row(ids[0])
    assert (row["state"], row["error"]) == ("dropped", "its reason is gone")
    assert post.settled[0] == ids[0] or ids[0] in post.settled


async def test_a_paused_announcement_goes_on_where_it_was_and_a_stopped_one_does_not(post: Post) -> None:
    rows = await post.put_batch(EVERYBODY, "Всем")
    async with post.database.transaction() as connection:
        assert await Outbox(connection).hold(1) == 8
        assert await Outbox(connection).ahead(1) == 0
    await post.one_round()
    assert post.api.requests == []
    async with post.database.transaction() as connection:
        assert await Outbox(connection).release(1, post.clock.now()) == 8
    await post.rounds()
    assert await post.states(*rows) == ["sent"] * 8
    more = await post.put_batch(EVERYBODY, "Всем")
    async with post.database.transaction() as connection:
        assert await Outbox(connection).drop_of(1, post.clock.now()) == 8
        assert await Outbox(connection).tally(1) == [Tallied("dropped", None, 8), Tallied("sent", None, 8)]
    await post.one_round()
    assert await post.states(*more) == ["dropped"] * 8
    assert len(await post.ledger()) == 8


async def test_what_was_in_flight_when_its_announcement_was_stopped_counts_as_sent(post: Post) -> None:
    rows = await post.put_batch(EVERYBODY, "Всем")
    await post.sender._round()
    async with post.database.transaction() as connection:
        await Outbox(connection).drop_of(1, post.clock.now())
    await post.land()
    assert await post.states(*rows) == ["sent"] * 8


@pytest.mark.parametrize("lost", [False, True], ids=["answered", "lost"])
async def test_a_recall_deletes_in_one_request_what_vk_lets_and_tells_of_the_rest(post: Post, lost: bool) -> None:
    await post.put_batch(EVERYBODY[:4], "Ошиблись")
    await post.rounds()
    await post.vk.control("clock", {"shift_s": 25 * 3600})
    post.clock.pass_(hours=25)
    await post.put_batch(EVERYBODY[4:], "Ошиблись")
    await post.rounds()
    if lost:
        await post.fault(method="messages.delete", lost_answer=True, times=1)
    async with post.database.transaction() as connection:
        outbox, at = Outbox(connection), post.clock.now()
        assert await outbox.recall(1, at=at, since=at.replace(year=2020)) == 8
        assert await outbox.recall(1, at=at, since=at.replace(year=2020)) == 0
    await post.rounds()
    assert [method for method, _ in post.api.requests].count("messages.delete") == 1 + lost
    async with post.database.transaction() as connection:
        tally = await Outbox(connection).tally(1, kind="delete")
    assert tally == [Tallied("dropped", 924, 4), Tallied("sent", None, 4)]
    for person in EVERYBODY:
        messages = (await post.vk.dialog(person))["messages"]
        assert [message for message in messages if not message.get("deleted")] == ([] if person > 104 else messages)


async def test_only_what_was_accepted_lately_is_recalled(post: Post) -> None:
    await post.put_batch(EVERYBODY[:4], "Старое")
    await post.rounds()
    post.clock.pass_(hours=2)
    await post.put_batch(EVERYBODY[4:], "Новое")
    await post.rounds()
    async with post.database.transaction() as connection:
        outbox, at = Outbox(connection), post.clock.now()
        first_id, last_id = await outbox.span(1) or (0, 0)
        added = [
            await outbox.recall(1, at=at, since=at, first_id=id_, last_id=id_) for id_ in range(first_id, last_id + 1)
        ]
    assert added == [0] * 4 + [1] * 4


async def test_whoever_can_t_be_written_to_is_spared_announcements_but_not_replies(post: Post) -> None:
    async with post.database.transaction() as connection:
        await connection.execute_fetchall(
            "insert into person (id, first_seen_at, unreachable_code, unreachable_at) values (102, 0, 901, 0)"
        )
    rows = await post.put_batch([101, 102, 103], "Всем")
    reply = await post.put(102, "ответ")
    await post.rounds()
    assert await post.states(*rows, reply) == ["sent", "dropped", "sent", "sent"]
    assert (await post.row(rows[1]))["error_code"] == 901
    assert recipients(post)[-1] == [101, 103]

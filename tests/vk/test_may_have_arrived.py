"""F8: an answer is lost, and then the message is refused, or called off: nobody gets it twice, each counts as it is."""

from __future__ import annotations

import pytest

from storage.outbox import Outbox, Priority
from tests.vk.world import Post

EVERYBODY = range(101, 107)
#: Whether VK had accepted what got no answer.
ACCEPTED_OR_NOT = pytest.mark.parametrize("arrived", [True, False], ids=["accepted", "not_accepted"])


async def unanswered(post: Post, *, arrived: bool) -> list[int]:
    """A batch on its way, whose answer will be lost."""
    rows = await post.put_batch(EVERYBODY, "Всем")
    await post.fault(**({"lost_answer": True} if arrived else {"drop": True}), method="messages.send", times=1)
    await post.sender._round()
    return rows


async def stop(post: Post) -> None:
    async with post.database.transaction() as connection:
        await Outbox(connection).drop_of(1, post.clock.now())


async def reached(post: Post) -> list[int]:
    return sorted(message["peer_id"] for message in await post.ledger())


@ACCEPTED_OR_NOT
async def test_f8_a_reader_who_refuses_after_the_answer_was_lost_counts_as_what_came_to_them(
    post: Post, arrived: bool
) -> None:
    rows = await unanswered(post, arrived=arrived)
    await post.land()
    await post.vk.control("people/101/deny")
    await post.rounds()
    assert await post.states(*rows) == ["sent" if arrived else "dropped"] + ["sent"] * 5
    assert await reached(post) == list(EVERYBODY)[not arrived :]


@ACCEPTED_OR_NOT
@pytest.mark.parametrize("paused", [True, False], ids=["paused_then_stopped", "stopped"])
async def test_f8_what_was_called_off_on_its_way_is_asked_about_and_never_sent_again(
    post: Post, arrived: bool, paused: bool
) -> None:
    rows = await unanswered(post, arrived=arrived)
    if paused:
        async with post.database.transaction() as connection:
            await Outbox(connection).hold(1)
        await post.land()
        post.sender = post.new_sender()
        await stop(post)
    else:
        await stop(post)
        await post.land()
        post.sender = post.new_sender()
    await post.rounds()
    assert await post.states(*rows) == ["sent" if arrived else "dropped"] * 6
    assert await reached(post) == (list(EVERYBODY) if arrived else [])
    assert "messages.send" not in [method for method, _ in post.api.requests[1:]]
    assert {row["message_id"] for row in await post.rows(*rows)} == (
        {message["id"] for message in await post.ledger()} if arrived else {None}
    )


async def test_f8_news_for_somebody_who_has_blocked_us_meanwhile_are_asked_about(post: Post) -> None:
    row = await post.put(101, "вам", priority=Priority.BULK)
    await post.fault(lost_answer=True, times=1)
    await post.one_round()
    async with post.database.transaction() as connection:
        await connection.execute_fetchall(
            "insert into person (id, first_seen_at, unreachable_code, unreachable_at) values (101, 0, 901, 0)"
        )
    await post.rounds()
    assert await post.states(row) == ["sent"]
    assert await post.texts() == ["вам"]

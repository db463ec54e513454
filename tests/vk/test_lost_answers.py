"""F7, F8: the wire breaks before, during or after a message; B21: the second answer to a button."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.talk.message import Message
from bot.vk.errors import UnknownOutcome, Unreachable
from tests.vk.world import Post

ALONE_OR_NOT = pytest.mark.parametrize("people", [1, 6], ids=["single", "batch"])
WAYS = pytest.mark.parametrize("people", [1, 6, -6], ids=["single", "execute", "peer_ids"])
#: Each as the sandbox spoils the request, and whether VK has accepted the message then.
BROKEN: list[dict[str, Any]] = [
    {"drop": True},
    {"http": 502, "body": "<html>"},
    {"body": ""},
    {"body": '{"response": [{"pee'},
    {"lost_answer": True},
]


async def put(post: Post, people: int) -> list[int]:
    """A text for each of them; a negative number: one text for all."""
    if people < 0:
        return await post.put_batch(range(101, 101 - people), "для всех")
    return [await post.put(101 + number, f"для {number}") for number in range(people)]


@WAYS
@pytest.mark.parametrize("what", BROKEN, ids=str)
async def test_f7_f8_a_broken_request_is_repeated_and_delivered_once(
    post: Post, what: dict[str, Any], people: int
) -> None:
    rows = await put(post, people)
    await post.fault(**what, times=3)
    await post.rounds()
    assert sorted(message["peer_id"] for message in await post.ledger()) == [*range(101, 101 + abs(people))]
    assert await post.states(*rows) == ["sent"] * abs(people)
    assert [row["tries"] for row in await post.rows(*rows)] == [1] * abs(people)
    assert all(row["cmid"] == 1 for row in await post.rows(*rows))


@ALONE_OR_NOT
async def test_f7_a_server_that_hangs_is_given_up_and_asked_again(post: Post, people: int) -> None:
    await put(post, people)
    post.api._http._total_s = 0.1
    await post.fault(hang_s=0.3, times=1)
    await post.rounds()
    assert len(await post.ledger()) == people


async def test_f7_nothing_listens_and_then_something_does(post: Post) -> None:
    row = await post.put(101)
    right, post.api.api_url = post.api.api_url, "http://127.0.0.1:9/method/"
    with pytest.raises(Unreachable):
        await post.api.request("users.get", {})
    for _ in range(4):
        await post.one_round()
        post.clock.pass_(seconds=5)
    assert post.health() is not None
    post.api.api_url = right
    await post.rounds()
    assert post.health() is None
    assert (await post.row(row))["tries"] == 1


async def test_f6_ten_minutes_of_500_lose_nothing_and_afterwards_requests_are_full_again(post: Post) -> None:
    rows = await put(post, 8)
    await post.fault(http=503, times=0)
    for _ in range(10):
        await post.one_round()
        post.clock.pass_(minutes=1)
    await post.vk.session.delete(f"{post.vk.url}/control/faults")
    before = len(post.api.requests)
    await post.rounds()
    assert await post.states(*rows) == ["sent"] * 8
    assert len(post.api.requests) - before <= 4
    assert [row["tries"] for row in await post.rows(*rows)] == [1] * 8


@ALONE_OR_NOT
async def test_f8_without_vks_dedupe_the_history_tells_what_was_delivered(post: Post, people: int) -> None:
    await post.vk.settings(random_id_dedupe=False)
    post.sender = post.new_sender(verify_after=timedelta(0))
    rows = await put(post, people)
    await post.fault(lost_answer=True)
    await post.rounds()
    assert len(await post.ledger()) == people
    assert await post.states(*rows) == ["sent"] * people
    assert [(row["cmid"], row["message_id"] > 0) for row in await post.rows(*rows)] == [(1, True)] * people


@ALONE_OR_NOT
async def test_f8_beyond_vks_hour_a_restarted_sender_asks_before_it_repeats(post: Post, people: int) -> None:
    rows = await put(post, people)
    await post.fault(lost_answer=True)
    await post.one_round()
    await post.vk.control("clock", {"shift_s": 2 * 3600})
    post.clock.pass_(hours=2)
    post.sender = post.new_sender()
    fresh = await post.put(108, "новое")
    await post.rounds()
    assert len(await post.ledger()) == people + 1
    assert await post.states(*rows, fresh) == ["sent"] * (people + 1)


async def test_f8_what_the_history_does_not_hold_is_sent_after_all(post: Post) -> None:
    row = await post.put(101, "не дошло")
    await post.fault(drop=True)
    await post.one_round()
    post.clock.pass_(hours=2)
    await post.vk.control("clock", {"shift_s": 2 * 3600})
    await post.fault(method="messages.getHistory", error={"code": 10})
    await post.rounds()
    assert await post.texts() == ["не дошло"]
    assert await post.states(row) == ["sent"]


async def pressed(post: Post) -> str:
    """The event of a callback button that 101 pressed."""
    keys = [[{"label": "Да", "payload": {"a": 1}, "kind": "callback"}]]
    await post.put(101, body=Message("Вопрос").to_json() | {"keys": keys})
    await post.rounds()
    return str((await post.vk.presses(101, "Да"))["event_id"])


async def snackbars(post: Post) -> list[str]:
    return [shown["text"] for shown in (await post.vk.dialog(101))["snackbars"]]


async def test_a_pressed_button_gets_its_answer(post: Post) -> None:
    await post.put_answer(101, await pressed(post), "Принято")
    await post.rounds()
    assert await snackbars(post) == ["Принято"]


async def test_f8_an_answer_whose_answer_was_lost_counts_as_given(post: Post) -> None:
    row = await post.put_answer(101, await pressed(post))
    await post.fault(lost_answer=True)
    await post.rounds()
    assert await post.states(row) == ["sent"]
    assert await snackbars(post) == ["Принято"]


async def test_b21_an_answer_to_an_expired_press_is_dropped_and_the_next_press_gets_its_own(post: Post) -> None:
    late = await post.put_answer(101, await pressed(post), "поздно")
    await post.vk.control("clock", {"shift_s": 90})
    await post.rounds()
    assert await post.states(late) == ["dropped"]
    event_id = str((await post.vk.presses(101, "Да"))["event_id"])
    await post.put_answer(101, event_id, "вовремя")
    await post.rounds()
    assert await snackbars(post) == ["вовремя"]


async def test_a_request_that_fails_says_what_is_known(post: Post) -> None:
    await post.fault(http=500, body="<h1>беда</h1> token=sandbox")
    with pytest.raises(UnknownOutcome, match=r"HTTP 500: <h1>беда</h1> token=\*\*\*"):
        await post.api.request("users.get", {})

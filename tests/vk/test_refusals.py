"""F11, F12: each refusal of VK, for a message that goes alone and for one among others, in the running sender."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web

from bot.sandbox.server import Running
from bot.vk.stopping import explained, stopped
from storage.outbox import Priority
from tests.vk.between import spoiled
from tests.vk.world import Post

#: In a request, the recipient 101 as a number of its own.
BAD = re.compile(r"(?<!\d)101(?!\d)")
WAYS = pytest.mark.parametrize("way", ["single", "execute", "peer_ids"])
ALONE_OR_NOT = pytest.mark.parametrize("others", [0, 5, -5], ids=["single", "execute", "peer_ids"])


async def put_all(post: Post, others: int) -> tuple[int, list[int]]:
    """The row that meets the refusal (to 101) and the others; a negative number of them: one text for all."""
    if others < 0:
        bad, *good = await post.put_batch(range(101, 102 - others), "для всех")
        return bad, good
    return await post.put(101, "отказ"), [await post.put(102 + n, "другие") for n in range(others)]


async def meet(post: Post, codes: Sequence[int], way: str) -> tuple[list[int], int]:
    """A person for each of these refusals, and one who gets theirs: the rows, the last one by itself."""
    people = [*range(101, 101 + len(codes)), 108]
    await post.fault(peer_errors=dict(zip(map(str, people), codes, strict=False)), times=0)
    if way == "peer_ids":
        rows = await post.put_batch(people, "для всех")
    else:
        rows = []
        for person in people:
            rows.append(await post.put(person, f"для {person}"))
            if way == "single":
                await post.rounds()
    await post.rounds()
    return rows[:-1], rows[-1]


@WAYS
async def test_f11_an_unreachable_person_is_noted_and_the_others_get_theirs(post: Post, way: str) -> None:
    codes = [900, 901, 902, 18, 936, 950, 1021]
    bad, good = await meet(post, codes, way)
    assert await post.states(*bad, good) == ["dropped"] * 7 + ["sent"]
    assert [row["error_code"] for row in await post.rows(*bad)] == codes
    assert sorted(post.unreachable) == [(101 + n, code) for n, code in enumerate(codes)]
    assert len(post.api.requests) == (8 if way == "single" else 1)


@WAYS
async def test_f11_a_chat_that_is_gone_is_set_aside_and_nobody_is_unreachable(post: Post, way: str) -> None:
    codes = [917, 922, 945, 946, 925]
    bad, good = await meet(post, codes, way)
    assert await post.states(*bad, good) == ["dropped"] * 5 + ["sent"]
    assert [(row["error_code"], row["tries"]) for row in await post.rows(*bad)] == [(code, 1) for code in codes]
    assert post.unreachable == []
    assert len(post.api.requests) == (6 if way == "single" else 1)


@WAYS
async def test_f11_our_mistake_is_set_aside_after_one_try(post: Post, way: str) -> None:
    codes = [113, 910, 100] if way == "peer_ids" else [100, 113, 910, 911, 914, 913]
    bad, good = await meet(post, codes, way)
    assert await post.states(*bad, good) == ["dead"] * len(bad) + ["sent"]
    assert [(row["error_code"], row["tries"]) for row in await post.rows(*bad)] == [(code, 1) for code in codes]
    assert post.unreachable == []
    asked = Counter(str(data) for _, data in post.api.requests)
    assert set(asked.values()) == {1}  # never the same again


@pytest.mark.parametrize("code", [911, 913, 914])
async def test_f11_a_text_that_vk_refuses_is_refused_for_all_its_readers_at_once(post: Post, code: int) -> None:
    rows = await post.put_batch(range(101, 107), "для всех")
    await post.fault(peer_errors={"101": code}, times=0)
    await post.rounds()
    assert await post.states(*rows) == ["dead"] * 6
    assert len(post.api.requests) == 1


@WAYS
async def test_f11_a_glitch_is_tried_so_often_then_set_aside(post: Post, way: str) -> None:
    bad, good = await meet(post, [1, 10, 36, 43, 13, 12345], way)
    assert await post.states(*bad, good) == ["dead"] * 6 + ["sent"]
    assert [row["tries"] for row in await post.rows(*bad)] == [8, 8, 8, 8, 8, 3]
    assert [message["peer_id"] for message in await post.ledger()] == [108]


@ALONE_OR_NOT
async def test_f11_a_glitch_that_passes_costs_nothing(post: Post, others: int) -> None:
    bad, good = await put_all(post, others)
    await post.fault(peer_errors={"101": 10}, times=2)
    await post.rounds()
    assert await post.states(bad, *good) == ["sent"] * (1 + abs(others))


@ALONE_OR_NOT
async def test_f11_flood_pauses_this_person_for_an_hour_and_nobody_else(post: Post, others: int) -> None:
    bad, good = await put_all(post, others)
    later = await post.put(101, "ещё", priority=Priority.BULK)
    await post.fault(peer_errors={"101": 9}, times=1)
    await post.one_round()
    post.clock.pass_(minutes=59)
    await post.one_round()
    assert (await post.states(bad, *good))[:1] == ["due"]
    assert await post.states(*good) == ["sent"] * abs(others)
    post.clock.pass_(minutes=62)
    await post.rounds()
    assert await post.states(bad, later) == ["sent", "sent"]


@ALONE_OR_NOT
async def test_f11_the_third_flood_sets_the_message_aside_whatever_was_restarted(post: Post, others: int) -> None:
    bad, good = await put_all(post, others)
    await post.fault(peer_errors={"101": 9}, times=9)
    for floods in (1, 2):
        await post.one_round()
        assert ((await post.row(bad))["state"], (await post.row(bad))["floods"]) == ("due", floods)
        post.sender = post.new_sender()
        post.clock.pass_(hours=1)
    await post.rounds()
    row = await post.row(bad)
    assert (row["state"], row["tries"], row["error_code"]) == ("dead", 3, 9)
    assert await post.states(*good) == ["sent"] * abs(others)


@ALONE_OR_NOT
async def test_f11_a_spent_quota_pauses_the_method_until_the_next_hour(post: Post, others: int) -> None:
    bad, good = await put_all(post, others)
    await post.fault(peer_errors={"101": 29}, times=1)
    await post.one_round()
    more = await post.put(108, "позже")
    post.clock.pass_(minutes=59)
    await post.one_round()
    assert await post.states(bad, more) == ["due", "due"]
    assert (await post.row(bad))["tries"] == 0
    post.clock.pass_(minutes=2)
    await post.rounds()
    assert await post.states(bad, more, *good) == ["sent"] * (2 + abs(others))


async def test_f11_a_spent_quota_of_execute_sends_one_by_one(post: Post) -> None:
    _, good = await put_all(post, 5)
    await post.fault(method="execute", error={"code": 29})
    await post.rounds()
    assert await post.states(*good) == ["sent"] * 5
    assert [method for method, _ in post.api.requests] == ["execute"] + ["messages.send"] * 6


@ALONE_OR_NOT
@pytest.mark.parametrize("code", [14, 17, 24, 5, 27])
async def test_f11_what_concerns_everything_keeps_the_queue_and_probes_each_minute(
    post: Post, code: int, others: int
) -> None:
    bad, good = await put_all(post, others)
    await post.fault(method="execute" if others > 0 else "messages.send", error={"code": code, "msg": "нет"}, times=1)
    await post.one_round()
    assert len(post.api.requests) == 1
    assert str(code) in (post.health() or "")
    for _ in range(5):  # nothing at all is asked meanwhile
        post.clock.pass_(seconds=11)
        await post.one_round()
    assert len(post.api.requests) == 1
    await post.fault(method="messages.send", error={"code": code}, times=1)
    post.clock.pass_(seconds=6)
    await post.one_round()
    assert len(post.api.requests) == 2  # one message as a probe, refused again
    post.clock.pass_(seconds=61)
    await post.rounds()
    assert post.health() is None
    assert await post.states(bad, *good) == ["sent"] * (1 + abs(others))
    assert [row["tries"] for row in await post.rows(bad, *good)] == [1] * (1 + abs(others))


@ALONE_OR_NOT
@pytest.mark.parametrize("code", [7, 15])
async def test_f11_rights_refused_everywhere_stop_the_sending(post: Post, code: int, others: int) -> None:
    bad, good = await put_all(post, others)
    await post.fault(method="messages.send", error={"code": code}, times=0)
    await post.one_round()
    if others == 0:  # it may be the fault of this message alone
        assert post.health() is None
        good = [await post.put(102, "другие")]
        await post.one_round()
    assert post.health() is not None
    await post.vk.session.delete(f"{post.vk.url}/control/faults")
    post.clock.pass_(seconds=61)
    await post.rounds()
    assert post.health() is None
    assert await post.states(bad, *good) == ["sent"] * (1 + len(good))


async def test_f11_rights_refused_for_one_message_set_only_that_aside(post: Post) -> None:
    bad = await post.put(101)
    await post.fault(peer_errors={"101": 15}, times=99)
    good = []
    for number in range(4):
        good.append(await post.put(102, str(number)))
        await post.one_round()
        post.clock.pass_(minutes=5)
    assert await post.states(bad, *good) == ["dead"] + ["sent"] * 4
    assert post.health() is None


@ALONE_OR_NOT
async def test_f11_a_degraded_messenger_is_tried_again_and_burns_no_try(post: Post, others: int) -> None:
    bad, good = await put_all(post, others)
    await post.fault(peer_errors={"101": 995}, times=20)
    await post.rounds()
    assert await post.states(bad, *good) == ["sent"] * (1 + abs(others))
    assert (await post.row(bad))["tries"] == 1


async def test_f11_a_restriction_for_spam_stops_announcements_for_an_hour_and_no_reply(post: Post) -> None:
    rows = await post.put_batch(range(101, 107), "для всех")
    await post.fault(method="messages.send", error={"code": 984, "msg": "You has spam restriction"}, times=1)
    await post.one_round()
    assert "spam" in (post.health() or "")
    reply = await post.put(107, "ответ")
    post.clock.pass_(minutes=59)
    await post.one_round()
    assert await post.states(reply, *rows) == ["sent"] + ["due"] * 6
    post.clock.pass_(minutes=2)
    before = len(post.api.requests)
    await post.fault(method="messages.send", error={"code": 984}, times=1)
    await post.one_round()
    assert [data["peer_ids"] for _, data in post.api.requests[before:]] == ["101"]  # one as a probe, refused again
    post.clock.pass_(minutes=61)
    await post.rounds()
    assert post.health() is None
    assert await post.states(*rows) == ["sent"] * 6
    assert [row["tries"] for row in await post.rows(*rows)] == [1] * 6


async def test_f11_a_reply_that_meets_the_restriction_waits_and_arrives(post: Post) -> None:
    reply = await post.put(101, "ответ")
    await post.fault(peer_errors={"101": 984}, times=12)
    await post.rounds(minutes=6)
    assert await post.states(reply) == ["sent"]
    assert (await post.row(reply))["tries"] == 1


async def test_what_is_stopped_is_written_down_for_other_processes_until_it_goes_on(post: Post) -> None:
    async def noted() -> str | None:
        async with post.database.transaction() as connection:
            found = await stopped(connection)
        return explained(found, ZoneInfo("Asia/Tomsk")) if found else None

    await post.put(101)
    assert await noted() is None
    await post.fault(error={"code": 14, "msg": "Captcha needed"}, times=1)
    await post.one_round()
    asked = "ВКонтакте просит подтвердить, что вы не робот"
    assert await noted() == f"Отправка остановлена: с 02.03.2026 16:00 {asked} (ошибка 14)"
    post.sender = post.new_sender()  # a restart alone changes nothing
    post.clock.pass_(seconds=1)
    await post.rounds()
    assert await noted() is None
    await post.put_batch([102, 103], "для всех")
    await post.fault(peer_errors={"102": 984}, times=1)
    await post.one_round()
    refused = "ВКонтакте ограничил сообщество из-за жалоб на спам"
    assert await noted() == f"Рассылки остановлены, ответы идут: с 02.03.2026 16:00 {refused} (ошибка 984)"
    post.clock.pass_(hours=2)
    await post.rounds()
    assert await noted() is None


async def test_f14_a_dead_token_stops_after_one_request_and_a_new_one_goes_on(post: Post) -> None:
    rows = [await post.put(person) for person in range(101, 109)]
    await post.vk.settings(token="another")
    await post.one_round()
    assert len(post.api.requests) == 1
    assert await post.states(*rows) == ["due"] * 8
    await post.vk.settings(token="sandbox")
    post.clock.pass_(seconds=61)
    await post.rounds()
    assert await post.states(*rows) == ["sent"] * 8


async def test_f12_in_a_batch_each_gets_its_own_result(post: Post) -> None:
    rows = [await post.put(person) for person in range(101, 109)]
    await post.fault(peer_errors={"102": 901, "104": 901, "106": 901, "108": 9}, times=4)
    await post.one_round()
    states = ["sent", "dropped"] * 3 + ["sent", "due"]
    assert await post.states(*rows) == states
    assert sorted(post.unreachable) == [(102, 901), (104, 901), (106, 901)]
    assert sorted(message["peer_id"] for message in await post.ledger()) == [101, 103, 105, 107]


async def test_f12_of_a_hundred_three_can_t_be_reached_and_one_pauses(post: Post, sandbox: Running) -> None:
    people = range(1001, 1101)
    for person in people:
        sandbox.world.add_person({"id": person, "first_name": "Анна", "last_name": "Ветрова"}).allowed = True
    rows = await post.put_batch(people, "Всем сразу")
    await post.fault(peer_errors={"1003": 901, "1050": 901, "1100": 901, "1099": 9}, times=4)
    await post.one_round()
    assert len(post.api.requests) == 1
    assert Counter(await post.states(*rows)) == {"sent": 96, "dropped": 3, "due": 1}
    assert sorted(post.unreachable) == [(1003, 901), (1050, 901), (1100, 901)]
    assert {row["error_code"] for row in await post.rows(rows[2], rows[49], rows[99])} == {901}
    post.clock.pass_(minutes=61)
    await post.rounds()
    assert [data["peer_ids"] for _, data in post.api.requests[1:]] == ["1099"]
    assert len(await post.ledger()) == 97
    assert {row["message_id"] for row in await post.rows(*rows) if row["state"] == "sent"} == {
        message["id"] for message in await post.ledger()
    }


@pytest.mark.parametrize("equal", [False, True], ids=["execute", "peer_ids"])
@pytest.mark.parametrize(
    "answer",
    [
        {"text": '{"error": {"error_code": 10, "error_msg": "Internal server error"}}'},
        {"text": '{"error": {"error_code": 13, "error_msg": "Runtime error occurred"}}'},
        {"text": "<html>Bad Gateway</html>", "status": 502},
    ],
    ids=["10", "13", "502"],
)
async def test_f12_a_batch_that_fails_as_a_whole_is_halved_until_the_bad_row_stands_alone(
    post: Post, answer: dict[str, Any], equal: bool
) -> None:
    if equal:
        bad, *good = await post.put_batch(range(101, 109), "всем")
    else:
        bad, good = await post.put(101, "всем"), [await post.put(person, "всем") for person in range(102, 109)]
    async with spoiled(post.vk.url, lambda body: web.Response(**answer) if BAD.search(body) else None) as url:
        post.api.api_url = f"{url}/method/"
        for _ in range(14):
            await post.one_round()
            post.clock.pass_(minutes=6)
    assert await post.states(*good) == ["sent"] * 7
    assert await post.states(bad) == ["dead" if answer.get("status") is None else "due"]
    assert sorted(message["peer_id"] for message in await post.ledger()) == list(range(102, 109))
    assert len(post.api.requests) <= 28


async def test_f11_an_answer_to_a_button_pressed_long_ago_is_dropped_unsent(post: Post) -> None:
    row = await post.put_answer(101, "0123456789ab")
    post.clock.pass_(seconds=61)
    await post.one_round()
    assert await post.states(row) == ["dropped"]
    assert post.api.requests == []

"""Faults to order: refusals, lost answers, dropped and hung connections, foreign bodies."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from tests.sandbox.client import Client


async def test_an_error_fires_as_often_as_told_and_after_as_many(vk: Client, anna: int) -> None:
    await vk.control("faults", {"method": "messages.send", "times": 2, "after": 1, "error": {"code": 10}})
    codes = [
        (await vk.method("messages.send", peer_id=anna, random_id=0, message="Да")).get("error", {}).get("error_code")
        for _ in range(4)
    ]
    assert codes == [None, 10, 10, None]
    assert (await vk.look("faults"))["faults"][0]["fired"] == 2


async def test_a_captcha_comes_with_its_address(vk: Client) -> None:
    error = {"code": 14, "redirect_uri": "https://id.vk.ru/captcha", "subcode": 5, "msg": "Captcha needed!"}
    await vk.control("faults", {"error": error})
    found = (await vk.method("users.get"))["error"]
    assert (found["error_code"], found["redirect_uri"], found["error_subcode"], found["error_msg"]) == (
        14,
        "https://id.vk.ru/captcha",
        5,
        "Captcha needed!",
    )
    assert await vk.well("users.get") == []


async def test_an_error_of_send_also_meets_it_inside_execute(vk: Client, anna: int) -> None:
    await vk.control("faults", {"method": "messages.send", "error": {"code": 9}})
    call = f'API.messages.send({{"peer_id":{anna},"random_id":0,"message":"Да"}})'
    body = await vk.method("execute", code=f"return [{call},{call}];")
    assert body["response"] == [False, 2]
    assert body["execute_errors"][0]["error_msg"] == "Flood control"


async def test_a_lost_answer_comes_after_the_message_was_stored(vk: Client, anna: int) -> None:
    call = f'return API.messages.send({{"peer_id":{anna},"random_id":5,"message":"Да"}});'
    for name, params in (
        ("messages.send", {"peer_id": anna, "random_id": 4, "message": "Да"}),
        ("execute", {"code": call}),
    ):
        await vk.control("faults", {"method": "messages.send", "lost_answer": True})
        with pytest.raises(aiohttp.ClientError):
            await vk.method(name, **params)
    assert [line["random_id"] for line in (await vk.look("ledger"))["messages"]] == [4, 5]
    assert await vk.send(anna, random_id=4) == 2


async def test_a_dropped_request_was_never_done(vk: Client, anna: int) -> None:
    await vk.control("faults", {"method": "*", "drop": True})
    with pytest.raises(aiohttp.ClientError):
        await vk.send(anna)
    assert (await vk.look("ledger"))["messages"] == []
    await vk.send(anna)


async def test_foreign_bodies_and_http_codes_come_as_they_are(vk: Client) -> None:
    await vk.control("faults", {"http": 503, "body": "<h1>Bad</h1>", "headers": {"Retry-After": "3"}})
    await vk.control("faults", {"body": {"base64": "//4="}})
    async with vk.session.get(f"{vk.url}/method/users.get") as answer:
        assert (answer.status, await answer.text(), answer.headers["Retry-After"]) == (503, "<h1>Bad</h1>", "3")
    async with vk.session.get(f"{vk.url}/method/users.get") as answer:
        assert (answer.status, await answer.read()) == (200, b"\xff\xfe")


async def test_a_hung_request_answers_late(vk: Client) -> None:
    await vk.control("faults", {"method": "users.get", "hang_s": 30})
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await vk.method("users.get")
    assert await vk.well("users.get") == []


async def test_an_answer_may_come_too_late_for_a_message_that_is_there(vk: Client, anna: int) -> None:
    await vk.control("faults", {"method": "messages.send", "hang_after_s": 30})
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await vk.send(anna, random_id=4)
    assert await vk.send(anna, random_id=4) == 2
    assert len((await vk.look("ledger"))["messages"]) == 1


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (1, "Unknown error occurred"),
        (6, "Too many requests per second"),
        (9, "Flood control"),
        (10, "Internal server error"),
        (14, "Captcha needed"),
        (29, "Rate limit reached"),
        (36, "Method execution was interrupted due to timeout"),
        (984, "You has spam restriction"),
    ],
)
async def test_any_refusal_of_vk_can_be_ordered_in_its_own_words(vk: Client, anna: int, code: int, text: str) -> None:
    await vk.control("faults", {"method": "messages.send", "error": {"code": code}})
    assert await vk.refusal("messages.send", peer_id=anna, random_id=5, message="Да") == (code, text)
    assert await vk.send(anna, random_id=5) == 2


@pytest.mark.parametrize("failed", [1, 2, 3, 4, "странно"])
async def test_long_poll_can_fail_in_every_way(vk: Client, anna: int, failed: object) -> None:
    await vk.control("faults", {"failed": failed, "ts": 30})
    assert await vk.poll() == {"failed": failed, "ts": 30}
    assert (await vk.poll())["updates"] == []


async def test_single_recipients_can_be_refused(vk: Client, anna: int) -> None:
    await vk.writes(102)
    await vk.control("faults", {"peer_errors": {"102": 9}, "times": None})
    results = await vk.well("messages.send", peer_ids=f"{anna},102", random_id=0, message="Всем")
    assert [result.get("error", {}).get("code") for result in results] == [None, 9]
    assert await vk.refusal("messages.send", peer_id=102, random_id=0, message="Вам") == (9, "Flood control")
    async with vk.session.delete(f"{vk.url}/control/faults") as answer:
        assert answer.status == 200
    await vk.send(102)


@pytest.mark.parametrize("code", [9, 29, 984, 995])
async def test_a_recipient_can_be_refused_in_every_method_and_in_any_words(vk: Client, anna: int, code: int) -> None:
    number = await vk.send(anna)
    refusal = {"code": code, "msg": "Flood control: too much messages sent to user"}
    await vk.control("faults", {"method": "*", "peer_errors": {str(anna): refusal}, "times": 3})
    (deleted,) = await vk.well("messages.delete", message_ids=number, delete_for_all=1)
    assert deleted["error"] == {"code": code, "description": refusal["msg"]}
    assert await vk.refusal("messages.edit", peer_id=anna, cmid=2, message="Да") == (code, refusal["msg"])
    (sent,) = await vk.well("messages.send", peer_ids=anna, random_id=0, message="Да")
    assert sent["error"]["code"] == code
    await vk.well("messages.edit", peer_id=anna, cmid=2, message="Да")


async def test_chance_repeats_itself_with_the_same_seed(vk: Client) -> None:
    async def fired() -> list[bool]:
        await vk.control("reset")
        await vk.settings(requests_per_second=0)
        await vk.control("faults", {"error": {"code": 1}, "times": 0, "chance": 0.5, "seed": 7})
        return ["error" in await vk.method("users.get") for _ in range(20)]

    first = await fired()
    assert first == await fired()
    assert 0 < sum(first) < 20


async def test_a_failed_upload_and_a_lost_file(vk: Client, anna: int) -> None:
    await vk.control("faults", {"method": "upload", "http": 500})
    url = (await vk.well("photos.getMessagesUploadServer"))["upload_url"]
    async with vk.session.post(url, data={"photo": "x"}) as answer:
        assert answer.status == 500
    await vk.control("faults", {"method": "files", "http": 404})
    async with vk.session.get(f"{vk.url}/files/face-101.svg") as answer:
        assert answer.status == 404
    async with vk.session.get(f"{vk.url}/files/face-101.svg") as answer:
        assert answer.status == 200


async def test_a_misspelt_fault_is_told(vk: Client) -> None:
    assert "lost" in (await vk.control("faults", {"lost": True}, status=400))["error"]
    assert "error is" in (await vk.control("faults", {"error": 9}, status=400))["error"]

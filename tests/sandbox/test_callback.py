"""Callback API: confirmation, delivery, retries on the sandbox's clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.sandbox.client import Client, Json


class Receiver:
    """A bot's end of Callback: remembers what came and answers as told."""

    def __init__(self) -> None:
        self.url = ""
        self.code = ""
        self.answers: list[web.Response] = []  # for the next events; then `ok`
        self.seen: list[tuple[Json, str | None]] = []
        self._came = asyncio.Condition()

    async def handle(self, request: web.Request) -> web.Response:
        body: Json = await request.json()
        if body["type"] == "confirmation":
            return web.Response(text=self.code)
        async with self._came:
            self.seen.append((body, request.headers.get("X-Retry-Counter")))
            self._came.notify_all()
        return self.answers.pop(0) if self.answers else web.Response(text="ok")

    async def wait(self, count: int) -> None:
        """Until `count` deliveries came."""
        async with asyncio.timeout(5), self._came:
            await self._came.wait_for(lambda: len(self.seen) >= count)


@pytest.fixture
async def bot() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/callback", receiver.handle)
    server = TestServer(app)
    await server.start_server()
    receiver.url = str(server.make_url("/callback"))
    yield receiver
    await server.close()


async def status_becomes(vk: Client, status: str) -> None:
    async with asyncio.timeout(5):
        while (await vk.well("groups.getCallbackServers", group_id=1))["items"][0]["status"] != status:
            pass  # every look is a request: the sandbox goes on meanwhile


async def confirmed(vk: Client, bot: Receiver, **settings: object) -> int:
    bot.code = (await vk.well("groups.getCallbackConfirmationCode", group_id=1))["code"]
    server = await vk.well("groups.addCallbackServer", group_id=1, url=bot.url, title="bot", secret_key="тайна")
    await status_becomes(vk, "ok")
    if settings:
        await vk.well("groups.setCallbackSettings", group_id=1, server_id=server["server_id"], **settings)
    return int(server["server_id"])


async def test_events_come_with_the_secret_once_the_server_is_confirmed(vk: Client, bot: Receiver) -> None:
    await confirmed(vk, bot, message_new=1)
    await vk.writes(101, "Здравствуйте")
    await bot.wait(1)
    ((body, retry),) = bot.seen
    assert (body["type"], body["secret"], retry) == ("message_new", "тайна", None)
    (_, same) = await vk.events()
    assert body == same | {"secret": "тайна"}


async def test_a_confirmed_server_gets_nothing_until_events_are_switched_on(vk: Client, bot: Receiver) -> None:
    server = await confirmed(vk, bot)
    await vk.writes(101, "В пустоту")
    await vk.well("groups.setCallbackSettings", group_id=1, server_id=server, message_new=1)
    await vk.writes(101, "Теперь слышно")
    await bot.wait(1)
    assert [body["object"]["message"]["text"] for body, _ in bot.seen] == ["Теперь слышно"]
    assert (await vk.well("groups.getCallbackSettings", group_id=1, server_id=server))["events"]["message_new"] == 1


async def test_a_wrong_code_leaves_the_server_failed(vk: Client, bot: Receiver) -> None:
    bot.code = "wrong"
    await vk.well("groups.addCallbackServer", group_id=1, url=bot.url, title="bot")
    await status_becomes(vk, "failed")


async def test_anything_but_ok_is_delivered_again_on_the_sandboxs_clock(vk: Client, bot: Receiver) -> None:
    await confirmed(vk, bot, message_new=1)
    bot.answers = [web.Response(text="OK"), web.Response(status=500)]
    await vk.writes(101)
    await bot.wait(1)
    for count, shift_s in ((2, 11), (3, 181)):
        await waits_for_retry(vk)
        await vk.control("clock", {"shift_s": shift_s})
        await bot.wait(count)
    assert [retry for _, retry in bot.seen] == [None, "1", "2"]
    assert len({body["event_id"] for body, _ in bot.seen}) == 1


async def waits_for_retry(vk: Client) -> list[float]:
    async with asyncio.timeout(5):
        while not (waits := (await vk.look("callback"))["servers"][0]["waiting_s"]):
            pass  # every look is a request: the sandbox goes on meanwhile
    return [float(wait_s) for wait_s in waits]


async def test_retry_after_is_honoured(vk: Client, bot: Receiver) -> None:
    await confirmed(vk, bot, message_new=1)
    bot.answers = [web.Response(status=503, headers={"Retry-After": "500"})]
    await vk.writes(101)
    (wait_s,) = await waits_for_retry(vk)
    assert 490 < wait_s <= 500
    assert await vk.control("callback/deliver") == {"tried": 1}
    await bot.wait(2)


async def test_after_ten_errors_in_a_row_deliveries_are_suspended(vk: Client, bot: Receiver) -> None:
    await confirmed(vk, bot, message_new=1)
    bot.answers = [web.Response(status=500) for _ in range(10)]
    for _ in range(11):
        await vk.writes(101)
    await bot.wait(10)
    async with asyncio.timeout(5):
        while not (server := (await vk.look("callback"))["servers"][0])["suspended_s"]:
            pass  # every look is a request: the sandbox goes on meanwhile
    assert 590 < server["suspended_s"] <= 600
    await vk.control("callback/deliver")
    await bot.wait(20)


async def test_a_reset_forgets_servers_and_what_waits_for_them(vk: Client, bot: Receiver) -> None:
    await confirmed(vk, bot, message_new=1)
    bot.answers = [web.Response(status=500)]
    await vk.writes(101)
    await waits_for_retry(vk)
    await vk.control("reset")
    assert await vk.control("callback/deliver") == {"tried": 0}
    assert (await vk.look("callback"))["servers"] == []


async def test_remove_takes_the_server_away(vk: Client, bot: Receiver) -> None:
    await confirmed(vk, bot, message_new=1)
    bot.answers = [web.Response(text="remove")]
    await vk.writes(101)
    async with asyncio.timeout(5):
        while (await vk.well("groups.getCallbackServers", group_id=1))["count"]:
            pass  # every look is a request: the sandbox goes on meanwhile


async def test_settings_configure_one_server_with_every_event(vk: Client, bot: Receiver) -> None:
    bot.code = "1234"
    await vk.settings(callback={"url": bot.url, "secret": "s", "confirmation": "1234"})
    await status_becomes(vk, "ok")
    await vk.writes(101)
    await bot.wait(2)
    assert [body["type"] for body, _ in bot.seen] == ["message_allow", "message_new"]
    await vk.settings(callback=None)
    assert (await vk.look("settings"))["callback"] is None


async def test_servers_can_be_edited_deleted_and_are_at_most_ten(vk: Client, bot: Receiver) -> None:
    server = await confirmed(vk, bot)
    assert await vk.well("groups.editCallbackServer", group_id=1, server_id=server, url=bot.url, title="new") == 1
    for _ in range(9):
        await vk.well("groups.addCallbackServer", group_id=1, url=bot.url, title="bot")
    assert (await vk.refusal("groups.addCallbackServer", group_id=1, url=bot.url, title="bot"))[0] == 2000
    assert await vk.well("groups.deleteCallbackServer", group_id=1, server_id=server) == 1
    assert (await vk.refusal("groups.getCallbackSettings", group_id=1, server_id=server))[0] == 100

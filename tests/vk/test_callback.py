"""Callback API: what VK brings is committed before it hears `ok`; what is not VK's touches nothing."""

from __future__ import annotations

import asyncio
import io
import json
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.pipeline.receiving import Receiving
from bot.vk.callback import MOST_BODY_BYTES, Callback, Door
from bot.vk.gaps import Gap
from storage.database import Database, opened
from storage.inbox import Arrival
from storage.storage import Storage
from tests.sandbox.client import Client
from tests.vk.contract import CheckedApi
from tests.vk.world import until

SECRET = "s3cret-of-the-server-0123456789ab"
CODE = "a1b2c3d4"


@dataclass
class Listening:
    """The bot's side of the wire, and what it keeps."""

    callback: Callback
    database: Database
    vk: Client
    group_id: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.callback.port}/vk"

    async def posts(self, body: bytes | dict[str, Any], **more: Any) -> tuple[int, str, str | None]:
        """Status, text and Retry-After."""
        data = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        async with self.vk.session.post(self.url, data=data, **more) as answer:
            return answer.status, await answer.text(), answer.headers.get("Retry-After")

    async def kept(self) -> list[str]:
        async with self.database.transaction() as connection:
            updates = await Storage(connection).inbox.waiting(100)
        return [one.raw["object"]["message"]["text"] for one in updates if one.raw["type"] == "message_new"]

    def update(self, text: str, *, number: int = 1, **more: Any) -> dict[str, Any]:
        message = {"from_id": 7, "peer_id": 7, "conversation_message_id": number, "date": 1, "text": text, "out": 0}
        thing = {"message": message, "client_info": {}}
        base = {"type": "message_new", "event_id": f"e{number}", "group_id": self.group_id, "v": "5.199"}
        return {**base, "object": thing, "secret": SECRET, **more}

    async def server(self) -> dict[str, Any]:
        """Tell VK of the server; how VK sees it once it was asked to confirm."""
        callback = {"url": self.url, "secret": SECRET, "confirmation": CODE}
        await self.vk.settings(longpoll_enabled=False, callback=callback)

        async def seen() -> dict[str, Any]:
            answer = await self.vk.well("groups.getCallbackServers", group_id=self.group_id)
            return dict(answer["items"][0])

        async with asyncio.timeout(10):
            while (found := await seen())["status"] == "wait":
                pass  # every look is a request: both sides go on meanwhile
        return found


@pytest.fixture
async def group_id(vk: Client) -> int:
    return int((await vk.well("groups.getById"))["groups"][0]["id"])


@pytest.fixture
async def listening(api: CheckedApi, vk: Client, database: Database, group_id: int) -> AsyncIterator[Listening]:
    receiving = Receiving(database, now=lambda: datetime.now(UTC), arrived=lambda: None)

    async def store(arrivals: Sequence[Arrival], _gap: Gap | None) -> None:
        await receiving.store(arrivals)

    door = Door("127.0.0.1", 0, "/vk", SECRET, CODE)
    callback = Callback(api, group_id, door, store=store, last_cmid=receiving.last_cmid)
    running = asyncio.create_task(callback.run())
    try:
        await until(lambda: callback.port is not None)
        yield Listening(callback, database, vk, group_id)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_a_server_is_confirmed_and_what_people_write_is_kept(listening: Listening, vk: Client) -> None:
    assert (await listening.server())["status"] == "ok"
    anna = (await vk.control("people", {"first_name": "Анна", "last_name": "Смирнова"}))["id"]
    await vk.control(f"people/{anna}/write", {"text": "здравствуйте"})

    async with asyncio.timeout(10):
        while await listening.kept() != ["здравствуйте"]:
            await vk.well("groups.getById")  # both sides go on meanwhile


async def test_f20_the_same_delivery_twice_is_kept_once(listening: Listening) -> None:
    update = listening.update("раз")
    assert await listening.posts(update) == (200, "ok", None)
    assert await listening.posts(update, headers={"X-Retry-Counter": "1"}) == (200, "ok", None)
    assert await listening.kept() == ["раз"]


async def test_deliveries_at_once_are_all_kept(listening: Listening) -> None:
    updates = [listening.update(str(number), number=number) for number in range(1, 41)]
    answers = await asyncio.gather(*(listening.posts(update) for update in updates))
    assert set(answers) == {(200, "ok", None)}
    assert sorted(await listening.kept(), key=int) == [str(number) for number in range(1, 41)]


async def test_f23_a_database_that_takes_no_writes_is_told_to_vk_which_comes_again(listening: Listening) -> None:
    listening.database.patience_s = 0.05
    update = listening.update("важное")
    with closing(sqlite3.connect(listening.database.path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        assert await listening.posts(update) == (503, "", "10")
        assert health_of(listening) == "the database takes no writes"
    assert await listening.posts(update, headers={"X-Retry-Counter": "1"}) == (200, "ok", None)
    assert health_of(listening) is None
    assert await listening.kept() == ["важное"]


def health_of(listening: Listening) -> str | None:
    return listening.callback.health


HOSTILE: dict[str, Callable[[Listening], bytes | dict[str, Any]]] = {
    "another group": lambda one: one.update("чужое", group_id=one.group_id + 1),
    "a wrong secret": lambda one: one.update("чужое", secret=SECRET[:-1] + "x"),
    "no secret": lambda one: {name: value for name, value in one.update("чужое").items() if name != "secret"},
    "a secret that is no text": lambda one: one.update("чужое", secret=["x"]),
    "a secret of half a letter": lambda one: one.update("чужое", secret="\ud800"),
    "no update": lambda _one: b"[]",
    "no JSON": lambda _one: b"{",
    "bytes": lambda _one: b"\xff\xfe\x00",
    "deep": lambda _one: b"[" * 100_000,
    "confirmation of another group": lambda one: {"type": "confirmation", "group_id": one.group_id + 1},
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_f24_what_is_not_vks_is_refused_and_touches_nothing(listening: Listening, name: str) -> None:
    status, text, _ = await listening.posts(HOSTILE[name](listening))
    assert (status, CODE in text, SECRET in text) == (403, False, False)
    assert await listening.kept() == []
    assert await listening.posts(listening.update("своё")) == (200, "ok", None)
    assert await listening.kept() == ["своё"]


async def test_f24_a_body_that_is_too_large_is_not_read(listening: Listening) -> None:
    status, _, _ = await listening.posts(b" " * (MOST_BODY_BYTES + 1))
    assert status == 413
    async with listening.vk.session.get(listening.url) as answer:
        assert answer.status == 405
    assert await listening.posts(listening.update("своё")) == (200, "ok", None)


async def test_the_code_is_told_without_a_secret_and_asked_of_vk_where_it_is_not_set(
    listening: Listening, vk: Client
) -> None:
    asks = {"type": "confirmation", "group_id": listening.group_id}
    assert await listening.posts(asks) == (200, CODE, None)
    object.__setattr__(listening.callback._door, "confirmation", "")
    code = (await vk.well("groups.getCallbackConfirmationCode", group_id=listening.group_id))["code"]
    assert await listening.posts(asks) == (200, code, None)


async def test_updates_that_are_not_for_us_are_taken_and_forgotten(listening: Listening) -> None:
    assert await listening.posts(listening.update("эхо") | {"type": "message_reply"}) == (200, "ok", None)
    assert await listening.kept() == []


async def test_what_was_written_while_nobody_listened_is_found_at_the_start(
    api: CheckedApi, vk: Client, tmp_path: Path, group_id: int
) -> None:
    anna = (await vk.control("people", {"first_name": "Анна", "last_name": "Смирнова"}))["id"]
    await vk.control(f"people/{anna}/write", {"text": "есть кто?"})
    async with opened(tmp_path / "late.db") as database:
        receiving = Receiving(database, now=lambda: datetime.now(UTC), arrived=lambda: None)
        found = asyncio.Event()

        async def store(arrivals: Sequence[Arrival], _gap: Gap | None) -> None:
            await receiving.store(arrivals)
            found.set()

        door = Door("127.0.0.1", 0, "/vk", SECRET)
        callback = Callback(api, group_id, door, store=store, last_cmid=receiving.last_cmid)
        running = asyncio.create_task(callback.run())
        async with asyncio.timeout(10):
            await found.wait()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        async with database.transaction() as connection:
            (update,) = await Storage(connection).inbox.waiting(10)
        assert update.raw["object"]["message"]["text"] == "есть кто?"


async def test_an_address_in_use_ends_the_start(api: CheckedApi, listening: Listening) -> None:
    door = Door("127.0.0.1", listening.callback.port or 0, "/vk", SECRET)

    async def store(_arrivals: Sequence[Arrival], _gap: Gap | None) -> None:
        raise AssertionError("nothing comes")

    second = Callback(api, 1, door, store=store, last_cmid=listening.callback._last_cmid)
    with pytest.raises(OSError, match=str(listening.callback.port)):
        await second.run()


async def test_f22_ok_follows_the_commit_and_never_waits_for_the_step_and_a_repetition_acts_once(
    listening: Listening,
) -> None:
    loop, update = asyncio.get_running_loop(), listening.update("Здравствуйте")
    for _ in range(3):  # nobody here plays the step, however long VK waits
        began_at = loop.time()
        assert (await listening.posts(update, headers={"X-Retry-Counter": "1"}))[:2] == (200, "ok")
        assert loop.time() - began_at < 1
    assert await listening.kept() == ["Здравствуйте"]

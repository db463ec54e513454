"""A sandbox with a file: what comes back after it ended, at whatever moment."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox.control.people import person_view
from bot.sandbox.keep import keep_in
from bot.sandbox.methods.history import conversation
from bot.sandbox.server import Running, serve
from bot.sandbox.views import dialog_view
from bot.sandbox.world import World
from tests.sandbox.client import Client, Json, inline, under_field
from tests.sandbox.test_callback import Receiver, bot, status_becomes  # noqa: F401 - a fixture
from tests.sandbox.test_uploads import name_of, png, saved_photo, upload, upload_doc

PEOPLE = (101, 102, 103)
CHAT = 2_000_000_001
BROKEN_EMOJI = "пол-эмодзи \ud83d"


def views(world: World) -> Json:
    """Everything that can be asked of a world, at one moment of its clock."""
    now = 1_800_000_000.0
    return {
        "people": [person_view(world, person) for person in world.people.values()],
        "dialogs": {peer: dialog_view(one, allowed=True, now=now) for peer, one in world.dialogs.items()},
        "conversations": [conversation(world, dialog) for dialog in world.dialogs.values()],
        "presses": [dialog.presses for dialog in world.dialogs.values()],
        "random_ids": [
            {number: message.id for number, message in dialog.by_random_id.items()} for dialog in world.dialogs.values()
        ],
        "messages": world.messages,
        "log": (world.log.ts, world.log.first, world.log.texts, world.log.held),
        "recent": (list(world.recent), world.recorded),
        "keys": world.longpoll.keys,
        "ledger": (world.ledger.after(0), world.ledger.repeats),
        "media": world.media,
        "settings": world.settings,
        "rest": (world.clock.shift_s, world.online, world.posts, world.callback.code),
    }


def killed_now(keep: Path, place: Path) -> World:
    """The world that another process would find, were this one killed now."""
    for ending in ("", "-wal"):
        shutil.copyfile(f"{keep}{ending}", f"{place}{ending}")
    world = World()
    keeper = keep_in(place, world)
    keeper.abandon()
    return world


class Walk:
    """People and a bot who do this and that, by seeded dice."""

    def __init__(self, vk: Client, dice: random.Random) -> None:
        self.vk = vk
        self.dice = dice
        self.acts: tuple[Callable[[], Awaitable[None]], ...] = (
            self.write, self.write, self.send, self.send, self.edit, self.edit, self.delete, self.deny, self.read,
            *[self.send_keyboard, self.press] * 3, self.look, self.photo, self.document, self.shift, self.settle,
            self.event, self.join, self.hold, self.release, self.newcomer, self.key, self.chat, self.post,
            self.half_emoji,
        )  # fmt: skip

    async def act(self) -> None:
        await self.dice.choice(self.acts)()

    def person(self) -> int:
        return self.dice.choice(PEOPLE)

    async def write(self) -> None:
        video = {"id": 5, "owner_id": 101, "title": f"Проект, версия {self.dice.random()}"}
        await self.vk.writes(self.person(), "Слово", attachments=[{"type": "video", "video": video}], ref="афиша")

    async def half_emoji(self) -> None:
        path = f"{self.vk.url}/control/people/{self.person()}/write"
        async with self.vk.session.post(path, json={"text": BROKEN_EMOJI}) as answer:  # its echo is no UTF-8
            assert answer.status == 200

    async def send(self) -> None:
        number = self.dice.randrange(5)
        await self.vk.method("messages.send", peer_id=self.person(), random_id=number, message="Ответ")

    async def send_keyboard(self) -> None:
        keyboard = self.dice.choice([inline("Да", kind="callback"), under_field("Меню", one_time=True)])
        peers = ",".join(map(str, PEOPLE))
        await self.vk.method("messages.send", peer_ids=peers, random_id=0, message="Да?", keyboard=keyboard)

    async def press(self) -> None:
        person = self.person()
        path = f"{self.vk.url}/control/people/{person}/press"
        async with self.vk.session.post(path, json={"label": self.dice.choice(["Да", "Меню"])}) as answer:
            body = await answer.json()
        if "event_id" in body:
            snackbar = '{"type":"show_snackbar","text":"Есть"}'
            known = {"event_id": body["event_id"], "user_id": person, "peer_id": person}
            await self.vk.well("messages.sendMessageEventAnswer", event_data=snackbar, **known)

    async def edit(self) -> None:
        message_id = self.dice.randrange(1, 60)
        await self.vk.method("messages.edit", peer_id=self.person(), message_id=message_id, message="Правка")

    async def delete(self) -> None:
        await self.vk.method("messages.delete", message_ids=self.dice.randrange(1, 60), delete_for_all=1)

    async def deny(self) -> None:
        await self.vk.control(f"people/{self.person()}/{self.dice.choice(['deny', 'allow'])}")

    async def read(self) -> None:
        await self.vk.method("messages.markAsRead", peer_id=self.person(), mark_conversation_as_read=1)

    async def look(self) -> None:
        async with self.vk.session.get(f"{self.vk.url}/control/people/{self.person()}/dialog") as answer:
            assert answer.status == 200

    async def photo(self) -> None:
        photo = await saved_photo(self.vk)
        await self.vk.method("messages.send", peer_id=self.person(), random_id=0, attachment=name_of(photo))

    async def document(self) -> None:
        person = self.person()
        await self.vk.control(f"people/{person}/allow")
        await upload_doc(self.vk, person, b"text", "план.txt")

    async def shift(self) -> None:
        await self.vk.control("clock", {"shift_s": self.dice.randrange(-50, 4000)})

    async def settle(self) -> None:
        history = self.dice.choice([1, 3, 1000])
        await self.vk.settings(longpoll_history=history, random_id_dedupe=self.dice.random() < 0.8)

    async def event(self) -> None:
        await self.vk.control("events", {"type": "unheard_of", "object": BROKEN_EMOJI})

    async def join(self) -> None:
        await self.vk.control(f"people/{self.person()}/join")

    async def hold(self) -> None:
        await self.vk.control("events/hold")

    async def release(self) -> None:
        await self.vk.control("events/release", {"order": "reversed"})

    async def newcomer(self) -> None:
        await self.vk.control("people", {"first_name": "Лев", "last_name": "Кедров"})

    async def key(self) -> None:
        await self.vk.well("groups.getLongPollServer", group_id=1)

    async def chat(self) -> None:
        await self.vk.writes(self.person(), "Всем привет", peer_id=CHAT)

    async def post(self) -> None:
        await self.vk.well("wall.post", owner_id=-1, from_group=1, message="Итоги")


async def kept_sandbox(path: Path, port: int = 0) -> Running:
    running = await serve(port, keep=path)
    running.world.settings.requests_per_second = 0
    return running


@pytest.mark.parametrize("seed", [1, 2])
async def test_after_any_answer_a_killed_sandbox_comes_back_as_it_was(tmp_path: Path, seed: int) -> None:
    running = await kept_sandbox(tmp_path / "vk.db")
    async with aiohttp.ClientSession() as session:
        walk = Walk(Client(session, running.url), random.Random(seed))
        for step in range(120):
            if step == 90:
                await walk.vk.control("reset")
                await walk.vk.settings(requests_per_second=0)
            await walk.act()
            if step % 4 == 0:
                assert views(killed_now(tmp_path / "vk.db", tmp_path / "copy.db")) == views(running.world)
    await running.close()
    again = await kept_sandbox(tmp_path / "vk.db")
    assert views(again.world) == views(running.world) | {"settings": again.world.settings}
    await again.close()


async def test_long_poll_and_repeats_go_on_after_a_restart(tmp_path: Path) -> None:
    before = await kept_sandbox(tmp_path / "vk.db")
    async with aiohttp.ClientSession() as session:
        vk = Client(session, before.url)
        await vk.writes(101, "До")
        assert len(await vk.events()) == 2
        first = await vk.send(101, "Вопрос", random_id=7, keyboard=inline("Да", kind="callback"))
        pressed = await vk.presses(101, "Да")
        given = await vk.well("photos.getMessagesUploadServer", peer_id=101)
        await before.close()
        after = await kept_sandbox(tmp_path / "vk.db", before.port)
        await vk.writes(101, "После")
        pressing, written = await vk.events()
        assert pressing["object"]["event_id"] == pressed["event_id"]
        assert (written["object"]["message"]["text"], written["object"]["message"]["id"]) == ("После", 3)
        assert await vk.send(101, "Вопрос", random_id=7) == first
        answer = {"event_id": pressed["event_id"], "user_id": 101, "peer_id": 101}
        assert await vk.well("messages.sendMessageEventAnswer", **answer) == 1
        assert (await vk.refusal("messages.sendMessageEventAnswer", **answer))[0] == 100
        posted = await upload(vk, given["upload_url"], "photo", png(), "picture.png")
        assert (await vk.well("photos.saveMessagesPhoto", **posted))[0]["owner_id"] == 101
        await after.close()


async def test_what_callback_has_not_delivered_is_tried_again_after_a_restart(
    tmp_path: Path,
    bot: Receiver,  # noqa: F811 - the fixture
) -> None:
    before = await kept_sandbox(tmp_path / "vk.db")
    async with aiohttp.ClientSession() as session:
        vk = Client(session, before.url)
        bot.code = "1234"
        await vk.settings(callback={"url": bot.url, "secret": "s", "confirmation": "1234"})
        await status_becomes(vk, "ok")
        bot.answers = [web.Response(status=500)]
        await vk.control("people/101/allow")
        await bot.wait(1)
        await before.close()
        after = await kept_sandbox(tmp_path / "vk.db", before.port)
        await vk.control("clock", {"shift_s": 11})
        await bot.wait(2)
        (first, _), (second, retry) = bot.seen
        assert (second, retry) == (first, "1")
        await after.close()


def garbage(path: Path) -> None:
    path.write_bytes(b"no database at all" * 100)


def another_version(path: Path) -> None:
    keep_in(path, World()).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma user_version = 77")


def somebody_elses(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table recipe (name text)")


def with_a_hole(path: Path) -> None:
    world = World()
    world.publish("message_new", {"message": 1})
    world.publish("message_new", {"message": 2})
    keep_in(path, world).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("delete from event where ts = 1")
        connection.commit()


def torn(path: Path) -> None:
    keep_in(path, World()).close()
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))


@pytest.mark.parametrize("spoil", [garbage, another_version, somebody_elses, with_a_hole, torn])
async def test_a_file_that_cannot_be_read_is_set_aside_and_a_new_world_begins(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    path = tmp_path / "vk.db"
    spoil(path)
    found = path.read_bytes()
    running = await serve(0, keep=path, cast=[{"id": 7, "first_name": "Яна"}])
    assert (list(running.world.people), running.world.log.ts) == ([7], 1)
    assert (tmp_path / "vk.db.old-1").read_bytes() == found
    await running.close()
    again = await serve(0, keep=path)
    assert (list(again.world.people), (tmp_path / "vk.db.old-2").exists()) == ([7], False)
    await again.close()


async def test_a_file_in_use_is_left_alone(tmp_path: Path) -> None:
    first = await kept_sandbox(tmp_path / "vk.db")
    with pytest.raises(OSError, match="locked"):
        await serve(0, keep=tmp_path / "vk.db")
    assert [path.name for path in tmp_path.glob("*.old-*")] == []
    await first.close()
    await (await serve(0, keep=tmp_path / "vk.db")).close()


async def test_a_taken_port_lets_go_of_the_file(tmp_path: Path) -> None:
    first = await serve(0)
    with pytest.raises(OSError, match="address"):
        await serve(first.port, keep=tmp_path / "vk.db")
    await (await serve(0, keep=tmp_path / "vk.db")).close()
    await first.close()


async def test_what_cannot_be_saved_is_not_answered(tmp_path: Path) -> None:
    running = await kept_sandbox(tmp_path / "vk.db")
    async with aiohttp.ClientSession() as session:
        vk = Client(session, running.url)
        await vk.writes(101, "Записано")
        with closing(sqlite3.connect(":memory:")) as full:
            full.execute("pragma query_only = on")
            assert running._keeper is not None
            usual, running._keeper._connection = running._keeper._connection, full
            async with session.post(f"{vk.url}/control/people/101/write", json={"text": "Нет места"}) as answer:
                assert answer.status == 500
            running._keeper._connection = usual
        await vk.writes(101, "Место нашлось")
        found = killed_now(tmp_path / "vk.db", tmp_path / "copy.db")
        assert [message.content.text for message in found.messages] == ["Записано", "Нет места", "Место нашлось"]
    await running.close()

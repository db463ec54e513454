"""Kill -9 in the middle of anything: whatever an answer told is there after the restart."""

from __future__ import annotations

import asyncio
import random
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from tests.sandbox.client import Client, Json, inline
from tests.sandbox.test_uploads import png, upload

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = range(101, 107)
LIVES = 4
CHILD = """
import asyncio, pathlib, sys
from bot.sandbox.server import serve

async def main():
    running = await serve(0, keep=pathlib.Path(sys.argv[1]))
    running.world.settings.requests_per_second = 0
    print(running.port, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@dataclass
class Told:
    """What answers have told one person or the bot that speaks with them."""

    texts: dict[int, str] = field(default_factory=dict)  # cmid -> the text
    sent: dict[int, int] = field(default_factory=dict)  # random_id -> the message's id
    allowed: bool = False
    pending: list[str] = field(default_factory=list)
    photos: list[Json] = field(default_factory=list)  # uploaded, to be saved
    doubtful: set[int] = field(default_factory=set)  # cmids whose edit nobody has confirmed


class Crowd:
    """People and their bot, all at once, until the sandbox is gone."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.told = {person: Told() for person in PEOPLE}
        self.events: list[Json] = []
        self.key = ""
        self.answers = 0
        self.kill_at = 0

    async def live(self, vk: Client, process: Process) -> None:
        """Everybody acts until so many answers came, and then the process is killed among them."""
        self.answers, self.kill_at = 0, self.dice.randrange(1, 120)
        await asyncio.gather(self.poll(vk), *(self.act(vk, person, process) for person in PEOPLE))

    def heard(self, process: Process) -> None:
        self.answers += 1
        if self.answers == self.kill_at and process.returncode is None:
            process.kill()

    async def poll(self, vk: Client) -> None:
        try:
            while True:
                body = await vk.poll(key=self.key, ts=str(len(self.events) + 1), wait=5)
                self.events += body["updates"]
        except aiohttp.ClientError:
            return

    async def act(self, vk: Client, person: int, process: Process) -> None:
        acts = (self.write, self.write, self.send, self.send, self.edit, self.press, self.change_mind, self.upload)
        try:
            while True:
                await self.dice.choice(acts)(vk, person, self.told[person])
                self.heard(process)
        except aiohttp.ClientError:
            return

    async def write(self, vk: Client, person: int, told: Told) -> None:
        view = await vk.writes(person, f"слово {self.dice.random()}")
        told.texts[view["cmid"]], told.allowed = view["text"], True

    async def send(self, vk: Client, person: int, told: Told) -> None:
        if not told.allowed:
            return
        number, text = self.dice.randrange(1, 2**31), f"ответ {self.dice.random()}"
        keyboard = inline("Да", kind="callback")
        results = await vk.well("messages.send", peer_ids=person, random_id=number, message=text, keyboard=keyboard)
        told.sent[number] = results[0]["message_id"]
        told.texts[results[0]["conversation_message_id"]] = text

    async def edit(self, vk: Client, person: int, told: Told) -> None:
        if not told.allowed or not (mine := [cmid for cmid, text in told.texts.items() if text.startswith("ответ")]):
            return
        cmid, text = self.dice.choice(mine), f"ответ {self.dice.random()}"
        told.doubtful.add(cmid)
        await vk.well("messages.edit", peer_id=person, cmid=cmid, message=text)
        told.doubtful.discard(cmid)
        told.texts[cmid] = text

    async def press(self, vk: Client, person: int, told: Told) -> None:
        cmids = {view["cmid"] for view in (await vk.dialog(person))["messages"] if view["keyboard"]}
        if cmids:
            pressed = await vk.control(f"people/{person}/press", {"cmid": max(cmids), "row": 0, "column": 0})
            told.pending.append(pressed["event_id"])

    async def change_mind(self, vk: Client, person: int, told: Told) -> None:
        wanted, told.allowed = self.dice.random() < 0.6, False  # while it is open, nobody sends
        told.allowed = (await vk.control(f"people/{person}/{'allow' if wanted else 'deny'}"))["allowed"]

    async def upload(self, vk: Client, person: int, told: Told) -> None:
        if not told.allowed:
            return
        server = await vk.well("photos.getMessagesUploadServer", peer_id=person)
        told.photos.append(await upload(vk, server["upload_url"], "photo", png(), "picture.png"))

    async def check(self, vk: Client) -> None:
        """Nothing that was told is missing, and all counting goes on without a gap."""
        body = await vk.poll(key=self.key, ts="1")
        assert body["updates"][: len(self.events)] == self.events
        self.events = body["updates"]
        texts = [update["object"]["message"]["text"] for update in self.events if update["type"] == "message_new"]
        presses = [update["object"]["event_id"] for update in self.events if update["type"] == "message_event"]
        ids = [line["id"] for line in (await vk.look("ledger"))["messages"]]
        assert ids == sorted(set(ids))
        for person, told in self.told.items():
            dialog = await vk.dialog(person)
            shown = {view["cmid"]: view["text"] for view in dialog["messages"]}
            assert list(shown) == list(range(1, len(shown) + 1))
            sure = {cmid: text for cmid, text in told.texts.items() if cmid not in told.doubtful}
            assert {cmid: shown.get(cmid) for cmid in sure} == sure
            assert {texts.count(text) for text in sure.values() if text.startswith("слово")} <= {1}
            assert set(told.pending) <= set(dialog["pending"])
            assert set(told.pending) <= set(presses)
            assert dialog["allowed"] or not told.allowed
            assert set(told.sent.values()) <= set(ids)
            for photo in told.photos:
                await vk.well("photos.saveMessagesPhoto", **photo)
            told.photos, told.doubtful, told.allowed = [], set(), dialog["allowed"]
            told.texts = shown

    async def check_repeats(self, vk: Client) -> None:
        """The last thing sent to each is not sent again."""
        for person, told in self.told.items():
            await vk.control(f"people/{person}/allow")
            if told.sent and len((await vk.dialog(person))["messages"]) < 100:
                number, first = list(told.sent.items())[-1]
                assert await vk.send(person, random_id=number) == first


@asynccontextmanager
async def child(keep: Path) -> AsyncIterator[tuple[Client, Process]]:
    """A sandbox in a process of its own; killed at the end, if not before."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", CHILD, str(keep), stdout=PIPE, cwd=ROOT)
    assert process.stdout is not None
    try:
        port = int(await process.stdout.readline())
        async with aiohttp.ClientSession() as session:
            yield Client(session, f"http://127.0.0.1:{port}"), process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_whatever_was_told_survives_a_kill_at_any_moment(tmp_path: Path) -> None:
    crowd = Crowd(seed=11)
    for life in range(LIVES):
        async with child(tmp_path / "vk.db") as (vk, process):
            if not life:
                crowd.key = (await vk.well("groups.getLongPollServer", group_id=1))["key"]
            else:
                await crowd.check(vk)
                await crowd.check_repeats(vk)
            await crowd.live(vk, process)
    async with child(tmp_path / "vk.db") as (vk, _):
        await crowd.check(vk)
    assert list(tmp_path.glob("*.old-*")) == []

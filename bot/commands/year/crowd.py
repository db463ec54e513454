"""Many people at once: each acts and waits for the answer in the own dialog, while all share one played clock.

They act as the control API of the sandbox does, without HTTP between; what leaves the sandbox is the same.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.app import App
from bot.commands.playing import Play
from bot.contest.text import WORD_JOINER
from bot.sandbox import acts
from bot.sandbox.control.buttons import find_button
from bot.sandbox.control.requests import ControlError
from bot.sandbox.dialogs import Content, Dialog, Message
from bot.sandbox.people import Person as Face
from bot.sandbox.wire import dumps
from storage.storage import Storage

#: How long the slowest machine may take for one answer.
PATIENCE_S = 60.0
#: Between two acts of one person, played: slower than the bot's limit on messages and on buttons.
PAUSE_S = 1.1
#: So many of the crowd act at the same time.
MOST_AT_ONCE = 50
#: The bot edits no message that is further up.
LOOKED_AT = 20


class Tally:
    """Counts the acts of a part of the play, of whatever it starts too."""

    def __init__(self) -> None:
        self.acts = 0


#: Of the part that goes on; several go on at once.
TALLY: ContextVar[Tally] = ContextVar("TALLY")


class StuckError(Exception):
    """The bot did not answer, or answered what nobody of the crowd understands."""


@dataclass(slots=True)
class _Waiting:
    person_id: int
    ts: int
    answered: asyncio.Future[None]


class Crowd:
    """Wakes each person when the bot has dealt with what they did."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self.world = play.sandbox.world
        #: Messages and presses so far.
        self.acts = 0
        self._waiting: list[_Waiting] = []
        self._room = asyncio.Semaphore(MOST_AT_ONCE)
        self._began = asyncio.Event()
        self._alone: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def watching(self, app: App) -> AsyncIterator[None]:
        """Keep an eye on the bot's inbox and outbox meanwhile."""
        watch = asyncio.create_task(self._watch(app))
        try:
            yield
        finally:
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)

    def person(self, face: Mapping[str, Any]) -> Person:
        """Somebody new on the messenger, or somebody who is there."""
        known = self.world.people.get(int(face["id"]))
        return Person(self, known or self.world.add_person(face))

    async def all(self, lives: Iterable[Any]) -> None:
        """Let these people act at once, a limited number at a time. The first trouble ends it for everybody."""

        async def one(life: Any) -> None:
            async with self._room:
                await life

        async with asyncio.TaskGroup() as group:
            for life in lives:
                group.create_task(one(life))

    def alone(self, person: Person) -> asyncio.Lock:
        """Held by whoever acts for an account: it may be asked for by several events at once."""
        return self._alone[person.id]

    async def answer_to(self, person_id: int) -> None:
        """Wait until what this person has done so far is dealt with and answered. Raises StuckError."""
        waiting = _Waiting(person_id, self.world.log.ts, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._began.set()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await waiting.answered
        except TimeoutError:
            raise StuckError(f"no answer to {person_id} in {PATIENCE_S:.0f} s") from None
        finally:
            if waiting in self._waiting:
                self._waiting.remove(waiting)

    async def _watch(self, app: App) -> None:
        while True:
            if not self._waiting:
                self._began.clear()
                await self._began.wait()
            progress = app.progress
            try:
                ts, busy = await self._busy(app)
            except Exception as error:  # noqa: BLE001 - whoever waits is to hear of it
                for one in self._waiting:
                    one.answered.set_exception(error)
                return
            waiting, self._waiting = self._waiting, []
            for one in waiting:
                if one.ts > ts or one.person_id in busy:
                    self._waiting.append(one)
                elif not one.answered.done():
                    one.answered.set_result(None)
            await progress.wait()

    async def _busy(self, app: App) -> tuple[int, frozenset[int]]:
        """How far the bot has read, and with whom it is not done yet."""
        async with app.database.transaction() as connection:
            storage = Storage(connection)
            ts = int(await storage.settings.get("longpoll.ts") or 0)
            busy = await storage.inbox.waited_for()
            return ts, busy | await storage.outbox.waited_for(now=self.play.clock())


@dataclass
class Person:
    """One account, with what they see."""

    crowd: Crowd
    face: Face
    _acted_at: float = 0.0
    _seen: int = 0
    _before: Mapping[int, Content] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The account's id."""
        return self.face.id

    @property
    def dialog(self) -> Dialog:
        """The dialog with the community."""
        return self.crowd.world.dialog(self.face.id)

    async def writes(self, text: str = "", *, ref: str | None = None, payload: Any = None, **more: Any) -> None:
        """Write and read the answer. Raises StuckError where there is none."""
        content = Content(text=text, ref=ref, payload=None if payload is None else dumps(payload), **more)
        self._pace()
        acts.write(self.crowd.world, self.face, content)
        await self._answered(f"«{text}»")

    async def starts(self, ref: str = "") -> None:
        """Press «Начать», perhaps by a link with a word."""
        await self.writes("Начать", ref=ref or None, payload={"command": "start"})

    async def presses(self, label: str) -> None:
        """Press the newest visible button of this label and read the answer. Raises StuckError."""
        try:
            button, cmid, from_dialog = find_button(self.dialog, {"label": label})
        except ControlError as error:
            raise StuckError(f"{self.id}: «{label}»: {error}; {self.last}") from None
        self._pace()
        acts.press(self.crowd.world, self.face, self.dialog, button, cmid=cmid, from_dialog=from_dialog)
        await self._answered(f"[{label}]")

    async def sees(self, *words: str, patience_s: float = PATIENCE_S) -> str:
        """Wait for a new message of the bot with one of these words; its text. Raises StuckError."""
        try:
            async with asyncio.timeout(patience_s):
                while True:
                    for message in self.new:
                        if any(word in message.content.text for word in words):
                            return message.content.text
                    await self.dialog.changed.wait(patience_s)
        except TimeoutError:
            raise StuckError(f"{self.id}: waited for {words}; {self.last}") from None

    @property
    def new(self) -> list[Message]:
        """The bot's messages since the last act, newest first; those that were edited too."""
        return [
            message
            for message in reversed(self.dialog.messages[-LOOKED_AT:])
            if message.out
            and not message.deleted
            and (message.cmid > self._seen or self._before.get(message.cmid, message.content) is not message.content)
        ]

    @property
    def spoken(self) -> list[tuple[str, list[str]]]:
        """What the bot has said since the last act, newest first, each with its buttons."""
        return [(plain(one), labels_of(one)) for one in self.new]

    @property
    def last(self) -> str:
        """The bot's newest message with its buttons, for people who look for a mistake."""
        message = next((one for one in reversed(self.dialog.messages) if one.out), None)
        return "" if message is None else f"{message.content.text} {labels_of(message)}"

    @property
    def visible(self) -> list[str]:
        """The buttons of what the bot has said since the last act, newest message first."""
        return [label for _, labels in self.spoken for label in labels]

    @property
    def question(self) -> Message:
        """The bot's newest message. Raises StuckError where it has never written."""
        for message in reversed(self.dialog.messages):
            if message.out and not message.deleted:
                return message
        raise StuckError(f"{self.id}: the bot has never written")

    @property
    def text(self) -> str:
        """The newest message of the bot."""
        return plain(self.question)

    @property
    def labels(self) -> list[str]:
        """The buttons of the newest message."""
        return labels_of(self.question)

    def _pace(self) -> None:
        """Let as much of the played time pass as this person needs since their last act."""
        clock = self.crowd.world.clock
        if (pause_s := self._acted_at + PAUSE_S - clock.now()) > 0:
            self.crowd.play.moves_on(timedelta(seconds=pause_s))
        self._acted_at = clock.now()
        self._seen = len(self.dialog.messages)
        self._before = {message.cmid: message.content for message in self.dialog.messages[-LOOKED_AT:]}
        self.crowd.acts += 1
        TALLY.get().acts += 1

    async def _answered(self, what: str) -> None:
        """Raises StuckError where nothing at all has come back."""
        revision = self.dialog.revision
        await self.crowd.answer_to(self.id)
        if self.dialog.revision == revision:
            raise StuckError(f"{self.id}: no answer to {what}; {self.last}")


def label_like(labels: Collection[str], wanted: str) -> str | None:
    """The label that says `wanted`, perhaps cut off as buttons are."""
    cut = (label for label in labels if label.endswith("…") and wanted.startswith(label[:-1]))
    return wanted if wanted in labels else next(cut, None)


def plain(message: Message) -> str:
    """The text without the joiners that make foreign words inert."""
    return message.content.text.replace(WORD_JOINER, "")


def labels_of(message: Message) -> list[str]:
    """The buttons under a message and on the cards of its carousel."""
    rows = (message.content.keyboard or {}).get("buttons", [])
    cards = (message.content.template or {}).get("elements", [])
    return [
        button["action"].get("label", "") for row in [*rows, *(card["buttons"] for card in cards)] for button in row
    ]

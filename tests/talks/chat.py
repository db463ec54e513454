"""Talks as tests: a person writes and presses, the bot answers; the real bot and the sandbox, over HTTP.

    async def test_a_pupil_finds_the_menu(chat):
        anna = await chat.person("Анна", "Смирнова")
        await anna.writes("меню")
        anna.sees("Что сделаем?", "[Мероприятия] [Мои заявки]")
        await anna.presses("Мероприятия")

`sees` compares the newest message of the bot, exactly; `new` has all messages since the person's last act.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import App
from bot.commands.playing import ACT, Play, played_settings, sandbox_of
from bot.contest.text import WORD_JOINER
from bot.works import Works
from storage.storage import Storage


@dataclass(frozen=True)
class Message:
    """A message of the bot as a person sees it."""

    cmid: int
    text: str
    buttons: tuple[tuple[str, ...], ...]
    bold: tuple[str, ...]
    carousel: Sequence[Mapping[str, Any]]
    attachments: Sequence[Mapping[str, Any]]
    edited: bool

    @property
    def keyboard(self) -> str:
        """`[Да] [Нет] / [Отмена]`."""
        return " / ".join(" ".join(f"[{label}]" for label in row) for row in self.buttons)


@dataclass
class Person:
    """Somebody of the cast, with what they see in their dialog."""

    chat: Chat
    id: int
    _acted_at: int = 0
    _dialog: Mapping[str, Any] = field(default_factory=dict)

    async def writes(self, text: str = "", **more: Any) -> None:
        """Write a message (`attachments`, `ref`, `payload`, `date` as the control API has them) and read the answer."""
        await self._act("write", {"text": text, **more})

    async def starts(self, ref: str = "") -> None:
        """Press «Начать», perhaps by a link with a word."""
        await self.writes("Начать", payload={"command": "start"}, **({"ref": ref} if ref else {}))

    async def presses(self, label: str, **more: Any) -> None:
        """Press the newest visible button of this label and read the answer."""
        await self._act("press", {"label": label, **more})

    async def attaches(self, kind: str, text: str = "", **fields: Any) -> None:
        """Send a thing of this kind, as `/control/people/{id}/attachment` makes it."""
        thing = await self.chat.control(f"people/{self.id}/attachment", {"kind": kind, **fields})
        await self.writes(text, attachments=[thing])

    async def _act(self, what: str, body: Mapping[str, Any]) -> None:
        if not self.chat.hasty:
            self.chat.moves_on(ACT)
        self._acted_at = max((message["cmid"] for message in self._dialog.get("messages", ())), default=0)
        await self.chat.control(f"people/{self.id}/{what}", body)
        await self.chat.settled()
        await self.looks()

    async def looks(self) -> None:
        """Look at the dialog again: somebody else's act may have written to it."""
        self._dialog = await self.chat.control(f"people/{self.id}/dialog")

    @property
    def all(self) -> list[Message]:
        """Every message of the bot, oldest first."""
        return [_message(one) for one in self._dialog["messages"] if one["out"] and not one["deleted"]]

    @property
    def new(self) -> list[Message]:
        """The bot's messages since the person's last act."""
        return [message for message in self.all if message.cmid > self._acted_at]

    @property
    def last(self) -> Message:
        """The bot's newest message."""
        return self.all[-1]

    @property
    def under_input(self) -> str:
        """The keyboard under the input."""
        rows = (self._dialog["keyboard"] or {"buttons": []})["buttons"]
        return " / ".join(" ".join(f"[{key['action']['label']}]" for key in row) for row in rows)

    @property
    def popups(self) -> list[str]:
        """What popped up on callback buttons, oldest first."""
        return [popup["text"] for popup in self._dialog["snackbars"]]

    def sees(self, text: str, keyboard: str | None = None) -> None:
        """The newest message is this one, with these buttons if they are given."""
        assert self.last.text == text
        if keyboard is not None:
            assert self.last.keyboard == keyboard

    def sees_in(self, *parts: str) -> None:
        """The newest message contains these."""
        for part in parts:
            assert part in self.last.text


class Chat(Play):
    """The bot and the sandbox, running; a step that raises fails the test."""

    #: Set it where a test makes steps raise.
    errors_expected = False
    #: Set it where a test acts faster than people do.
    hasty = False

    async def person(self, first_name: str, last_name: str, **more: Any) -> Person:
        """Somebody new."""
        made = await self.control("people", {"first_name": first_name, "last_name": last_name, **more})
        return Person(self, made["id"])

    async def settled(self) -> None:
        """Wait until the bot has answered all there is."""
        await super().settled()
        if self.app is not None and not self.errors_expected:
            async with self.app.database.transaction() as connection:
                for _, trace in await Storage(connection).inbox.quarantined():
                    pytest.fail(trace)

    @asynccontextmanager
    async def runs(self, path: Path, works: Works | None = None, **settings: Any) -> AsyncIterator[App]:
        """Run the bot on the database at `path`."""
        async with self.bot(played_settings(self.sandbox.url, path, **settings), works) as app:
            yield app


@asynccontextmanager
async def chat_with_sandbox() -> AsyncIterator[Chat]:
    """A sandbox with nobody in it yet."""
    async with sandbox_of([]) as sandbox, aiohttp.ClientSession() as session:
        yield Chat(sandbox, session)


def _message(view: Mapping[str, Any]) -> Message:
    rows = (view["keyboard"] or {"buttons": []})["buttons"]
    text = view["text"]
    units = text.encode("utf-16-le")
    bold = [
        units[2 * item["offset"] : 2 * (item["offset"] + item["length"])].decode("utf-16-le")
        for item in view["format"]
        if item["type"] == "bold"
    ]
    return Message(
        cmid=view["cmid"],
        text=text.replace(WORD_JOINER, ""),
        buttons=tuple(tuple(key["action"]["label"] for key in row) for row in rows),
        bold=tuple(part.replace(WORD_JOINER, "") for part in bold),
        carousel=(view["carousel"] or {}).get("elements", []),
        attachments=view["attachments"],
        edited=view["edited_at"] is not None,
    )

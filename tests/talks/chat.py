"""Talks as tests: a person writes and presses, the bot answers; the real bot and the sandbox, over HTTP.

    async def test_a_pupil_finds_the_menu(chat):
        anna = await chat.person("Анна", "Смирнова")
        await anna.writes("меню")
        anna.sees("Что сделаем?", "[Мероприятия] [Мои заявки]")
        await anna.presses("Мероприятия")

`sees` compares the newest message of the bot, exactly; `new` has all messages since the person's last act.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import App
from bot.commands.acting import Actor, Message
from bot.commands.playing import Play, played_settings, sandbox_of
from bot.works import Works
from storage.storage import Storage
from tests.fresh import fresh


class Person(Actor):
    """Somebody of the cast, who says what they should see."""

    async def sends_file(self, name: str, data: bytes, text: str = "") -> None:
        """Send a real file: its bytes lie where the bot can fetch them."""
        form = aiohttp.FormData()
        form.add_field("file", data, filename=name)
        url = f"{self.play.sandbox.url}/control/people/{self.id}/files"
        async with aiohttp.ClientSession() as session, session.post(url, data=form) as answer:
            assert answer.status == 200, await answer.text()
            thing = await answer.json()
        await self.writes(text, attachments=[thing])

    async def file(self) -> bytes:
        """The file of the newest message."""
        (sent,) = self.last.attachments
        async with aiohttp.ClientSession() as session, session.get(sent["doc"]["url"]) as answer:
            return await answer.read()

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
        async with self.bot(played_settings(self.sandbox.url, await fresh(path), **settings), works) as app:
            yield app


@asynccontextmanager
async def chat_with_sandbox() -> AsyncIterator[Chat]:
    """A sandbox with nobody in it yet."""
    async with sandbox_of([]) as sandbox, aiohttp.ClientSession() as session:
        yield Chat(sandbox, session)


__all__ = ["Chat", "Message", "Person", "chat_with_sandbox"]

"""A talk where VK brings the updates itself."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.app import built
from bot.commands.playing import played_settings
from bot.vk.callback import Callback
from tests.talks.chat import chat_with_sandbox

SECRET = "s3cret-of-the-server-0123456789ab"


async def test_a_person_is_answered_over_callback(tmp_path: Path) -> None:
    async with chat_with_sandbox() as chat, asyncio.timeout(20):
        anna = await chat.person("Анна", "Смирнова")
        settings = played_settings(
            chat.sandbox.url, tmp_path / "bot.db", transport="callback", callback_port=0, callback_secret=SECRET
        )
        stop = asyncio.Event()
        async with built(settings) as app:
            running = asyncio.create_task(app.run(stop))
            assert isinstance(app.transport, Callback)
            while app.transport.port is None:
                await chat.control("settings")
            url = f"http://127.0.0.1:{app.transport.port}/vk"
            await chat.control("settings", {"longpoll_enabled": False, "callback": {"url": url, "secret": SECRET}})
            while (await chat.control("settings"))["callback"]["status"] != "ok":
                pass  # every look is a request: both sides go on meanwhile
            await anna.starts()
            while not anna.all:
                await anna.looks()
            anna.sees_in("Здравствуйте")
            stop.set()
            await running

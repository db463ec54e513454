"""The peer: a bare vkbottle echo bot, as its documentation writes it, without any storage.

Run as a process of its own: `python -m bot.bench.echo API_URL`. It prints `ready` when it polls, and its
processor time for every line that it is sent.
"""

from __future__ import annotations

import asyncio
import sys

from vkbottle import API
from vkbottle.bot import Bot, Message

from bot.bench.meter import tell_processor_time


def main(api_url: str) -> None:
    """Answer every message with its own text."""
    API.API_URL = api_url
    bot = Bot(token="sandbox")  # noqa: S106 - the sandbox's only token

    @bot.on.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text)

    async def run() -> None:
        polling = asyncio.create_task(bot.run_polling())
        print("ready", flush=True)
        await tell_processor_time()
        polling.cancel()

    asyncio.run(run())


if __name__ == "__main__":
    main(sys.argv[1])

"""The peer: a bare vkbottle echo bot, as its documentation writes it, without any storage and without a pace.

Run as a process of its own: `python -m bot.bench.echo API_URL`; it takes the orders of `bot.bench.orders`.
"""

from __future__ import annotations

import asyncio
import sys

from vkbottle import API
from vkbottle.bot import Bot, Message

from bot.bench.orders import obey


def main(api_url: str) -> None:
    """Answer every message with its own text."""
    API.API_URL = api_url
    bot = Bot(token="sandbox")  # noqa: S106 - the sandbox's only token

    @bot.on.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text)

    async def run() -> None:
        polling = asyncio.create_task(bot.run_polling())
        await obey()
        polling.cancel()

    asyncio.run(run())


if __name__ == "__main__":
    main(sys.argv[1])

"""A sandbox of its own for every test, without the limit of requests unless a test sets it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox.server import Running, serve
from tests.sandbox.client import Client


@pytest.fixture
async def sandbox() -> AsyncIterator[Running]:
    running = await serve(0)
    running.world.settings.requests_per_second = 0
    yield running
    await running.close()


@pytest.fixture
async def vk(sandbox: Running) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(session, sandbox.url)


@pytest.fixture
async def anna(vk: Client) -> int:
    """Somebody who has written and may be written to."""
    await vk.writes(101)
    await vk.events()
    return 101

"""A sandbox, the bot's API to it and a database for every test; no call may break VK's schema."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.server import Running, serve
from bot.vk.pace import Pace
from storage.database import Database, opened
from tests.fresh import fresh
from tests.sandbox.client import Client
from tests.vk.contract import CheckedApi
from tests.vk.world import Clock, Post


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def sandbox() -> AsyncIterator[Running]:
    running = await serve(0)
    running.world.settings.requests_per_second = 0
    yield running
    await running.close()


@pytest.fixture
async def vk(sandbox: Running) -> AsyncIterator[Client]:
    """The people's side."""
    async with aiohttp.ClientSession() as session:
        yield Client(session, sandbox.url)


@pytest.fixture
async def api(sandbox: Running, clock: Clock) -> AsyncIterator[CheckedApi]:
    """The bot's side."""
    pace = Pace(0, monotonic=clock.monotonic, sleep=clock.sleep)
    found = CheckedApi("sandbox", api_url=f"{sandbox.url}/method/", pace=pace)
    yield found
    await found.close()
    assert found.broken == []


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(await fresh(tmp_path / "bot.db")) as found:
        yield found


@pytest.fixture
async def post(database: Database, api: CheckedApi, vk: Client, clock: Clock) -> Post:
    """Everybody from 101 to 108 has written and may be written to."""
    for person in range(101, 109):
        await vk.control(f"people/{person}/allow")
    return Post(database, api, vk, clock)

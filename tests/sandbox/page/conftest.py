"""A browser for the whole folder, a sandbox for each test, and Marina's dialog, begun."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import aiohttp
import pytest_asyncio

from bot.sandbox.server import serve
from tests.sandbox.browser import DESKTOP, ChatPage, chat_page, chromium
from tests.sandbox.client import Client

if TYPE_CHECKING:
    from playwright.async_api import Browser

MARINA = 101


@pytest_asyncio.fixture(loop_scope="package", scope="package")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="package")
async def vk() -> AsyncIterator[Client]:
    running = await serve(0)
    async with aiohttp.ClientSession() as session:
        yield Client(session, running.url)
    await running.close()


@pytest_asyncio.fixture(loop_scope="package")
async def marina(browser: Browser, vk: Client) -> AsyncIterator[ChatPage]:
    """Marina's dialog, begun, on a desktop; the browser must have nothing to complain of in the end."""
    await vk.writes(MARINA, "Здравствуйте")
    async with chat_page(browser, f"{vk.url}/#{MARINA}", size=DESKTOP) as tab:
        await tab.bubble("Здравствуйте").wait_for()
        yield tab
        assert tab.mistakes == []

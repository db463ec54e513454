"""A person at the chat page: Chromium driven through Playwright.

Tests of a folder share one browser, as starting one takes seconds; each module of it says so, and its conftest:

    pytestmark = [needs_browser, pytest.mark.asyncio(loop_scope="package")]

    @pytest_asyncio.fixture(loop_scope="package", scope="package")
    async def browser() -> AsyncIterator[Browser]:
        async with chromium() as started:
            yield started
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator, Page

DESKTOP = (1180, 860)
PHONE = (390, 844)
NARROW_PHONE = (360, 640)
PATIENCE_MS = 5000
"""How long a page may take to show what a test expects; it is not a pause."""

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def browser_path() -> str | None:
    """The Chromium of this machine, or None."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


needs_browser = pytest.mark.skipif(
    browser_path() is None or find_spec("playwright") is None,
    reason="the chat page is tried in a browser: needs Chromium and the playwright package",
)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A headless Chromium for as long as the block lasts."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path(), args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


@dataclass(slots=True)
class ChatPage:
    """One tab of the chat page, used as a person would: by what is read on it."""

    page: Page
    mistakes: list[str] = field(default_factory=list)
    """What the browser complained of: scripts' errors, refused resources."""

    async def turn_to(self, address: str) -> None:
        """Go to `#101` or `#101?ref=scratch`, and wait until the dialog stands there."""
        await self.page.evaluate("address => { location.hash = address }", address)
        await self.page.get_by_label("Текст сообщения").wait_for()

    async def write(self, text: str) -> None:
        """Type and press Enter."""
        await self.page.get_by_label("Текст сообщения").fill(text)
        await self.page.get_by_label("Текст сообщения").press("Enter")

    async def press(self, label: str) -> None:
        """Press the newest button with this label."""
        await self.button(label).click()

    def button(self, label: str) -> Locator:
        return self.page.get_by_role("button", name=label, exact=True).last

    def bubble(self, text: str) -> Locator:
        """The bubbles that say this, among other things."""
        return self.page.locator(".bubble", has_text=text)

    async def scrolls_sideways(self) -> bool:
        """Whether the page is wider than its window, which a phone shows as a page that slips."""
        return bool(await self.page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@asynccontextmanager
async def chat_page(browser: Browser, url: str, *, size: tuple[int, int] = DESKTOP) -> AsyncIterator[ChatPage]:
    """The chat page at `url` in a fresh profile, in Russian and in Tomsk's time."""
    width, height = size
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        locale="ru-RU",
        timezone_id="Asia/Tomsk",
        has_touch=width < DESKTOP[0],
    )
    context.set_default_timeout(PATIENCE_MS)
    page = await context.new_page()
    tab = ChatPage(page)
    page.on("pageerror", lambda error: tab.mistakes.append(str(error)))
    page.on("console", lambda said: tab.mistakes.append(said.text) if said.type == "error" else None)
    try:
        await page.goto(url)
        yield tab
    finally:
        await context.close()

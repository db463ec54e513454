"""The chat page keeps what there was: after a reload, a restart, a refusal."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.sandbox.server import serve
from tests.sandbox.browser import ChatPage, chat_page, needs_browser
from tests.sandbox.client import Client, Json, inline, under_field

if TYPE_CHECKING:
    from playwright.async_api import Browser, Route

pytestmark = [needs_browser, pytest.mark.asyncio(loop_scope="package")]

MARINA, OLEG = 101, 102
MENU = under_field("Мероприятия")


async def test_a_reload_keeps_messages_keyboard_and_the_draft(marina: ChatPage, vk: Client) -> None:
    await vk.send(MARINA, "Выбирайте", keyboard=MENU)
    await vk.send(MARINA, "Или так", keyboard=inline("Подать заявку"))
    await marina.button("Подать заявку").wait_for()
    await marina.page.get_by_label("Текст сообщения").fill("недописанное")
    before = await marina.page.locator(".bubble").all_inner_texts()
    await marina.page.reload()
    await marina.button("Подать заявку").wait_for()
    await marina.button("Мероприятия").wait_for()
    assert await marina.page.locator(".bubble").all_inner_texts() == before
    assert await marina.page.get_by_label("Текст сообщения").input_value() == "недописанное"


async def test_the_page_survives_a_restart_of_the_server(browser: Browser) -> None:
    before = await serve(0)
    async with aiohttp.ClientSession() as session, AsyncExitStack() as tabs:
        await Client(session, before.url).writes(MARINA, "до перезапуска")
        tab = await tabs.enter_async_context(chat_page(browser, f"{before.url}/#{MARINA}"))
        await tab.bubble("до перезапуска").wait_for()
        await before.close()
        away = tab.page.get_by_text("Нет связи с песочницей, пробуем снова…").last
        await away.wait_for()
        await tab.write("в пустоту")
        await tab.page.get_by_text("Не отправлено").wait_for()
        after = await serve(before.port)
        tabs.push_async_callback(after.close)
        await tab.button("Начать").wait_for()
        await away.wait_for(state="hidden")
        await tab.press("Отправить")
        await tab.bubble("в пустоту").wait_for()


async def test_after_a_restart_with_its_file_the_page_goes_on_where_it_was(browser: Browser, tmp_path: Path) -> None:
    before = await serve(0, keep=tmp_path / "vk.db")
    async with aiohttp.ClientSession() as session, AsyncExitStack() as tabs:
        vk = Client(session, before.url)
        await vk.writes(MARINA, "до перезапуска")
        await vk.send(MARINA, "Выбирайте", keyboard=MENU)
        tab = await tabs.enter_async_context(chat_page(browser, f"{before.url}/#{MARINA}"))
        await tab.button("Мероприятия").wait_for()
        shown = await tab.page.locator(".bubble").all_inner_texts()
        await before.close()
        away = tab.page.get_by_text("Нет связи с песочницей, пробуем снова…").last
        await away.wait_for()
        after = await serve(before.port, keep=tmp_path / "vk.db")
        tabs.push_async_callback(after.close)
        await away.wait_for(state="hidden")
        assert await tab.page.locator(".bubble").all_inner_texts() == shown
        await tab.press("Мероприятия")
        await tab.page.locator(".bubble", has_text="Мероприятия").wait_for()
    assert [message.content.text for message in after.world.messages][-1] == "Мероприятия"


async def test_a_vanished_button_is_told_in_russian(browser: Browser, vk: Client) -> None:
    await vk.writes(MARINA)
    await vk.send(MARINA, "Выбирайте", keyboard=inline("Записаться"))

    async def edited_under_the_finger(route: Route) -> None:
        await vk.well("messages.edit", peer_id=MARINA, cmid=2, message="Поздно")
        await route.continue_()

    async with chat_page(browser, f"{vk.url}/#{MARINA}") as tab:
        await tab.button("Записаться").wait_for()
        await tab.page.route("**/press", edited_under_the_finger)
        await tab.press("Записаться")
        await tab.page.get_by_text("Не получилось: этой кнопки больше нет").wait_for()


async def test_every_kind_of_refusal_has_words_on_the_page(vk: Client) -> None:
    kinds: list[tuple[str, Json]] = [
        ("people/101/press", {"label": "Нет такой"}),
        ("people/110/write", {"text": "Да"}),
        ("people/101/write", {}),
        ("people/999/write", {"text": "Да"}),
        ("people", {"id": 101, "first_name": "Лев"}),
    ]
    async with vk.session.get(f"{vk.url}/page/words.js") as answer:
        words = await answer.text()
    for path, body in kinds:
        status = 404 if "999" in path else 400
        assert f"  {(await vk.control(path, body, status=status))['kind']}: " in words

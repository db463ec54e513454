"""The chat page in a browser, as a person uses it; the test plays the bot by VK's methods."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.sandbox.browser import NARROW_PHONE, ChatPage, chat_page, needs_browser
from tests.sandbox.client import Client, inline, under_field
from tests.sandbox.page.drawing import carousel, row

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = [needs_browser, pytest.mark.asyncio(loop_scope="package")]

MARINA, OLEG = 101, 102
MENU = under_field("Мероприятия")


async def test_choosing_a_person_and_pressing_start_writes_with_the_start_payload(browser: Browser, vk: Client) -> None:
    async with chat_page(browser, vk.url) as tab:
        await tab.page.get_by_role("link", name="Олег Снегирёв").click()
        await tab.press("Начать")
        await tab.bubble("Начать").wait_for()
        assert tab.page.url.endswith(f"#{OLEG}")
    (written,) = (await vk.dialog(OLEG))["messages"]
    assert (written["text"], json.loads(written["payload"])) == ("Начать", {"command": "start"})


async def test_a_link_with_ref_gives_it_to_the_first_message_only(browser: Browser, vk: Client) -> None:
    async with chat_page(browser, f"{vk.url}/#{OLEG}?ref=scratch") as tab:
        await tab.press("Начать")
        await tab.bubble("Начать").wait_for()
        await tab.write("ещё вопрос")
        await tab.bubble("ещё вопрос").wait_for()
        assert tab.page.url.endswith(f"#{OLEG}")
    history = await vk.well("messages.getHistory", peer_id=OLEG, rev=1)
    assert [message.get("ref") for message in history["items"]] == ["scratch", None]


async def test_the_ref_can_be_given_in_the_menu_of_a_begun_dialog(marina: ChatPage, vk: Client) -> None:
    await marina.press("Меню диалога")
    await marina.page.get_by_role("menuitem", name="Открыть по ссылке (ref)").click()
    await marina.page.get_by_label("Метка (ref)").fill("webinar")
    await marina.press("Открыть")
    await marina.page.get_by_text("Метка «webinar» уйдёт").wait_for()
    await marina.write("я с плаката")
    await marina.bubble("я с плаката").wait_for()
    history = await vk.well("messages.getHistory", peer_id=MARINA, rev=1)
    assert [message.get("ref") for message in history["items"]] == [None, "webinar"]


async def test_enter_sends_and_shift_enter_begins_a_new_line(marina: ChatPage, vk: Client) -> None:
    field = marina.page.get_by_label("Текст сообщения")
    await field.fill("первая")
    await field.press("Shift+Enter")
    await field.press_sequentially("вторая")
    await field.press("Enter")
    await marina.bubble("вторая").wait_for()
    assert await field.input_value() == ""
    assert (await vk.dialog(MARINA))["messages"][-1]["text"] == "первая\nвторая"


async def test_hostile_text_stays_text_whoever_wrote_it(marina: ChatPage, vk: Client) -> None:
    hostile = "<img src=x onerror=\"document.title='взломано'\"><b>жирно</b>"
    await marina.write(hostile)
    await marina.bubble("onerror").wait_for()
    await vk.send(MARINA, f"Вы написали: {hostile}")
    await marina.bubble("Вы написали").wait_for()
    own, answer = (
        await marina.bubble("onerror").locator(".text").evaluate_all("all => all.map(one => one.firstChild.data)")
    )
    assert (own, answer) == (hostile, f"Вы написали: {hostile}")
    assert await marina.page.locator(".messages img, .messages b").count() == 0
    assert "взломано" not in await marina.page.title()


async def test_formatting_and_addresses_are_shown_and_only_web_addresses_are_links(
    marina: ChatPage, vk: Client
) -> None:
    text = "🎓 Важно: смотрите https://example.org/a, а не javascript:alert(1). Тут"
    items = [
        {"type": "bold", "offset": 3, "length": 5},
        {"type": "url", "offset": 68, "length": 3, "url": "javascript:1"},
    ]
    await vk.send(MARINA, text, format_data=json.dumps({"version": 1, "items": items}))
    bubble = marina.bubble("смотрите")
    await bubble.wait_for()
    assert await bubble.locator("strong").inner_text() == "Важно"
    links = bubble.get_by_role("link")
    assert await links.all_inner_texts() == ["https://example.org/a"]
    assert "noopener" in str(await links.get_attribute("rel"))


async def test_an_inline_text_button_writes_its_label(marina: ChatPage, vk: Client) -> None:
    await vk.send(MARINA, "Кто подаёт заявку?", keyboard=inline("Педагог", "Родитель"))
    await marina.press("Родитель")
    await marina.bubble("Родитель").wait_for()
    assert (await vk.dialog(MARINA))["messages"][-1]["text"] == "Родитель"


async def test_the_plain_keyboard_stands_under_the_input_and_can_be_folded(marina: ChatPage, vk: Client) -> None:
    await vk.send(MARINA, "Что дальше?", keyboard=MENU)
    await marina.button("Мероприятия").wait_for()
    await marina.press("Клавиатура бота")
    await marina.button("Мероприятия").wait_for(state="hidden")
    await marina.press("Клавиатура бота")
    await marina.press("Мероприятия")
    await marina.bubble("Мероприятия").wait_for()
    await vk.send(MARINA, "Одно из двух", keyboard=under_field("Мероприятия", one_time=True))
    await marina.bubble("Одно из двух").wait_for()
    await marina.press("Мероприятия")
    await marina.button("Мероприятия").wait_for(state="hidden")


async def test_a_callback_button_turns_until_the_answer_and_the_snackbar_pops_up(marina: ChatPage, vk: Client) -> None:
    await vk.send(MARINA, "Оригинальность (0–5)", keyboard=inline("4", "5", kind="callback"))
    await marina.press("4")
    await marina.page.locator("button[aria-busy=true]", has_text="4").wait_for()
    (event_id,) = (await vk.dialog(MARINA))["pending"]
    answer = {"event_id": event_id, "user_id": MARINA, "peer_id": MARINA}
    shown = json.dumps({"type": "show_snackbar", "text": "Сохранено, 13 из 45"})
    await vk.well("messages.sendMessageEventAnswer", **answer, event_data=shown)
    await marina.page.get_by_role("status").get_by_text("Сохранено, 13 из 45").wait_for()
    await marina.page.locator("button[aria-busy=true]").wait_for(state="detached")
    assert await marina.page.locator("button[aria-busy=false]").all_inner_texts() == ["4", "5"]


async def test_an_edit_appears_in_place_and_a_deleted_message_says_so(marina: ChatPage, vk: Client) -> None:
    checked = await vk.send(MARINA, "Проверяю ссылку…")
    other = await vk.send(MARINA, "Не то")
    await marina.bubble("Не то").wait_for()
    edited = {"message_id": checked, "message": "Ссылка открывается ✓", "keyboard": inline("Дальше")}
    await vk.well("messages.edit", peer_id=MARINA, **edited)
    await marina.bubble("Ссылка открывается ✓").get_by_text("изм.").wait_for()
    await marina.button("Дальше").wait_for()
    await vk.well("messages.delete", peer_id=MARINA, message_ids=other, delete_for_all=1)
    await marina.bubble("сообщение удалено").wait_for()
    shown = await marina.page.locator(".message").evaluate_all("all => all.map(one => one.dataset.cmid)")
    assert shown == ["1", "2", "3"]
    assert await marina.bubble("Проверяю").count() + await marina.bubble("Не то").count() == 0


async def test_messages_are_forbidden_and_allowed_in_the_menu(marina: ChatPage, vk: Client) -> None:
    await marina.press("Меню диалога")
    await marina.page.get_by_role("menuitem", name="Запретить сообщения").click()
    await marina.page.get_by_text("Сообщения от сообщества запрещены").wait_for()
    assert (await vk.dialog(MARINA))["allowed"] is False
    await marina.press("Разрешить")
    await marina.page.get_by_text("Сообщения от сообщества запрещены").wait_for(state="detached")
    await vk.send(MARINA, "Снова с вами")
    await marina.bubble("Снова с вами").wait_for()


async def test_another_persons_new_messages_are_counted_in_the_list(marina: ChatPage, vk: Client) -> None:
    await vk.writes(OLEG, "Добрый вечер")
    await vk.send(OLEG, "Здравствуйте, Олег!")
    await vk.send(OLEG, "Чем помочь?")
    oleg = marina.page.get_by_role("link", name="Олег Снегирёв")
    await oleg.get_by_label("Непрочитанных: 2").wait_for()
    await oleg.click()
    await marina.bubble("Чем помочь?").wait_for()
    await oleg.get_by_label("Непрочитанных").wait_for(state="detached")


async def test_a_new_person_is_added_and_their_dialog_opens(marina: ChatPage, vk: Client) -> None:
    await marina.press("Новый человек")
    await marina.page.get_by_label("Имя").fill("Зоя")
    await marina.page.get_by_label("Фамилия").fill("Берёзкина")
    await marina.press("Добавить")
    await marina.page.get_by_text("вы пишете как Зоя Берёзкина").wait_for()
    assert (await vk.look("people"))["people"][-1]["first_name"] == "Зоя"


async def test_on_a_phone_list_and_dialog_are_two_screens_and_nothing_sticks_out(browser: Browser, vk: Client) -> None:
    async with chat_page(browser, vk.url, size=NARROW_PHONE) as tab:
        await tab.page.get_by_role("link", name="Марина Ковалёва").click()
        await tab.write("Щ" * 200)
        await tab.bubble("ЩЩЩ").wait_for()
        rows = [
            row("0", "1", "2", "3", "4"),
            row("Конфликт интересов", *(word * 4 for word in ("абвгд", "далее", "назад"))),
        ]
        await vk.send(MARINA, "Работа 13 из 45", keyboard=json.dumps({"inline": True, "buttons": rows}))
        card = {"title": "Ы" * 80, "description": "ы" * 80, "buttons": row("Я" * 40)}
        await vk.send(MARINA, "Карточки", template=carousel(card, card, card))
        await tab.bubble("Карточки").wait_for()
        assert not await tab.page.get_by_role("link", name="Марина Ковалёва").is_visible()
        assert not await tab.scrolls_sideways()
        assert await tab.page.locator("#scroll").evaluate("box => box.scrollWidth <= box.clientWidth")
        await tab.page.get_by_role("link", name="К списку людей").click()
        await tab.page.get_by_role("link", name="Марина Ковалёва").wait_for()
        assert not await tab.page.get_by_label("Текст сообщения").is_visible()
        assert not await tab.scrolls_sideways()

"""The chat page in a browser, as a person uses it; the test plays the bot by VK's methods."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
import pytest_asyncio

from bot.sandbox.server import serve
from tests.sandbox.browser import DESKTOP, NARROW_PHONE, ChatPage, chat_page, chromium, needs_browser
from tests.sandbox.client import Client, Json, inline, under_field

if TYPE_CHECKING:
    from playwright.async_api import Browser, Route

pytestmark = [needs_browser, pytest.mark.asyncio(loop_scope="module")]

MARINA, OLEG = 101, 102
MENU = under_field("Мероприятия")


def row(*labels: str) -> list[Json]:
    return [{"action": {"type": "text", "label": label}} for label in labels]


def carousel(*cards: Json) -> str:
    return json.dumps({"type": "carousel", "elements": cards}, ensure_ascii=False)


def png(width: int, height: int) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x4a\x90\xe2" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def vk() -> AsyncIterator[Client]:
    running = await serve(0)
    async with aiohttp.ClientSession() as session:
        yield Client(session, running.url)
    await running.close()


@pytest_asyncio.fixture(loop_scope="module")
async def marina(browser: Browser, vk: Client) -> AsyncIterator[ChatPage]:
    """Marina's dialog, begun, on a desktop; the browser must have nothing to complain of in the end."""
    await vk.writes(MARINA, "Здравствуйте")
    async with chat_page(browser, f"{vk.url}/#{MARINA}", size=DESKTOP) as tab:
        await tab.bubble("Здравствуйте").wait_for()
        yield tab
        assert tab.mistakes == []


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


async def test_a_carousel_scrolls_by_itself_and_its_buttons_work(marina: ChatPage, vk: Client) -> None:
    cards = ({"title": f"Конкурс {n}", "description": "до мая", "buttons": row(f"Подать {n}")} for n in range(1, 8))
    await vk.send(MARINA, "Открыт приём", template=carousel(*cards))
    await marina.page.get_by_text("Конкурс 7", exact=True).wait_for()
    assert not await marina.scrolls_sideways()
    await marina.press("Следующие карточки")
    await marina.button("Предыдущие карточки").wait_for()
    await marina.press("Подать 7")
    await marina.bubble("Подать 7").wait_for()


async def test_a_picture_and_a_document_are_chosen_sent_and_opened(marina: ChatPage, vk: Client) -> None:
    await attach(marina, "Фотография", {"name": "проект.png", "mimeType": "image/png", "buffer": png(320, 200)})
    await attach(
        marina, "Документ", {"name": "работа.sb3", "mimeType": "application/zip", "buffer": b"PK" + b"x" * 3000}
    )
    await marina.write("Вот работа")
    bubble = marina.bubble("Вот работа")
    await bubble.get_by_text("работа.sb3").wait_for()
    await bubble.get_by_text("2,9 КБ").wait_for()
    sent = (await vk.dialog(MARINA))["messages"][-1]["attachments"]
    assert [one["type"] for one in sent] == ["photo", "doc"]
    address = await bubble.locator("a.file").get_attribute("href")
    assert (await marina.page.request.get(f"{vk.url}{address}")).ok
    await bubble.get_by_role("button", name="Открыть фотографию").click()
    picture = marina.page.get_by_role("dialog", name="Фотография").locator("img")
    await picture.wait_for()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 320
    await marina.page.keyboard.press("Escape")
    await picture.wait_for(state="detached")


async def attach(tab: ChatPage, kind: str, file: Any) -> None:
    await tab.press("Прикрепить")
    async with tab.page.expect_file_chooser() as choosing:
        await tab.page.get_by_role("menuitem", name=kind).click()
    await (await choosing.value).set_files(file)
    await tab.page.get_by_role("list", name="Выбранные вложения").get_by_text(file["name"]).wait_for()


async def test_a_link_a_video_and_a_voice_message_can_be_sent(marina: ChatPage, vk: Client) -> None:
    await marina.press("Прикрепить")
    await marina.page.get_by_role("menuitem", name="Ссылка").click()
    await marina.page.get_by_label("Адрес").fill("https://scratch.mit.edu/projects/1")
    await marina.page.get_by_label("Название").fill("Таблица умножения")
    await marina.page.get_by_role("dialog").get_by_role("button", name="Прикрепить").click()
    await marina.page.get_by_role("button", name="Убрать: Таблица умножения").wait_for()
    await marina.press("Прикрепить")
    await marina.page.get_by_role("menuitem", name="Видео").click()
    await marina.page.get_by_role("dialog").get_by_role("button", name="Прикрепить").click()
    await marina.page.get_by_role("button", name="Убрать: Мой проект").wait_for()
    await marina.press("Отправить")
    await marina.page.locator(".bubble .video").wait_for()
    await marina.press("Прикрепить")
    await marina.page.get_by_role("menuitem", name="Голосовое сообщение").click()
    await marina.page.locator(".bubble .voice").wait_for()
    *_, cards, voice = (await vk.dialog(MARINA))["messages"]
    assert [one["type"] for one in cards["attachments"]] == ["link", "video"]
    assert [one["type"] for one in voice["attachments"]] == ["audio_message"]


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


async def test_a_place_is_sent_by_its_button_and_the_bot_is_seen_typing(marina: ChatPage, vk: Client) -> None:
    place = {"action": {"type": "location", "payload": "{}"}}
    await vk.send(MARINA, "Где вы?", keyboard=json.dumps({"one_time": True, "buttons": [[place]]}))
    await marina.press("Отправить местоположение")
    await marina.page.locator(".bubble").get_by_text("Место на карте").wait_for()
    await vk.well("messages.setActivity", peer_id=MARINA, type="typing")
    await marina.page.get_by_text("печатает…").wait_for()


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


async def test_a_carousels_picture_is_shown_by_its_id(marina: ChatPage, vk: Client) -> None:
    server = await vk.well("photos.getMessagesUploadServer")
    form = aiohttp.FormData()
    form.add_field("photo", png(442, 272), filename="card.png")
    async with vk.session.post(server["upload_url"], data=form) as answer:
        (photo,) = await vk.well("photos.saveMessagesPhoto", **await answer.json())
    card = {"title": "Проект", "description": "Об играх", "photo_id": f"{photo['owner_id']}_{photo['id']}"}
    await vk.send(MARINA, "Работы", template=carousel(card | {"buttons": row("Открыть")}))
    picture = marina.page.locator(".card img")
    await picture.wait_for()
    assert await picture.evaluate("async image => { await image.decode(); return image.naturalWidth; }") == 442

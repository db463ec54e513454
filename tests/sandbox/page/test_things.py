"""What is more than words on the chat page: carousels, pictures, documents, places."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from tests.sandbox.browser import ChatPage, needs_browser
from tests.sandbox.client import Client, under_field
from tests.sandbox.page.drawing import carousel, png, row

pytestmark = [needs_browser, pytest.mark.asyncio(loop_scope="package")]

MARINA, OLEG = 101, 102
MENU = under_field("Мероприятия")


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


async def test_a_forwarded_message_is_sent_and_an_open_dialog_is_read(marina: ChatPage, vk: Client) -> None:
    await vk.settings(longpoll_events={"message_read": 1})
    await attach(marina, "Документ", {"name": "афиша.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    await marina.press("Прикрепить")
    await marina.page.get_by_role("menuitem", name="Пересланное сообщение").click()
    await marina.page.get_by_label("Текст", exact=True).fill("Приходите!")
    await marina.page.get_by_role("dialog").get_by_role("button", name="Переслать").click()
    await marina.page.locator("blockquote", has_text="Приходите!").get_by_text("афиша.pdf").wait_for()
    async with marina.page.expect_response("**/read"):
        await vk.send(MARINA, "Спасибо")
    read = (await vk.look("events"))["events"][-1]
    assert (read["type"], read["object"]["from_id"]) == ("message_read", MARINA)


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


async def test_a_place_is_sent_by_its_button_and_the_bot_is_seen_typing(marina: ChatPage, vk: Client) -> None:
    place = {"action": {"type": "location", "payload": "{}"}}
    await vk.send(MARINA, "Где вы?", keyboard=json.dumps({"one_time": True, "buttons": [[place]]}))
    await marina.press("Отправить местоположение")
    await marina.page.locator(".bubble").get_by_text("Место на карте").wait_for()
    await vk.well("messages.setActivity", peer_id=MARINA, type="typing")
    await marina.page.get_by_text("печатает…").wait_for()


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

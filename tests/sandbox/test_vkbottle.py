"""The library that the bot is built with, untouched, against the sandbox."""

from __future__ import annotations

import json
from typing import Any

import pytest
from vkbottle import API, BotPolling, PhotoMessageUploader, VKAPIError
from vkbottle.bot import MessageEvent
from vkbottle.tools.mini_types.bot.message import message_min
from vkbottle_types.events import GroupEventType
from vkbottle_types.events.bot_events import MessageAllow

from tests.sandbox.client import Client, inline
from tests.sandbox.test_uploads import png


@pytest.fixture
def api(vk: Client, monkeypatch: pytest.MonkeyPatch) -> API:
    monkeypatch.setattr(API, "API_URL", f"{vk.url}/method/")
    return API("sandbox")


async def test_it_reads_people_sends_edits_and_uploads(vk: Client, anna: int, api: API) -> None:
    (user,) = await api.users.get(user_ids=[anna])
    assert (user.first_name, user.last_name) == ("Марина", "Ковалёва")
    answer: Any = await api.messages.send(peer_ids=[anna], random_id=0, message="Было", keyboard=inline("Да"))
    assert [(sent.peer_id, sent.conversation_message_id) for sent in answer] == [(anna, 2)]
    await api.messages.edit(peer_id=anna, conversation_message_id=2, message="Стало")
    photo = await PhotoMessageUploader(api).upload(png(), peer_id=anna)
    await api.messages.send(peer_id=anna, random_id=0, attachment=photo)
    texts = [(view["text"], len(view["attachments"])) for view in (await vk.dialog(anna))["messages"]]
    assert texts == [("Здравствуйте", 0), ("Стало", 0), ("", 1)]
    with pytest.raises(VKAPIError[901]):
        await api.messages.send(peer_id=102, random_id=0, message="Рано")
    await api.http_client.close()


async def test_its_polling_gets_events_that_its_models_parse(vk: Client, api: API) -> None:
    polling = BotPolling(api, wait=1)
    server = await polling.get_server()
    await vk.writes(104, "Добрый день")
    await vk.send(104, keyboard=inline("Готово", kind="callback"))
    await vk.presses(104, "Готово")
    allowed, written, pressed = (await polling.get_event(server))["updates"]
    assert MessageAllow(**allowed).object.user_id == 104
    message = message_min(written, api)
    assert (message.text, message.peer_id, message.conversation_message_id) == ("Добрый день", 104, 1)
    event = MessageEvent(**pressed)
    assert (event.type, event.object.payload) == (GroupEventType.MESSAGE_EVENT, {"is": "Готово"})
    event.unprepared_ctx_api = api
    assert await event.show_snackbar("Принято")
    assert [bar["text"] for bar in (await vk.dialog(104))["snackbars"]] == ["Принято"]
    assert json.loads(json.dumps(server))["ts"] == "1"
    await api.http_client.close()

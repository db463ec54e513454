"""Every method's answer and every event of the sandbox against VK's published schema."""

from __future__ import annotations

import pytest

from bot.sandbox.methods import METHODS
from bot.sandbox.objects import INVENTED
from tests.sandbox.client import CONTRACT, CONTRACT_FILE, Client, inline, under_field, wrong_in_event
from tests.sandbox.test_uploads import saved_photo, upload_doc

pytestmark = pytest.mark.skipif(CONTRACT is None, reason=f"the schema's checker is not at {CONTRACT_FILE}")
ON = {"message_read": 1, "message_reply": 1, "message_edit": 1, "message_event": 1, "group_join": 1, "group_leave": 1}

CALLS: list[tuple[str, dict[str, object]]] = [
    ("groups.setLongPollSettings", {"group_id": 1, **ON}),
    ("groups.getLongPollSettings", {"group_id": 1}),
    ("groups.getLongPollServer", {"group_id": 1}),
    ("groups.getById", {}),
    ("groups.getById", {"group_id": "kreitv", "fields": "members_count"}),
    ("groups.getTokenPermissions", {}),
    ("groups.addCallbackServer", {"group_id": 1, "url": "http://127.0.0.1:9/", "title": "bot"}),
    ("groups.getCallbackServers", {"group_id": 1}),
    ("groups.editCallbackServer", {"group_id": 1, "server_id": 1, "url": "http://127.0.0.1:9/b", "title": "b"}),
    ("groups.setCallbackSettings", {"group_id": 1, "server_id": 1, "message_new": 0}),
    ("groups.getCallbackSettings", {"group_id": 1, "server_id": 1}),
    ("groups.getCallbackConfirmationCode", {"group_id": 1}),
    ("groups.deleteCallbackServer", {"group_id": 1, "server_id": 1}),
    ("groups.isMember", {"group_id": 1, "user_id": 101}),
    ("groups.isMember", {"group_id": 1, "user_id": 101, "extended": 1}),
    ("groups.isMember", {"group_id": 1, "user_ids": "101,102"}),
    ("groups.getMembers", {"group_id": 1}),
    ("groups.getMembers", {"group_id": 1, "fields": "sex"}),
    ("groups.enableOnline", {"group_id": 1}),
    ("groups.getOnlineStatus", {"group_id": 1}),
    ("groups.disableOnline", {"group_id": 1}),
    ("users.get", {"user_ids": "101,109,110,9999", "fields": "sex,photo_100,screen_name"}),
    ("messages.send", {"peer_id": 101, "random_id": 1, "message": "Да", "keyboard": under_field("Меню")}),
    ("messages.send", {"peer_ids": "101,102", "random_id": 2, "message": "Да", "keyboard": inline("Да")}),
    ("messages.edit", {"peer_id": 101, "cmid": 2, "message": "Нет"}),
    ("messages.getConversations", {"extended": 1, "filter": "all"}),
    ("messages.getConversations", {"filter": "unanswered", "count": 200}),
    ("messages.getConversationsById", {"peer_ids": "101,102"}),
    ("messages.getConversationsById", {"peer_ids": "101", "extended": 1}),
    ("messages.getHistory", {"peer_id": 101, "count": 200}),
    ("messages.getHistory", {"peer_id": 101, "rev": 1, "extended": 1}),
    ("messages.getById", {"message_ids": "1,2"}),
    ("messages.getById", {"message_ids": "1", "extended": 1}),
    ("messages.getByConversationMessageId", {"peer_id": 101, "conversation_message_ids": "1,2"}),
    ("messages.markAsRead", {"peer_id": 101, "mark_conversation_as_read": 1}),
    ("messages.setActivity", {"peer_id": 101, "type": "typing"}),
    ("messages.isMessagesFromGroupAllowed", {"group_id": 1, "user_id": 101}),
    ("messages.delete", {"peer_id": 101, "cmids": "2", "delete_for_all": 1}),
    ("messages.delete", {"message_ids": "1,2,999", "delete_for_all": 1}),
    ("photos.getMessagesUploadServer", {"peer_id": 101}),
    ("docs.getMessagesUploadServer", {"peer_id": 101, "type": "doc"}),
    ("utils.resolveScreenName", {"screen_name": "kreitv"}),
    ("utils.getShortLink", {"url": "https://example.org", "private": 1}),
    ("utils.checkLink", {"url": "https://example.org"}),
    ("utils.getServerTime", {}),
    ("wall.post", {"owner_id": -1, "from_group": 1, "message": "Итоги"}),
]
ELSEWHERE = {"photos.saveMessagesPhoto", "docs.save", "messages.sendMessageEventAnswer"}
"""Methods whose answers need steps of their own: in the tests below."""


def test_no_method_is_left_out() -> None:
    assert {name for name, _ in CALLS} | ELSEWHERE == METHODS.keys()


async def test_every_call_and_its_answer_fit_the_schema(vk: Client, anna: int) -> None:
    assert CONTRACT is not None
    for name, params in CALLS:
        assert CONTRACT.call(name, params) == []
        await vk.well(name, **params)  # holds the answer against the schema
    events = (await vk.look("events"))["events"]
    assert {update["type"] for update in events} >= {"message_allow", "message_new", "message_reply", "message_edit"}
    assert [wrong_in_event(update) for update in events] == [[] for _ in events]


async def test_what_is_uploaded_fits_the_schema(vk: Client, anna: int) -> None:
    assert (await saved_photo(vk, peer_id=anna))["id"]
    body = await upload_doc(vk, anna, b"text", "a.txt")
    assert (await vk.well("docs.save", **body))["type"] == "doc"


async def test_events_of_every_act_fit_the_schema(vk: Client, anna: int) -> None:
    await vk.well("groups.setLongPollSettings", group_id=1, **ON)
    await vk.send(anna, keyboard=inline("Да", kind="callback"))
    await vk.presses(anna, "Да")
    await vk.control(f"people/{anna}/read")
    await vk.control(f"people/{anna}/join")
    await vk.control(f"people/{anna}/leave")
    await vk.control(f"people/{anna}/deny")
    await vk.writes(anna, "Ответ", reply_to=2, payload={"command": "start"}, ref="r")
    types = [update["type"] for update in await vk.events()]
    assert types == [
        "message_reply", "message_event", "message_read", "group_join", "group_leave", "message_deny", "message_allow",
        "message_new",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", sorted(INVENTED.keys() - {"geo", "story"}))  # the schema knows no such attachment
async def test_every_kind_of_attachment_fits_the_schema(vk: Client, anna: int, kind: str) -> None:
    attachment = await vk.control(f"people/{anna}/attachment", {"kind": kind})
    await vk.writes(anna, "", attachments=[attachment])
    (update,) = await vk.events()
    assert update["object"]["message"]["attachments"][0]["type"] == kind

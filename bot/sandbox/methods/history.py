"""messages.get*: dialogs and messages that are already there."""

from __future__ import annotations

from collections.abc import Iterable

from bot.sandbox.dialogs import Dialog, Message
from bot.sandbox.errors import wrong_parameter
from bot.sandbox.methods.groups import group_object
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params
from bot.sandbox.views import keyboard_object, message_object
from bot.sandbox.wire import CHATS_FROM, Wire
from bot.sandbox.world import World

MOST_ITEMS, USUAL_ITEMS, MOST_BY_ID = 200, 20, 100
_FILTERS = frozenset({"all", "unread", "important", "unanswered", "archive"})


@method(
    "messages.getConversations",
    "offset count filter extended start_message_id fields group_id",
    right="messages",
)
def get_conversations(world: World, params: Params) -> object:
    """The newest first. «Unanswered»: the last word is the person's."""
    kind = params.one_of("filter", _FILTERS) or "all"
    found = [dialog for dialog in world.dialogs.values() if dialog.messages and _passes(dialog, kind)]
    found.sort(key=lambda dialog: dialog.messages[-1].id, reverse=True)
    if (start := params.integer("start_message_id", least=0)) is not None:
        found = [dialog for dialog in found if dialog.messages[-1].id <= start]
    offset, count = _page(params)
    items = []
    for dialog in found[offset : offset + count]:
        last = dialog.last()
        item = {"conversation": conversation(world, dialog)}
        items.append(item if last is None else item | {"last_message": message_object(last, dialog)})
    unread = sum(1 for dialog in world.dialogs.values() if dialog.unread)
    answer: Wire = {"count": len(found), "items": items, "unread_count": unread}
    return _extend(world, params, answer, (dialog.peer_id for dialog in found[offset : offset + count]))


def _passes(dialog: Dialog, kind: str) -> bool:
    if kind == "unread":
        return dialog.unread > 0
    if kind == "unanswered":
        return not dialog.messages[-1].out
    return kind == "all"


@method("messages.getConversationsById", "peer_ids extended fields group_id", right="messages")
def get_conversations_by_id(world: World, params: Params) -> object:
    peers = params.integers("peer_ids", most=MOST_BY_ID)
    if not peers:
        raise wrong_parameter("peer_ids is undefined")
    found = [world.dialogs[peer] for peer in peers if peer in world.dialogs]
    answer: Wire = {"count": len(found), "items": [conversation(world, dialog) for dialog in found]}
    return _extend(world, params, answer, (dialog.peer_id for dialog in found))


@method(
    "messages.getHistory",
    "offset count user_id peer_id start_message_id rev extended fields group_id",
    right="messages",
)
def get_history(world: World, params: Params) -> object:
    """The newest first; `rev=1` the oldest first."""
    peer_id = params.integer("peer_id") or params.need_integer("user_id")
    dialog = world.dialogs.get(peer_id)
    if dialog is None:
        return {"count": 0, "items": []}
    found = [message for message in dialog.messages if not message.deleted]
    oldest_first = bool(params.integer("rev"))
    if start := params.integer("start_message_id"):
        found = [one for one in found if (one.id >= start if oldest_first else one.id <= start)]
    if not oldest_first:
        found.reverse()
    offset, count = _page(params)
    items = [message_object(message, dialog) for message in found[offset : offset + count]]
    return _extend(world, params, {"count": len(found), "items": items}, [peer_id])


@method(
    "messages.getById", "message_ids preview_length extended fields group_id cmids peer_id", right="messages"
)  # fmt: skip
def get_by_id(world: World, params: Params) -> object:
    numbers = params.integers("message_ids", most=MOST_BY_ID)
    if numbers:
        found = [world.messages[number - 1] for number in numbers if 0 < number <= len(world.messages)]
        found = [message for message in found if message.peer_id < CHATS_FROM]
    else:
        found = _by_cmids(world, params, "cmids")
    return _messages(world, params, found)


@method(
    "messages.getByConversationMessageId", "peer_id conversation_message_ids extended fields group_id",
    right="messages",
)  # fmt: skip
def get_by_cmid(world: World, params: Params) -> object:
    return _messages(world, params, _by_cmids(world, params, "conversation_message_ids"))


def _by_cmids(world: World, params: Params, name: str) -> list[Message]:
    peer_id, cmids = params.need_integer("peer_id"), params.integers(name, most=MOST_BY_ID)
    if not cmids:
        raise wrong_parameter(f"{name} is undefined")
    dialog = world.dialogs.get(peer_id)
    found = [dialog.message(cmid) for cmid in cmids] if dialog is not None else []
    return [message for message in found if message is not None]


def _messages(world: World, params: Params, found: list[Message]) -> object:
    items = [message_object(one, world.dialog(one.peer_id)) for one in found if not one.deleted]
    return _extend(world, params, {"count": len(items), "items": items}, {one.peer_id for one in found})


def conversation(world: World, dialog: Dialog) -> Wire:
    """A dialog as VK lists it."""
    last = dialog.messages[-1] if dialog.messages else None
    local = dialog.peer_id - CHATS_FROM if dialog.is_chat else dialog.peer_id
    shown: Wire = {
        "peer": {"id": dialog.peer_id, "type": "chat" if dialog.is_chat else "user", "local_id": local},
        "last_message_id": last.shown_id if last is not None else 0,
        "last_conversation_message_id": last.cmid if last is not None else 0,
        "in_read": dialog.in_read,
        "out_read": dialog.out_read,
        "version": 10_000_390 + dialog.revision,
        "sort_id": {"major_id": 0, "minor_id": last.id if last is not None else 0},
        "is_marked_unread": False,
        "important": False,
        "unanswered": last is not None and not last.out,
        "can_write": _can_write(world, dialog),
    }
    if dialog.unread:
        shown["unread_count"] = dialog.unread
    if dialog.keyboard is not None:
        shown["current_keyboard"] = keyboard_object(dialog.keyboard) | {"author_id": -world.group.id}
    if dialog.is_chat:
        shown["chat_settings"] = {"title": "Беседа", "members_count": 2, "owner_id": 0, "state": "in",
                                  "active_ids": [], "acl": _CHAT_RIGHTS}  # fmt: skip
    return shown


_CHAT_RIGHTS = dict.fromkeys(
    ("can_change_info", "can_change_invite_link", "can_change_pin", "can_invite", "can_promote_users",
     "can_see_invite_link", "can_moderate", "can_copy_chat", "can_call", "can_use_mass_mentions", "can_change_style"),
    False,
)  # fmt: skip


def _can_write(world: World, dialog: Dialog) -> Wire:
    person = world.people.get(dialog.peer_id)
    refusal = None if dialog.is_chat else (901 if person is None else person.refusal)
    return {"allowed": refusal is None} | ({} if refusal is None else {"reason": refusal})


def _page(params: Params) -> tuple[int, int]:
    count = params.integer("count", least=0, most=MOST_ITEMS)
    return params.integer("offset", least=0) or 0, USUAL_ITEMS if count is None else count


def _extend(world: World, params: Params, answer: Wire, peers: Iterable[int]) -> Wire:
    if not params.flag("extended"):
        return answer
    fields = params.words("fields")
    people = [world.people[peer] for peer in peers if peer in world.people]
    profiles = [person.as_user(fields, world.base_url) for person in people]
    return answer | {"profiles": profiles, "groups": [group_object(world)]}

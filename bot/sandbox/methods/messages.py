"""messages.*: editing, deleting, reading, callback answers."""

from __future__ import annotations

from bot.sandbox.content import read_content
from bot.sandbox.dialogs import ANSWER_WITHIN_S, Dialog, Message, Press, Snackbar
from bot.sandbox.errors import VkError, wrong_parameter
from bot.sandbox.methods.peers import check_group, check_peer, known_dialog
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params
from bot.sandbox.views import message_object
from bot.sandbox.wire import Wire
from bot.sandbox.world import World

LONGEST_SNACKBAR, LONGEST_EVENT_DATA = 90, 1000
TYPING_SHOWN_S = 10
_ACTIVITIES = frozenset({"typing", "audiomessage", "photo", "video", "file"})


@method(
    "messages.edit",
    "peer_id message_id cmid conversation_message_id message lat long attachment keep_forward_messages keep_snippets "
    "group_id dont_parse_links disable_mentions keyboard template format_data",
    right="messages",
)
def edit(world: World, params: Params) -> object:
    """What is not given again (text, keyboard, attachments) is gone afterwards."""
    peer_id = params.need_integer("peer_id")
    check_peer(world, peer_id, "messages.edit")
    dialog = known_dialog(world, peer_id)
    message = _own_message(world, params, dialog)
    if world.clock.now() - message.sent_at > world.settings.edit_window_s:
        raise VkError(909)
    content = read_content(world, params, dialog, peer_id=peer_id)
    if params.flag("keep_forward_messages"):
        content.forwards, content.reply_to = message.content.forwards, message.content.reply_to
    content.payload = message.content.payload
    content.attachment_text = content.attachment_text or message.content.attachment_text
    message.content = content
    message.edited_at = int(world.clock.now())
    dialog.touch(message)
    if world.wants("message_edit"):
        world.publish("message_edit", message_object(message, dialog))
    return 1


def _own_message(world: World, params: Params, dialog: Dialog) -> Message:
    """The community's own message that the call names by one of three parameters."""
    cmid = params.integer("cmid") or params.integer("conversation_message_id")
    if cmid is None:
        number = params.need_integer("message_id")
        known = world.messages[number - 1] if 0 < number <= len(world.messages) else None
        cmid = known.cmid if known is not None and known.peer_id == dialog.peer_id else 0
    message = dialog.message(cmid)
    if message is None or message.deleted:
        raise wrong_parameter("message_id is invalid")
    if not message.out:
        raise VkError(920)
    return message


@method(
    "messages.delete", "message_ids spam reason group_id delete_for_all peer_id cmids conversation_message_ids",
    right="messages",
)  # fmt: skip
def delete(world: World, params: Params) -> object:
    """A result for each message. Without `delete_for_all` the person goes on seeing it."""
    found = [world.messages[number - 1] if 0 < number <= len(world.messages) else None
             for number in params.integers("message_ids", most=100)]  # fmt: skip
    if not found:
        dialog = known_dialog(world, params.need_integer("peer_id"))
        cmids = params.integers("cmids", most=100) or params.integers("conversation_message_ids", most=100)
        found = [dialog.message(cmid) for cmid in cmids]
    if not found:
        raise wrong_parameter("message_ids is undefined")
    for_all = params.flag("delete_for_all")
    return [_delete_one(world, message, for_all=for_all) for message in found]


def _delete_one(world: World, message: Message | None, *, for_all: bool) -> Wire:
    if message is None or message.deleted:
        error = wrong_parameter("message not found").item()
        return {"peer_id": message.peer_id if message else 0, "error": error}
    place: Wire = {
        "peer_id": message.peer_id,
        "message_id": message.shown_id,
        "conversation_message_id": message.cmid,
    }
    if world.faults.all and (ordered := world.faults.for_peer("messages.delete", message.peer_id)):
        return place | {"error": ordered.item()}
    if for_all:
        if not message.out or world.clock.now() - message.sent_at > world.settings.edit_window_s:
            return place | {"error": VkError(924).item()}
        message.deleted = True
        world.dialog(message.peer_id).touch(message)
    return place | {"response": 1}


@method(
    "messages.markAsRead",
    "peer_id start_message_id group_id mark_conversation_as_read up_to_cmid",
    right="messages",
)
def mark_as_read(world: World, params: Params) -> object:
    dialog = known_dialog(world, params.need_integer("peer_id"))
    up_to = params.integer("up_to_cmid", least=0)
    if up_to is None and (start := params.integer("start_message_id", least=0)) is not None:
        up_to = world.messages[start - 1].cmid if 0 < start <= len(world.messages) else 0
    dialog.in_read = max(dialog.in_read, min(up_to or len(dialog.messages), len(dialog.messages)))
    dialog.unread = sum(not message.out for message in dialog.messages[dialog.in_read :])
    dialog.touch()
    return 1


@method("messages.setActivity", "user_id type peer_id group_id", right="messages")
def set_activity(world: World, params: Params) -> object:
    peer_id = params.integer("peer_id") or params.need_integer("user_id")
    if params.one_of("type", _ACTIVITIES) is None:
        raise wrong_parameter("type is undefined")
    check_peer(world, peer_id)
    dialog = world.dialog(peer_id)
    dialog.typing_until = world.clock.now() + TYPING_SHOWN_S
    dialog.touch()
    return 1


@method("messages.isMessagesFromGroupAllowed", "group_id user_id", right="messages")
def is_allowed(world: World, params: Params) -> object:
    check_group(world, params)
    person = world.people.get(params.need_integer("user_id", least=1))
    return {"is_allowed": int(person is not None and person.refusal is None)}


@method("messages.sendMessageEventAnswer", "event_id user_id peer_id event_data", right="messages")
def answer_event(world: World, params: Params) -> object:
    """The answer to a pressed callback button: once, within a minute, with what the button's client can do."""
    event_id = params.need_text("event_id")
    user_id, peer_id = params.need_integer("user_id"), params.need_integer("peer_id")
    if world.faults.all and (ordered := world.faults.for_peer("messages.sendMessageEventAnswer", peer_id)):
        raise ordered
    params.text("event_data", most=LONGEST_EVENT_DATA)
    data = params.json_object("event_data")
    dialog = world.dialogs.get(peer_id)
    press = dialog.presses.get(event_id) if dialog is not None else None
    if dialog is None or press is None or press.user_id != user_id:
        raise wrong_parameter("event_id is invalid")
    if world.clock.now() - press.pressed_at > ANSWER_WITHIN_S:
        raise wrong_parameter("event_id is expired")
    if press.answered and world.settings.event_answer_once:
        raise wrong_parameter("event_id is already answered")
    if data is not None:
        _show(world, dialog, press, data)
    press.answered = True
    dialog.touch()
    return 1


def _show(world: World, dialog: Dialog, press: Press, data: Wire) -> None:
    kind = data.get("type")
    if kind == "show_snackbar":
        text = data.get("text")
        if not isinstance(text, str) or not text:
            raise wrong_parameter("event_data: text is undefined")
        if len(text) > LONGEST_SNACKBAR:
            raise wrong_parameter(f"event_data: text should be less or equal to {LONGEST_SNACKBAR} letters length")
        dialog.snackbars.append(Snackbar(len(dialog.snackbars) + 1, press.cmid, text, world.clock.now()))
    elif kind == "open_link":
        link = data.get("link")
        if not isinstance(link, str) or not link.startswith(("http://", "https://")):
            raise wrong_parameter("event_data: link is invalid")
        dialog.links.append({"id": len(dialog.links) + 1, "url": link})
    elif kind != "open_app":
        raise wrong_parameter("event_data: type is invalid")

"""What a person does: writes, presses, allows, denies."""

from __future__ import annotations

import html
import json

from bot.sandbox.dialogs import Content, Dialog, Message, Press
from bot.sandbox.people import Person
from bot.sandbox.views import CLIENT_INFO, cropped, message_object
from bot.sandbox.wire import Wire, press_id
from bot.sandbox.world import World


def write(
    world: World,
    person: Person,
    content: Content,
    *,
    peer_id: int | None = None,
    sent_at: int | None = None,
    crop: bool = False,
) -> Message:
    """The person writes to the community, or in a group chat where `peer_id` names one.

    Writing is a consent: message_allow comes before message_new where there was none. Whoever writes has read what
    stood there: message_read comes first where it is switched on.
    """
    dialog = world.dialog(peer_id or person.id)
    if not dialog.is_chat and not person.allowed:
        allow(world, person)
    if world.wants("message_read"):
        read(world, person, peer_id=dialog.peer_id)
    message = world.say(dialog, content, from_id=person.id, sent_at=sent_at)
    dialog.out_read, dialog.news = message.cmid - 1, 0
    dialog.unread += 1
    for attachment in content.attachments:
        world.media.register(attachment)
    dialog.touch()
    shown = message_object(message, dialog)
    if world.settings.escape_incoming:
        shown["text"] = html.escape(shown["text"])
    world.publish("message_new", {"message": cropped(shown) if crop else shown, "client_info": CLIENT_INFO})
    return message


def read(world: World, person: Person, *, peer_id: int | None = None, up_to: int | None = None) -> int:
    """The person opens the chat and reads, to its end or to the message with cmid `up_to`; the last cmid read.

    message_read names the newest message of the community that was read; without a new one nothing happens.
    """
    dialog = world.dialog(peer_id or person.id)
    unread = dialog.messages[dialog.out_read : up_to]
    message = next((one for one in reversed(unread) if one.out and not one.deleted), None)
    if message is not None:
        dialog.out_read = message.cmid
        dialog.touch()
        thing = {
            "from_id": person.id,
            "peer_id": dialog.peer_id,
            "read_message_id": message.shown_id,
            "conversation_message_id": message.cmid,
        }
        world.publish("message_read", thing)
    return dialog.out_read


def allow(world: World, person: Person, *, key: str = "") -> None:
    person.allowed = True
    world.publish("message_allow", {"user_id": person.id, "key": key})
    world.dialog(person.id).touch()


def deny(world: World, person: Person) -> None:
    person.allowed = False
    world.publish("message_deny", {"user_id": person.id})
    world.dialog(person.id).touch()


def join(world: World, person: Person, *, leave: bool = False) -> None:
    """The person joins the community, or leaves it."""
    person.member = not leave
    if leave:
        world.publish("group_leave", {"user_id": person.id, "self": 1})
    else:
        world.publish("group_join", {"user_id": person.id, "join_type": "join"})


def press(world: World, person: Person, dialog: Dialog, button: Wire, *, cmid: int, from_dialog: bool) -> Wire:
    """The person presses a button of message `cmid`: what came of it, as the control API answers."""
    action = button["action"]
    kind = action["type"]
    if kind == "callback":
        return {"kind": kind, "event_id": _press_callback(world, person, dialog, action, cmid)}
    if from_dialog and dialog.keyboard is not None and dialog.keyboard.get("one_time"):
        dialog.keyboard = None
        dialog.touch()
    if kind == "open_link":
        return {"kind": kind, "open": action["link"]}
    if kind in ("text", "location"):
        geo = {"type": "point", "coordinates": {"latitude": 56.4846, "longitude": 84.9482}}
        content = Content(text=action.get("label", ""), payload=action.get("payload"))
        content.geo = geo if kind == "location" else None
        message = write(world, person, content, peer_id=dialog.peer_id)
        return {"kind": kind, "cmid": message.cmid}
    return {"kind": kind}


def _press_callback(world: World, person: Person, dialog: Dialog, action: Wire, cmid: int) -> str:
    payload = json.loads(action["payload"]) if action.get("payload") else None
    pressed = Press(press_id(), person.id, cmid, world.clock.now())
    dialog.presses[pressed.event_id] = pressed
    dialog.touch()
    thing = {
        "user_id": person.id,
        "peer_id": dialog.peer_id,
        "event_id": pressed.event_id,
        "payload": payload,
        "conversation_message_id": cmid,
    }
    world.publish("message_event", thing)
    return pressed.event_id

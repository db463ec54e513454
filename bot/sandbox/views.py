"""Messages as VK's API and events show them, and as the chat page sees them."""

from __future__ import annotations

from bot.sandbox.dialogs import Dialog, Message
from bot.sandbox.wire import Wire

CLIENT_INFO: Wire = {
    "button_actions": ["text", "vkpay", "open_app", "location", "open_link", "open_photo", "callback",
                       "intent_subscribe", "intent_unsubscribe"],
    "keyboard": True, "inline_keyboard": True, "carousel": True, "lang_id": 0,
}  # fmt: skip
_VERSION = 10_000_390


def message_object(message: Message, dialog: Dialog) -> Wire:
    """As in events and in answers of messages.get*. Only an inline keyboard is shown (since 5.107)."""
    content = message.content
    shown: Wire = {
        "date": message.sent_at,
        "from_id": message.from_id,
        "id": message.shown_id,
        "version": _VERSION + dialog.revision,
        "out": int(message.out),
        "fwd_messages": content.forwards,
        "important": False,
        "is_hidden": False,
        "attachments": content.attachments,
        "conversation_message_id": message.cmid,
        "text": content.text,
        "peer_id": message.peer_id,
        "random_id": message.random_id,
    }
    if dialog.is_chat:
        shown["is_unavailable"] = True
    if message.edited_at is not None:
        shown["update_time"] = message.edited_at
    if message.deleted:
        shown["deleted"] = 1
    if content.keyboard is not None and content.keyboard.get("inline"):
        shown["keyboard"] = keyboard_object(content.keyboard)
    if content.template is not None:
        shown["template"] = content.template
    if content.reply_to is not None and (replied := dialog.message(content.reply_to)) is not None:
        shown["reply_message"] = reply_object(replied)
    if content.format_items:
        shown["format_data"] = {"version": 1, "items": content.format_items}
    for name in ("payload", "geo", "ref", "ref_source"):
        if (value := getattr(content, name)) is not None:
            shown[name] = value
    return shown


def keyboard_object(keyboard: Wire) -> Wire:
    """As VK gives a keyboard back: the color that is sent as `secondary` is called `default` then."""
    rows = [
        [button | {"color": "default"} if button.get("color") == "secondary" else button for button in row]
        for row in keyboard["buttons"]
    ]
    return keyboard | {"buttons": rows}


def reply_object(message: Message) -> Wire:
    """A message inside another: as a reply or forwarded."""
    return {
        "date": message.sent_at,
        "from_id": message.from_id,
        "text": message.content.text,
        "attachments": message.content.attachments,
        "conversation_message_id": message.cmid,
        "id": message.shown_id,
        "peer_id": message.peer_id,
    }


def cropped(shown: Wire) -> Wire:
    """The same message as a too large event carries it: one attachment, one forwarded message."""
    return shown | {
        "attachments": shown["attachments"][:1],
        "fwd_messages": shown["fwd_messages"][:1],
        "is_cropped": True,
    }


def message_view(message: Message, dialog: Dialog) -> Wire:
    """One message for whoever acts as the person: see the control API."""
    content = message.content
    read_to = dialog.out_read if message.out else dialog.in_read
    keyboard = content.keyboard if content.keyboard and content.keyboard.get("inline") else None
    return {
        "cmid": message.cmid,
        "from_id": message.from_id,
        "out": message.out,
        "text": content.text,
        "format": content.format_items,
        "date": message.sent_at,
        "edited_at": message.edited_at,
        "deleted": message.deleted,
        "attachments": content.attachments,
        "forwards": content.forwards,
        "geo": content.geo,
        "payload": content.payload,
        "keyboard": keyboard,
        "carousel": content.template,
        "reply_to": content.reply_to,
        "read": message.cmid <= read_to,
    }


def dialog_view(dialog: Dialog, *, allowed: bool, now: float, since: int = 0) -> Wire:
    """A dialog as its person sees it; of the messages, those that came or were changed after revision `since`."""
    return {
        "revision": dialog.revision,
        "since": since,
        "allowed": allowed,
        "keyboard": dialog.keyboard,
        "messages": [message_view(message, dialog) for message in dialog.messages if message.revision > since],
        "snackbars": [{"id": bar.id, "cmid": bar.cmid, "text": bar.text, "at": bar.at} for bar in dialog.snackbars],
        "links": dialog.links,
        "pending": [press.event_id for press in dialog.presses.values() if press.waits(now)],
        "typing": dialog.typing_until > now,
    }

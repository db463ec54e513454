"""What the community wants to say, read from the parameters of messages.send and messages.edit."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from bot.sandbox.dialogs import Content, Dialog
from bot.sandbox.errors import VkError, wrong_parameter
from bot.sandbox.keyboards import parse_keyboard
from bot.sandbox.params import Params
from bot.sandbox.templates import parse_template
from bot.sandbox.views import reply_object
from bot.sandbox.wire import Wire

if TYPE_CHECKING:
    from bot.sandbox.world import World

LONGEST_PAYLOAD, MOST_FORWARDED, LONGEST_ATTACHMENT = 1000, 100, 9000
MOST_LATITUDE, MOST_LONGITUDE = 90, 180
_FORMATS = frozenset({"bold", "italic", "underline", "url"})
_MENTION = re.compile(r"[@*]((?:id|club|public)\d+) \(([^()\n]+)\)")
_DIGIT_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot);")


def read_content(world: World, params: Params, dialog: Dialog | None, *, peer_id: int) -> Content:
    """Everything that one message says. `dialog` is None where the peer has none yet or there are many.

    Raises VkError 100, 911, 912, 913, 914.
    """
    text = _text(world, params)
    content = Content(text=text, payload=params.text("payload", most=LONGEST_PAYLOAD))
    if "format_data" in params:
        content.format_items = _format_items(params, text)
    if "attachment" in params:
        content.attachment_text = params.text("attachment", most=LONGEST_ATTACHMENT)
        content.attachments = world.media.parse(content.attachment_text, peer_id=peer_id, group_id=world.group.id)
    if "keyboard" in params:
        content.keyboard = parse_keyboard(params.need_text("keyboard"))
        _need_bot_features(world)
    if "template" in params:
        content.template = parse_template(params.need_text("template"))
        _need_bot_features(world)
        if not text:
            raise wrong_parameter("message is required for template")
    if "sticker_id" in params:
        content.attachments = [_sticker(params.need_integer("sticker_id", least=0))]
    if "lat" in params or "long" in params:
        content.geo = _point(params)
    if any(name in params for name in ("forward", "reply_to", "forward_messages")):
        _read_forwards(world, params, dialog, content)
    if not (text or content.attachments or content.forwards or content.geo):
        raise wrong_parameter("message is empty or invalid")
    return content


def _text(world: World, params: Params) -> str:
    text = params.text("message") or ""
    if len(text) > world.settings.send_limit_chars:
        raise VkError(914)
    if world.settings.decode_entities and "&" in text:
        text = _DIGIT_ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if world.settings.parse_mentions:
        text = _MENTION.sub(r"[\1|\2]", text)
    return text if text.strip() else ""


def _need_bot_features(world: World) -> None:
    if not world.settings.bot_features_enabled:
        raise VkError(912)


def _format_items(params: Params, text: str) -> list[Wire]:
    """The styled pieces; offsets and lengths in UTF-16 units, within the text."""
    given = params.json_object("format_data") or {}
    items = given.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise wrong_parameter("format_data contains incorrect JSON")
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    for item in items:
        start, length = item.get("offset"), item.get("length")
        if item.get("type") not in _FORMATS or not isinstance(start, int) or not isinstance(length, int):
            raise wrong_parameter("format_data contains incorrect JSON")
        if start < 0 or length < 1 or start + length > units or (item["type"] == "url") != ("url" in item):
            raise wrong_parameter("format_data is invalid")
    return items


def _sticker(sticker_id: int) -> Wire:
    sticker = {"inner_type": "base_sticker_new", "product_id": 1, "sticker_id": sticker_id, "images": [],
               "images_with_background": []}  # fmt: skip
    return {"type": "sticker", "sticker": sticker}


def _point(params: Params) -> Wire:
    latitude, longitude = params.number("lat") or 0.0, params.number("long") or 0.0
    if abs(latitude) > MOST_LATITUDE or abs(longitude) > MOST_LONGITUDE:
        raise wrong_parameter("lat or long is invalid")
    return {"type": "point", "coordinates": {"latitude": latitude, "longitude": longitude}}


def _read_forwards(world: World, params: Params, dialog: Dialog | None, content: Content) -> None:
    if "reply_to" in params:
        content.reply_to = _cmid_of(world, params.need_integer("reply_to"), dialog)
    for number in params.integers("forward_messages"):
        content.forwards.append(_forwarded(world, number))
    forward = params.json_object("forward")
    if forward is None:
        pass
    elif forward.get("is_reply"):
        content.reply_to = _reply(world, forward, dialog)
    else:
        content.forwards += _forward(world, forward)
    if len(content.forwards) > MOST_FORWARDED:
        raise VkError(913)


def _cmid_of(world: World, number: int, dialog: Dialog | None) -> int:
    """The cmid of the message with this id, which must stand in the same dialog."""
    message = world.messages[number - 1] if 0 < number <= len(world.messages) else None
    if message is None or dialog is None or message.peer_id != dialog.peer_id:
        raise wrong_parameter("reply_to is invalid")
    return message.cmid


def _forwarded(world: World, number: int) -> Wire:
    if not 0 < number <= len(world.messages) or world.messages[number - 1].deleted:
        raise VkError(921)
    return reply_object(world.messages[number - 1])


def _reply(world: World, forward: Wire, dialog: Dialog | None) -> int:
    """The cmid that a reply names: exactly one, in the same dialog."""
    cmids = _numbers(forward, "conversation_message_ids") + _numbers(forward, "cmids")
    cmids += [_cmid_of(world, number, dialog) for number in _numbers(forward, "message_ids")]
    if len(cmids) != 1:
        raise wrong_parameter("forward: is_reply needs exactly one message")
    if dialog is None or forward.get("peer_id") not in (None, dialog.peer_id):
        raise wrong_parameter("forward: is_reply needs the same peer")
    found = dialog.message(cmids[0])
    if found is None or found.deleted:
        raise VkError(921)
    return cmids[0]


def _forward(world: World, forward: Wire) -> list[Wire]:
    found = [_forwarded(world, number) for number in _numbers(forward, "message_ids")]
    source = world.dialogs.get(forward["peer_id"]) if isinstance(forward.get("peer_id"), int) else None
    for cmid in _numbers(forward, "conversation_message_ids") + _numbers(forward, "cmids"):
        message = source.message(cmid) if source else None
        if message is None or message.deleted:
            raise VkError(921)
        found.append(reply_object(message))
    if not found:
        raise wrong_parameter("forward is invalid")
    return found


def _numbers(forward: Wire, name: str) -> list[int]:
    """A list of ids inside `forward`; clients write null for what they leave out."""
    value = forward.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, int) for item in value):
        raise wrong_parameter(f"forward {name} is invalid")
    return value

"""messages.send."""

from __future__ import annotations

from bot.sandbox.content import read_content
from bot.sandbox.dialogs import Content, Message
from bot.sandbox.errors import VkError, wrong_parameter
from bot.sandbox.methods.peers import check_group, check_peer
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params
from bot.sandbox.views import message_object
from bot.sandbox.wire import CHATS_FROM, Wire
from bot.sandbox.world import World

MOST_PEERS = 100
INTENTS = frozenset({
    "default", "account_update", "bot_ad_invite", "bot_ad_promo", "confirmed_notification", "customer_support",
    "finance_notification", "game_notification", "moderated_newsletter", "non_promo_newsletter", "promo_newsletter",
    "purchase_update",
})  # fmt: skip
_TARGETS = ("peer_id", "user_id", "domain", "chat_id", "peer_ids", "user_ids")
_SOURCES = frozenset({"message", "url"})


@method(
    "messages.send",
    "peer_id user_id domain chat_id peer_ids user_ids random_id message lat long attachment reply_to forward_messages "
    "forward sticker_id group_id keyboard template payload content_source dont_parse_links disable_mentions intent "
    "subscribe_id format_data guid",
    right="messages",
)
def send(world: World, params: Params) -> object:
    """One id for one target; an array with a result for each where `peer_ids` is given, even for one."""
    _check_rest(world, params)
    random_id = _random_id(params)
    peers = params.integers("peer_ids", most=MOST_PEERS) or params.integers("user_ids", most=MOST_PEERS)
    if not peers:
        return _send_to(world, params, _target(world, params), random_id).shown_id
    first = read_content(world, params, None, peer_id=0) if _same_for_all(params) else None
    return [_result(world, params, peer_id, random_id, first) for peer_id in peers]


def _check_rest(world: World, params: Params) -> None:
    if not world.settings.messages_enabled:
        raise VkError(15, "messages of this community are switched off")
    given = [name for name in _TARGETS if name in params]
    if len(given) != 1:
        raise wrong_parameter("peer_id, peer_ids, user_id, chat_id or domain: exactly one is needed")
    if "group_id" in params:
        check_group(world, params)
    params.flag("dont_parse_links")
    params.flag("disable_mentions")
    params.one_of("intent", INTENTS)
    params.integer("subscribe_id", least=0, most=100)
    source = params.json_object("content_source")
    if source is not None and source.get("type") not in _SOURCES:
        raise wrong_parameter("content_source is invalid")


def _random_id(params: Params) -> int:
    """`random_id` as VK keeps it: a larger number wraps into 32 bits."""
    if params.text("random_id") in (None, ""):
        raise wrong_parameter("random_id is a required parameter")
    number = params.need_integer("random_id")
    return (number + 2**31) % 2**32 - 2**31


def _target(world: World, params: Params) -> int:
    if "chat_id" in params:
        return CHATS_FROM + params.need_integer("chat_id", least=1, most=100_000_000)
    if "domain" in params:
        domain = params.need_text("domain")
        number = domain.removeprefix("id")
        if not number.isdecimal() or int(number) not in world.people:
            raise VkError(113)
        return int(number)
    return params.need_integer("peer_id" if "peer_id" in params else "user_id")


def _same_for_all(params: Params) -> bool:
    """Can the content be read once for many recipients? Not where it depends on the dialog."""
    return not any(name in params for name in ("attachment", "forward", "reply_to", "forward_messages"))


def _result(world: World, params: Params, peer_id: int, random_id: int, content: Content | None) -> Wire:
    try:
        message = _send_to(world, params, peer_id, random_id, content)
    except VkError as error:
        if error.code in (100, 911, 912, 913, 914):
            raise
        return {"peer_id": peer_id, "message_id": 0, "conversation_message_id": 0, "error": error.item()}
    return {"peer_id": peer_id, "message_id": message.shown_id, "conversation_message_id": message.cmid}


def _send_to(world: World, params: Params, peer_id: int, random_id: int, content: Content | None = None) -> Message:
    check_peer(world, peer_id, "messages.send")
    dialog = world.dialog(peer_id)
    repeat = dialog.repeat_of(random_id, world.clock.now())
    if repeat is not None and world.settings.random_id_dedupe:
        world.ledger.repeats.append(
            {"id": repeat.id, "peer_id": peer_id, "random_id": random_id, "at": int(world.clock.now())}
        )
        return repeat
    if content is None:
        content = read_content(world, params, dialog, peer_id=peer_id)
    message = world.say(dialog, content, from_id=-world.group.id, random_id=random_id)
    if random_id:
        dialog.by_random_id[random_id] = message
    if repeat is not None:
        world.ledger.repeat_of[message.id] = repeat.id
    world.ledger.accepted.append(message)
    dialog.news += 1
    dialog.typing_until = 0.0
    if content.keyboard is not None and not content.keyboard["inline"]:
        dialog.keyboard = content.keyboard if content.keyboard["buttons"] else None
        dialog.keyboard_cmid = message.cmid
    dialog.touch()
    if world.heard is not None:
        world.heard(message)
    if world.wants("message_reply"):
        world.publish("message_reply", message_object(message, dialog))
    return message

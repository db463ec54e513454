"""Messages too large for an event: VK keeps one attachment of theirs and says `is_cropped`."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from bot.vk.arrivals import message_of, whole
from bot.vk.errors import CallError
from bot.vk.parcels import Api

log = logging.getLogger(__name__)


async def completed(api: Api, update: Any) -> Any:
    """The update with its message whole; as it was where VK does not give the message."""
    message = message_of(update) if isinstance(update, Mapping) else {}
    if message.get("is_cropped") is not True or update.get("type") != "message_new":
        return update
    peer_id, cmid = whole(message.get("peer_id")), whole(message.get("conversation_message_id"))
    if peer_id is None or cmid is None:
        return update
    try:
        answer = await api.request(
            "messages.getByConversationMessageId", {"peer_id": peer_id, "conversation_message_ids": str(cmid)}
        )
        whole_message = dict(answer["response"]["items"][0])
    except (CallError, KeyError, IndexError, TypeError, ValueError) as error:
        log.warning("message %s of %s stays cropped: %s", cmid, peer_id, error)
        return update
    kept = {name: message[name] for name in ("payload", "ref", "ref_source") if name in message}
    return {**update, "object": {**update["object"], "message": whole_message | kept}}

"""Was a message delivered though its answer was lost? Asked of VK where its own dedupe may not hold any more.

VK drops a repeated `random_id` within an hour (and 100 messages of a dialog). A row older than that whose outcome is
not known is looked up in the dialog before it is sent again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.vk.compose import HISTORY, Call
from storage.outbox import Due, Sent

#: Somewhat less than VK's hour.
VERIFY_AFTER = timedelta(minutes=50)
#: Of VK's last 100 messages of a dialog, at most so many are ours: people answer.
VERIFY_AFTER_MESSAGES = 40
#: As many as VK gives.
MESSAGES = 200
#: Histories are long answers: so many in one request.
AT_ONCE = 5


def question(row: Due) -> Call:
    """The last messages of the row's dialog."""
    return Call(HISTORY, {"peer_id": row.peer_id, "count": MESSAGES})


def found(row: Due, answer: object) -> Sent | None:
    """The row's message among them, by its `random_id`; by its text where VK does not tell any."""
    items = answer.get("items") if isinstance(answer, Mapping) else None
    for item in items if isinstance(items, list) else ():
        if isinstance(item, Mapping) and _is(row, item):
            return Sent(row.id, _whole(item.get("id")), _whole(item.get("conversation_message_id")))
    return None


def _is(row: Due, item: Mapping[str, Any]) -> bool:
    if item.get("out") != 1:
        return False
    if random_id := _whole(item.get("random_id")):
        return random_id == row.random_id
    date = _whole(item.get("date")) or 0
    return item.get("text") == row.body.get("text") and date >= row.created_at.timestamp() - 1


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None

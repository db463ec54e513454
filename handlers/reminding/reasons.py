"""Why a reminder was told: kept with its message, so that it is asked once more right before it goes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from bot.contest.reminders.kinds import Kind

#: What `kind` of a reason may be, beside the names of occasions.
ASKED, SILENT = "asked", "silent"


def reason(
    kind: str, event_code: str, *, person: int = 0, until: datetime | None = None, lacking: Iterable[Kind] = ()
) -> str:
    """Small JSON without personal data: what about, for whom, by when, what was missing."""
    said: dict[str, object] = {"kind": kind, "event": event_code, "person": person}
    if until is not None:
        said["until_s"] = int(until.timestamp())
    if missing := [one.value for one in lacking]:
        said["lacking"] = missing
    return json.dumps(said)

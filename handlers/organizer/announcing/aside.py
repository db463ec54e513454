"""What was counted aside about an announcement, because there was too much of it for a step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.talk.model import Button, Reply
from handlers.kinds import Case
from handlers.organizer.announcing.scope import Opened, announcement_for
from handlers.organizer.scope import not_available


@dataclass(frozen=True, slots=True)
class Heard:
    """`counted` is what the thinker gave, `about` what it was asked."""

    opened: Opened
    about: Mapping[str, Any]
    counted: Mapping[str, Any]


async def counted_aside(case: Case) -> Heard | Reply:
    """What has come; or what to say instead: it failed, or is not theirs any more."""
    result = case.incoming.result or {}
    about, counted = result.get("about", {}), result.get("thought")
    found = await announcement_for(case, str(about.get("announcement", "")), case.person.id)
    if found is None:
        return not_available()
    if result.get("failed") or not counted:
        again = Button("try_again", f"announcement:{found.announcement.id}")
        return Reply("announce.count_failed", buttons=[[again]])
    return Heard(found, about, counted)

"""The organizers' pages about reminders, for the parts of the organizer's side."""

from __future__ import annotations

from collections.abc import Mapping

from bot.talk.model import Route
from handlers.kinds import Thinker
from handlers.reminding import changing, counting, showing

ROUTES: Mapping[str, Route] = {
    "nudges": showing.nudges,
    "nudge": changing.nudge,
    "nudge_switch": changing.nudge_switch,
    "nudge_change": changing.nudge_change,
    "nudge_restore": changing.nudge_restore,
    "nudge_show": changing.nudge_show,
    f"thought.{showing.THINKER}": showing.counted,
}
TALKS = (changing.NUDGE_WORDS,)
THINKERS: Mapping[str, Thinker] = {showing.THINKER: counting.consider}

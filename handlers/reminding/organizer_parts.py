"""The organizers' pages about reminders, for the parts of the organizer's side."""

from __future__ import annotations

from collections.abc import Mapping

from bot.talk.model import Route
from handlers.kinds import Thinker
from handlers.reminding import changing, counting, rewording, showing

ROUTES: Mapping[str, Route] = {
    "nudges": showing.nudges,
    "nudge": changing.nudge,
    "nudge_switch": changing.nudge_switch,
    "nudge_change": rewording.nudge_change,
    "nudge_restore": rewording.nudge_restore,
    "nudge_show": changing.nudge_show,
    f"thought.{showing.THINKER}": showing.counted,
}
TALKS = (rewording.NUDGE_WORDS,)
THINKERS: Mapping[str, Thinker] = {showing.THINKER: counting.consider}

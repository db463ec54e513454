"""What taking lists away adds to the organizer's side."""

from __future__ import annotations

from collections.abc import Mapping

from bot.talk.model import Route
from handlers.kinds import Thinker
from handlers.organizer.exports import making, screens

ROUTES: Mapping[str, Route] = {
    "exports": screens.exports,
    "export": screens.export,
    "export_set": screens.ready,
    "export_cols": screens.columns,
    "export_col": screens.switch,
    "export_rows": screens.rows,
    "export_make": making.make,
    "export_sure": making.sure_route,
    f"thought.{making.THINKER}": making.thought,
}
THINKERS: Mapping[str, Thinker] = {making.THINKER: making.think}

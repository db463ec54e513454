"""The way from a list's own screen to its file."""

from __future__ import annotations

from bot.talk.model import Button
from handlers.kinds import Case
from handlers.organizer.exports.wanted import mark_of


def export_button(code: str, listing: str, mark: str = "", *, searched: str = "") -> Button:
    """«Выгрузить», below a list of the event `code` with the filter that its screen shows, or what was searched for."""
    return Button("exports.open", f"export:-/{code}/{listing}/{mark_of(searched) if searched else mark}")


async def remember_search(case: Case, listing: str, searched: str) -> None:
    """Keep what a list was searched for: the button below it is too small for the words."""
    await case.storage.exports.search(case.person.id, listing, searched or None)

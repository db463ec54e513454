"""What organizers of an event hear of what participants do."""

from __future__ import annotations

from bot.contest.authorize import RoleKind
from bot.talk.model import Button, Reply
from handlers.kinds import Case
from storage.application_rows import Application


async def tell_organizers(case: Case, event_code: str, reply: Reply, *, key: str | None = None) -> None:
    """Write to each organizer of the event but the one who acts; with a `key`, once ever to each."""
    organizers = set(case.facts.admins) | set(await case.storage.roles.with_role(RoleKind.ORGANIZER, event_code))
    for organizer in sorted(organizers - {case.person.id}):
        case.tell(organizer, reply, key=f"{key}:{organizer}" if key else None)


def to_card(application: Application) -> list[list[Button]]:
    """The way from such a message to the application as organizers see it."""
    return [[Button("open_application", f"moderate:{application.id}")]]

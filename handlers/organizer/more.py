"""The further pages of an event's card: what organizers need less often. Each entry says for which events it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.contest.authorize import Action, Target
from bot.contest.event.units import Bundle
from bot.talk.model import Button, Outcome, Reply
from handlers.access import may
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.scope import of_event
from handlers.organizer.wording import back_to_event

#: Buttons stand two in a row.
COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A button of the page: its key, its route (the event's code follows), who may, and for which events it is."""

    key: str
    route: str
    action: Action
    when: Callable[[Running], bool] = lambda _running: True


def _is_attended(running: Running) -> bool:
    return running.event.meeting is not None or isinstance(running.event.unit, Bundle)


def _is_approved(running: Running) -> bool:
    return running.stored.approved_at is not None


def _is_published(running: Running) -> bool:
    return running.stored.published_at is not None


#: At most ten, the way back among them.
ENTRIES: tuple[Entry, ...] = (
    Entry("stages.open", "stages", Action.VIEW_STAGE, lambda running: bool(running.event.stages)),
    Entry("org.longer", "longer", Action.EXTEND_FOR_ONE, lambda running: running.stored.approved_at is None),
    Entry("org.seats", "seats", Action.OFFER_SEAT, lambda running: running.event.seats is not None),
    Entry("org.attendance", "came", Action.MARK_ATTENDANCE, _is_attended),
    Entry("chase", "chase", Action.CHASE_CONSENTS),
    Entry("nudge.open", "nudges", Action.CHANGE_REMINDERS, lambda running: running.stored.approved_at is None),
    Entry("org.paperwork", "paperwork", Action.VIEW_COUNTS),
    Entry("post_address", "post_address", Action.PUBLISH_RESULTS, _is_published),
    Entry("retention", "retention_event", Action.DESTROY_DATA),
    Entry("org.copy", "copy", Action.COPY_EVENT),
)


#: Papers, protocols and lists to take away.
PAPERWORK: tuple[Entry, ...] = (
    Entry("org.papers", "papers", Action.MAKE_PAPERS, lambda running: not _is_published(running)),
    Entry("exports.menu", "exports", Action.EXPORT),
    Entry("protocols.open", "protocols", Action.VIEW_PROTOCOL),
    Entry("mistake.desk", "paper_mistakes", Action.CORRECT_PAPER, _is_published),
)


@of_event(Action.VIEW_COUNTS)
async def more(case: Case, running: Running, _more: str) -> Outcome:
    """What else may be done at the event."""
    return await _page(case, running, "org.more_ask", ENTRIES)


@of_event(Action.VIEW_COUNTS)
async def paperwork(case: Case, running: Running, _more: str) -> Outcome:
    """What can be had on paper or as a file."""
    return await _page(case, running, "org.paperwork_ask", PAPERWORK)


async def _page(case: Case, running: Running, text: str, entries: Sequence[Entry]) -> Reply:
    found = [
        Button(entry.key, f"{entry.route}:{running.code}")
        for entry in entries
        if entry.when(running) and await may(case, entry.action, Target(event=running.code))
    ]
    rows = [found[start : start + COLUMNS] for start in range(0, len(found), COLUMNS)]
    return Reply(text, title=running.event.title, buttons=[*rows, [back_to_event(running.code)]])

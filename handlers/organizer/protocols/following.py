"""What a correction means for documents that were issued: what becomes of them, and which letters bring the news."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.contest.papers.changes import changes
from bot.contest.protocol_changes import Change, What
from handlers.events import Running
from handlers.kinds import Desk
from handlers.organizer.papers.gathering import gather_some
from handlers.organizer.record import Record


@dataclass(frozen=True, slots=True)
class Following:
    """How many documents of the applications concerned are issued, made anew and withdrawn."""

    missing: int = 0
    changed: int = 0
    overdue: int = 0
    #: Applications whose new documents go to whoever applied: their outcome stands in the same letter.
    heard_with: frozenset[int] = frozenset()

    @property
    def any(self) -> bool:
        """Whether the documents are not what they will have to be."""
        return bool(self.missing or self.changed or self.overdue)

    def parts(self, desk: Desk) -> str:
        """«новых 1, заново с прежним номером 2, отозвать 1»."""
        counts = {"missing": self.missing, "changed": self.changed, "overdue": self.overdue}
        return ", ".join(desk.say(f"protocols.papers.{what}", count=count) for what, count in counts.items() if count)


async def following(desk: Desk, running: Running, ahead: Record, found: Iterable[Change]) -> Following:
    """What follows from these changes, of applications only: letters of thanks are looked through as they are sent.

    `ahead`: the record with the correction in it. Before the first issue nothing follows.
    """
    concerned = {one.application for one in found if one.what is What.AWARD and one.application is not None}
    if not concerned or await desk.storage.paper_runs.last_of_event(running.code) is None:
        return Following()
    gathered = await gather_some(desk, running, concerned, jurors=False, ahead=ahead)
    due = [one for one in gathered.papers() if one.application_id is not None]
    held = [
        paper for id_ in sorted(concerned) for paper in await desk.storage.papers.of_application(id_) if paper.is_valid
    ]
    todo = changes(due, held, gathered.hidden)
    anew = {id_ for id_, _ in todo.changed}
    going = [(one.application_id, one.person_id) for one in todo.missing]
    going += [(paper.application_id, paper.person_id) for paper in held if paper.id in anew]
    cut_off = await desk.storage.people.unreachable_of(person for _, person in going if person is not None)
    applied = {id_: ahead.application(id_).person_id for id_ in concerned}
    heard_with = frozenset(
        id_ for id_, person in going if id_ is not None and person == applied[id_] and person not in cut_off
    )
    return Following(len(todo.missing), len(todo.changed), len(todo.overdue), heard_with)

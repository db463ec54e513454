"""Where the rows of each list come from, and how many there may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.contest.applications import ApplicationState
from handlers.events import Running
from handlers.kinds import Desk
from handlers.organizer.exports.sources import applications, jury, papers, results, stages, work
from handlers.organizer.exports.wanted import Filter, Rows, Wanted

SOURCES: Mapping[str, Callable[[Wanted], Rows]] = {
    "applications": applications.applications,
    "people": applications.people,
    "works": applications.works,
    "consents": applications.consents,
    "schools": applications.schools,
    "jury": jury.jury,
    "scores": jury.scores,
    "ranking": results.ranking,
    "outcomes": results.outcomes,
    "standings": stages.standings,
    "trials": stages.trials,
    "attempts": stages.attempts,
    "hosts": stages.hosts,
    "attendance": work.attendance,
    "seats": work.seats,
    "deadlines": work.deadlines,
    "recipients": work.recipients,
    "announcements": work.announcements,
    "audit": work.audit,
    "roles": work.roles,
    "papers": papers.papers,
    "paper_mistakes": papers.paper_mistakes,
}
_BY_PERSON = ("people", "consents")


async def rows_at_most(desk: Desk, running: Running | None, listing: str, chosen: Filter) -> int:
    """How many rows the list may have, counted by the database at once; a search only makes it shorter."""
    if running is None:
        return len(await desk.storage.roles.all())
    states = (ApplicationState(chosen.code),) if chosen.code in set(ApplicationState) else None
    if listing in _BY_PERSON:
        return await desk.storage.exports.count_people(running.code, states)
    if listing == "scores":
        return await desk.storage.exports.count_sheets(running.code)
    counts = await desk.storage.applications.count_by_state(running.code)
    return sum(count for state, count in counts.items() if states is None or state in states)


#: Of these the number above is the very number of rows where nothing was searched for.
COUNTED = frozenset({"applications", "people", "scores", "roles"})

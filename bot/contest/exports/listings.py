"""All lists that can be taken away, and which of them an event has."""

from __future__ import annotations

from bot.contest.event import Event
from bot.contest.event.fields import AskedOf, ChoiceField, DateField, EventField, NumberField, YesNoField
from bot.contest.event.units import Bundle
from bot.contest.exports.model import Column, Kind, Listing
from bot.contest.exports.of_applications import APPLICATION_LISTS, APPLICATIONS, PEOPLE, WORKS
from bot.contest.exports.of_papers import PAPER_LISTS
from bot.contest.exports.of_results import ATTEMPTS, RESULT_LISTS, SCORES, STANDINGS, TRIALS
from bot.contest.exports.of_results import JURY as JURORS
from bot.contest.exports.of_work import ATTENDANCE, AUDIT, HOSTS, ROLES, SEATS, WORK_LISTS
from bot.contest.trials import trials_of

LISTINGS = {one.code: one for one in (*APPLICATION_LISTS, *RESULT_LISTS, *PAPER_LISTS, *WORK_LISTS)}
#: What the code of an own field's column begins with.
OWN = "own:"
#: Lists that belong to no event.
OF_NO_EVENT = frozenset({ROLES.code})


def listing_of(event: Event | None, code: str) -> Listing | None:
    """The list of this code, with the event's own columns; None: there is none, or the event has no use for it."""
    found = LISTINGS.get(code)
    if found is None or (event is None) != (code in OF_NO_EVENT):
        return None
    if event is None:
        return found
    return found.having(_own(event, code)) if _has(event, code) else None


def listings_of(event: Event) -> tuple[Listing, ...]:
    """All lists that the event has."""
    found = (listing_of(event, code) for code in LISTINGS)
    return tuple(one for one in found if one is not None)


def _has(event: Event, code: str) -> bool:
    if isinstance(event.unit, Bundle):
        return code == AUDIT.code  # everything else is its children's
    has_hosts = any(stage.is_cut or trials_of(event, stage) for stage in event.stages)
    needed = {
        WORKS.code: event.submission is not None,
        JURORS.code: event.has_sheets,
        SCORES.code: event.has_sheets,
        STANDINGS.code: any(stage.is_cut for stage in event.stages),
        HOSTS.code: has_hosts,
        TRIALS.code: any(trials_of(event, stage) for stage in event.stages),
        ATTEMPTS.code: any(stage.questions for stage in event.stages),
        ATTENDANCE.code: event.meeting is not None,
        SEATS.code: event.seats is not None,
    }
    return needed.get(code, True)


def _own(event: Event, code: str) -> tuple[Column, ...]:
    """The answers to the event's own questions: once for the application, or for each person of it."""
    of = {APPLICATIONS.code: (AskedOf.APPLICATION,), PEOPLE.code: (AskedOf.MEMBER,), WORKS.code: (AskedOf.WORK,)}
    return tuple(_column(field) for field in event.fields if field.asked_of in of.get(code, ()))


def _column(field: EventField) -> Column:
    """What people wrote themselves may name them; a choice among given answers does not."""
    kind = Kind.NUMBER if isinstance(field, NumberField) else Kind.DAY if isinstance(field, DateField) else Kind.TEXT
    chosen = isinstance(field, ChoiceField | YesNoField)
    return Column(f"{OWN}{field.code}", field.title, "ответ на вопрос мероприятия", kind, not chosen, printed=False)

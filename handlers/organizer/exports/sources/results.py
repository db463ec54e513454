"""The ranking and the outcomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.contest.awards import EXITS, OutcomeKind
from bot.contest.ranking import Ranked
from bot.documents.exports.cells import Value
from handlers.organizer.exports.sources.entries import Entry, common, entries, row_of
from handlers.organizer.exports.wanted import Rows, Wanted, yes_or_nothing
from handlers.organizer.jury.judging import counting
from handlers.organizer.record import Record, record_of
from handlers.organizer.results.comparing import Comparison, field_title
from handlers.organizer.results.proposing import Proposed, proposed
from handlers.seeing import Ledger, ledger_of_event
from storage.application_rows import Application
from storage.spans import Span

_CATEGORIES = ("pupil", "teacher", "preschooler", "student")
_FORMS = ("person", "team", "pair", "collective", "project")


@dataclass(frozen=True, slots=True)
class Place:
    """One application in the ranking; without a comparison: it is not compared."""

    entry: Entry
    comparison: Comparison | None = None
    ranked: Ranked | None = None


async def ranking(wanted: Wanted) -> Rows:
    """A row an application: the compared ones by place, then the others."""
    record = await record_of(wanted.desk, wanted.running)
    found = proposed(record)
    readers = _of_ranking(wanted, record, found)
    for place in _places(record, found):
        yield wanted.row(readers, place)


def _places(record: Record, found: Proposed) -> Iterator[Place]:
    for comparison in found.comparisons:
        for ranked in comparison.entries.ranking:
            yield Place(_entry(record, record.application(ranked.work)), comparison, ranked)
        for work in comparison.entries.unscored:
            yield Place(_entry(record, record.application(work)), comparison)
    for one in record.counted:
        if one.id not in found.compared:
            yield Place(_entry(record, one))


def _entry(record: Record, one: Application) -> Entry:
    return Entry(one, decision=record.decisions.get(one.id))


def _of_ranking(wanted: Wanted, record: Record, found: Proposed) -> dict[str, Callable[[Place], Value]]:
    say, event = wanted.desk.say, wanted.running.event
    categories = {key: say(f"org.category.{key}") for key in _CATEGORIES}
    forms = {key: say(f"org.unit.{key}") for key in _FORMS}

    def field(place: Place) -> str:
        if place.comparison is None:
            return say("exports.not_compared")
        return field_title(event, place.comparison.field, categories=categories, units=forms) or say("exports.all")

    def offered(place: Place) -> Value:
        result = found.results.get(place.entry.application.id)
        return result.outcome.label if result else None

    def of(read: Callable[[Entry], Value]) -> Callable[[Place], Value]:
        return lambda place: read(place.entry)

    return {
        **{code: of(read) for code, read in common(wanted).items()},
        "field": field,
        "rank": lambda place: place.ranked.place if place.ranked else None,
        "points": lambda place: place.ranked.points if place.ranked else None,
        "most": lambda place: place.comparison.entries.max_points if place.comparison else None,
        "sheets": lambda place: len(counting(record, place.entry.application)),
        "proposed": offered,
        "outcome": lambda place: _outcome(place.entry),
        "by_hand": lambda place: _by_hand(place.entry),
    }


async def outcomes(wanted: Wanted) -> Rows:
    """A row an accepted application about which it is decided, or which has left."""
    async for page in entries(wanted):
        span = Span(page[0].application.ordinal - 1, page[-1].application.ordinal)
        decisions = await wanted.desk.storage.outcomes.of_event(wanted.running.code, span)
        ledger = await ledger_of_event(wanted.desk, wanted.running.code, span)
        readers = _of_outcomes(wanted, ledger)
        for entry in page:
            one = entry.application
            whole = Entry(one, entry.hidden, decision=decisions.get(one.id))
            if one.accepted_at is not None and (whole.decision is not None or one.state in EXITS):
                yield row_of(wanted, readers, whole)


def _of_outcomes(wanted: Wanted, ledger: Ledger) -> dict[str, Callable[[Entry], Value]]:
    def public(entry: Entry) -> str:
        one = entry.application
        return "" if entry.hidden else yes_or_nothing(holds=len(ledger.publishable(one)) == len(one.participants) > 0)

    return common(wanted) | {
        "kind": lambda entry: _kind(entry).label,
        "outcome": _outcome,
        "rank": lambda entry: entry.decision.result.place if entry.decision else None,
        "points": lambda entry: entry.decision.result.points if entry.decision else None,
        "public": public,
        "by_hand": _by_hand,
        "decided": lambda entry: entry.decision.decided_at if entry.decision else None,
    }


def _kind(entry: Entry) -> OutcomeKind:
    """One that has left counts as left, whatever outcome it had before."""
    state = entry.application.state
    if state in EXITS or entry.decision is None:
        return EXITS[state]
    return entry.decision.result.outcome.kind


def _outcome(entry: Entry) -> Value:
    if entry.application.state in EXITS:
        return EXITS[entry.application.state].label
    return entry.decision.result.outcome.label if entry.decision else None


def _by_hand(entry: Entry) -> str:
    return yes_or_nothing(holds=entry.decision is not None and entry.decision.by_hand)

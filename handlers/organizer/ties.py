"""Equal works that share an award until people decide between them, as the event's rule says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from bot.contest.event.scoring import Tie
from handlers.kinds import Case
from handlers.organizer.comparing import Comparison, comparisons
from handlers.organizer.proposing import proposals
from handlers.organizer.record import Record
from handlers.organizer.wording import who
from storage.application_rows import Application

#: Rules by which nobody has to decide: the ranking has applied them.
BY_ITSELF = (Tie.SHARED_PLACE, Tie.CRITERIA)


@dataclass(frozen=True, slots=True)
class Shared:
    """One place that several works share."""

    place: int
    applications: tuple[Application, ...]


def shared_places(record: Record) -> list[Shared]:
    """The places with an award that are still shared: nobody of those who share has an outcome set by hand."""
    if record.running.event.scoring.tie in BY_ITSELF:
        return []
    return [shared for comparison in comparisons(record) for shared in _shared(record, comparison)]


def tie_lines(case: Case, record: Record) -> list[str]:
    """«При равенстве решает председатель. 1 место поделили: Соколова Вера, Ветрова Анна.»"""
    rule = record.running.event.scoring.tie
    return [
        case.say(
            "org.tie_shared",
            rule=case.say(f"org.tie.{rule}"),
            place=shared.place,
            whom=", ".join(f"{who(one)} ({one.number})" for one in shared.applications),
        )
        for shared in shared_places(record)
    ]


def _shared(record: Record, comparison: Comparison) -> list[Shared]:
    proposed = proposals(record)
    places: dict[int, list[int]] = defaultdict(list)
    for ranked in comparison.ranking:
        if ranked.tied and ranked.work in proposed and proposed[ranked.work].outcome.kind.is_award:
            places[ranked.place].append(ranked.work)
    return [
        Shared(place, tuple(record.application(work) for work in works))
        for place, works in places.items()
        if not any(work in record.decisions and record.decisions[work].by_hand for work in works)
    ]

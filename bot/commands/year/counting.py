"""The figures of the played year, counted from the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.commands.year.plan import Printed, Year
from bot.contest.awards import OutcomeKind
from bot.contest.balance import Balance, Standing, balance
from bot.contest.event.model import Event
from bot.contest.event.units import UnitKind
from storage.database import Database
from storage.figures import Sizes
from storage.storage import Storage

TEAMS = (UnitKind.TEAM, UnitKind.PAIR)
Played = Sequence[tuple[Year, Event]]


@dataclass(frozen=True, slots=True)
class Counted:
    """One row of the table: an event, or several that are counted together."""

    row: str
    title: str
    printed: Printed
    sizes: Sizes
    #: Each participation; where events are counted together, different people.
    people: int
    #: None where nobody takes part in teams.
    teams: int | None
    balance: Balance

    @property
    def awarded(self) -> int:
        """How many got more than a certificate."""
        return sum(row.count for row in self.balance.rows if row.kind.is_award)


@dataclass(frozen=True, slots=True)
class Totals:
    """The last row: participations are `sizes.people`."""

    sizes: Sizes
    different_people: int
    outcomes: Mapping[OutcomeKind, int]


async def count(database: Database, events: Played) -> tuple[list[Counted], Totals]:
    """All rows, in the order of the plan, and the totals."""
    async with database.transaction() as connection:
        storage = Storage(connection)
        ordered = sorted(events, key=lambda pair: [year.row for year, _ in events].index(pair[0].row))
        rows = [await _row(storage, list(group)) for _, group in groupby(ordered, key=lambda pair: pair[0].row)]
        outcomes = Counter[OutcomeKind]()
        for row in rows:
            outcomes.update({one.kind: one.count for one in row.balance.rows})
        sizes, people = await storage.figures.of_events(), await storage.figures.different_people()
        return rows, Totals(sizes, people, outcomes)


async def _row(storage: Storage, events: Played) -> Counted:
    year, first = events[0]
    codes = [event.code for _, event in events]
    sizes = await storage.figures.of_events(codes)
    together = sum(event.unit.kind is not UnitKind.BUNDLE for _, event in events) > 1
    standings = [standing for code in codes for standing in await _standings(storage, code)]
    return Counted(
        row=year.row,
        title=first.title,
        printed=year.printed,
        sizes=sizes,
        people=await storage.figures.different_people(codes) if together else sizes.people,
        teams=sizes.taking_part if first.unit.kind in TEAMS else None,
        balance=balance(standings),
    )


async def _standings(storage: Storage, code: str) -> list[Standing]:
    decided = await storage.outcomes.of_event(code)
    return [
        Standing(one.state, one.accepted_at is not None, decided[one.id].result.outcome if one.id in decided else None)
        for one in await storage.applications.of_event(code)
    ]

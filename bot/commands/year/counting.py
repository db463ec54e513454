"""The figures of the played year, counted from the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.commands.year.plan import Printed, Year
from bot.contest.awards import OutcomeKind
from bot.contest.balance import Balance, Standing, balance
from bot.contest.event.model import Event
from bot.contest.event.units import UnitKind
from storage.database import Database
from storage.figures import Sizes
from storage.storage import Storage

TEAMS = (UnitKind.TEAM, UnitKind.PAIR)


@dataclass(frozen=True, slots=True)
class Counted:
    """One row of the table."""

    year: Year
    title: str
    sizes: Sizes
    teams: int
    balance: Balance

    @property
    def printed(self) -> Printed:
        """What the year's report says."""
        return self.year.printed

    @property
    def awarded(self) -> int:
        """How many got more than a certificate."""
        return sum(row.count for row in self.balance.rows if row.kind.is_award)


@dataclass(frozen=True, slots=True)
class Totals:
    """The last row."""

    applications: int
    participations: int
    people: int
    organisations: int
    works: int
    outcomes: Mapping[OutcomeKind, int]


async def count(database: Database, events: Sequence[tuple[Year, Event]]) -> tuple[list[Counted], Totals]:
    """All rows and the totals; rows of one event of the plan are added up where the plan says so."""
    async with database.transaction() as connection:
        storage = Storage(connection)
        rows = [await _row(storage, year, event) for year, event in events]
        outcomes = Counter[OutcomeKind]()
        for row in rows:
            outcomes.update({one.kind: one.count for one in row.balance.rows})
        return rows, Totals(
            applications=sum(row.sizes.applications for row in rows),
            participations=sum(row.sizes.people for row in rows),
            people=await storage.figures.unique_people(),
            organisations=await storage.figures.unique_organisations(),
            works=sum(row.sizes.works for row in rows),
            outcomes=outcomes,
        )


async def _row(storage: Storage, year: Year, event: Event) -> Counted:
    sizes = await storage.figures.of_event(event.code)
    decided = await storage.outcomes.of_event(event.code)
    applications = await storage.applications.of_event(event.code)
    standings = [
        Standing(one.state, one.accepted_at is not None, decided[one.id].result.outcome if one.id in decided else None)
        for one in applications
    ]
    return Counted(
        year, event.title, sizes, sizes.accepted if event.unit.kind in TEAMS else 0, balance(standings)
    )

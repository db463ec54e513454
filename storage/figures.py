"""Figures over events: how many applied, from where, with how many people and works."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from storage.among import among
from storage.connection import Connection
from storage.sql import load

QUERIES = load("figures")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How big events are. All but `applications` count what took part, by the rule of the year's report.

    Took part: accepted, not gone before handing in, neither absent nor without a work.
    """

    applications: int
    taking_part: int
    organisations: int
    #: Each participation, by rosters and headcounts.
    people: int
    #: Applications with a work, whatever the number of its versions and pieces.
    works: int


class Figures:
    """Counts over several tables; writes none."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def of_events(self, codes: Collection[str] | None = None) -> Sizes:
        """The sizes of these events together; None: of all. Zeros where nobody applied."""
        return Sizes(**dict(await QUERIES.of_events(self._connection, events=among(codes))))

    async def different_people(self, codes: Collection[str] | None = None) -> int:
        """Different people who took part in these events by name: one name at one organisation is one person.

        The report's rule, but for two things that SQL alone does not tell: here a name with and without its patronymic
        is two people, and a teacher and a pupil of one name are one.
        """
        return int(await QUERIES.different_people(self._connection, events=among(codes)))

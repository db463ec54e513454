"""Figures over events: how many applied, from where, with how many people and works."""

from __future__ import annotations

from dataclasses import dataclass

from aiosqlite import Connection

from storage.sql import load

QUERIES = load("figures")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How big an event is. All but `applications` count what was accepted at any time."""

    applications: int
    accepted: int
    organisations: int
    people: int
    #: Applications with a work, whatever the number of its versions and pieces.
    works: int


class Figures:
    """Counts over several tables; writes none."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def of_event(self, event_code: str) -> Sizes:
        """The sizes of one event; zeros where nobody applied."""
        return Sizes(**dict(await QUERIES.of_event(self._connection, event_code=event_code)))

    async def unique_people(self) -> int:
        """Different people of all events: one name at one organisation is one person."""
        return int(await QUERIES.unique_people(self._connection))

    async def unique_organisations(self) -> int:
        """Different organisations of all events."""
        return int(await QUERIES.unique_organisations(self._connection))

"""Reminders by the rules of events: how far each time has been told, what organizers changed, who has answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.contest.reminders.kinds import Kind
from bot.contest.reminders.rules import Setting
from storage.among import among
from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("nudges")


@dataclass(frozen=True, slots=True)
class Time:
    """One time at which people of an event are reminded."""

    event_code: str
    #: `deadline`, `final`, `jury` or `moved`.
    occasion: str
    #: What they are reminded of.
    until: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Move:
    """The deadline of an event as its people know it."""

    #: When it was noticed, and until when it is.
    time: Time
    #: Whether everybody has heard of it who is to.
    is_told: bool


class Nudges:
    """The `nudge`, `nudge_setting` and `jury_nod` tables; nothing else writes them. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def reached(self, time: Time) -> int | None:
        """The id up to which people have been gone through, 0 before the first; None: all of them."""
        row = await QUERIES.progress(self._connection, **_key(time))
        if row is None:
            return 0
        return None if row["done_at"] is not None else int(row["reached_id"])

    async def set_reached(self, time: Time, person_id: int, *, done_at: datetime | None) -> None:
        """They have been gone through up to this one; `done_at`: there is nobody after them."""
        done_ms = None if done_at is None else to_ms(done_at)
        await QUERIES.reached(self._connection, reached_id=person_id, done_at=done_ms, **_key(time))

    async def moves(self, occasion: str) -> dict[str, Move]:
        """The last of these times of each event, by its code."""
        return {
            row["event_code"]: Move(
                Time(row["event_code"], occasion, from_ms(row["until_at"]), from_ms(row["at"])),
                is_told=row["done_at"] is not None,
            )
            async for row in QUERIES.moves(self._connection, occasion=occasion)
        }

    async def people(
        self, event_code: str, *, talk: str, states: Collection[str], after: int = 0, most: int
    ) -> list[int]:
        """Who has a kept draft of `talk` about the event or an application in these states, and can be written to.

        By id, at most so many after the id `after`.
        """
        rows = QUERIES.people(
            self._connection, event_code=event_code, talk=talk, states=among(states), after=after, most=most
        )
        return [row["person_id"] async for row in rows]

    async def settings(self, event_code: str | None = None) -> dict[tuple[str, Kind], Setting]:
        """What organizers have changed, by event and kind; of one event or of all."""
        return {
            (row["event_code"], Kind(row["kind"])): Setting(
                None if row["is_on"] is None else bool(row["is_on"]), row["text"]
            )
            async for row in QUERIES.settings(self._connection, event_code=event_code)
        }

    async def set(self, event_code: str, kind: Kind, setting: Setting, *, by: int, at: datetime) -> None:
        """One kind is so from now on."""
        is_on = None if setting.is_on is None else int(setting.is_on)
        await QUERIES.set(
            self._connection, event_code=event_code, kind=kind, is_on=is_on, text=setting.text, by=by, at=to_ms(at)
        )

    async def nod(self, event_code: str, person_id: int, *, until: datetime, at: datetime) -> bool:
        """A juror has seen what is left until then; False if they said so before."""
        nodded = QUERIES.nod(
            self._connection, event_code=event_code, person_id=person_id, until_at=to_ms(until), at=to_ms(at)
        )
        return bool(await nodded)

    async def nodded(self, event_code: str, *, until: datetime) -> frozenset[int]:
        """Which jurors have."""
        rows = QUERIES.nodded(self._connection, event_code=event_code, until_at=to_ms(until))
        return frozenset([row["person_id"] async for row in rows])


def _key(time: Time) -> dict[str, object]:
    return {
        "event_code": time.event_code,
        "occasion": time.occasion,
        "until_at": to_ms(time.until),
        "at": to_ms(time.at),
    }

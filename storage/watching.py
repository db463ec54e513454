"""How full the queues are, for those who watch the bot run. Names nobody."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage.connection import Connection
from storage.outbox import Priority
from storage.settings import Settings
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("watching")
#: What failed so long ago has been seen.
LATELY = timedelta(days=1)
#: Keys of `setting`: the alarms, and when administrators were told of some.
ALARMS_KEY, TOLD_KEY = "alarms", "alarms_told_at"


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits of one kind; `oldest_at`: since when the first of it does."""

    waiting: int = 0
    oldest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """What will not be tried again: ever, and within `LATELY`."""

    total: int = 0
    lately: int = 0


@dataclass(frozen=True, slots=True)
class Queues:
    """All of them at one moment."""

    inbox: Queue
    #: Messages by their priority; those that are due later are not counted.
    outbox: Mapping[Priority, Queue]
    jobs: Queue
    #: Updates that were set aside after three tries.
    quarantined: Failed
    #: Messages that VK will not take, or nobody can send.
    dead: Failed
    #: Work that came to no good end.
    failed_jobs: Failed
    #: People to whom nothing can be sent until they write again.
    unreachable: int


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that is wrong; `kind` is its one word, such as `disk`."""

    kind: str
    since: datetime
    text: str


class Watching:
    """Counts over several tables, and what is wrong at present. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def queues(self, *, now: datetime) -> Queues:
        """How full they are."""
        at, since = to_ms(now), to_ms(now - LATELY)
        found = {Priority(row["priority"]): row async for row in QUERIES.outbox(self._connection, now=at)}
        return Queues(
            inbox=_queue(await QUERIES.inbox(self._connection)),
            outbox={one: _queue(found[one]) if one in found else Queue() for one in Priority},
            jobs=_queue(await QUERIES.jobs(self._connection, now=at)),
            quarantined=_failed(await QUERIES.quarantined(self._connection, since=since)),
            dead=_failed(await QUERIES.dead(self._connection, since=since)),
            failed_jobs=_failed(await QUERIES.failed_jobs(self._connection, since=since)),
            unreachable=int(await QUERIES.unreachable(self._connection)),
        )

    async def announcements(self) -> int:
        """How many announcements are on their way."""
        return int(await QUERIES.announcements(self._connection))

    async def keep_alarms(self, alarms: Iterable[Alarm]) -> None:
        """What is wrong now; what is not named is over."""
        facts = {one.kind: {"since": to_ms(one.since), "text": one.text} for one in alarms}
        await Settings(self._connection).set(ALARMS_KEY, json.dumps(facts))

    async def alarms_told_at(self) -> datetime | None:
        """When administrators were last written to about alarms."""
        text = await Settings(self._connection).get(TOLD_KEY)
        return None if text is None else from_ms(int(text))

    async def alarms_told(self, *, at: datetime) -> None:
        """They are written to now."""
        await Settings(self._connection).set(TOLD_KEY, str(to_ms(at)))

    async def alarms(self) -> list[Alarm]:
        """What was wrong at the last look, the gravest first."""
        text = await Settings(self._connection).get(ALARMS_KEY)
        return [_alarm(kind, facts) for kind, facts in json.loads(text or "{}").items()]


def _alarm(kind: str, facts: Mapping[str, Any]) -> Alarm:
    return Alarm(kind, from_ms(int(facts["since"])), str(facts["text"]))


def _failed(row: Mapping[str, int]) -> Failed:
    return Failed(int(row["total"]), int(row["lately"]))


def _queue(row: Mapping[str, int | None]) -> Queue:
    oldest = row["oldest_at"]
    return Queue(int(row["waiting"] or 0), None if oldest is None else from_ms(oldest))

"""The job that brings the register of an event's papers up to what its data say, and puts the papers on their way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.contest.facts import Facts
from bot.contest.papers.changes import Changes
from bot.contest.papers.parcels import Due, letters
from bot.faultpoints import fault_point
from bot.talk.texts import Texts
from handlers.events import event_of
from handlers.kinds import Desk
from handlers.organizer.papers.comparing import Compared, compared
from handlers.organizer.papers.delivering import parcels
from storage.connection import Connection
from storage.database import Database
from storage.paper_runs import Run
from storage.storage import Storage

#: Papers put into the register in one transaction.
AT_ONCE = 300


class Issuing:
    """Does the job; one at a time an event, as the table of runs sees to."""

    def __init__(self, database: Database, *, texts: Texts, facts: Facts, now: Callable[[], datetime]) -> None:
        self._database = database
        self._texts = texts
        self._facts = facts
        self._now = now

    async def issue(self, argument: Mapping[str, Any]) -> Mapping[str, Any]:
        """`run` in; how many were issued, issued again and withdrawn out. Done again, it does what was left."""
        async with self._database.snapshot() as connection:
            desk = self._desk(connection)
            run = await desk.storage.paper_runs.get(int(argument["run"]))
            running = None if run is None else await event_of(desk, run.event_code)
            found = None if run is None or running is None else await compared(desk, running)
        if run is None or found is None or run.state != "issuing":
            return {"issued": 0}
        todo = await asyncio.to_thread(found.changes)
        for start in range(0, len(todo.missing), AT_ONCE):
            async with self._database.transaction() as connection:
                await self._add(Storage(connection), run, found, todo, start)
            fault_point("papers.after_issue")
        async with self._database.transaction() as connection:
            await self._put_right(Storage(connection), run, todo, found.gathered.setting.protocol)
            await put_on_way(Storage(connection), run, now=self._now())
        return {"issued": len(todo.missing), "changed": len(todo.changed), "withdrawn": len(todo.overdue)}

    async def _add(self, storage: Storage, run: Run, found: Compared, todo: Changes, start: int) -> None:
        await storage.papers.issue_all(
            todo.missing[start : start + AT_ONCE],
            run.event_code,
            series=found.gathered.series,
            by=run.started_by,
            at=self._now(),
            protocol=found.gathered.setting.protocol,
        )

    async def _put_right(self, storage: Storage, run: Run, todo: Changes, protocol: str) -> None:
        reason, at = self._texts.say("papers.reason.changed"), self._now()
        for paper_id, content in todo.changed:
            await storage.papers.reissue(paper_id, content, reason=reason, by=run.started_by, at=at, protocol=protocol)
        for paper_id in todo.overdue:
            await storage.papers.withdraw(paper_id, reason=self._texts.say("papers.reason.overdue"), at=self._now())

    def _desk(self, connection: Connection) -> Desk:
        return Desk(now=self._now(), storage=Storage(connection), texts=self._texts, facts=self._facts)


async def put_on_way(storage: Storage, run: Run, *, now: datetime) -> None:
    """Every paper of the event that holds and has no way yet gets its letter; from now on they are delivered."""
    papers = await storage.paper_runs.undelivered(run.event_code)
    due = [Due(one.id, one.version, one.person_id) for one in papers]
    cut_off = await storage.people.unreachable_of(one.person_id for one in due if one.person_id is not None)
    await storage.paper_runs.add(run.id, parcels(letters(due, unreachable=cut_off)), at=now)
    await storage.paper_runs.set_state(run.id, "delivering", at=now)

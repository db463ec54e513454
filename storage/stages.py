"""Stages: who goes on from each, what the hosts have written, whose schools are whose."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.contest.event.model import Event
from bot.contest.stages import Fate, Going, fate
from storage.conflicts import in_our_words
from storage.connection import Connection
from storage.events import Events, definition_of
from storage.spans import WHOLE, Span
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("stages")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is decided about one application at one stage."""

    application_id: int
    stage_code: str
    #: The organisation that decided; empty: the organiser.
    host_code: str
    state: Going
    #: Of an override or of a correction.
    reason: str | None
    #: Who let them through beyond a quota; None: within it.
    override_by: int | None
    decided_by: int
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Protocol:
    """What a host has written about a stage it held."""

    stage_code: str
    host_code: str
    #: The day, as the protocol says it.
    held_on: str | None = None
    place: str | None = None
    #: The members of the commission.
    members: tuple[str, ...] = ()
    #: Grows with each confirmation and each correction; 0: not confirmed.
    version: int = 0
    confirmed_at: datetime | None = None

    @property
    def is_written(self) -> bool:
        """Whether nothing is missing in it but the finalists."""
        return bool(self.held_on and self.place and self.members)


class Stages:
    """The `stage_standing`, `stage_protocol` and `stage_area` tables; nothing else writes them. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(
        self,
        application_id: int,
        stage_code: str,
        state: Going,
        *,
        host: str,
        by: int,
        at: datetime,
        reason: str | None = None,
        override_by: int | None = None,
    ) -> None:
        """Decide about one, in place of what was decided. Raises MissingError."""
        with in_our_words():
            await QUERIES.put(
                self._connection,
                application_id=application_id,
                stage_code=stage_code,
                host_code=host,
                state=state,
                reason=reason,
                override_by=override_by,
                by=by,
                at=to_ms(at),
            )

    async def settle(self, stage_code: str, decided: Mapping[int, Going], *, host: str, by: int, at: datetime) -> None:
        """Take what a confirmed protocol says; reasons and overrides that are there stay."""
        for application_id, state in decided.items():
            await QUERIES.settle(
                self._connection,
                application_id=application_id,
                stage_code=stage_code,
                host_code=host,
                state=state,
                by=by,
                at=to_ms(at),
            )

    async def drop(self, application_id: int, stage_code: str) -> bool:
        """Take a mark back; False if there is none, or if it was confirmed."""
        return bool(await QUERIES.drop(self._connection, application_id=application_id, stage_code=stage_code))

    async def standings(self, event_code: str, stage_code: str) -> dict[int, Standing]:
        """What is decided at a stage, by application, in their order."""
        rows = QUERIES.standings(
            self._connection, event_code=event_code, stage_code=stage_code, after=WHOLE.after, until=WHOLE.until
        )
        return {row["application_id"]: _standing(row) async for row in rows}

    async def of_application(self, application_id: int) -> dict[str, Standing]:
        """What is decided about one, by stage."""
        rows = QUERIES.of_application(self._connection, application_id=application_id)
        return {row["stage_code"]: _standing(row) async for row in rows}

    async def of_event(self, event_code: str, span: Span = WHOLE) -> list[Standing]:
        """What is decided at all stages."""
        rows = QUERIES.standings(
            self._connection, event_code=event_code, stage_code=None, after=span.after, until=span.until
        )
        return [_standing(row) async for row in rows]

    async def fates(self, event_code: str, ids: Iterable[int], *, holding: str | None = None) -> dict[int, Fate]:
        """How far each of these applications of the event has come; {} for an event that is not there.

        `holding`: an optional cut that is being held, though nothing may be decided there yet.
        """
        event = await self._event(event_code)
        if event is None:
            return {}
        wanted, decided = list(ids), dict[int, dict[str, Going]]()
        if not _codes(event):
            return dict.fromkeys(wanted, Fate())
        alone = wanted if len(wanted) == 1 and not any(stage.optional for stage in event.stages) else []
        known = [*(await self.of_application(alone[0])).values()] if alone else await self.of_event(event_code)
        for one in known:
            decided.setdefault(one.application_id, {})[one.stage_code] = one.state
        held = {
            stage: stage == holding or any(_final(found.get(stage)) for found in decided.values())
            for stage in _codes(event)
        }
        return {id_: fate(event, decided.get(id_, {}), held=held) for id_ in wanted}

    async def finalists(self, event_code: str) -> frozenset[int] | None:
        """Which applications every cut has let through; None where the event has no cut, or held none."""
        event = await self._event(event_code)
        if event is None or not any(stage.is_cut for stage in event.stages):
            return None
        standings = await self.of_event(event_code)
        optional = all(stage.optional for stage in event.stages if stage.is_cut)
        if optional and not any(_final(one.state) for one in standings):
            return None
        fates = await self.fates(event_code, {one.application_id for one in standings})
        return frozenset(id_ for id_, one in fates.items() if one.in_final)

    async def write_protocol(
        self, event_code: str, stage_code: str, host: str, *, held_on: str, place: str, members: Sequence[str]
    ) -> None:
        """Keep the day, the place and the commission of a stage. Raises MissingError."""
        with in_our_words():
            await QUERIES.put_protocol(
                self._connection,
                event_code=event_code,
                stage_code=stage_code,
                host_code=host,
                held_on=held_on,
                place=place,
                members=json.dumps(list(members), ensure_ascii=False),
            )

    async def confirm(self, event_code: str, stage_code: str, host: str, *, by: int, at: datetime) -> int:
        """Confirm the protocol, or correct it; the version that it has now, from 1."""
        row = await QUERIES.confirm(
            self._connection, event_code=event_code, stage_code=stage_code, host_code=host, by=by, at=to_ms(at)
        )
        return int(row["version"])

    async def protocols(self, event_code: str) -> dict[tuple[str, str], Protocol]:
        """The protocols of an event by stage and host."""
        rows = QUERIES.protocols(self._connection, event_code=event_code)
        return {(row["stage_code"], row["host_code"]): _protocol(row) async for row in rows}

    async def assign(self, event_code: str, stage_code: str, area: str, host: str | None) -> None:
        """Give the schools of an area (`organisation:<code>`, `place:<code>`) to a host; None: to nobody."""
        about = {"event_code": event_code, "stage_code": stage_code, "area": area}
        if host is None:
            await QUERIES.drop_area(self._connection, **about)
        else:
            await QUERIES.put_area(self._connection, **about, host_code=host)

    async def areas(self, event_code: str, stage_code: str) -> dict[str, str]:
        """The hosts by area, as organizers assigned them."""
        rows = QUERIES.areas(self._connection, event_code=event_code, stage_code=stage_code)
        return {row["area"]: row["host_code"] async for row in rows}

    async def _event(self, event_code: str) -> Event | None:
        stored = await Events(self._connection).get(event_code)
        return None if stored is None else definition_of(stored)


def _codes(event: Event) -> tuple[str, ...]:
    return tuple(stage.code for stage in event.stages if stage.is_cut)


def _final(state: Going | None) -> bool:
    return state in (Going.PASSED, Going.NOT_PASSED)


def _standing(row: Mapping[str, Any]) -> Standing:
    return Standing(
        application_id=row["application_id"],
        stage_code=row["stage_code"],
        host_code=row["host_code"],
        state=Going(row["state"]),
        reason=row["reason"],
        override_by=row["override_by"],
        decided_by=row["decided_by"],
        decided_at=from_ms(row["decided_at"]),
    )


def _protocol(row: Mapping[str, Any]) -> Protocol:
    return Protocol(
        stage_code=row["stage_code"],
        host_code=row["host_code"],
        held_on=row["held_on"],
        place=row["place"],
        members=tuple(json.loads(row["members"])),
        version=row["version"],
        confirmed_at=from_ms(row["confirmed_at"]),
    )

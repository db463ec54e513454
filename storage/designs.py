"""Looks of papers: what organizers have put in place of the built-in one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("designs")
Part = Literal["background", "logo", "signature", "signature_2", "signature_3"]
DesignState = Literal["proposed", "used", "replaced", "dropped"]


@dataclass(frozen=True, slots=True)
class Look:
    """What differs from the built-in look; {} and None: nothing does."""

    #: Typst; None: the built-in one.
    template: str | None = None
    #: Who signs and where, by the name of the field.
    texts: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[Part, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredDesign:
    """A look with its history."""

    id: int
    #: '' for the whole programme.
    event_code: str
    look: Look
    state: DesignState
    made_by: int
    made_at: datetime


class Designs:
    """The `design` and `design_picture` tables; nothing else writes them. The caller commits.

    The look in use stays until another one is accepted; those that were in use stay readable.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def propose(self, event_code: str, look: Look, *, by: int, at: datetime) -> StoredDesign:
        """Keep a look that is to be tried; `event_code` '' is that of the whole programme."""
        texts = json.dumps(dict(look.texts), ensure_ascii=False, sort_keys=True)
        row = await QUERIES.propose(
            self._connection, event_code=event_code, template=look.template, texts=texts, by=by, at=to_ms(at)
        )
        for part, picture in look.pictures.items():
            await QUERIES.add_picture(self._connection, design_id=row["id"], part=part, picture=picture)
        return _design(row, look.pictures)

    async def get(self, design_id: int) -> StoredDesign | None:
        """The look, or None."""
        return await self._whole(await QUERIES.get(self._connection, id=design_id))

    async def for_event(self, event_code: str) -> Look:
        """The look of an event's papers: its own, or that of the whole programme, or nothing but the built-in one."""
        found = await self.used(event_code)
        return found.look if found else Look()

    async def used(self, event_code: str) -> StoredDesign | None:
        """The same with its history; None: the built-in one."""
        return await self._whole(await QUERIES.used(self._connection, event_code=event_code))

    async def of_event(self, event_code: str) -> list[StoredDesign]:
        """The looks that were in use, or are, the newest first; `event_code` '' for those of the whole programme."""
        rows = [row async for row in QUERIES.of_event(self._connection, event_code=event_code)]
        return [found for row in rows if (found := await self._whole(row)) is not None]

    async def accept(self, design_id: int, *, by: int, at: datetime) -> bool:
        """From now on this one is in use; False if it was decided about before."""
        design = await self.get(design_id)
        if design is None or design.state != "proposed":
            return False
        await QUERIES.replace(self._connection, event_code=design.event_code, by=by, at=to_ms(at))
        return bool(await QUERIES.use(self._connection, id=design_id, by=by, at=to_ms(at)))

    async def drop(self, design_id: int, *, by: int, at: datetime) -> bool:
        """Not this one; False if it was decided about before."""
        return bool(await QUERIES.drop(self._connection, id=design_id, by=by, at=to_ms(at)))

    async def give_up(self, event_code: str, *, by: int, at: datetime) -> bool:
        """Back to what holds without one of its own; False if there is none."""
        return bool(await QUERIES.replace(self._connection, event_code=event_code, by=by, at=to_ms(at)))

    async def _whole(self, row: Mapping[str, Any] | None) -> StoredDesign | None:
        if row is None:
            return None
        pictures = QUERIES.pictures(self._connection, design_id=row["id"])
        return _design(row, {one["part"]: bytes(one["picture"]) async for one in pictures})


def _design(row: Mapping[str, Any], pictures: Mapping[Part, bytes]) -> StoredDesign:
    look = Look(row["template"], json.loads(row["texts"]), dict(pictures))
    return StoredDesign(row["id"], row["event_code"], look, row["state"], row["made_by"], from_ms(row["made_at"]))

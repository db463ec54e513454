"""What the database of a story begins with: events at some day of theirs, people with roles, works to score."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from bot.contest.authorize import RoleKind
from bot.contest.event import Event
from bot.contest.event.loading import dump_event, read_event
from bot.contest.event.moments import TOMSK
from storage.database import Database, opened
from storage.storage import Storage
from tests.fresh import fresh
from tests.talks.organizer_scene import Scene
from tests.talks.scenes import EVENTS


@asynccontextmanager
async def ground(database: Path) -> AsyncIterator[Database]:
    """The database, a new one where there is none, while no bot works with it."""
    async with opened(await fresh(database)) as found:
        yield found


def event_since(file: str, days: int, **changed: Any) -> Event:
    """An event whose intake began so many days ago; some of its parts may be changed."""
    event = read_event(EVENTS / file)
    assert isinstance(event, Event), event
    today = datetime.now(UTC).astimezone(TOMSK).date()
    return event.moved_to(today - timedelta(days=days)).model_copy(update=changed)


async def load(database: Database, event: Event) -> None:
    """Put this very event into the database."""
    async with database.transaction() as connection:
        now = datetime.now(UTC)
        await Storage(connection).events.load(event.code, dump_event(event), closes_at=event.closes_at, at=now)


def scene_on(database: Database, event: Event) -> Scene:
    """The scene of the tests of talks, without a chat: its ways to put people, works and scores into the database."""
    chat: Any = SimpleNamespace(app=SimpleNamespace(database=database), clock=lambda: datetime.now(UTC))
    return Scene(chat, event, cast("Any", None))


def somebody(id_: int) -> Any:
    """What a scene needs of a person."""
    return SimpleNamespace(id=id_)


async def organizes(scene: Scene, person: int) -> None:
    """Make somebody an organizer of the event."""
    async with scene.storage() as storage:
        now = datetime.now(UTC)
        await storage.people.known(person, at=now)
        await storage.roles.grant(person, RoleKind.ORGANIZER, scene.event.code, by=None, at=now)


async def judges(scene: Scene, person: int, full_name: str, applications: list[int]) -> None:
    """Make somebody a member of the jury with these applications to score; today's digest they have had."""
    async with scene.storage() as storage:
        now = datetime.now(UTC)
        await storage.people.known(person, at=now)
        await storage.roles.grant(person, RoleKind.JURY, scene.event.code, by=None, at=now)
        await storage.jury.join(person, scene.event.code, full_name=full_name, organisation_code=None, at=now)
        await storage.jury.set_digest(person, scene.event.code, at=now)
        await storage.jury.assign([(one, person) for one in applications], at=now)

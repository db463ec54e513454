"""Events as they run."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.conflicts import MissingError
from storage.storage import Storage
from tests.storage.world import DEADLINE, HOUR, NOON, ORGANIZER

LATER = DEADLINE + timedelta(days=3)


async def test_a_loaded_event_is_read_back_whole(storage: Storage) -> None:
    assert await storage.events.load("poem", '{"title": "Чтецы"}', closes_at=None, at=NOON) == 1
    event = await storage.events.get("poem")
    assert event is not None
    assert (event.code, event.definition, event.revision, event.closes_at) == ("poem", '{"title": "Чтецы"}', 1, None)
    assert (event.extended_by, event.approved_at, event.published_at, event.archived_at) == (None, None, None, None)


async def test_an_event_that_nobody_loaded_is_none(storage: Storage) -> None:
    assert await storage.events.get("poem") is None


async def test_all_events_come_by_code(storage: Storage) -> None:
    await storage.events.load("poem", "{}", closes_at=None, at=NOON)
    assert [event.code for event in await storage.events.all()] == ["poem", "scratch", "webinar"]


async def test_the_revision_grows_only_with_a_different_definition(storage: Storage) -> None:
    assert await storage.events.load("scratch", "{}", closes_at=DEADLINE, at=NOON) == 1
    assert await storage.events.load("scratch", '{"a": 1}', closes_at=DEADLINE, at=NOON) == 2


async def test_a_reload_keeps_the_deadline_that_an_organizer_extended(storage: Storage) -> None:
    await storage.events.extend("scratch", LATER, by=ORGANIZER)
    await storage.events.load("scratch", '{"title": "без опечатки"}', closes_at=DEADLINE, at=NOON)
    event = await storage.events.get("scratch")
    assert event is not None
    assert (event.closes_at, event.extended_by) == (LATER, ORGANIZER)


async def test_a_new_deadline_in_the_file_overrides_the_extended_one(storage: Storage) -> None:
    await storage.events.extend("scratch", LATER, by=ORGANIZER)
    await storage.events.load("scratch", "{}", closes_at=DEADLINE + HOUR, at=NOON)
    event = await storage.events.get("scratch")
    assert event is not None
    assert (event.closes_at, event.extended_by) == (DEADLINE + HOUR, None)


async def test_a_deadline_that_appears_in_the_file_or_leaves_it_counts_as_changed(storage: Storage) -> None:
    await storage.events.load("scratch", "{}", closes_at=None, at=NOON)
    event = await storage.events.get("scratch")
    assert event is not None
    assert event.closes_at is None
    await storage.events.extend("scratch", LATER, by=ORGANIZER)
    await storage.events.load("scratch", "{}", closes_at=DEADLINE, at=NOON)
    event = await storage.events.get("scratch")
    assert event is not None
    assert event.closes_at == DEADLINE


async def test_extending_an_unknown_event_says_so_and_touches_no_other(storage: Storage) -> None:
    with pytest.raises(MissingError):
        await storage.events.extend("poem", LATER, by=ORGANIZER)
    await storage.events.extend("scratch", LATER, by=ORGANIZER)
    assert [event.closes_at for event in await storage.events.all()] == [LATER, DEADLINE]


async def test_approval_and_publication_happen_once_and_survive_a_reload(storage: Storage) -> None:
    assert await storage.events.approve("scratch", by=ORGANIZER, at=NOON)
    assert not await storage.events.approve("scratch", by=9, at=NOON + HOUR)
    assert await storage.events.publish("scratch", by=ORGANIZER, at=NOON + HOUR)
    assert not await storage.events.publish("scratch", by=9, at=NOON + 2 * HOUR)
    await storage.events.load("scratch", '{"new": 1}', closes_at=DEADLINE, at=NOON + 3 * HOUR)
    event = await storage.events.get("scratch")
    assert event is not None
    assert (event.approved_at, event.approved_by) == (NOON, ORGANIZER)
    assert (event.published_at, event.published_by) == (NOON + HOUR, ORGANIZER)
    other = await storage.events.get("webinar")
    assert other is not None
    assert (other.approved_at, other.published_at) == (None, None)

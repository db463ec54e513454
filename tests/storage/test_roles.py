"""Who may do what."""

from __future__ import annotations

import pytest

from bot.contest.authorize import Role, RoleKind
from storage.conflicts import MissingError
from storage.roles import Grant
from storage.storage import Storage
from tests.storage.world import HOUR, JUROR, NOON, ORGANIZER

ADMIN, ORG, JURY = RoleKind.ADMIN, RoleKind.ORGANIZER, RoleKind.JURY


async def test_a_role_is_given_once_and_taken_once(storage: Storage) -> None:
    assert await storage.roles.of_person(JUROR) == frozenset()
    assert await storage.roles.grant(JUROR, JURY, "scratch", by=ORGANIZER, at=NOON)
    assert not await storage.roles.grant(JUROR, JURY, "scratch", by=9, at=NOON + HOUR)
    assert await storage.roles.all() == [Grant(JUROR, Role(JURY, "scratch"), ORGANIZER, NOON)]
    assert await storage.roles.revoke(JUROR, JURY, "scratch")
    assert not await storage.roles.revoke(JUROR, JURY, "scratch")
    assert await storage.roles.of_person(JUROR) == frozenset()


async def test_a_role_at_every_event_is_another_one_than_that_at_one_event(storage: Storage) -> None:
    await storage.roles.grant(ORGANIZER, ORG, None, by=None, at=NOON)
    await storage.roles.grant(ORGANIZER, ORG, "scratch", by=None, at=NOON)
    assert await storage.roles.of_person(ORGANIZER) == {Role(ORG), Role(ORG, "scratch")}
    assert await storage.roles.revoke(ORGANIZER, ORG, "scratch")
    assert await storage.roles.of_person(ORGANIZER) == {Role(ORG)}


async def test_an_event_has_its_own_people_and_those_of_every_event_each_once(storage: Storage) -> None:
    for person_id, kind, code in (
        (1, ORG, None),
        (1, ORG, "scratch"),
        (2, ORG, "scratch"),
        (3, ORG, "webinar"),
        (4, ADMIN, None),
        (5, JURY, "scratch"),
    ):
        await storage.roles.grant(person_id, kind, code, by=None, at=NOON)
    assert await storage.roles.with_role(ORG, "scratch") == [1, 2]
    assert await storage.roles.with_role(ORG, "webinar") == [1, 3]
    assert await storage.roles.with_role(JURY, "webinar") == []
    assert len(await storage.roles.all()) == 6


async def test_a_stranger_gets_a_role_only_after_they_are_known(storage: Storage) -> None:
    with pytest.raises(MissingError):
        await storage.roles.grant(77, ADMIN, None, by=None, at=NOON)
    await storage.people.meet(77, at=NOON)
    assert await storage.roles.grant(77, ADMIN, None, by=None, at=NOON)

"""Acts that nobody does by mistake."""

from __future__ import annotations

from storage.storage import Storage
from tests.storage.world import HOUR, NOON


async def test_incidents_are_counted_by_person_and_kind_since_a_moment(storage: Storage) -> None:
    for person_id, kind, hours in ((1, "forged", 0), (1, "forged", 1), (1, "forged", 2), (1, "stale", 2)):
        await storage.incidents.add(person_id, kind, "accept", at=NOON + hours * HOUR)
    await storage.incidents.add(2, "forged", "accept", at=NOON + 2 * HOUR)
    assert await storage.incidents.count_since(1, "forged", NOON + HOUR) == 2
    assert await storage.incidents.count_since(1, "forged", NOON) == 3
    assert await storage.incidents.count_since(3, "forged", NOON) == 0


async def test_one_who_never_wrote_before_can_be_counted_too(storage: Storage) -> None:
    await storage.incidents.add(77, "forged", "publish", at=NOON)
    assert await storage.incidents.count_since(77, "forged", NOON) == 1

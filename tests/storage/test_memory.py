"""Where people are in their talks, and what they have begun."""

from __future__ import annotations

from dataclasses import replace

from bot.talk.position import Draft, Position, ScreenKey
from storage.storage import Storage
from tests.storage.world import HOUR, NOON

ANNA, BORIS = 1, 2
DRAFT = Draft("apply", "scratch", "school", {"name": "Ветрова Анна", "grades": [3, None]}, ("name",), kept=True)
SCREEN = (ScreenKey("Да", "option", True, "positive"), ScreenKey("Меню", "go", "menu:1"))


async def test_somebody_new_is_nowhere(storage: Storage) -> None:
    assert await storage.memory.load(ANNA) == Position()
    assert await storage.memory.drafts(ANNA) == []


async def test_a_position_comes_back_as_it_was_saved(storage: Storage) -> None:
    await storage.memory.save(ANNA, Position(7, SCREEN, DRAFT), at=NOON)
    found = await storage.memory.load(ANNA)
    assert found == Position(7, SCREEN, replace(DRAFT, updated_at=NOON), NOON)
    await storage.memory.save(ANNA, Position(8), at=NOON + HOUR)
    assert await storage.memory.load(ANNA) == Position(8, shown_at=NOON + HOUR)
    assert await storage.memory.load(BORIS) == Position()


async def test_a_draft_outlives_the_position_and_is_offered_the_newest_first(storage: Storage) -> None:
    other = replace(DRAFT, subject="webinar")
    passing = Draft("search", "", "word")
    for hours, draft in enumerate((DRAFT, other, passing)):
        await storage.memory.save(ANNA, Position(hours, (), draft), at=NOON + hours * HOUR)
    assert [draft.subject for draft in await storage.memory.drafts(ANNA)] == ["webinar", "scratch"]
    await storage.memory.save(ANNA, Position(4, (), DRAFT), at=NOON + 4 * HOUR)
    assert [draft.subject for draft in await storage.memory.drafts(ANNA)] == ["scratch", "webinar"]
    assert await storage.memory.draft(ANNA, "apply", "webinar") == replace(other, updated_at=NOON + HOUR)
    assert await storage.memory.draft(BORIS, "apply", "webinar") is None


async def test_a_draft_that_is_dropped_leaves_its_position_without_a_talk(storage: Storage) -> None:
    await storage.memory.save(ANNA, Position(3, SCREEN, DRAFT), at=NOON)
    await storage.memory.drop_draft(ANNA, "apply", "scratch")
    assert await storage.memory.load(ANNA) == Position(3, SCREEN, None, NOON)
    assert await storage.memory.drafts(ANNA) == []


async def test_whoever_has_begun_and_not_finished_can_be_reminded(storage: Storage) -> None:
    await storage.memory.save(BORIS, Position(1, (), DRAFT), at=NOON)
    await storage.memory.save(ANNA, Position(1, (), DRAFT), at=NOON)
    await storage.memory.save(3, Position(1, (), replace(DRAFT, kept=False)), at=NOON)
    assert await storage.memory.people_with_draft("apply", "scratch") == [ANNA, BORIS]
    assert await storage.memory.people_with_draft("apply", "webinar") == []

"""Tables that wait for their sender's word: one at a time for an event, and forgotten when they are done with."""

from __future__ import annotations

from datetime import timedelta

from storage.storage import Storage
from tests.storage.world import NOON, TEACHER


async def test_a_table_waits_and_is_emptied_when_it_is_settled(storage: Storage) -> None:
    first = await storage.imports.add(TEACHER, "scratch", "file", {"rows": [["Вера"]]}, at=NOON)
    second = await storage.imports.add(TEACHER, "scratch", "list", {"rows": [["Анна"]]}, at=NOON)
    await storage.imports.set_plan(second, {"items": []})
    dropped, waiting = await storage.imports.get(first), await storage.imports.get(second)
    assert dropped is not None
    assert (dropped.state, dropped.content) == ("dropped", {})
    assert waiting is not None
    assert (waiting.state, waiting.content, waiting.plan) == ("preview", {"rows": [["Анна"]]}, {"items": []})
    assert await storage.imports.settle(second, "applied", at=NOON)
    assert not await storage.imports.settle(second, "dropped", at=NOON)
    settled = await storage.imports.get(second)
    assert settled is not None
    assert (settled.state, settled.content, settled.plan) == ("applied", {}, None)


async def test_what_nobody_has_said_a_word_about_is_forgotten(storage: Storage) -> None:
    kept = await storage.imports.add(TEACHER, None, "file", {"rows": [["Вера"]]}, at=NOON)
    await storage.imports.drop_older(NOON, at=NOON)
    waiting = await storage.imports.get(kept)
    assert waiting is not None
    assert waiting.state == "preview"
    await storage.imports.drop_older(NOON + timedelta(seconds=1), at=NOON)
    gone = await storage.imports.get(kept)
    assert gone is not None
    assert (gone.state, gone.content) == ("dropped", {})

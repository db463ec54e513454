"""F35: a copy of the database is put back. Nobody hears anything twice, nothing that was written is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.copying import copied, put_back
from storage.database import opened
from storage.outbox import Priority
from storage.storage import Storage
from tests.faults import invariants
from tests.faults.stage import Stage, staged

PEOPLE, ROUNDS = 20, 10
WORDS = ("меню", "помощь")
NEWS = "Новость для всех"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path) as found:
        yield found


async def _add(stage: Stage, person: int, text: str, priority: Priority) -> None:
    async with opened(stage.database) as database, database.transaction() as connection:
        now = datetime.now(UTC)
        await Storage(connection).outbox.add(person, {"text": text}, at=now, priority=priority)


def _all_seen(stage: Stage, people: list[int]) -> dict[int, list[str]]:
    return {person: stage.seen(person) for person in people}


async def test_f35_after_a_copy_was_put_back_nothing_is_said_twice_and_what_was_missed_is_answered_once(
    stage: Stage,
) -> None:
    admin = stage.person("Ольга", "Главная")
    people = [stage.person("Анна", f"Смирнова-{number}") for number in range(PEOPLE)]
    stage.settings["ADMIN_IDS"] = str(admin)
    stage.start()
    await stage.ready()
    for person in (admin, *people):
        stage.starts(person)
    await stage.until(lambda: all(len(stage.seen(one)) == 2 for one in (admin, *people)))
    assert await stage.stop() == 0
    await _add(stage, people[0], "Ждало в копии", Priority.NOTICE)
    copy = stage.folder / "copy.db"
    await copied(stage.database, copy, at=datetime.now(UTC))

    newcomer = stage.person("Вера", "Новая")
    stage.start()
    stage.starts(newcomer)
    for number in range(ROUNDS):
        for person in people:
            stage.write(person, WORDS[number % 2])
    await stage.until(lambda: all(len(stage.seen(one)) >= 2 + ROUNDS for one in people))
    await stage.until(lambda: "Ждало в копии" in stage.seen(people[0]) and len(stage.seen(newcomer)) == 2)
    assert await stage.stop() == 0
    missed = people[:5]
    for person in missed:
        stage.write(person, "помощь")
    before = _all_seen(stage, [*people, newcomer])

    await put_back(copy, stage.database, at=datetime.now(UTC))
    await _add(stage, people[0], NEWS, Priority.BULK)
    stage.start()
    await stage.until(lambda: all(len(stage.seen(one)) == len(before[one]) + 1 for one in missed))
    await stage.until(lambda: len(stage.seen(admin)) == 3)
    assert stage.seen(admin)[2].startswith("База восстановлена из копии от")
    assert "206 сообщений от людей после копии, из них 201 с ответом" in stage.seen(admin)[2]
    after = _all_seen(stage, [*people, newcomer])
    help_text = before[missed[0]][-1]
    assert after == {one: [*seen, *([help_text] if one in missed else [])] for one, seen in before.items()}

    stage.press(admin, "Отправлено после копии")
    await stage.until(lambda: len(stage.seen(admin)) == 4)
    assert "Отправлено после копии, 10 из" in stage.seen(admin)[3]
    stage.press(admin, "Как дела")
    await stage.until(lambda: len(stage.seen(admin)) == 5)
    assert NEWS not in stage.seen(people[0])
    stage.press(admin, "Проверено, продолжить рассылки")
    await stage.until(lambda: NEWS in stage.seen(people[0]))
    await stage.until(lambda: len(stage.seen(admin)) == 6)
    assert stage.seen(admin)[5] == "Спасибо. Рассылки и напоминания продолжаются."
    stage.write(newcomer, "меню")
    await stage.until(lambda: len(stage.seen(newcomer)) == 3)
    assert await stage.stop() == 0

    assert max(Counter(one.random_id for one in stage.world.ledger.accepted).values()) == 1
    invariants.check_invariants(stage.database)
    async with opened(stage.database) as database, database.transaction() as connection:
        storage = Storage(connection)
        assert [entry.action for entry in await storage.audit.tail(1)] == ["confirm_restored"]
        assert await storage.restoring.state() is None

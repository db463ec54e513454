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
from tests.faults.stories.model import at_noon
from tests.faults.test_mailing import TEXT, prepared
from tests.fresh import fresh

PEOPLE, ROUNDS = 8, 6
WORDS = ("меню", "помощь")
NEWS = "Новость для всех"
READERS = 300


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
    await fresh(stage.database)
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
    stage.forget()
    await _add(stage, people[0], NEWS, Priority.BULK)
    await _killed_while_it_reads_the_dialogs(stage)
    stage.start()
    await stage.until(lambda: all(len(stage.seen(one)) == len(before[one]) + 1 for one in missed))
    await stage.until(lambda: len(stage.seen(admin)) == 3)
    assert stage.seen(admin)[2].startswith("База восстановлена из копии от")
    assert "54 сообщения от людей после копии, из них 49 с ответом" in stage.seen(admin)[2]
    after = _all_seen(stage, [*people, newcomer])
    help_text = before[missed[0]][-1]
    assert after == {one: [*seen, *([help_text] if one in missed else [])] for one, seen in before.items()}

    await _administrator_goes_on(stage, admin, people[0])
    stage.write(newcomer, "меню")
    await stage.until(lambda: len(stage.seen(newcomer)) == 3)
    assert await stage.stop() == 0

    assert max(Counter(one.random_id for one in stage.world.ledger.accepted).values()) == 1
    invariants.check_invariants(stage.database)
    async with opened(stage.database) as database, database.transaction() as connection:
        storage = Storage(connection)
        assert [entry.action for entry in await storage.audit.tail(1)] == ["confirm_restored"]
        assert await storage.restoring.state() is None


async def _administrator_goes_on(stage: Stage, admin: int, reader: int) -> None:
    stage.press(admin, "Отправлено после копии")
    await stage.until(lambda: len(stage.seen(admin)) == 4)
    assert "Отправлено после копии, 10 из" in stage.seen(admin)[3]
    stage.press(admin, "Как дела")
    await stage.until(lambda: len(stage.seen(admin)) == 5)
    assert NEWS not in stage.seen(reader)
    stage.press(admin, "Проверено, продолжить рассылки")
    await stage.until(lambda: NEWS in stage.seen(reader))
    await stage.until(lambda: len(stage.seen(admin)) == 6)
    assert stage.seen(admin)[5] == "Спасибо. Рассылки и напоминания продолжаются."


async def _killed_while_it_reads_the_dialogs(stage: Stage) -> None:
    for fault in ("restoring.before_commit#1", "restoring.after_commit#1"):
        stage.start(fault)
        await stage.child.ended
        stage.died()


@pytest.mark.parametrize("copied_after", [0, 100])
async def test_f35_an_announcement_that_was_half_sent_reaches_everybody_once(stage: Stage, copied_after: int) -> None:
    """The copy is of before the first message, or of the midst: rows that wait in it have gone since then."""
    await fresh(stage.database)
    people = await prepared(stage, READERS)
    stage.settings |= {"ADMIN_IDS": str(people[0]), "TIMEZONE": at_noon(), "VK_REQUESTS_PER_SECOND": "10"}
    copy = stage.folder / "copy.db"
    if not copied_after:
        await copied(stage.database, copy, at=datetime.now(UTC))
    stage.start()
    await stage.until(lambda: len(_readers(stage)) >= 100)
    if copied_after:
        await copied(stage.database, copy, at=datetime.now(UTC))
    await stage.until(lambda: len(_readers(stage)) >= 200)
    stage.world.faults.add({"method": "messages.send", "times": READERS, "http": 502})  # no more, however slow we are
    assert await stage.stop() == 0
    stage.world.faults.clear()
    assert len(_readers(stage)) < READERS

    await put_back(copy, stage.database, at=datetime.now(UTC))
    stage.forget()
    stage.settings["VK_REQUESTS_PER_SECOND"] = "0"
    stage.start()
    await stage.until(lambda: any(text.startswith("База восстановлена") for text in stage.seen(people[0])))
    assert len(_readers(stage)) < READERS, "bulk waits for the administrator"
    stage.press(people[0], "Проверено, продолжить рассылки")
    await stage.until(lambda: len(_readers(stage)) >= READERS)
    await stage.settled()
    assert await stage.stop() == 0
    assert Counter(_readers(stage)) == Counter(people)
    invariants.check_finished(stage.database)


def _readers(stage: Stage) -> list[int]:
    return [one.peer_id for one in stage.world.ledger.accepted if TEXT in one.content.text]

"""A step that raises is tried again, then set aside with its traceback; the others go on."""

from __future__ import annotations

import sqlite3

import pytest

from storage.inbox import MOST_TRIES
from storage.storage import Storage
from tests.pipeline.line import Line, wrote

ANNA, BORIS = 101, 102


async def test_f42_a_poisoned_update_is_set_aside_after_three_tries_and_nobody_else_waits(
    line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    await line.comes(
        wrote(ANNA, 1, "яд"), wrote(BORIS, 1, "поездка"), wrote(ANNA, 2, "поездка"), wrote(BORIS, 2, "Томск")
    )

    await line.worker.work()
    assert await line.sent(BORIS) == ["Куда?", "Когда?"]
    assert await line.sent(ANNA) == []

    await line.works()
    assert await line.sent(ANNA) == ["Что-то пошло не так", "Куда?"]
    async with line.database.transaction() as connection:
        [(update, trace)] = await Storage(connection).inbox.quarantined()
    assert (update.person_id, update.tries) == (ANNA, MOST_TRIES)
    assert "PoisonError: this update is poison" in trace
    assert "яд" not in caplog.text

    await line.comes(wrote(ANNA, 3, "Томск"))
    await line.works()
    assert (await line.sent(ANNA))[-1] == "Когда?"


async def test_what_a_failed_step_wrote_is_undone_and_what_others_wrote_beside_it_stays(line: Line) -> None:
    """A step may raise after it has changed rows: here the engine meets a job's result that lacks what is needed."""
    await line.comes(wrote(ANNA, 1, "поездка"), wrote(ANNA, 2, "Томск"))
    await line.works()
    async with line.database.transaction() as connection:
        before = await Storage(connection).memory.load(ANNA)
        await connection.execute_fetchall(
            "create temporary trigger refuse before insert on outbox when new.peer_id = 101"
            " begin select raise(abort, 'the step can not write'); end"
        )
    await line.comes(wrote(ANNA, 3, "завтра"), wrote(BORIS, 1, "поездка"))
    await line.works()
    async with line.database.transaction() as connection:
        assert await Storage(connection).memory.load(ANNA) == before
        await connection.execute_fetchall("drop trigger refuse")
        [(_, trace)] = await Storage(connection).inbox.quarantined()
    assert sqlite3.IntegrityError.__name__ in trace
    assert await line.sent(BORIS) == ["Куда?"]

    await line.comes(wrote(ANNA, 4, "завтра"))
    await line.works()
    assert await line.sent(ANNA) == ["Куда?", "Когда?", "Кто?"]

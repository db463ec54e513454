"""The audit log: a change of any entry is found."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from storage import audit
from storage.storage import Storage
from tests.storage.world import HOUR, NOON, ORGANIZER, another_world

COLUMNS = ("seq", "at", "actor_id", "action", "subject", "detail", "previous_hash", "hash")
NEW_VALUES = st.one_of(st.integers(0, 10**12), st.text("0123456789abcdef{}", max_size=64), st.binary(max_size=4))


async def act(storage: Storage, times: int) -> None:
    for number in range(times):
        await storage.audit.add(ORGANIZER, "accept", f"application:{number}", {"was": "sent"}, at=NOON)


async def test_an_act_is_read_back_as_it_was_kept(storage: Storage) -> None:
    assert await storage.audit.verify() is None
    detail = {"criterion": "design", "was": 4, "now": "4,5"}
    first = await storage.audit.add(ORGANIZER, "score", "assignment:7", detail, at=NOON)
    assert (first.seq, first.at, first.actor_id, first.action) == (1, NOON, ORGANIZER, "score")
    assert (first.subject, first.detail) == ("assignment:7", detail)
    second = await storage.audit.add(ORGANIZER, "publish", "event:scratch", {}, at=NOON - HOUR)
    assert await storage.audit.tail(5) == [second, first]
    assert await storage.audit.tail(1) == [second]
    assert await storage.audit.verify() is None


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4), st.sampled_from(COLUMNS), NEW_VALUES)
async def test_a_change_of_any_value_of_any_entry_is_found(seq: int, column: str, value: int | str | bytes) -> None:
    async with another_world() as storage:
        await act(storage, 4)
        connection = storage._connection
        before = list(map(tuple, await connection.execute_fetchall("select * from audit order by seq")))
        assume(column != "seq" or (isinstance(value, int) and value not in (1, 2, 3, 4)))
        await connection.execute_fetchall(f"update audit set {column} = ? where seq = ?", (value, seq))  # noqa: S608
        after = list(map(tuple, await connection.execute_fetchall("select * from audit order by seq")))
        assume(before != after)
        broken = await storage.audit.verify()
        assert broken is not None
        assert broken == seq or column == "seq"


@pytest.mark.parametrize(("gone", "broken"), [(1, 2), (2, 3), (3, 4)])
async def test_an_entry_that_was_taken_out_is_missed_at_the_next(storage: Storage, gone: int, broken: int) -> None:
    await act(storage, 4)
    await storage._connection.execute_fetchall("delete from audit where seq = ?", (gone,))
    assert await storage.audit.verify() == broken


async def test_a_forged_entry_with_a_seal_of_its_own_breaks_the_next_one(storage: Storage) -> None:
    await act(storage, 3)
    rows = await storage._connection.execute_fetchall("select * from audit where seq = 2")
    forged = {**dict(next(iter(rows))), "actor_id": 9}
    await storage._connection.execute_fetchall(
        "update audit set actor_id = 9, hash = ? where seq = 2", (audit._seal(forged),)
    )
    assert await storage.audit.verify() == 3


async def test_a_log_longer_than_a_page_is_checked_to_its_end(storage: Storage) -> None:
    await act(storage, 5)
    assert await storage.audit.verify(page=2) is None
    await storage._connection.execute_fetchall("update audit set action = 'reject' where seq = 5")
    assert await storage.audit.verify(page=2) == 5

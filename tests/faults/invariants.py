"""What must hold of the database and the sandbox's ledger, whenever the bot died and wherever.

The database is opened read-only: what a dead process left in the journal stays for the next one to recover. Rules
of the database alone stand in `storage.invariants`, which operators have too (`check --database`); here they meet
the other side of the wire.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.sandbox.world import World
from storage.invariants import Invariants, Violation
from storage.opening import snapshot_of
from storage.restoring import digest

#: Of a row that is not sent, because its update was answered before an older database was put back.
ANSWERED_BEFORE = "answered before the copy was put back"
#: Tables whose rows say how something was done, not what.
WAYS = frozenset({"inbox", "outbox", "batch", "setting", "sqlite_sequence", "job"})


@contextmanager
def reading(database: Path) -> Iterator[sqlite3.Connection]:
    """A look at the file that changes nothing."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def check_invariants(database: Path) -> None:
    """What holds of every database (I1 to I8), or it is not there yet."""
    if not database.exists():
        return
    with ThreadPoolExecutor(max_workers=1) as aside:
        assert aside.submit(asyncio.run, _violations(database)).result() == []


async def _violations(database: Path) -> list[Violation]:
    connection = await snapshot_of(database)
    try:
        return await Invariants(connection).violations(now=datetime.now(UTC))
    finally:
        await connection.close()


def check_kept(database: Path, world: World, after_ts: int, told_ts: int | None) -> int:
    """I9: every update after `after_ts` that VK was told about is in the inbox, once; how far that is looked at."""
    if told_ts is None or told_ts <= after_ts:
        return after_ts
    first = world.log.first
    told = [_event_id(json.loads(text)) for text in world.log.texts[max(after_ts - first, 0) : told_ts - first]]
    with reading(database) as connection:
        kept = {row["event_id"] for row in connection.execute("select event_id from inbox")}
    assert [event_id for event_id in told if event_id not in kept] == []
    return told_ts


def waiting(database: Path) -> int:
    """How much is to be done yet."""
    with reading(database) as connection:
        query = """select (select count(*) from inbox where state = 'waiting')
            + (select count(*) from outbox where state = 'due') + (select count(*) from job where state = 'due')"""
        return int(connection.execute(query).fetchone()[0])


def check_sent(database: Path, world: World, after: int = 0) -> None:
    """I3: a row that counts as sent has reached its person, and nothing has that is not a row; nothing came twice.

    `after`: so many of the first messages may be without a row, because an older database was put back. Such a
    database may say again what VK has had since the copy: then the row counts as sent under the number of that message,
    and VK never sees the row's own `random_id`. Which row speaks for which message, `sent_after_copy` says.
    """
    if not database.exists():
        assert world.ledger.accepted == []
        return
    with reading(database) as connection:
        rows = connection.execute("select * from outbox where kind = 'send'")
        known = {(row["peer_id"], row["random_id"]): row for row in rows}
        query = "select outbox_id, peer_id, message_id, digest from sent_after_copy where outbox_id is not null"
        said_before = {row["outbox_id"]: row for row in connection.execute(query)}
    accepted = Counter((message.peer_id, message.random_id) for message in world.ledger.accepted)
    assert max(accepted.values(), default=1) == 1, "a message came twice"
    written = [(message.peer_id, message.random_id) for message in world.ledger.accepted[after:]]
    assert set(written) <= known.keys(), "a message that nobody wrote down"
    there = {(message.peer_id, message.id) for message in world.ledger.accepted[:after]}
    unsent = [
        dict(row)
        for one, row in known.items()
        if row["state"] == "sent" and one not in accepted and not _was_said(row, said_before.get(row["id"]), there)
    ]
    assert not unsent, f"counts as sent, and VK has none of it: {unsent[:5]}"
    assert 0 not in {random_id for _, random_id in accepted}


def _was_said(row: sqlite3.Row, said: sqlite3.Row | None, there: Collection[tuple[int, int]]) -> bool:
    """VK had the same text for the same person before the database was put back, and the row has that number."""
    if said is None:
        return False
    one = (said["peer_id"], said["message_id"])
    same_text = said["digest"] == digest(json.loads(row["body"])["text"])
    return same_text and one in there and one == (row["peer_id"], row["message_id"])


def check_finished(database: Path) -> None:
    """Nothing waits, nothing was given up, no step raised.

    Dropped may be what a stopped announcement had left, the answer to a button that was answered before a kill, and
    what a database that was put back would have answered a second time.
    """
    with reading(database) as connection:
        assert [row["error"] for row in connection.execute("select error from inbox where tries > 0")] == []
        for table, good in (("inbox", "done"), ("outbox", "sent"), ("job", "done")):
            rows = [dict(row) for row in connection.execute(f"select * from {table} where state <> ?", (good,))]  # noqa: S608
            assert [row for row in rows if not _may_be_dropped(row)] == [], table


def _may_be_dropped(row: dict[str, Any]) -> bool:
    is_left = row.get("kind") == "answer" or row.get("announcement_id") is not None
    return bool(row["state"] == "dropped" and (is_left or row.get("error") == ANSWERED_BEFORE))


def tables(database: Path) -> dict[str, int]:
    """How many rows each table has that tells what happened."""
    with reading(database) as connection:
        names = [row["name"] for row in connection.execute("select name from sqlite_schema where type = 'table'")]
        counts = {name: connection.execute(f"select count(*) from {name}").fetchone()[0] for name in names}  # noqa: S608
    return {name: counts[name] for name in sorted(counts.keys() - WAYS)}


def _event_id(update: dict[str, object]) -> str:
    facts = update["object"]
    assert isinstance(facts, dict)
    if update["type"] == "message_new":
        message = facts["message"]
        return f"m:{message['peer_id']}:{message['conversation_message_id']}"
    return str(update["event_id"])

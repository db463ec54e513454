"""What a failed storm leaves behind: the rows of whom it failed for, and the whole folder."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.faults.invariants import reading

#: Of each table, the newest rows of somebody.
ROWS = {
    "inbox": "select id, event_id, order_key, state, tries, muted, substr(error, -200) as error from inbox"
    " where person_id = ? order by id desc limit 6",
    "outbox": "select id, update_id, kind, priority, state, tries, error_code, error, unsure, message_id,"
    " due_at - created_at as waits_ms, settled_at - created_at as took_ms, substr(body, 1, 80) as body from outbox"
    " where peer_id = ? order by id desc limit 8",
    "job": "select id, kind, state, tries, error from job where argument like '%\"person_id\":' || ? || '%'"
    " order by id desc limit 4",
}
LINES_OF_LOG = 15


def rows_of(database: Path, person: int) -> str:
    """What the database has of somebody, newest first, a line a row."""
    lines = []
    with reading(database) as connection:
        for table, query in ROWS.items():
            lines += [f"  {table} {dict(row)}" for row in connection.execute(query, (person,))]
    return "\n".join(lines)


def kept(folder: Path) -> str:
    """Where the folder was copied to, with what the bot said last."""
    place = Path(tempfile.mkdtemp(prefix="kreitv-storm-"))
    shutil.copytree(folder, place, dirs_exist_ok=True)
    logs = sorted(place.glob("bot-*.log"), key=lambda log: int(log.stem.partition("-")[2]))
    said = [line for log in logs[-3:] for line in log.read_text(encoding="utf-8").splitlines()]
    return "\n".join([f"what the storm left: {place}", *said[-LINES_OF_LOG:]])

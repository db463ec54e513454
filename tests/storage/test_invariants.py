"""What always holds of the database: each rule finds what breaks it, and nothing where all is well."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.invariants import MEANINGS
from storage.connection import Connection
from storage.invariants import PARTS, Invariants
from tests.fresh import fresh

SOUND = """
insert into person (id, first_seen_at) values (101, 1);
insert into event (code, definition, loaded_at, last_ordinal) values ('scratch-2026', '{"seats": {"most": 1}}', 1, 1);
insert into application (
    id, number, event_code, ordinal, person_id, applicant_role, state, category, organisation_name, duplicate_key,
    created_at, updated_at, accepted_at
) values (1, 'СК-2026-0001', 'scratch-2026', 1, 101, 'self', 'accepted', 'pupil', 'Школа', 'k', 1, 1, 1);
insert into assignment (id, application_id, person_id, state, assigned_at, saved_at) values (1, 1, 101, 'scored', 1, 1);
insert into score values (1, 'design', 5, 1);
insert into inbox (id, event_id, person_id, order_key, raw, received_at, state)
values (1, 'e', 101, 1, '{}', 1, 'done');
insert into outbox (id, peer_id, priority, kind, body, random_id, state, due_at, created_at, update_id, message_id)
values (1, 101, 1, 'send', '{}', 7, 'sent', 1, 1, 1, 5), (2, 102, 1, 'send', '{}', 7, 'due', 1, 1, null, null);
insert into outbox (id, peer_id, priority, kind, body, random_id, target_id, state, due_at, created_at)
values (3, 101, 1, 'edit', '{}', 8, 1, 'due', 1, 1);
"""
#: What breaks each part, and the rows that are named then.
BREAKS = {
    "answers_of_undone": ("update inbox set state = 'waiting'", "1"),
    "ordinals_behind": ("update event set last_ordinal = 0", "1"),
    "sent_without_message": ("update outbox set message_id = null where id = 1", "1"),
    "random_ids_twice": ("update outbox set peer_id = 101 where id = 2", "2"),
    "unnumbered": ("update outbox set random_id = 0 where id = 2", "2"),
    "changes_of_nothing": ("update outbox set target_id = 77 where id = 3", "3"),
    "accepted_without_time": ("update application set accepted_at = null", "1"),
    "unsaved_sheets": ("delete from score", "1"),
    "states": ("update application set state = 'весёлая'", "1"),
    "references": ("delete from assignment", "score:1"),
    "audit": (
        """insert into audit (seq, at, actor_id, action, subject, detail, previous_hash, hash)
        values (1, 1, 1, 'a', 's', '{}', '', 'no seal')""",
        "1",
    ),
    "seats": (
        """insert into application (
            id, number, event_code, ordinal, person_id, applicant_role, state, category, organisation_name,
            duplicate_key, created_at, updated_at
        ) values (2, 'СК-2026-0002', 'scratch-2026', 0, 101, 'self', 'sent', 'pupil', 'Школа', 'k', 1, 1)""",
        "scratch-2026",
    ),
}  # fmt: skip


@pytest.fixture
async def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = await fresh(tmp_path / "bot.db")
    change(path, SOUND)
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "VK_TOKEN": "sandbox", "DATABASE_PATH": "bot.db", "OPERATOR_NAME": "Г", "OPERATOR_CONTACT": "к",
        "OPERATOR_POLICY_URL": "https://p.example",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return path


def change(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(sql)


async def test_what_breaks_a_rule_is_named_with_its_rows(database: Path) -> None:
    assert set(PARTS) == set(MEANINGS) == {*BREAKS, "file"}
    raw = sqlite3.connect(database, isolation_level=None)
    raw.row_factory = sqlite3.Row
    connection = Connection(raw)
    now = datetime.now(UTC)
    assert await Invariants(connection).violations(now=now) == []
    for part, (sql, rows) in BREAKS.items():
        raw.execute("begin")
        raw.execute(sql)
        [found] = await Invariants(connection).violations(now=now)
        assert (found.part, ", ".join(found.rows), found.count) == (part, rows, 1)
        raw.execute("rollback")
    raw.close()


def test_the_command_says_what_is_broken_and_what_to_do(database: Path) -> None:
    assert run() == (0, "✓ База bot.db: всё сходится, правил проверено 13\n")
    change(database, "update outbox set message_id = null")
    meaning = "сообщение считается отправленным, а номера от VK у него нет (строки outbox): 1"
    advice = "Остановите бота, сохраните файл базы и журнал и восстановите последнюю целую копию."
    assert run() == (1, f"✗ I2: {meaning}\n{advice}\n")
    database.unlink()
    assert run() == (1, "Базы bot.db нет: она появится при первом запуске.\n")


def run() -> tuple[int, str]:
    found = CliRunner().invoke(app, ["check", "--database"])
    return found.exit_code, found.output

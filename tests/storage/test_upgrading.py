"""F50: a database of an earlier version keeps everything it had."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.contest.announcing.model import AnnouncementState, Figures
from bot.contest.authorize import Role, RoleKind
from bot.contest.consents import ConsentKind
from storage.database import opened
from storage.migrating import MIGRATIONS, statements
from storage.storage import Storage
from storage.times import from_ms
from tests.storage.world import NOON

AT = int(NOON.timestamp() * 1000)
CODE_HASH = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of the first version, with something in every table that the second one rebuilds."""
    path = tmp_path / "bot.db"
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements((MIGRATIONS / "0001_foundation.sql").read_text(encoding="utf-8")):
            connection.execute(statement)
        connection.execute("pragma user_version = 1")
        connection.executemany("insert into person (id, first_seen_at) values (?, ?)", [(1, AT), (2, AT), (3, AT)])
        connection.execute("insert into event (code, definition, loaded_at) values ('scratch', '{}', ?)", (AT,))
        connection.executemany(
            "insert into role values (?, ?, ?, 1, ?)", [(1, "organizer", "scratch", AT), (2, "jury", "", AT)]
        )
        connection.execute(
            "insert into invitation values (?, 'jury', 'scratch', 1, ?, ?, 2, ?, ?)", (CODE_HASH, AT, AT + 1, AT, AT)
        )
        connection.execute(
            "insert into application (id, number, event_code, ordinal, person_id, applicant_role, state, category,"
            " organisation_name, answers, duplicate_key, created_at, updated_at)"
            " values (7, 'СК-2026-0001', 'scratch', 1, 3, 'teacher', 'sent', 'pupil', 'Лицей', '{}', 'x', ?, ?)",
            (AT, AT),
        )
        connection.executemany(
            "insert into participant (id, application_id, position, surname, name, grade) values (?, 7, ?, ?, ?, 3)",
            [(11, 1, "Соколова", "Вера"), (12, 2, "Белов", "Артём")],
        )
        connection.executemany(
            "insert into consent (application_id, kind, version, text_hash, decision, channel, person_id, decided_at)"
            " values (7, ?, 1, 'ab12', ?, 'chat', 3, ?)",
            [("processing", "paper", AT), ("publication", "given", AT), ("publication", "withdrawn", AT + 5)],
        )
        connection.execute(
            "insert into announcement values (5, 'scratch', 1, 'applicants', 'Приём продлён', 'sent', 2, ?)", (AT,)
        )
        connection.executemany(
            "insert into outbox (peer_id, priority, kind, body, random_id, key, state, due_at, created_at)"
            " values (?, 3, 'send', '{}', 1, ?, ?, ?, ?)",
            [(3, "announcement:5:3", "sent", AT, AT), (2, "announcement:5:2", "due", AT, AT), (2, None, "due", AT, AT)],
        )
        connection.commit()
    return path


async def test_f50_a_database_of_the_first_version_keeps_what_it_had(old: Path) -> None:
    async with opened(old) as database, database.transaction() as connection:
        storage = Storage(connection)
        application = await storage.applications.get(7)
        assert application is not None
        assert [(one.id, one.name.formal) for one in application.participants] == [
            (11, "Соколова Вера"), (12, "Белов Артём"),
        ]  # fmt: skip
        assert (application.origin, application.title, application.anonymised_at) == ("chat", None, None)
        history = await storage.consents.history(7)
        assert [(one.kind, one.decision, one.version, one.participant_id) for one in history] == [
            (ConsentKind.PROCESSING, "paper", 1, None),
            (ConsentKind.PUBLICATION, "given", 1, None),
            (ConsentKind.PUBLICATION, "withdrawn", 1, None),
        ]
        assert await storage.roles.of_person(1) == {Role(RoleKind.ORGANIZER, "scratch")}
        assert await storage.roles.of_person(2) == {Role(RoleKind.JURY)}
        rows = await connection.execute_fetchall("select code_hash, used_by, accepted_at from invitation")
        assert [tuple(row) for row in rows] == [(CODE_HASH, 2, AT)]
        assert [tuple(row) for row in await connection.execute_fetchall("pragma foreign_key_check")] == []


async def test_f50_an_announcement_of_an_old_version_is_done_and_its_messages_are_known_to_be_its(old: Path) -> None:
    async with opened(old) as database, database.transaction() as connection:
        storage = Storage(connection)
        (one,) = await storage.announcements.of_event("scratch")
        assert (one.id, one.text, one.audience) == (5, "Приём продлён", {"key": "applicants"})
        assert (one.state, one.started_by, one.finished_at) == (AnnouncementState.DONE, 1, from_ms(AT))
        assert await storage.mailings.unfinished() == []
        assert await storage.announcements.figures(one) == Figures(planned=2, sent=1, on_the_way=1)
        assert await storage.announcements.sent_to(5) == [2, 3]


async def test_f50_an_old_consent_counts_for_everyone_of_its_application(old: Path) -> None:
    """And a new one for its participant alone."""
    async with opened(old) as database, database.transaction() as connection:
        storage = Storage(connection)
        await storage.consents.record(
            7, ConsentKind.PROCESSING, version=2, text_hash="cd", decision="withdrawn", channel="link", person_id=2,
            participant_id=12, at=NOON,
        )  # fmt: skip
        said = await storage.consents.history(7)
        assert [one.decision for one in said if one.participant_id in (None, 11) and one.kind == "processing"] == [
            "paper"
        ]


async def test_f50_a_database_of_the_second_version_keeps_its_results_and_tells_the_forgotten_apart(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        for statement in statements((MIGRATIONS / "0002_year.sql").read_text(encoding="utf-8")):
            connection.execute(statement)
        connection.execute("pragma user_version = 2")
        connection.execute("update participant set surname = 'Участник', name = '№ 2' where id = 12")
        connection.execute("update event set approved_at = ?, published_at = ? where code = 'scratch'", (AT, AT + 1))
        connection.execute(
            "insert into outcome (application_id, kind, title, by_hand, decided_by, decided_at)"
            " values (7, 'prize', 'Диплом II степени', 0, 1, ?)",
            (AT,),
        )
        connection.commit()
    async with opened(old) as database, database.transaction() as connection:
        storage = Storage(connection)
        decisions = await storage.outcomes.of_event("scratch")
        assert decisions[7].result.outcome.title == "Диплом II степени"
        rows = await connection.execute_fetchall("select id, forgotten_as from participant order by id")
        assert [tuple(row) for row in rows] == [(11, None), (12, "only")]
        assert await storage.papers.of_event("scratch") == []
        assert await storage.protocols.latest("scratch") is None
        assert [tuple(row) for row in await connection.execute_fetchall("pragma foreign_key_check")] == []

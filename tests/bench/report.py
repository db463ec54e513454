"""How long the report of a year of 100 000 participations takes, and how much memory.

python -m tests.bench.report

The target is 30 seconds for everything: reading, counting by two rules, the workbook with all rows and both papers.
"""

from __future__ import annotations

import asyncio
import gc
import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.events import load_events
from bot.contest.consents import Operator
from bot.contest.event.loading import read_events
from bot.contest.event.model import Event
from bot.contest.event.moments import TOMSK
from bot.contest.event.units import Bundle
from bot.contest.facts import Facts
from bot.contest.organisations import Directory
from bot.contest.programme import Programme
from bot.contest.report.counting import shipped_rules
from bot.documents.report_docx.drawing import draw_docx
from bot.documents.report_docx.year import report_paper
from bot.documents.report_xlsx.drawing import draw_report
from handlers.book import texts
from handlers.kinds import Desk
from handlers.reporting import year_report
from storage.database import opened
from storage.storage import Storage

PARTICIPATIONS, TARGET_S = 100_000, 30
YEAR, FILES = "2020-21", Path(__file__).resolve().parents[2] / "bot/data/events/2020-21"
NOON = datetime(2021, 6, 1, 5, tzinfo=UTC)
#: As many people a work as an ensemble has, now and then.
SIZES = (1, 1, 1, 1, 2, 7)
_SURNAMES, _NAMES = 700, 40
_ACCEPTED_MS = 1_600_000_000_000


def rows(events: tuple[Event, ...], seed: int) -> Iterator[tuple[tuple[object, ...], Sequence[tuple[object, ...]]]]:
    """Applications with their people, until there are enough participations."""
    dice = random.Random(seed)
    codes = sorted(Directory.load().codes)
    real = [event for event in events if not isinstance(event.unit, Bundle)]
    ordinals = dict.fromkeys((event.code for event in real), 0)
    people = number = 0
    while people < PARTICIPATIONS:
        event = dice.choice(real)
        ordinals[event.code] += 1
        number += 1
        size = min(dice.choice(SIZES), PARTICIPATIONS - people)
        people += size
        category = event.audience.categories[0].value
        application = (
            number, f"{event.number_prefix}-{ordinals[event.code]:05}", event.code, ordinals[event.code], 1, "teacher",
            "accepted", category, dice.choice(codes), "Школа", "Соснина Вера Игоревна", f"{number}", 0, 0, _ACCEPTED_MS,
        )  # fmt: skip
        names = [
            (number, place, f"Иванов{dice.randrange(_SURNAMES)}", f"Имя{dice.randrange(_NAMES)}", dice.randrange(1, 12))
            for place in range(1, size + 1)
        ]
        yield application, names


async def fill(path: Path) -> None:
    """A database with the events of the year and as many people as there may be."""
    events = read_events(sorted(FILES.glob("*.yaml")))
    assert all(isinstance(event, Event) for event in events)
    known = tuple(event for event in events if isinstance(event, Event))
    async with opened(path) as database:
        await load_events(database, known)
        async with database.transaction() as connection:
            await Storage(connection).people.meet(1, at=NOON)
    with closing(sqlite3.connect(path)) as connection:
        for application, people in rows(known, seed=1):
            connection.execute(
                "insert into application (id, number, event_code, ordinal, person_id, applicant_role, state, category,"
                " organisation_code, organisation_name, supervisor, duplicate_key, created_at, updated_at, accepted_at)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                application,
            )
            connection.executemany(
                "insert into participant (application_id, position, surname, name, grade) values (?, ?, ?, ?, ?)",
                people,
            )
        connection.execute(
            "insert into outcome (application_id, kind, title, by_hand, decided_by, decided_at)"
            " select id, case when id % 5 = 0 then 'winner' else 'participant' end, '', 0, 1, 0 from application"
        )
        connection.execute("update event set published_at = 0")
        connection.commit()


async def measure() -> None:
    """Fill, then make the report; print the seconds of each step and the most memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bot.db"
        await fill(path)
        gc.disable()  # as the command and the chat's process do
        before = _memory_mb()
        began, processor = time.perf_counter(), time.process_time()
        rules = shipped_rules()
        async with opened(path, alone=False) as database, database.snapshot() as connection:
            facts = Facts(TOMSK, Operator("", "", ""), Directory.load(), "")
            desk = Desk(now=NOON, storage=Storage(connection), texts=texts(), facts=facts)
            report = await year_report(desk, YEAR, rules["unique"], beside=rules["printed-2020-21"])
        counted = time.perf_counter()
        book = draw_report(report, [*rules.values()], directory=Directory.load(), names=True)
        drawn = time.perf_counter()
        paper = draw_docx(report_paper(report, Programme.load(), working=True))
        ended = time.perf_counter()
    people = len(report.rows.participations)
    print(f"participations {people}, applications {len(report.rows.applications)}")
    print(f"read and counted by two rules  {counted - began:6.1f} s")
    print(f"XLSX, {len(book.data) / 1e6:.1f} MB  {drawn - counted:6.1f} s")
    print(f"DOCX, {len(paper) / 1e6:.1f} MB  {ended - drawn:6.1f} s")
    spent = time.process_time() - processor
    print(
        f"in all {ended - began:.1f} s (target {TARGET_S}), of the processor {spent:.1f} s, "
        f"memory {_memory_mb():.0f} MB, {before:.0f} MB before"
    )


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    asyncio.run(measure())

"""How long a list of 100 000 applications takes to be written, how much memory, and what a writer beside it waits.

python -m tests.bench.exports
"""

from __future__ import annotations

import asyncio
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.contest.applications import ApplicationState
from bot.contest.consents import Applicant, ConsentKind, Operator
from bot.contest.event import Event
from bot.contest.event.loading import dump_event, read_event
from bot.contest.event.moments import TOMSK
from bot.contest.exports.listings import listing_of
from bot.contest.facts import Facts
from bot.contest.grades import Grade
from bot.contest.names import FullName
from bot.contest.organisations import Directory
from handlers.book import texts
from handlers.organizer.exports.apart import Asked, Format, apart
from handlers.organizer.exports.wanted import Filter
from storage.application_rows import Contact, Form, Participant
from storage.applications import Entered
from storage.consents import CHAT, Consent
from storage.database import Database, opened
from storage.storage import Storage
from tests.talks.scenes import EVENTS, SCRATCH

ROWS, AT_ONCE = 100_000, 2_000
#: What a list may take.
MOST_S, MOST_MB, MOST_P95_S = 15.0, 200.0, 1.0
#: Between two transactions of the writer.
PAUSE_S = 0.02
NOW = datetime(2026, 4, 18, 5, 20, tzinfo=UTC)
_NAMES = ("Соколова Вера Ильинична", "Белов Артём Олегович", "Ондар Айдың Мергенович", "Ветрова Анна")
_SCHOOLS = (("gymnasium-13-tomsk", "МАОУ гимназия № 13 г. Томска"), (None, "школа за рекой"))


async def filled(database: Database, event: Event) -> None:
    """An event with so many applications, each with a contact and both consents."""
    async with database.transaction() as connection:
        storage = Storage(connection)
        await storage.events.load(event.code, dump_event(event), closes_at=event.closes_at, at=NOW)
        for person_id in range(1, 101):
            await storage.people.meet(person_id, at=NOW)
        await storage.people.set_names({one: ("Нина", f"Орлова-{one}") for one in range(1, 101)})
    for start in range(0, ROWS, AT_ONCE):
        async with database.transaction() as connection:
            await _more(Storage(connection), event, range(start, start + AT_ONCE))


async def _more(storage: Storage, event: Event, numbers: Sequence[int]) -> None:
    contacts = [Contact(f"+7913{number:07d}", f"t{number}@mail.example") for number in numbers]
    entered = [
        Entered(_form(event, number), ApplicationState.ACCEPTED, contact)
        for number, contact in zip(numbers, contacts, strict=True)
    ]
    made = await storage.applications.add_all(
        entered,
        event_code=event.code,
        person_id=numbers[0] % 100 + 1,
        number=lambda ordinal: f"СК-2026-{ordinal:06d}",
        at=NOW,
    )
    await storage.consents.record_all(
        Consent(one.id, kind, 1, "0" * 64, "given", CHAT, one.person_id, NOW) for one in made for kind in ConsentKind
    )
    for one in made[::2]:
        work = await storage.works.add_version(
            one.id, "link", said_at=NOW, received_at=NOW, url=f"https://scratch.mit.edu/projects/{one.id}"
        )
        await storage.works.set_check(work.id, "open", title="Таблица умножения", at=NOW)


def _form(event: Event, number: int) -> Form:
    code, school = _SCHOOLS[number % len(_SCHOOLS)]
    return Form(
        applicant_role=Applicant.TEACHER,
        category="pupil",
        nomination=event.leaves[number % len(event.leaves)].code,
        age_group=event.age_groups[0].code if event.age_groups else None,
        organisation_code=code,
        organisation_name=school,
        supervisor="Кедрова Зоя Львовна",
        answers={"_title": f"Игра {number}"},
        duplicate_key=str(number),
        participants=(Participant(FullName(*_NAMES[number % len(_NAMES)].split()), Grade(number % 11 + 1, "Б")),),
    )


async def _writes(database: Database, event: Event, stop: asyncio.Event, waits: list[float]) -> None:
    """Somebody who acts, again and again."""
    while not stop.is_set():
        started = time.perf_counter()
        async with database.transaction() as connection:
            await Storage(connection).audit.add(1, "score", f"event:{event.code}", {}, at=NOW)
        waits.append(time.perf_counter() - started)
        await asyncio.sleep(PAUSE_S)


async def measure(database: Database, event: Event, code: str, kind: Format) -> None:
    """Write one list beside a writer; print what it took."""
    listing = listing_of(event, code)
    if listing is None:
        raise LookupError(code)
    facts = Facts(TOMSK, Operator("школа", "", ""), Directory.load(), "kreitv")
    columns = tuple(one.code for one in listing.columns)
    asked = Asked(database.path, NOW, facts, texts(), event.code, code, Filter("all"), columns, kind, ())
    stop, waits = asyncio.Event(), list[float]()
    writer = asyncio.create_task(_writes(database, event, stop, waits))
    before, started = _processor_s(), time.perf_counter()
    done = await asyncio.to_thread(apart, asked)
    took = time.perf_counter() - started
    stop.set()
    await writer
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    p95 = statistics.quantiles(waits, n=20, method="inclusive")[-1]
    said = {
        "list": f"{code}.{kind}",
        "rows": done.rows,
        "columns": len(columns),
        "megabytes": round(len(done.data) / 1024**2, 1),
        "seconds": f"{took:.1f} of {MOST_S:.0f} ({took / MOST_S:.0%})",
        "processor_seconds": f"{_processor_s() - before:.1f} of {MOST_S:.0f}",
        "memory_mb": f"{memory:.0f} of {MOST_MB:.0f} ({memory / MOST_MB:.0%})",
        "writer_p95_ms": f"{p95 * 1000:.1f} of {MOST_P95_S * 1000:.0f}; longest {max(waits) * 1000:.0f}",
    }
    print(json.dumps(said, ensure_ascii=False), flush=True)


def _processor_s() -> float:
    """What the processes that wrote lists have used of a processor: on a busy machine less than the time it took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def main(lists: Sequence[str]) -> None:
    """Fill a database and write the lists that are named, or those with a row an application."""
    event = read_event(EVENTS / SCRATCH)
    if not isinstance(event, Event):
        raise TypeError(event)
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder) / "bot.db") as database:
            started = time.perf_counter()
            await filled(database, event)
            print(f"{ROWS} applications made in {time.perf_counter() - started:.0f} s", flush=True)
            for code in lists or ("applications", "people", "works", "consents"):
                for kind in Format:
                    await measure(database, event, code, kind)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))

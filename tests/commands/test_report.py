"""`python -m bot report`: files of a year from the database."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.commands.events import load_events
from bot.commands.report import read_year
from bot.contest.applications import ApplicationState
from bot.contest.event import Event
from bot.contest.event.loading import read_event
from storage.database import opened
from storage.storage import Storage
from tests.commands.test_commands import SCRATCH, terminal, typed
from tests.storage.world import apply

__all__ = ["terminal"]
NOW = datetime(2021, 4, 20, tzinfo=UTC)


async def filled(path: Path) -> None:
    """One contest with one accepted application."""
    event = read_event(SCRATCH)
    assert isinstance(event, Event)
    async with opened(path) as database:
        await load_events(database, [event])
        async with database.transaction() as connection:
            storage = Storage(connection)
            await storage.people.meet(1, at=NOW)
            application = await apply(storage, event_code=event.code)
            await storage.applications.set_state(application.id, ApplicationState.ACCEPTED, reason=None, at=NOW)


async def audited(path: Path) -> list[str]:
    async with opened(path, alone=False) as database, database.transaction() as connection:
        return [one.action for one in await Storage(connection).audit.tail(50)]


def test_a_year_is_written_with_two_rules_beside_each_other(terminal: Path) -> None:
    asyncio.run(filled(terminal / "bot.db"))
    done = typed("report", "2020–21", "--compare", "printed-2020-21", "--to", str(terminal / "out"))
    assert done.exit_code == 0, done.stderr
    assert sorted(one.name for one in (terminal / "out").iterdir()) == [
        "otchyot-2020-21-bez-imyon.xlsx", "otchyot-2020-21-rabochij.docx", "otchyot-2020-21.docx",
    ]  # fmt: skip
    assert "2020–21 учебный год, правило «Каждый человек один раз»" in done.stdout
    assert "Участий                       1 участий  (по правилу «Как в отчёте 2020–21»: 1)" in done.stdout
    assert "export_report" not in asyncio.run(audited(terminal / "bot.db"))

    named = typed("report", "2020-21", "--names", "--to", str(terminal / "out"))
    assert named.exit_code == 0
    assert (terminal / "out" / "otchyot-2020-21.xlsx").exists()
    assert asyncio.run(audited(terminal / "bot.db")).count("export_report") == 1


def test_what_cannot_be_made_is_said_and_then_it_can(terminal: Path) -> None:
    asyncio.run(filled(terminal / "bot.db"))
    out = str(terminal / "out")
    for words, complaint in (
        (("2020-22",), "2020-22: нужен учебный год вида 2020-21"),
        (("2019-20",), "Событий 2019–20 учебного года в базе нет. Есть: 2020-21."),
        (("2020-21", "--rules", "mine"), "Правила счёта mine нет. Есть: printed-2020-21, unique;"),
    ):
        refused = typed("report", *words, "--to", out)
        assert (refused.exit_code, complaint in refused.stderr) == (1, True), refused.stderr
    rules = terminal / "mine.yaml"
    rules.write_text("code: mine\ntitle: Моё\nnote: Моё\nusual: []\n", encoding="utf-8")
    refused = typed("report", "2020-21", "--rules", str(rules), "--to", out)
    assert (refused.exit_code, "строка 4, usual: в списке мало значений" in refused.stderr) == (1, True)
    rules.write_text("code: mine\ntitle: Моё\nnote: Моё\nusual: [{total: works, of: applications}]\n", encoding="utf-8")
    assert typed("report", "2020-21", "--rules", str(rules), "--to", out).exit_code == 0


@pytest.mark.parametrize(
    ("given", "year"),
    [
        ("2020-21", "2020-21"),
        ("2020–2021", "2020-21"),
        ("2020/21", "2020-21"),
        (" 2020 ", "2020-21"),
        ("2099-00", "2099-00"),
        ("2020-22", None),
        ("двадцатый", None),
    ],
)
def test_a_school_year_is_read_as_people_type_it(given: str, year: str | None) -> None:
    assert read_year(given) == year

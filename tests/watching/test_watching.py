"""The bot watched from outside: what is told when all is well, when something is wrong, and never of anybody."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.watching.health import COPIES_EVERY, LEAST_FREE_BYTES, LITTLE_BYTES, Signs, health_of, troubles, warnings
from bot.watching.logs import set_up
from bot.watching.page import Page
from bot.watching.watchdog import Watchdog
from storage.outbox import Priority
from storage.storage import Storage
from tests.talks.chat import Chat, chat_with_sandbox
from tests.vk.world import until

NOW = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
ROOM = 100 * LITTLE_BYTES
WELL = Signs(None, None, None, None, free_bytes=ROOM, disk_bytes=2 * ROOM)
TOKEN = "vk1.a.Canary-0123456789"


@pytest.mark.parametrize(
    ("signs", "said"),
    [
        (WELL, []),
        (
            Signs("VK does not answer", "failed 2", "UnavailableError", None, ROOM, ROOM),
            ["database", "sending", "receiving"],
        ),
        (Signs(None, None, None, NOW - timedelta(seconds=60), ROOM, ROOM), []),
        (Signs(None, None, None, NOW - timedelta(seconds=61), ROOM, ROOM), ["inbox"]),
        (Signs(None, None, None, None, LEAST_FREE_BYTES, 2 * LEAST_FREE_BYTES), []),
        (Signs(None, None, None, None, LEAST_FREE_BYTES - 1, 2 * LEAST_FREE_BYTES), ["disk"]),
        (Signs(None, None, None, None, LITTLE_BYTES - 1, 20 * LITTLE_BYTES), ["disk"]),
        (Signs(None, None, None, None, LITTLE_BYTES, 20 * LITTLE_BYTES), []),
    ],
)
def test_each_trouble_is_named(signs: Signs, said: list[str]) -> None:
    assert [one.partition(":")[0] for one in troubles(signs, now=NOW)] == said


def test_what_somebody_should_look_at_is_named_and_is_no_failure() -> None:
    signs = replace(
        WELL, quarantined=1, dead=2, failed_jobs=3, restored=True, copied_at=NOW - COPIES_EVERY - timedelta(hours=1)
    )
    found = health_of(signs, now=NOW)
    assert found.troubles == []
    assert [one.partition(":")[0] for one in found.warnings] == ["restored", "quarantine", "dead", "jobs", "backup"]
    assert warnings(replace(WELL, copied_at=NOW - COPIES_EVERY), now=NOW) == []
    only_bulk = replace(WELL, sending="spam restriction", only_bulk=True)
    assert troubles(only_bulk, now=NOW) == ["bulk: spam restriction"]


@asynccontextmanager
async def watched(chat: Chat) -> AsyncIterator[str]:
    """Where the page of the running bot is."""
    assert chat.app is not None
    looking = chat.app.looking
    page = Page("127.0.0.1", 0, health=looking.health, figures=looking.figures)
    running = asyncio.create_task(page.run())
    try:
        await until(lambda: page.port is not None)
        yield f"http://127.0.0.1:{page.port}"
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def read(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def test_health_and_figures_tell_of_the_bot_and_of_nobody(tmp_path: Path) -> None:
    async with chat_with_sandbox() as chat, chat.runs(tmp_path / "bot.db") as app, watched(chat) as url:
        anna = await chat.person("Анна", "Смирнова")
        await anna.starts()
        assert await read(f"{url}/healthz") == (200, '{"status": "ok", "troubles": []}')

        async with app.database.transaction() as connection:
            later = NOW + timedelta(days=36500)
            await Storage(connection).outbox.add(anna.id, {"text": "x"}, at=later, priority=Priority.BULK)
        status, figures = await read(f"{url}/metrics")
        rows = dict(line.rsplit(" ", 1) for line in figures.splitlines() if not line.startswith("#"))
        assert status == 200
        assert rows['kreitv_outbox_waiting{priority="bulk"}'] == "0.0"
        assert rows["kreitv_inbox_waiting"] == "0.0"
        assert rows["kreitv_inbox_quarantined"] == "0.0"
        assert rows["kreitv_healthy"] == "1.0"
        assert rows["kreitv_restored"] == rows["kreitv_announcements_running"] == rows["kreitv_jobs_failed"] == "0.0"
        assert rows["kreitv_backup_age_seconds"] == "NaN"
        assert int(float(rows['kreitv_vk_results_total{code="ok"}'])) >= 1
        assert "Смирнова" not in figures
        assert str(anna.id) not in figures

        app.sender._gate.stop("test: the token is dead")
        status, text = await read(f"{url}/healthz")
        assert (status, json.loads(text)) == (
            503,
            {"status": "failing", "troubles": ["sending: test: the token is dead"]},
        )


async def test_a_database_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    async with chat_with_sandbox() as chat, chat.runs(tmp_path / "bot.db"), watched(chat) as url:
        with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
            other.execute("alter table job rename to work")
            assert (await read(f"{url}/metrics"))[0] == 500
            other.execute("alter table work rename to job")
        assert (await read(f"{url}/metrics"))[0] == 200


@pytest.mark.parametrize("style", ["text", "json"])
def test_b5_a_line_of_the_log_is_one_line_and_has_no_key_in_it(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    kept = logging.root.handlers[:], logging.root.level
    try:
        set_up("INFO", style, "s3cret")  # type: ignore[arg-type]
        try:
            raise ValueError(f"{TOKEN} and s3cret")
        except ValueError:
            logging.getLogger("a").exception("ключ %s,\n2026-01-01 ERROR forged: нет", TOKEN)
    finally:
        logging.root.handlers[:], logging.root.level = kept
    said = capsys.readouterr().err
    assert "Canary" not in said
    assert "s3cret" not in said
    assert not any(line.startswith("2026-01-01 ERROR forged") for line in said.splitlines())
    if style == "json":
        (line,) = said.splitlines()
        facts = json.loads(line)
        assert facts["message"] == "ключ [key],\n2026-01-01 ERROR forged: нет"
        assert "ValueError: [key] and [key]" in facts["traceback"]


async def test_a_message_is_found_by_the_update_that_it_answers_and_nobody_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from bot.watching.correlation import ON_BEHALF_OF

    class Noting(logging.Handler):
        def __init__(self) -> None:
            super().__init__()
            self.said: list[tuple[str, str, str]] = []

        def emit(self, record: logging.LogRecord) -> None:
            self.said.append((ON_BEHALF_OF.get(), record.name, record.getMessage()))

    noting = Noting()
    caplog.set_level(logging.DEBUG, "bot")
    logging.getLogger("bot").addHandler(noting)
    try:
        async with chat_with_sandbox() as chat, chat.runs(tmp_path / "bot.db"):
            anna = await chat.person("Канарейка", "Смирнова")
            await anna.starts()
            await anna.writes("мой телефон +7 913 000-00-00")
    finally:
        logging.getLogger("bot").removeHandler(noting)
    done = [behalf for behalf, name, said in noting.said if name == "bot.pipeline.worker" and said == "done"]
    sent = [behalf for behalf, name, said in noting.said if name == "bot.vk.verdicts" and said.endswith("is sent")]
    assert done
    assert set(sent) <= set(done)
    assert all(behalf.startswith("update ") for behalf in sent)
    text = " ".join(said for _, _, said in noting.said)
    assert "Канарейка" not in text
    assert "913" not in text


async def test_f43_a_loop_that_is_held_up_is_written_down_with_the_place(caplog: pytest.LogCaptureFixture) -> None:
    watching = asyncio.create_task(Watchdog(longest_s=0.05).run())
    await asyncio.sleep(0)
    _hold_everybody_up(caplog)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    (said,) = [record.getMessage() for record in caplog.records if record.name == "bot.watching.watchdog"]
    assert "_hold_everybody_up" in said


def _hold_everybody_up(caplog: pytest.LogCaptureFixture) -> None:
    """Until the dog has barked: it needs the interpreter for a moment."""
    give_up_at = time.monotonic() + 10
    while time.monotonic() < give_up_at and "held up" not in caplog.text:
        sum(range(1000))

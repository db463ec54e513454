"""What is wrong is said once, by a way that does not need what failed; and never with a secret in it."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.settings import SettingsError, read_settings
from bot.watching.alarms import Alarms, heard
from bot.watching.health import Health
from bot.watching.logs import redacted
from storage.database import opened
from storage.storage import Storage
from tests.fresh import fresh
from tests.talks.chat import chat_with_sandbox

NOON = datetime(2026, 4, 20, 5, tzinfo=UTC)
CANARY = "vk1.a.Canary-that-must-not-sing"
GIVEN = {"vk_token": "t", "operator_name": "Г", "operator_contact": "к", "operator_policy_url": "https://p.example"}


class Watched:
    """A bot whose health is what a test says."""

    def __init__(self) -> None:
        self.now = NOON
        self.health = Health([], [])

    async def look(self) -> Health:
        return self.health


async def test_an_alarm_is_told_once_and_so_is_its_end(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    bot, text = Watched(), tmp_path / "alarms.txt"
    writes = f"{sys.executable} -c \"import sys; open(sys.argv[1], 'a').write(sys.stdin.read())\" {text}"
    async with opened(await fresh(tmp_path / "bot.db")) as database:
        alarms = Alarms(
            database, bot.look, now=lambda: bot.now, command=writes, redact=lambda said: redacted(said, (CANARY, "s3"))
        )
        for health in (
            Health([], []),
            Health([f"sending: VK refuses {CANARY}"], []),
            Health([f"sending: VK refuses {CANARY} still"], ["jobs: 3 failed"]),
            Health([], ["jobs: 3 failed"]),
            Health(["sending: again within the hour"], []),
            Health([], []),
        ):
            bot.health = health
            bot.now += timedelta(minutes=1)
            await alarms.look()
        async with database.transaction() as connection:
            assert await Storage(connection).watching.alarms() == []
    said = [record.getMessage() for record in caplog.records if record.name == "bot.watching.alarms"]
    assert said == [
        "alarm: sending: VK refuses [key]",
        "alarm: jobs: 3 failed",
        "alarm is over: sending",
        "alarm: sending: again within the hour",
        "alarm is over: jobs",
        "alarm is over: sending",
    ]
    levels = {record.getMessage(): record.levelno for record in caplog.records}
    assert levels["alarm: sending: VK refuses [key]"] == logging.CRITICAL
    assert levels["alarm: jobs: 3 failed"] == logging.ERROR
    letters = text.read_text(encoding="utf-8").split("Subject: kreitv-bot\n\n")
    assert letters == ["", "sending: VK refuses [key]\n", "jobs: 3 failed\n"]


async def test_a_program_that_fails_or_hangs_holds_nobody_up() -> None:
    assert not await heard([sys.executable, "-c", "import sys; sys.exit(3)"], "text")
    assert not await heard([sys.executable, "-c", "input(); input()"], "one line\n", patience_s=5.0)
    assert not await heard(["/no/such/program"], "text")
    assert not await heard([sys.executable, "-c", "import time; time.sleep(60)"], "text", patience_s=0.05)


async def test_the_program_hears_nothing_of_our_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VK_TOKEN", CANARY)
    told = tmp_path / "environment.txt"
    writes = "import os, sys; open(sys.argv[1], 'w').write(str(dict(os.environ)))"
    assert await heard([sys.executable, "-c", writes, str(told)], "text")
    assert CANARY not in told.read_text(encoding="utf-8")


def test_f49_a_program_for_alarms_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError) as refusal:
        read_settings(_env_file=None, **GIVEN, alarm_command="no-such-program-here")
    [line] = refusal.value.lines
    assert line.startswith("ALARM_COMMAND: не подходит")
    assert read_settings(_env_file=None, **GIVEN, alarm_command=f"{sys.executable} -c pass")


async def test_administrators_are_written_to_once_and_at_most_once_an_hour(tmp_path: Path) -> None:
    async with chat_with_sandbox() as chat:
        olga = await chat.person("Ольга", "Главная")
        async with chat.runs(tmp_path / "bot.db", admin_ids=str(olga.id)) as app:
            await olga.starts()
            bot = Watched()
            alarms = Alarms(app.database, bot.look, now=chat.clock)
            seen = len(olga.new)
            for lines in (["disk: 12 MB left"], ["disk: 11 MB left"], ["disk: 11 MB left", "receiving: failed 2"]):
                bot.health = Health(lines, [])
                await alarms.look()
                await app.chores.look()
                await chat.settled()
                await olga.looks()
                assert len(olga.new) == seen + 1
            assert olga.last.text == (
                "Боту нужна помощь того, кто следит за сервером:\n"
                "• на диске кончается место: когда оно закончится, бот перестанет принимать сообщения"
            )
            await chat.passes(timedelta(hours=1, minutes=1))
            await app.chores.look()
            await chat.settled()
            await olga.looks()
            assert olga.last.text.endswith("• ВКонтакте не отдаёт новые сообщения")

"""`check`: is everything set up so that the bot works, and how to mend what is not.

The exit code is for those who watch the bot by it: 0 all is well, 1 something is to be mended, 75 the database can't
be used now, 78 the settings are wrong or the database must not be touched.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.commands.common import exit_code_of, say, settings_or_complaint
from bot.settings import EXIT_CONFIG, Settings
from bot.watching.health import COPIES_EVERY, lacks_room
from storage.copied_at import read_copied_at
from storage.database import Database, opened
from storage.errors import StorageError
from storage.storage import Storage

#: The exit code where something is to be mended.
WRONG = 1


def check_all() -> int:
    """Look at settings, database and community; 0 where the bot can work."""
    settings = settings_or_complaint()
    if settings is None:
        return EXIT_CONFIG
    say("✓ Настройки на месте")
    database = asyncio.run(_database(settings))
    community = asyncio.run(_community(settings))
    return database if database == EXIT_CONFIG else community or database


async def _database(settings: Settings) -> int:
    if not settings.database_path.exists():
        say(f"✓ База {settings.database_path} появится при первом запуске")
        return 0
    try:
        async with opened(settings.database_path, alone=False) as database:
            wrong = await _states(settings, database)
    except StorageError as error:
        return exit_code_of(error)
    say(f"✓ База {settings.database_path} цела")
    wrong += _places(settings.database_path)
    for line in wrong:
        say(f"✗ {line}")
    return WRONG if wrong else 0


async def _states(settings: Settings, database: Database) -> list[str]:
    """What the running bot has written down of itself."""
    from bot.vk.stopping import explained, stopped

    async with database.snapshot() as connection:
        storage = Storage(connection)
        stop = await stopped(connection)
        restored = await storage.restoring.state()
        queues = await storage.watching.queues(now=datetime.now(UTC))
    found = []
    if stop is not None:
        found.append(f"{explained(stop, settings.zone)}. Очередь цела. Что делать: docs/runbook.md")
    if restored is not None:
        at = restored.copy_at.astimezone(settings.zone)
        found.append(
            f"База восстановлена из копии от {at:%d.%m.%Y %H:%M}, рассылки ждут. "
            "Администратор смотрит сообщение бота в чате и нажимает «Проверено, продолжить рассылки»"
        )
    if queues.quarantined.lately:
        found.append(f"За сутки отложено после трёх попыток: {queues.quarantined.lately}. Причина в журнале: «raised»")
    if queues.dead.lately:
        found.append(f"За сутки не отправлено совсем: {queues.dead.lately}. Причины в отчётах рассылок и журнале")
    return found


def _places(database: Path) -> Iterator[str]:
    room = shutil.disk_usage(database.parent)
    if lacks_room(room.free, room.total):
        yield f"Мало места на диске: {room.free // 2**20} МБ. Освободите: когда оно кончится, бот перестанет принимать"
    if os.name == "posix" and database.stat().st_mode & stat.S_IROTH:
        yield f"Базу может прочитать любой пользователь этой машины, в ней персональные данные: chmod 600 {database}"
    copied_at, now = read_copied_at(database), datetime.now(UTC)
    if copied_at is None:
        say("· Копий ещё не было: python -m bot backup ФАЙЛ")
    elif now - copied_at > COPIES_EVERY:
        yield f"Последней копии {(now - copied_at) // timedelta(hours=1)} ч: python -m bot backup ФАЙЛ"


async def _community(settings: Settings) -> int:
    from bot.vk.check import examine, lines
    from bot.vk.client import VkApi
    from bot.vk.pace import Pace

    token = settings.vk_token.get_secret_value()
    api = VkApi(token, api_url=settings.vk_api_url, pace=Pace(settings.vk_requests_per_second))
    try:
        findings = await examine(api, transport=settings.transport)
    finally:
        await api.close()
    for line in lines(findings):
        say(line)
    return WRONG if any(not finding.ok and finding.serious for finding in findings) else 0

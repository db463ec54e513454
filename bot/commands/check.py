"""`check`: is everything set up so that the bot works, and how to mend what is not."""

from __future__ import annotations

import asyncio

from bot.commands.common import exit_code_of, say, settings_or_complaint
from bot.settings import EXIT_CONFIG, Settings
from storage.database import opened
from storage.errors import StorageError


def check_all() -> int:
    """Look at settings, database and community; 0 where the bot can work."""
    settings = settings_or_complaint()
    if settings is None:
        return EXIT_CONFIG
    say("✓ Настройки на месте")
    database = asyncio.run(_database(settings))
    return asyncio.run(_community(settings)) or database


async def _database(settings: Settings) -> int:
    if not settings.database_path.exists():
        say(f"✓ База {settings.database_path} появится при первом запуске")
        return 0
    try:
        async with opened(settings.database_path, alone=False):
            say(f"✓ База {settings.database_path} цела")
    except StorageError as error:
        return exit_code_of(error)
    return 0


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
    return 1 if any(not finding.ok and finding.serious for finding in findings) else 0

"""What commands share: settings and database with mistakes as one line each, and the exit codes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable

from bot.settings import EXIT_CONFIG, EXIT_IN_USE, Settings, SettingsError, read_settings
from storage.database import Database, opened
from storage.errors import DamagedError, InUseError, StorageError, TooNewError, UnopenableError


def say(line: str = "") -> None:
    """A line for the person at the terminal."""
    print(line, flush=True)


def complain(line: str) -> None:
    """A line about what is wrong."""
    print(line, file=sys.stderr, flush=True)


def settings_or_complaint() -> Settings | None:
    """The settings; None after saying what is wrong with them, a line a key."""
    try:
        return read_settings()
    except SettingsError as error:
        for line in error.lines:
            complain(line)
        return None


def exit_code_of(error: StorageError) -> int:
    """Say what is wrong with the database; the code to exit with."""
    complain(str(error))
    if isinstance(error, InUseError):
        return EXIT_IN_USE
    return EXIT_CONFIG if isinstance(error, DamagedError | TooNewError | UnopenableError) else 1


def with_database(work: Callable[[Database], Awaitable[int]]) -> int:
    """Run `work` on the database of the settings, beside the bot if it runs; its exit code."""
    settings = settings_or_complaint()
    if settings is None:
        return EXIT_CONFIG

    async def on_database() -> int:
        async with opened(settings.database_path, alone=False) as database:
            return await work(database)

    try:
        return asyncio.run(on_database())
    except StorageError as error:
        return exit_code_of(error)

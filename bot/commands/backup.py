"""`backup`: a copy of the database that is whole, taken while the bot works."""

from __future__ import annotations

from pathlib import Path

from bot.commands.common import complain, exit_code_of, say, settings_or_complaint
from bot.settings import EXIT_CONFIG
from storage.copying import copied
from storage.errors import StorageError


def make_backup(path: Path) -> int:
    """Copy the database to `path`, which must not exist, and check the copy."""
    settings = settings_or_complaint()
    if settings is None:
        return EXIT_CONFIG
    if path.exists():
        complain(f"{path} уже есть: копия не записана, чтобы не затереть прежнюю.")
        return 1
    if not settings.database_path.exists():
        complain(f"Базы {settings.database_path} нет.")
        return 1
    try:
        copied(settings.database_path, path)
    except StorageError as error:
        return exit_code_of(error)
    say(f"{path}: копия записана и проверена.")
    return 0

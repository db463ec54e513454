"""`backup`: a copy of the database that is whole, taken while the bot works."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.commands.common import complain, say, settings_or_complaint
from bot.settings import EXIT_CONFIG


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
    with closing(sqlite3.connect(f"file:{settings.database_path}?mode=ro", uri=True)) as source:
        source.execute("vacuum into ?", (str(path),))
    with closing(sqlite3.connect(path)) as copy:
        found = copy.execute("pragma quick_check(1)").fetchone()[0]
    path.chmod(0o600)
    if found != "ok":
        complain(f"{path}: копия не прошла проверку ({found}).")
        return 1
    say(f"{path}: копия записана и проверена.")
    return 0

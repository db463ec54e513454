"""`backup`: a copy of the database that is whole, taken while the bot works."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.common import complain, exit_code_of, say, settings_or_complaint
from bot.settings import EXIT_CONFIG, Settings
from storage.copied_at import write_copied_at
from storage.copying import copied
from storage.errors import StorageError

#: How copies are called that are made one after another: by name they stand in the order of time.
STAMP = "%Y-%m-%dT%H%M%SZ"
#: A copy is at most as large as the database; a little more than that must be free.
SPARE_BYTES = 16 * 1024 * 1024


def make_backup(path: Path, *, keep: int | None = None) -> int:
    """Copy the database to `path`, which must not exist, and check the copy.

    `keep`: `path` is a folder (made if it is not there); the copy gets a name of its own there, and only so many of
    the newest stay.
    """
    settings = settings_or_complaint()
    if settings is None:
        return EXIT_CONFIG
    at = datetime.now(UTC)
    copy = path if keep is None else path / f"{settings.database_path.stem}-{at:{STAMP}}.db"
    if keep is not None and not path.exists() and path.parent.is_dir():
        path.mkdir(mode=0o700)
    if complaint := _complaint(settings, path, copy, keep):
        complain(complaint)
        return 1
    try:
        size = asyncio.run(copied(settings.database_path, copy, at=at))
        write_copied_at(settings.database_path, at)
    except FileExistsError:
        complain(_exists(copy))
        return 1
    except StorageError as error:
        complain("Копия не записана, прежние копии целы.")
        return exit_code_of(error)
    when = at.astimezone(settings.zone)
    say(f"{copy}: копия записана и проверена, {size / 2**20:.1f} МБ, {when:%d.%m.%Y %H:%M:%S} ({settings.timezone}).")
    for old in _old(settings, path, keep):
        old.unlink(missing_ok=True)
        say(f"{old}: старая копия удалена.")
    return 0


def _complaint(settings: Settings, path: Path, copy: Path, keep: int | None) -> str | None:
    """Why no copy can be made there; None: it can."""
    database = settings.database_path
    complaint = None
    if not database.exists():
        complaint = f"Базы {database} нет."
    elif keep is not None and not path.is_dir():
        complaint = f"{path}: это не папка. С --keep укажите папку для копий."
    elif copy.is_dir():
        complaint = f"{copy}: это папка. Укажите файл или добавьте --keep ЧИСЛО."
    elif copy.exists():
        complaint = _exists(copy)
    elif not copy.parent.is_dir():
        complaint = f"{copy.parent}: такой папки нет."
    elif (free := shutil.disk_usage(copy.parent).free) < (needed := database.stat().st_size + SPARE_BYTES):
        complaint = (
            f"{copy.parent}: мало места, нужно {needed / 2**20:.0f} МБ, свободно {free / 2**20:.0f} МБ. "
            "Копия не записана; бот работает как прежде."
        )
    return complaint


def _exists(copy: Path) -> str:
    return f"{copy} уже есть: копия не записана, чтобы не затереть прежнюю."


def _old(settings: Settings, path: Path, keep: int | None) -> list[Path]:
    """Copies beyond the newest `keep`; files with other names are nobody's business."""
    if keep is None:
        return []
    found = sorted(one for one in path.glob(f"{settings.database_path.stem}-*.db") if _is_ours(settings, one))
    return found[:-keep]


def _is_ours(settings: Settings, path: Path) -> bool:
    try:
        datetime.strptime(path.stem.removeprefix(f"{settings.database_path.stem}-"), STAMP)  # noqa: DTZ007 - a name
    except ValueError:
        return False
    return path.is_file()

"""`restore`: a copy put in the database's place; what was there stays beside it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.common import complain, exit_code_of, say, settings_or_complaint
from bot.settings import EXIT_CONFIG
from storage.copying import put_back
from storage.errors import StorageError


def restore(copy: Path) -> int:
    """Put the copy in place. The bot must not run; the present file may be damaged or missing."""
    settings = settings_or_complaint()
    if settings is None:
        return EXIT_CONFIG
    if not copy.is_file():
        complain(f"{copy}: такого файла нет. Ожидается копия, которую записала команда backup.")
        return 1
    try:
        former = asyncio.run(put_back(copy, settings.database_path, at=datetime.now(UTC)))
    except StorageError as error:
        return exit_code_of(error)
    say(f"{settings.database_path}: восстановлена из {copy} и проверена.")
    if former is not None:
        say(f"Прежняя база осталась рядом: {former}")
    say(
        "Запустите бота: python -m bot run. Он найдёт то, что люди написали после копии, рассылки придержит и спросит "
        "администраторов в чате."
    )
    return 0

"""`retention`: whose term of keeping is over, what would be destroyed, and destroying it with an act."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.app import facts_of
from bot.commands.common import complain, exit_code_of, say, settings_or_complaint
from bot.settings import EXIT_CONFIG, Settings
from handlers.book import texts
from handlers.guardian.keeping import act_of, counted, destroy, kept
from handlers.kinds import Desk
from storage.database import Database, opened
from storage.errors import StorageError
from storage.storage import Storage


def show_or_destroy(*, sure: bool, act: Path | None) -> int:
    """A dry run, or with `sure` the destruction of all that is due; the acts go to the file `act` too."""
    settings = settings_or_complaint()
    if settings is None:
        return EXIT_CONFIG

    async def on_database() -> int:
        async with opened(settings.database_path, alone=False) as database:
            return await _destroy(database, settings, act) if sure else await _show(database, settings)

    try:
        return asyncio.run(on_database())
    except StorageError as error:
        return exit_code_of(error)
    except OSError as error:
        complain(f"{act}: не записать ({error.strerror or error}), поэтому ничего не уничтожено")
        return 1


async def _show(database: Database, settings: Settings) -> int:
    async with database.transaction() as connection:
        desk = _desk(settings, Storage(connection))
        found = await kept(desk)
        for term, counts in found:
            state = "срок закончился" if term.due else "хранится до"
            say(f"{term.running.code}: {state} {term.until:%d.%m.%Y}")
            say(counted(desk, counts))
    if not found:
        say("Персональных данных мероприятий в базе нет.")
    elif any(term.due for term, _ in found):
        say("Ничего не уничтожено. Уничтожить то, чей срок закончился: python -m bot retention --destroy")
    return 0


async def _destroy(database: Database, settings: Settings, file: Path | None) -> int:
    async with database.transaction() as connection:
        desk = _desk(settings, Storage(connection))
        due = [term for term, _ in await kept(desk) if term.due]
        acts = [act_of(desk, term, await destroy(desk, term.running.code, by=None)) for term in due]
        if file is not None and acts:
            await asyncio.to_thread(file.write_text, "\n\n".join(acts) + "\n", encoding="utf-8")  # no act, no commit
    for act in acts:
        say(act)
        say()
    if not acts:
        say("Срок хранения ни у одного мероприятия не закончился.")
    return 0


def _desk(settings: Settings, storage: Storage) -> Desk:
    return Desk(now=datetime.now(UTC), storage=storage, texts=texts(), facts=facts_of(settings, community=""))

"""`papers`: all papers of an event that were issued, as PDF files in a folder, to be printed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.app import facts_of
from bot.commands.common import complain, exit_code_of, say, settings_or_complaint
from bot.contest.authorize import Action
from bot.contest.papers.parcels import file_name
from bot.documents.papers.designs import Design
from bot.documents.papers.drawing import SettingError, Sheet, draw_many
from bot.settings import EXIT_CONFIG, Settings
from handlers.book import texts
from handlers.events import event_of
from handlers.kinds import Desk
from handlers.organizer.papers.looks import design_of
from handlers.organizer.papers.printed import sheet_of
from handlers.seeing import hiding_of_event
from storage.database import Database, opened
from storage.errors import StorageError
from storage.storage import Storage

#: Who acts at the terminal.
TERMINAL = 0


def write_papers(event_code: str, to: Path) -> int:
    """Draw what the register of the event has in force, each into a file of its own; what is there is replaced."""
    settings = settings_or_complaint()
    if settings is None:
        return EXIT_CONFIG
    try:
        found = asyncio.run(_gathered(settings, event_code))
    except StorageError as error:
        return exit_code_of(error)
    if found is None:
        complain(f"{event_code}: такого события в базе нет.")
        return 1
    sheets, design = found
    try:
        to.mkdir(parents=True, exist_ok=True)
        for sheet, drawn in zip(sheets, draw_many(sheets, design), strict=True):
            (to / file_name(sheet.content, sheet.number)).write_bytes(drawn)
    except OSError as error:
        complain(f"{to}: не записать ({error.strerror or error})")
        return 1
    except SettingError as error:
        complain(f"Документ не рисуется: {error}")
        return 1
    say(f"{to}: документов {len(sheets)}.")
    return 0


async def _gathered(settings: Settings, event_code: str) -> tuple[Sequence[Sheet], Design] | None:
    community = await _community(settings)
    async with opened(settings.database_path, alone=False) as database:
        return await _sheets(database, settings, community, event_code)


async def _sheets(
    database: Database, settings: Settings, community: str, event_code: str
) -> tuple[Sequence[Sheet], Design] | None:
    """What is printed; that names of people were taken away is written down."""
    now, facts = datetime.now(UTC), facts_of(settings, community=community)
    async with database.transaction() as connection:
        storage = Storage(connection)
        desk = Desk(now=now, storage=storage, texts=texts(), facts=facts)
        if await event_of(desk, event_code) is None:
            return None
        ledger = await hiding_of_event(desk, event_code)
        sheets = [
            sheet
            for one in await storage.papers.of_event(event_code)
            if one.is_valid
            and (one.application_id is None or not ledger.hides(one.application_id, one.participant_id))
            and (sheet := sheet_of(desk, one)) is not None
        ]
        design = await design_of(desk, event_code)
        printed: dict[str, object] = {"printed": len(sheets)}
        await storage.audit.add(TERMINAL, Action.MAKE_PAPERS, f"event:{event_code}", printed, at=now)
    return sheets, design


async def _community(settings: Settings) -> str:
    """The community's name, which the QR codes lead to; waits for VK if it can't be reached."""
    from bot.vk.client import VkApi
    from bot.vk.group import own_group
    from bot.vk.pace import Pace

    token = settings.vk_token.get_secret_value()
    api = VkApi(token, api_url=settings.vk_api_url, pace=Pace(settings.vk_requests_per_second))
    try:
        return (await own_group(api)).screen_name
    finally:
        await api.close()

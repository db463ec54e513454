"""The papers of the whole year: issued by each organizer in the chat, then written as files and one ZIP an event."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.app import App
from bot.commands.common import complain, say
from bot.commands.year.crowd import TALLY, Crowd, StuckError, Tally
from bot.commands.year.show import Show
from bot.contest.facts import Facts
from bot.contest.papers.content import PaperKind
from bot.contest.papers.parcels import file_name
from bot.documents.file import File
from bot.documents.papers.archive import archive
from bot.documents.papers.designs import Design
from bot.documents.papers.drawing import Sheet, draw_many
from handlers.book import texts
from handlers.kinds import Desk
from handlers.organizer.papers.considering import counted
from handlers.organizer.papers.looks import design_of
from handlers.organizer.papers.printed import sheet_of
from storage.paper_runs import Run
from storage.storage import Storage

#: How long the delivery of one event may take on the slowest machine.
PATIENCE_S = 600.0
#: So much of the played time passes between two looks at it.
BETWEEN_LOOKS = timedelta(seconds=5)
LOOK_AGAIN_S = 0.2


@dataclass(frozen=True, slots=True)
class Register:
    """What one event has issued, ready to be drawn."""

    sheets: tuple[Sheet, ...]
    design: Design
    #: «17 дипломов, 34 сертификата участника».
    parts: str


def refused(folder: Path | None, keep: Path | None) -> bool:
    """Whether the play need not even begin, because its results would have no place; says why."""
    if folder is not None and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        complain(f"{folder}: нужна новая или пустая папка.")
        return True
    if keep is not None and keep.exists():
        complain(f"{keep} уже есть: выберите другое имя, чтобы не затереть прежнюю базу.")
        return True
    return False


async def papers_of_year(app: App, crowd: Crowd, shows: Sequence[Show], facts: Facts, folder: Path) -> int:
    """Issue, deliver and write everything; 0 where no event was left without its papers."""
    TALLY.set(Tally())
    began = time.monotonic()
    for show in (one for one in shows if one.entries):
        try:
            await _issue(app, crowd, show)
        except StuckError as error:
            complain(f"{show.year.row} {show.event.short_title}: {error}")
            return 1
    say()
    say(f"Документы выданы и отправлены за {_minutes(time.monotonic() - began)}.")
    await _write_all(app, shows, facts, folder)
    return 0


async def _issue(app: App, crowd: Crowd, show: Show) -> None:
    """The organizer's taps, then the jobs until every paper is where it can be. Raises StuckError."""
    if not await show.organizer.issues_papers():
        return
    try:
        async with asyncio.timeout(PATIENCE_S):
            while (run := await _run(app, show.event.code)) is None or run.state not in ("done", "paused"):
                await _on(app, crowd)
    except TimeoutError:
        raise StuckError("the delivery does not come to its end") from None
    if run.state == "paused":
        raise StuckError("the delivery has stopped")


async def _on(app: App, crowd: Crowd) -> None:
    """Let the jobs and the letters get on, and the chores look what became of them."""
    crowd.play.moves_on(BETWEEN_LOOKS)
    await app.chores.look()
    progress = app.progress
    app.sender.wake()
    app.jobbing.wake()
    try:
        async with asyncio.timeout(LOOK_AGAIN_S):
            await progress.wait()
    except TimeoutError:
        return


async def _run(app: App, code: str) -> Run | None:
    async with app.database.transaction() as connection:
        return await Storage(connection).paper_runs.last_of_event(code)


async def _write_all(app: App, shows: Sequence[Show], facts: Facts, folder: Path) -> None:
    papers, drawn_s = 0, 0.0
    for show in shows:
        register = await _register(app, facts, show.event.code)
        if not register.sheets:
            continue
        began = time.monotonic()
        files = await asyncio.to_thread(_drawn, register)
        took_s = time.monotonic() - began
        await asyncio.to_thread(_write, folder, show.event.code, files)
        papers, drawn_s = papers + len(files), drawn_s + took_s
        line = f"{show.year.row:<3} {show.event.short_title}: {register.parts}"
        say(f"{line:<110}{len(files):>5}{took_s:>7.1f} с")
    say(f"Документов {papers}, нарисованы за {drawn_s:.1f} с: {folder}")


async def _register(app: App, facts: Facts, code: str) -> Register:
    async with app.database.snapshot() as connection:
        desk: Desk = Desk(now=app.now(), storage=Storage(connection), texts=texts(), facts=facts)
        held = [one for one in await desk.storage.papers.of_event(code) if one.is_valid]
        sheets = tuple(sheet for one in held if (sheet := sheet_of(desk, one)) is not None)
        return Register(sheets, await design_of(desk, code), counted(desk, (PaperKind(one.kind) for one in held)))


def _drawn(register: Register) -> list[File]:
    drawn: Iterator[bytes] = draw_many(register.sheets, register.design)
    return [
        File(file_name(sheet.content, sheet.number), data) for sheet, data in zip(register.sheets, drawn, strict=True)
    ]


def _write(folder: Path, code: str, files: Sequence[File]) -> None:
    place = folder / code
    place.mkdir(parents=True)
    for file in files:
        (place / file.name).write_bytes(file.data)
    (folder / f"{code}.zip").write_bytes(archive(f"{code}.zip", files).data)


def _minutes(seconds: float) -> str:
    return f"{seconds // 60:.0f} мин {seconds % 60:.0f} с"

"""`demo --year`: play the plan and print the table."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import aiohttp

from bot.app import App, facts_of
from bot.commands.common import complain, say
from bot.commands.events import load_events
from bot.commands.playing import Play, played_settings, sandbox_of
from bot.commands.year.cast import Cast
from bot.commands.year.counting import count
from bot.commands.year.crowd import TALLY, Crowd, StuckError, Tally
from bot.commands.year.internet import Internet
from bot.commands.year.papers import papers_of_year, refused
from bot.commands.year.plan import Plan, plan
from bot.commands.year.show import Scene, Show
from bot.commands.year.table import table
from bot.contest.authorize import RoleKind
from bot.contest.event.loading import read_event
from bot.contest.event.model import Event
from bot.works import Works
from storage.copying import copied
from storage.storage import Storage

Part = tuple[Scene, Show]
EVENTS = Path(str(files("bot.data").joinpath("events", "2020-21")))
#: What is thrown away after the play need not be written to the disk at every commit.
IN_MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None  # noqa: S108
#: Before the first event of the year.
EARLIER = timedelta(days=1)
#: What happens within so long is played together.
A_DAY = timedelta(hours=10)


@dataclass(frozen=True, slots=True)
class Results:
    """What is to be left of the play; None: nothing."""

    #: Where the papers of all events go.
    papers: Path | None = None
    #: Where the database goes.
    keep: Path | None = None


NOTHING = Results()


def play_year(results: Results) -> int:
    """Play and print; 0 where the balance of every event closes."""
    if refused(results.papers, results.keep):
        return 1
    return asyncio.run(played(plan(), results=results))


async def played(wanted: Plan, folder: Path = EVENTS, results: Results = NOTHING) -> int:
    """Play this plan with the event files of `folder`; 0 where the balance of every event closes."""
    events = [(year, read(folder / year.file)) for year in wanted.events]
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as place:
        async with sandbox_of([]) as sandbox, aiohttp.ClientSession() as session:
            play = Play(sandbox, session)
            play.moves_on(min(event.opens_at for _, event in events) - EARLIER - play.clock())
            settings = played_settings(sandbox.url, Path(place) / "year.db")
            async with play.bot(settings, Works(Internet())) as app:
                crowd = Crowd(play)
                await load_events(app.database, [event for _, event in events])
                cast = Cast(wanted.seed)
                shows = [Show(crowd, cast, wanted, year, event) for year, event in events]
                async with crowd.watching(app):
                    code = await _played(app, crowd, shows, began)
                    if code == 0 and results.papers is not None:
                        facts = facts_of(settings, sandbox.world.group.screen_name)
                        code = await papers_of_year(app, crowd, shows, facts, results.papers)
            if results.keep is not None:
                await _keep(settings.database_path, results.keep)
    return code


async def _keep(database: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    await copied(database, path, at=None)
    say(f"База года сохранена: {path}")


async def _played(app: App, crowd: Crowd, shows: Sequence[Show], began: float) -> int:
    await _appoint(app, shows)
    parts = sorted(((scene, show) for show in shows for scene in show.scenes), key=lambda part: part[0].at)
    for together in days(parts):
        await crowd.play.passes(max(together[-1][0].at - crowd.play.clock(), timedelta()))
        try:
            async with asyncio.TaskGroup() as group:
                for scene, show in together:
                    group.create_task(_scene(scene, show))
        except ExceptionGroup as stuck:
            return await _stuck(app, stuck)
    rows, totals = await count(app.database, [(show.year, show.event) for show in shows])
    took_s = time.monotonic() - began
    say()
    for line in table(rows, totals):
        say(line)
    say(f"Сыграно за {took_s // 60:.0f} мин {took_s % 60:.0f} с: {crowd.acts} действий.")
    return 0 if all(row.balance.closes for row in rows) else 1


def days(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Scenes that may be played at once: of different events, on one day, and none with a time of its own."""
    together: list[Part] = []
    for scene, show in parts:
        first = together[0][0] if together else scene
        apart = scene.timed or first.timed or scene.at - first.at > A_DAY or show in [one for _, one in together]
        if together and apart:
            yield together
            together = []
        together.append((scene, show))
    if together:
        yield together


async def _scene(scene: Scene, show: Show) -> None:
    """Play one and say what it took."""
    tally, before = Tally(), time.monotonic()
    TALLY.set(tally)
    await scene.play()
    line = f"{scene.at:%d.%m.%Y} {show.year.row:<3} {show.event.short_title}: {scene.what}"
    say(f"{line:<70}{tally.acts:>6} действий {time.monotonic() - before:>6.1f} с")


async def _stuck(app: App, stuck: Exception) -> int:
    """Say who does not get on and why; what the bot itself has failed on is said with its traceback."""
    first = _first(stuck)
    if not isinstance(first, StuckError):
        raise stuck
    complain(str(first))
    async with app.database.transaction() as connection:
        for _, trace in (await Storage(connection).inbox.quarantined())[:1]:
            complain(trace)
    return 1


def _first(stuck: Exception) -> Exception:
    return _first(stuck.exceptions[0]) if isinstance(stuck, ExceptionGroup) else stuck


async def _appoint(app: App, shows: Sequence[Show]) -> None:
    """Each event's organizer gets the role, as `people grant` gives it."""
    for show in shows:
        person_id = show.organizer.person.id
        async with app.database.transaction() as connection:
            storage = Storage(connection)
            now = show.crowd.play.clock()
            await storage.people.known(person_id, at=now)
            await storage.roles.grant(person_id, RoleKind.ORGANIZER, show.event.code, by=None, at=now)


def read(file: Path) -> Event:
    """The event of a file. Raises ValueError naming its mistakes."""
    event = read_event(file)
    if not isinstance(event, Event):
        raise ValueError("\n".join(map(str, event)))  # noqa: TRY004 - the file is wrong, not a type
    return event

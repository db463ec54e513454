"""`demo`: the bot to play with, in the browser, on a world that is already lively.

Sandbox and bot run in this process, on files of their own; both survive a kill, and the next start goes on where
this one ended. The first start plays what has happened so far: every message of it went through the real bot.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import webbrowser
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import aiohttp
import yaml

from bot.app import App
from bot.commands.common import complain, exit_code_of, say
from bot.commands.company import Company, company
from bot.commands.contest import Contest
from bot.commands.playing import Play, played_settings
from bot.commands.run import stop_on_signals
from bot.commands.showcase import Showcase
from bot.commands.tour import opened
from bot.sandbox.server import Running, serve
from bot.works import Works
from storage.errors import StorageError

DATA = Path(str(files("bot.data")))
EVENTS = DATA / "events"
FOLDER = Path("data/demo")
#: Set when the first start has played everything.
READY = "ready"
#: Days ago: the intake of the readers' contest, of the authors' contest and of the webinar begins, judging goes on.
READERS, AUTHORS, WEBINAR, JUDGING = 40, 33, 5, 2.0
#: VK's limit on requests in a second: it holds as soon as people play, not while the weeks before are played.
LIMIT, LIMITED_AFTER_S = 20, 2.0
#: So many accounts enter the contest that is being judged.
AUTHORS_APPLY = 6


def run_demo(port: int, *, browser: bool, fresh: bool, folder: Path = FOLDER) -> int:
    """Serve until Ctrl-C; the exit code."""
    logging.basicConfig(level="WARNING")
    if fresh or not (folder / READY).exists():
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return asyncio.run(_demo(port, folder, browser=browser))
    except StorageError as error:
        return exit_code_of(error)
    except OSError as error:
        complain(f"Порт {port} не открывается: {error.strerror or error}. Другой порт: python -m bot demo --port 8100")
        return 1
    except KeyboardInterrupt:
        return 0


async def _demo(port: int, folder: Path, *, browser: bool) -> int:
    contests = (company("my-mother"), company("scratch"))
    stop = asyncio.Event()
    async with _world(port, folder, _cast(contests)) as sandbox, aiohttp.ClientSession() as session:
        play = Play(sandbox, session)
        admin = frozenset({int(contests[0].organizer["id"])})
        settings = played_settings(sandbox.url, folder / "bot.db", vk_requests_per_second=19, admin_ids=admin)
        works = Works(Showcase(contests))
        if not (folder / READY).exists():
            say("Готовлю мероприятия: люди подают заявки, сдают работы, жюри оценивает… Около половины минуты.")
            await _prepare(play, folder, contests, works)
        async with play.bot(settings, works):
            asyncio.get_running_loop().call_later(LIMITED_AFTER_S, _limit, sandbox)
            stop_on_signals(stop)
            _greet(sandbox.url, browser=browser)
            await stop.wait()
    return 0


def _limit(sandbox: Running) -> None:
    sandbox.world.settings.requests_per_second = LIMIT


async def _prepare(play: Play, folder: Path, contests: Sequence[Company], works: Works) -> None:
    """Play the weeks up to now, in their order."""
    hurried = played_settings(play.sandbox.url, folder / "bot.db")
    play.sandbox.world.settings.requests_per_second = 0
    play.moves_on(timedelta(days=-READERS))
    async with play.bot(hurried, works) as app:
        await _weeks(app, play, *contests)
    (folder / READY).touch()


async def _weeks(app: App, play: Play, readers: Company, authors: Company) -> None:
    """A contest that ends with results, a contest in the middle of its judging, a webinar that takes applications."""
    past = Contest(play, await opened(app, play, readers, EVENTS / "demo" / "my-mother.yaml"), readers)
    await past.enter(readers.applicants)
    for juror in readers.jurors:
        await past.invite(juror)

    await _until(play, AUTHORS)
    authors = replace(authors, applicants=authors.applicants[:AUTHORS_APPLY])
    now = Contest(play, await opened(app, play, authors, EVENTS / "2020-21" / "scratch.yaml"), authors)
    for applicant in authors.applicants:
        await now.apply(applicant)
    await now.moderate()

    await _until(play, AUTHORS - 8)
    await past.assign()
    for juror in readers.jurors:
        await past.begin_scoring(juror)
    await past.settle()
    await past.publish()
    for sent in now.sent[:-1]:
        await now.hand_in(sent)
    for juror in authors.jurors:
        await now.invite(juror)

    await _until(play, WEBINAR)
    await opened(app, play, readers, EVENTS / "2020-21" / "webinar-scratch.yaml")
    await _until(play, JUDGING)
    await now.assign()
    first, second, third, fourth = authors.jurors
    for juror, works in ((first, 2), (second, 3), (third, 1), (fourth, 0)):
        if works:
            await now.begin_scoring(juror, works)
    await _until(play, 0)


async def _until(play: Play, days_ago: float) -> None:
    """Let played time pass until it is so many days ago."""
    await play.passes(timedelta(days=-days_ago) - play.clock.shift)


def _cast(contests: Sequence[Company]) -> list[Mapping[str, Any]]:
    """Everybody, the guests first; nobody twice."""
    guests = yaml.safe_load((DATA / "demo" / "guests.yaml").read_text(encoding="utf-8"))
    people = {person["id"]: person for one in reversed(contests) for person in one.cast}
    return [*guests, *people.values()]


@asynccontextmanager
async def _world(port: int, folder: Path, cast: list[Mapping[str, Any]]) -> AsyncIterator[Running]:
    sandbox = await serve(port, cast=cast, keep=folder / "sandbox.db")
    try:
        yield sandbox
    finally:
        await sandbox.close()


def _greet(url: str, *, browser: bool) -> None:
    say(f"Страница чата: {url}/")
    say("Новичок по ссылке на вебинар:  " + url + "/#130?ref=webinar-scratch")
    say("Жюри, есть что оценить:        " + url + "/#106")
    say("Организатор:                   " + url + "/#108")
    say("Остановить: Ctrl-C. Начать заново: python -m bot demo --fresh")
    if browser:
        webbrowser.open(url)

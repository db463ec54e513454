"""`run`: the bot, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from bot.app import App, built
from bot.commands.common import complain, exit_code_of, settings_or_complaint
from bot.settings import EXIT_CONFIG, EXPECTED, Settings
from bot.vk.errors import TokenRefusedError
from bot.watching.alarms import Alarms
from bot.watching.logs import redacted, set_up
from bot.watching.page import Page
from bot.watching.watchdog import Watchdog
from storage.errors import StorageError


def run_bot() -> int:
    """Run with the settings in force; the exit code."""
    settings = settings_or_complaint()
    if settings is None:
        return EXIT_CONFIG
    set_up(settings.log_level, settings.log_format, *settings.secrets)
    try:
        asyncio.run(_run(settings))
    except StorageError as error:
        return exit_code_of(error)
    except TokenRefusedError as error:
        complain(f"VK_TOKEN: VK не принимает ключ ({error}). Ожидается: {EXPECTED['vk_token']}")
        return EXIT_CONFIG
    except KeyboardInterrupt:
        return 0
    return 0


async def _run(settings: Settings) -> None:
    stop, started = asyncio.Event(), asyncio.Event()
    stop_on_signals(stop)
    running = asyncio.create_task(_bot(settings, stop, started))
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait([running, stopped], return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if not started.is_set():
        running.cancel()  # it waits for VK and has nothing in hand yet
    await asyncio.wait([running])
    if not running.cancelled():
        running.result()


async def _bot(settings: Settings, stop: asyncio.Event, started: asyncio.Event) -> None:
    async with built(settings) as app:
        gc.freeze()  # what is there from the start is not looked through again: that took 0.2 s in the midst of answers
        started.set()
        async with _watched(app, settings):
            await app.run(stop)


@asynccontextmanager
async def _watched(app: App, settings: Settings) -> AsyncIterator[None]:
    """The dog watches the loop, and whoever may ask is told how the bot is."""
    looking, redact = app.looking, partial(redacted, secrets=settings.secrets)
    alarms = Alarms(app.database, looking.health, now=app.now, command=settings.alarm_command, redact=redact)
    parts = [Watchdog().run(), alarms.run()]
    if settings.watch_port is not None:
        page = Page(settings.watch_host, settings.watch_port, health=looking.health, figures=looking.figures)
        parts.append(page.run())
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def stop_on_signals(stop: asyncio.Event) -> None:
    """Ctrl-C and SIGTERM ask for an orderly end."""
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C arrives as KeyboardInterrupt
            loop.add_signal_handler(name, stop.set)

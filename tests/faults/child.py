"""What runs in a child process: the bot as `python -m bot run` runs it, without paying for its imports each time.

A fork server (where the system has one) imports the bot once and forks a fresh process for each start: 20 ms instead
of 2 s. Elsewhere each start imports for itself.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.faultpoints import DIED, arm

HAS_SERVER = "forkserver" in multiprocessing.get_all_start_methods()
#: Imported once by the fork server. `pytest` is here because a child imports the program that was started.
PRELOADED = [
    "pytest", "bot.cli", "bot.commands.run", "bot.commands.backup", "bot.commands.restore", "bot.vk.client",
    "bot.vk.longpoll", "bot.vk.sender", "bot.vk.callback", "bot.vk.downloads", "bot.vk.group", "bot.vk.names",
    "bot.vk.uploads", "tests.faults.child", "tests.faults.warm", "tests.pipeline.line",
]  # fmt: skip
#: How a process ends that a fault point or SIGKILL ended, or SIGTERM before it listened to that.
KILLED = (DIED, -9, -15)


class Child:
    """A running process; `ended` is done when it is over and has its exit code."""

    def __init__(self, target: Callable[..., int], *arguments: object, output: Path) -> None:
        self.output = output
        self._process: BaseProcess = _process(target, output, *arguments)
        self._process.start()
        self.ended: asyncio.Task[int] = asyncio.create_task(self._wait())

    async def _wait(self) -> int:
        # Only this thread may ask for the exit code: it can be read once, and starting another process asks too.
        await asyncio.to_thread(connection.wait, [self._process.sentinel])
        self._process.join()
        code = self._process.exitcode
        assert code is not None
        self._process.close()
        return code

    @property
    def pid(self) -> int:
        """The process's number."""
        pid = self._process.pid
        assert pid is not None
        return pid

    def kill(self) -> None:
        """End it as a power cut would."""
        if not self.ended.done():
            self._process.kill()

    def ask_to_stop(self) -> None:
        """SIGTERM."""
        if not self.ended.done():
            self._process.terminate()

    def said(self) -> str:
        """What it has written to its output."""
        return self.output.read_text(encoding="utf-8") if self.output.exists() else ""


def _process(*arguments: object) -> BaseProcess:
    if HAS_SERVER:
        server = multiprocessing.get_context("forkserver")
        server.set_forkserver_preload(PRELOADED)
        return server.Process(target=_main, args=arguments, daemon=True)
    return multiprocessing.get_context("spawn").Process(target=_main, args=arguments, daemon=True)


def _main(target: Callable[..., int], output: Path, *arguments: object) -> None:
    with output.open("ab", buffering=0) as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(target(*arguments))


def run_bot_with(environment: Mapping[str, str], folder: Path) -> int:
    """`python -m bot run` in `folder` with this environment."""
    from bot.commands.run import run_bot

    os.chdir(folder)
    os.environ.update(environment)
    arm(environment.get("FAULT", ""))
    return run_bot()


def run_command(
    environment: Mapping[str, str], folder: Path, arguments: Sequence[str], file_bytes: int | None = None
) -> int:
    """`python -m bot …` in `folder` with this environment; `file_bytes`: no file may become larger."""
    from bot.cli import app

    if file_bytes is not None and sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, resource.RLIM_INFINITY))
    os.chdir(folder)
    os.environ.update(environment)
    return int(app(list(arguments), standalone_mode=False) or 0)

"""Alarms: what is wrong is said once, by a way that does not need what failed.

The log has a line of its own for each change, `/healthz` and `/metrics` show it, and a program of the administrator's
choice hears it on its standard input (never through a shell). What the chat can still carry is written to
administrators there, by a chore that reads what is kept here.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shlex
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.watching.health import Health
from storage.database import Database
from storage.errors import UnavailableError
from storage.storage import Storage
from storage.watching import Alarm

log = logging.getLogger(__name__)
LOOK_EVERY_S = 10.0
#: The same alarm is told by the program again after this time, not sooner.
QUIET = timedelta(hours=1)
#: What a program that sends mail needs first.
SUBJECT = "Subject: kreitv-bot\n\n"
#: How long the program may take.
PROGRAM_S = 20.0


class Alarms:
    """Looks every few seconds until cancelled."""

    def __init__(
        self,
        database: Database,
        health: Callable[[], Awaitable[Health]],
        *,
        now: Callable[[], datetime],
        command: str = "",
        redact: Callable[[str], str] = str,
    ) -> None:
        """`command`: the program with its arguments; empty: none. `redact` takes secrets out of a text."""
        self._database = database
        self._health = health
        self._now = now
        self._command = shlex.split(command)
        self._redact = redact
        self._known: dict[str, Alarm] = {}
        self._told_at: dict[str, datetime] = {}
        self._kept: Sequence[Alarm] | None = None

    async def run(self) -> None:
        """Look, until cancelled."""
        while True:
            try:
                await self.look()
            except Exception:
                log.exception("alarms: the look failed")
            await asyncio.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """Look once: what is new is told, what is over is told too, what goes on is not."""
        health = await self._health()
        found = self._found([*health.troubles, *health.warnings])
        fresh = [one for kind, one in found.items() if kind not in self._known]
        over = [kind for kind in self._known if kind not in found]
        self._known = found
        for one in fresh:
            is_trouble = any(line.startswith(f"{one.kind}:") for line in health.troubles)
            log.log(logging.CRITICAL if is_trouble else logging.ERROR, "alarm: %s: %s", one.kind, one.text)
        for kind in over:
            log.warning("alarm is over: %s", kind)
        await self._keep(list(found.values()))
        await self._tell(fresh)

    def _found(self, lines: Sequence[str]) -> dict[str, Alarm]:
        found: dict[str, Alarm] = {}
        for line in lines:
            kind, _, text = line.partition(": ")
            since = self._known[kind].since if kind in self._known else self._now()
            found[kind] = Alarm(kind, since, self._redact(text))
        return found

    async def _keep(self, alarms: Sequence[Alarm]) -> None:
        """For the chat: only a change is written."""
        kinds = [(one.kind, one.since) for one in alarms]
        if self._kept is not None and kinds == [(one.kind, one.since) for one in self._kept]:
            return
        try:
            async with self._database.transaction() as connection:
                await Storage(connection).watching.keep_alarms(alarms)
        except UnavailableError:
            return  # that is an alarm by itself; written at a later look
        self._kept = alarms

    async def _tell(self, fresh: Sequence[Alarm]) -> None:
        now = self._now()
        due = [one for one in fresh if one.kind not in self._told_at or now - self._told_at[one.kind] >= QUIET]
        if not due or not self._command:
            return
        self._told_at |= {one.kind: now for one in due}
        await heard(self._command, SUBJECT + "".join(f"{one.kind}: {one.text}\n" for one in due))


async def heard(command: Sequence[str], text: str, *, patience_s: float = PROGRAM_S) -> bool:
    """Run the program with the text on its standard input; whether it ended well. Never raises what it raises."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            env=_clean_environment(),
        )
    except OSError as error:
        log.error("ALARM_COMMAND can't be run: %s", error.strerror)  # noqa: TRY400 - expected
        return False
    try:
        async with asyncio.timeout(patience_s):
            await process.communicate(text.encode())
    except TimeoutError:
        process.kill()
        await process.wait()
        log.error("ALARM_COMMAND took longer than %.0f s", patience_s)  # noqa: TRY400 - expected
        return False
    if process.returncode:
        log.error("ALARM_COMMAND ended with code %s", process.returncode)
    return process.returncode == 0


def _clean_environment() -> Mapping[str, str]:
    """Our own secrets stay with us."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "USER", "LOGNAME", "SYSTEMROOT")
    return {name: os.environ[name] for name in kept if name in os.environ}

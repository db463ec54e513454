"""The start after a copy of the database was put back (docs/faults.md, F35).

A copy is noticed by itself, by the file beside the database, or by what VK's dialogs hold. Then, before anything is
answered or sent, the dialogs are read: what people wrote after the copy enters by the inbox, what the community said
is remembered, so that nobody hears it twice. Bulk messages wait until an administrator says that all is well.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from bot.contest.restoring import Why, is_unknown, why_restored
from bot.faultpoints import fault_point
from bot.pipeline.receiving import TS_KEY
from storage.database import Database
from storage.errors import InUseError, UnavailableError
from storage.restoring import Restored
from storage.sidecar import read_mark, write_mark
from storage.storage import Storage

log = logging.getLogger(__name__)
#: How often the file beside the database is brought up to date.
MARK_EVERY_S = 5.0
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 30.0
#: VK's refusals that do not pass by themselves: a right is missing.
NO_RIGHT = frozenset({3, 7, 15, 27, 100})


class Api(Protocol):
    """What is needed of the calls to VK."""

    async def request(self, method: str, data: dict[str, Any]) -> dict[str, Any]:
        """VK's whole answer. Raises CallError."""
        ...


@dataclass(frozen=True, slots=True)
class Where:
    """Which community it is; `polls`: its updates are asked for by Long Poll."""

    group_id: int
    polls: bool


class Recovery:
    """Notices a copy, reads what it does not know, and keeps the file beside the database."""

    def __init__(
        self,
        database: Database,
        api: Api,
        where: Where,
        *,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._database = database
        self._api = api
        self._where = where
        self._now = now
        self._sleep = sleep
        self._epoch = ""
        self._file: tuple[int, int] | None = None
        self._after_copy = False

    def after_copy(self) -> bool:
        """Whether there are messages that a copy did not know of: what says the same again is not sent."""
        return self._after_copy

    async def begin(self) -> None:
        """Notice a copy, before anything else is done with the database. Raises StorageError."""
        beside = read_mark(self._database.path)
        async with self._database.transaction() as connection:
            restoring = Storage(connection).restoring
            own, state, last = await restoring.own(), await restoring.state(), await restoring.last_known_at()
        why = why_restored(own, beside)
        if why is None and last is not None and is_unknown(own, beside) and await self._vk_knows_more(last):
            why = Why.VK
        async with self._database.transaction() as connection:
            restoring = Storage(connection).restoring
            if why is not None and (state is None or state.searched is not False):
                now = self._now()
                await restoring.begin(why, copy_at=min(last or now, now), at=now)
                log.critical("a copy of the database was put back (%s): bulk messages wait for an administrator", why)
            self._epoch = await restoring.begin_epoch()
        self._file = _file_at(self._database.path)
        await self.keep_mark()

    async def search(self) -> None:
        """Read the dialogs where a copy was put back and that was not done yet; waits for VK as long as it takes."""
        from bot.vk.errors import CallError

        wait_s = FIRST_WAIT_S
        while (state := await self._state()) is not None and state.searched is False:
            try:
                await self._read_dialogs(state)
                await self._searched(fully=True)
            except (CallError, UnavailableError) as error:
                code = getattr(error, "code", None)
                log.error("what came after the copy can't be read: %s", error)  # noqa: TRY400 - expected
                if code in NO_RIGHT:
                    await self._searched(fully=False)
                    break
                await self._sleep(wait_s)
                wait_s = min(LONGEST_WAIT_S, 2 * wait_s)
        async with self._database.transaction() as connection:
            self._after_copy = await Storage(connection).restoring.count() > 0

    async def run(self) -> None:
        """Keep the file beside the database up to date, until cancelled.

        Raises InUseError where the lock was deleted and another process works with the database, or where somebody
        has put another file in its place: whatever is written from then on would be lost or done twice (F31).
        """
        while True:
            await self._sleep(MARK_EVERY_S)
            if not await self.keep_mark():
                raise InUseError(
                    f"{self._database.path}: с базой начал работать другой процесс, или её файл заменили на ходу. "
                    "Этот бот остановлен, чтобы ничего не испортить: оставьте один и запустите его снова"
                )

    async def keep_mark(self) -> bool:
        """Write how far the database has come: only what is committed counts. False: it is not ours any more."""
        try:
            async with self._database.transaction() as connection:
                mark = await Storage(connection).restoring.mark()
            if mark.epoch != self._epoch or _file_at(self._database.path) != self._file:
                return False
            write_mark(self._database.path, mark)
        except (UnavailableError, OSError) as error:
            log.warning("the file beside the database can't be written: %s", error)
        return True

    async def _state(self) -> Restored | None:
        async with self._database.transaction() as connection:
            return await Storage(connection).restoring.state()

    async def _searched(self, *, fully: bool) -> None:
        async with self._database.transaction() as connection:
            state = await Storage(connection).restoring.searched(fully=fully)
        log.warning("after the copy: %d messages of people, %d answered before", state.found, state.answered)

    async def _vk_knows_more(self, last: datetime) -> bool:
        from bot.vk.aftermath import speaks_of_more
        from bot.vk.errors import CallError

        try:
            async with self._database.snapshot() as connection:
                known = await Storage(connection).restoring.known(last)
            return await speaks_of_more(self._api, known, since=last)
        except CallError as error:
            log.warning("VK can't be asked whether this is a copy: %s", error)
            return False

    async def _read_dialogs(self, state: Restored) -> None:
        """Take in what is newer than the copy. May be begun again: what is known by then is not read again."""
        from bot.vk.aftermath import aftermath
        from bot.vk.gaps import CLOCKS_DIFFER

        if self._where.polls:
            await self._poll_from_here()
        async with self._database.snapshot() as connection:
            known = await Storage(connection).restoring.known(state.copy_at - 2 * CLOCKS_DIFFER)
        async for page in aftermath(self._api, known, since=state.copy_at):
            now = self._now()
            async with self._database.transaction() as connection:
                storage = Storage(connection)
                await storage.inbox.store(page.arrivals, at=now)
                await storage.restoring.mute(page.answered)
                await storage.restoring.keep(page.said, at=now)
                await storage.restoring.found(len(page.arrivals), sum(one.muted for one in page.arrivals))
                fault_point("restoring.before_commit")
            fault_point("restoring.after_commit")

    async def _poll_from_here(self) -> None:
        """Long Poll goes on from now: the old place would bring presses that were answered long ago."""
        answer = await self._api.request("groups.getLongPollServer", {"group_id": self._where.group_id})
        async with self._database.transaction() as connection:
            await Storage(connection).settings.set(TS_KEY, str(answer["response"]["ts"]))


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file it is, whatever its name; None: none is there."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino

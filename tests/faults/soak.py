"""A soak: people, kills, VK's troubles, copies taken under load, and a copy put back now and then.

After a copy is put back the bot knows nothing of those who came later; whoever was answered must not hear that again,
and whoever comes from then on finds everything as it should be.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox.control.buttons import visible
from storage.copying import copied, put_back
from tests.faults import invariants
from tests.faults.announcer import MARK
from tests.faults.hands import Hands
from tests.faults.roles import READERS
from tests.faults.stage import Stage
from tests.faults.storm import Say, Storm

FIGURES_EVERY_S = 60.0
#: A copy is put back so often, at the end of a round.
RESTORE_EVERY_S = 180.0
KILLS_A_ROUND = 15
#: Who is asked what becomes of a restored database: nobody else.
ADMIN = READERS.stop
REPORT = "Объявление № "
CONFIRM = "Проверено, продолжить рассылки"


class Soak:
    """A storm with copies."""

    def __init__(self, storm: Storm, say: Say) -> None:
        self._storm = storm
        self._stage: Stage = storm.stage
        self._say = say
        self._began_at = self._restored_at = time.monotonic()
        self.copies = self.restores = self.said_again = 0
        self._newest: Path | None = None

    async def run(self, minutes: float) -> None:
        """Rounds for so long; a line of figures a minute."""
        Hands(self._stage.world, ADMIN).start()
        await self._stage.settled()
        telling = asyncio.create_task(self._tells())
        try:
            while time.monotonic() - self._began_at < minutes * 60:
                await self._round()
                if time.monotonic() - self._restored_at > RESTORE_EVERY_S:
                    await self._restores()
        finally:
            telling.cancel()
        self._say(self.figures())

    async def _round(self) -> None:
        copying = asyncio.create_task(self._copies())
        try:
            await self._storm.round(KILLS_A_ROUND)
        finally:
            await copying

    async def _copies(self) -> None:
        """A copy while all are at work: whole, and sound by itself."""
        await asyncio.sleep(self._storm.random.uniform(1, 5))
        copy = self._stage.folder / f"copy-{self.copies}.db"
        await copied(self._stage.database, copy, at=datetime.now(UTC))
        invariants.check_invariants(copy)
        if self._newest is not None:
            self._newest.unlink()
        self.copies += 1
        self._newest = copy

    async def _restores(self) -> None:
        """Put the newest copy back after a round, start; the administrator says that all is well."""
        assert self._newest is not None
        before = {person: self._heard(person) for person in self._stage.world.people if person != ADMIN}
        former = await put_back(self._newest, self._stage.database, at=datetime.now(UTC))
        assert former is not None
        former.unlink()
        self._newest = None
        self._stage.forget()
        self._stage.start()
        await self._stage.until(self._is_asked)
        Hands(self._stage.world, ADMIN).press(CONFIRM)
        await self._stage.settled()
        for person, texts in before.items():
            more = self._heard(person)[len(texts) :]
            # A job that the copy still had to do is done again, and its result said again; nothing else may be.
            assert set(more) <= set(texts), (person, more)
            self.said_again += len(more)
        if self._storm.announcer:
            self._storm.announcer.check_once()
        self._storm.begins_anew()
        self.restores += 1
        self._restored_at = time.monotonic()

    def _is_asked(self) -> bool:
        dialog = self._stage.world.dialog(ADMIN)
        own = max((message.cmid for message in dialog.messages if not message.out), default=0)
        return any(one.label == CONFIRM and one.cmid > own for one in visible(dialog))

    def _heard(self, person: int) -> list[str]:
        """What the bot has told somebody. Left out are announcements, which go on where the copy has them (to whom they
        have not gone: `check_once`), and what their author is told of that: the copy has no message to change any more.
        """
        texts = [one.content.text for one in self._stage.world.dialog(person).messages if one.out]
        return [text for text in texts if MARK not in text and not text.startswith(REPORT)]

    async def _tells(self) -> None:
        while True:
            await asyncio.sleep(FIGURES_EVERY_S)
            self._say(self.figures())

    def figures(self) -> str:
        """How it goes."""
        minutes = (time.monotonic() - self._began_at) / 60
        child = self._stage.child
        held_mb = 0.0 if child.ended.done() else memory_mb(child.pid)
        size_mb = self._stage.database.stat().st_size / 1e6
        return (
            f"{minutes:.1f} min: {self._storm.kills} kills, {self.copies} copies, {self.restores} restores "
            f"({self.said_again} results of jobs said again), "
            f"{self._storm.crowd.acts} acts, {self._storm.messages} messages, "
            f"{len(self._stage.world.ledger.repeats)} repeats dropped, bot {held_mb:.0f} MB, "
            f"database {size_mb:.1f} MB, {invariants.waiting(self._stage.database)} wait"
        )


def memory_mb(pid: int) -> float:
    """What a process holds in memory; 0 where it has just ended, or the system does not say."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    lines = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0

"""A year of many applications is counted in a process of its own, which reads the database by itself.

    python -m handlers.organizer.report.apart < asked > made

It reads a snapshot, so nobody who writes waits for it, and what it takes of the processor holds up no answer. What
goes in and out are pickles of ours: nobody else's bytes come near them.
"""

from __future__ import annotations

import asyncio
import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.contest.facts import Facts
from bot.contest.report.counting import Rules
from bot.contest.report.model import Report
from bot.talk.texts import Texts
from handlers.kinds import Desk, Thought
from handlers.reporting import year_report
from storage.opening import snapshot_of
from storage.storage import Storage

#: A year of a hundred thousand participations takes less than thirty seconds.
WALL_S = 180.0
#: On a busy machine those who wait for an answer come first.
_NICE = 10
_ROOT = Path(__file__).parents[3]
#: All that the process is told of our surroundings: no token of ours is its business.
_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "TEMP")
#: Of a report: what is wanted of it. A function of a module, so that its name alone goes to the other process.
Make = Callable[[Report, str], Thought]


@dataclass(frozen=True, slots=True)
class Asked:
    """A year, with all that it is counted by, and what is wanted of it."""

    database: Path
    now: datetime
    facts: Facts
    texts: Texts
    year: str
    rules: Rules
    beside: Rules | None
    make: Make
    #: Which of its kind is wanted.
    variant: str

    async def made(self) -> Thought:
        """Count the year and make of it what is wanted."""
        connection = await snapshot_of(self.database)
        try:
            desk: Desk = Desk(now=self.now, storage=Storage(connection), texts=self.texts, facts=self.facts)
            report = await year_report(desk, self.year, self.rules, beside=self.beside)
        finally:
            await connection.close()
        return self.make(report, self.variant)


def apart(asked: Asked) -> Thought:
    """The same in another process; waits for it. Raises CalledProcessError, TimeoutExpired."""
    done = subprocess.run(
        (sys.executable, "-m", "handlers.organizer.report.apart"),
        input=pickle.dumps(asked),
        stdout=subprocess.PIPE,
        cwd=_ROOT,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        timeout=WALL_S,
        check=True,
    )
    thought: Thought = pickle.loads(done.stdout)  # noqa: S301 - from our own process
    return thought


def main() -> None:
    """Make what the standard input asks for."""
    gc.disable()  # the rows go with the process; looking for cycles among them costs a third of the time
    if hasattr(os, "nice"):
        os.nice(_NICE)
    asked: Asked = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own process
    sys.stdout.buffer.write(pickle.dumps(asyncio.run(asked.made())))


if __name__ == "__main__":
    # Under its own name, so that what is pickled here is known by it there.
    from handlers.organizer.report.apart import main as run

    run()

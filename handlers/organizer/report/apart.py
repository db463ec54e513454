"""A year of many applications is counted in a process of its own, which reads the database by itself.

It reads a snapshot, so nobody who writes waits for it, and what it takes of the processor holds up no answer.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from dataclasses import dataclass

from bot.apart import made_apart
from bot.contest.report.counting import Rules
from bot.contest.report.model import Report
from handlers.desk_apart import AskedApart
from handlers.kinds import Thought
from handlers.reporting import year_report

#: A year of a hundred thousand participations takes less than thirty seconds.
WALL_S = 180.0
#: Of a report: what is wanted of it. A function of a module, so that its name alone goes to the other process.
Make = Callable[[Report, str], Thought]


@dataclass(frozen=True, slots=True)
class Asked(AskedApart):
    """A year, with all that it is counted by, and what is wanted of it."""

    year: str
    rules: Rules
    beside: Rules | None
    make: Make
    #: Which of its kind is wanted.
    variant: str

    async def made(self) -> Thought:
        """Count the year and make of it what is wanted."""
        async with self.desk() as desk:
            report = await year_report(desk, self.year, self.rules, beside=self.beside)
        return self.make(report, self.variant)


def apart(asked: Asked) -> Thought:
    """The same in another process; waits for it. Raises CalledProcessError, TimeoutExpired."""
    return made_apart(_made, asked, wall_s=WALL_S)


def _made(asked: Asked) -> Thought:
    gc.disable()  # the rows go with the process; looking for cycles among them costs a third of the time
    return asyncio.run(asked.made())

"""An event's papers: those that are due beside those in the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.contest.papers import changes as rules
from bot.contest.papers.content import Planned
from handlers.events import Running
from handlers.kinds import Desk
from handlers.organizer.papers.gathering import Gathered, gather
from storage.paper_rows import Paper


@dataclass(frozen=True, slots=True)
class Compared:
    """What was read; `changes()` is the work, and may be done aside."""

    gathered: Gathered
    #: In force.
    held: tuple[Paper, ...]

    def changes(self) -> rules.Changes:
        """What is to be issued, issued again, and withdrawn."""
        return self.changes_to(self.gathered.papers())

    def changes_to(self, due: Sequence[Planned]) -> rules.Changes:
        """The same, where those that are due are known."""
        return rules.changes(due, self.held, self.gathered.hidden)


async def compared(desk: Desk, running: Running) -> Compared:
    """Read both."""
    papers = await desk.storage.papers.of_event(running.code)
    return Compared(await gather(desk, running), tuple(one for one in papers if one.is_valid))

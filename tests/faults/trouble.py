"""What goes wrong on VK's side while the bot is killed: lost answers, refusals, updates doubled and out of order."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from random import Random

from bot.sandbox.wire import Wire
from tests.faults.stage import Stage

#: Something goes wrong about so often.
EVERY_S = 1.5
#: Updates wait for so long before they come the other way round.
HELD_S = 0.05
SENDING = ("execute", "messages.send")
#: Each happens to the next one to three requests that send.
FAULTS: Mapping[str, Wire] = {
    "lost answer": {"lost_answer": True},
    "error 6": {"error": {"code": 6}},
    "error 10": {"error": {"code": 10}},
    "502": {"http": 502},
    "connection reset": {"drop": True},
    "no JSON": {"body": "<html>502</html>"},
}
DOUBLED, REORDERED = "updates doubled", "updates reordered"


class Trouble:
    """Makes some, by its dice; `happened` counts it."""

    def __init__(self, stage: Stage, random: Random) -> None:
        self._world = stage.world
        self._random = random
        self.happened: Counter[str] = Counter()

    async def run(self) -> None:
        """Until it is cancelled; then what is held goes, and no fault is left."""
        try:
            while True:
                await asyncio.sleep(self._random.uniform(0, 2 * EVERY_S))
                await self._one()
        finally:
            self._world.log.release("as_is")
            self._world.faults.clear()

    async def _one(self) -> None:
        kind = self._random.choice([*FAULTS, DOUBLED, REORDERED])
        self.happened[kind] += 1
        if kind == DOUBLED:
            for update in list(self._world.recent)[-self._random.randint(1, 5) :]:
                self._world.log.add(update)
        elif kind == REORDERED:
            self._world.log.hold()
            await asyncio.sleep(HELD_S)
            self._world.log.release("reversed")
        else:
            fault = {"method": self._random.choice(SENDING), "times": self._random.randint(1, 3), **FAULTS[kind]}
            self._world.faults.add(fault)

    def line(self) -> str:
        """What happened, the most frequent first."""
        return ", ".join(f"{kind} {number}" for kind, number in self.happened.most_common()) or "none"

"""A crowd: each plays a role as somebody new, then another one; each looks whether their dialog is as it should be."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import count
from random import Random

from tests.faults.evidence import rows_of
from tests.faults.hands import Hands
from tests.faults.patience import Patience
from tests.faults.plain import blurred, difference, seen
from tests.faults.roles import FIRST_JUROR, JURORS, Role, words_of
from tests.faults.stage import Stage

#: By the messenger's clock, between the acts of all.
BETWEEN_ACTS_S = 0.3
#: So often somebody who waits looks whether anything gets on at all.
LOOKS_S = 1.0
Filter = Callable[[str], bool]


class Crowd:
    """Who is there, and what came of it."""

    def __init__(self, stage: Stage, random: Random, roles: Sequence[Role]) -> None:
        self.stage = stage
        self.random = random
        self.roles = roles
        #: Messages that do not belong to a role: announcements.
        self.beside: Filter = lambda _text: False
        #: How often each role was played to its end.
        self.played: Counter[str] = Counter()
        self.acts = 0
        #: What each dialog must say from now on.
        self.wanted: dict[int, Sequence[str]] = {}
        self.role_of: dict[int, str] = {}
        self._words: dict[int, dict[str, str]] = {}
        self._numbers = count(1)
        self._jurors = iter(range(FIRST_JUROR, FIRST_JUROR + JURORS))
        self._resting = asyncio.Event()
        #: A bot that dies again and again may answer nobody for long; once it lives, something gets on all the time.
        self._patience = Patience(lambda: (len(stage.deaths), len(stage.world.ledger.accepted), self.acts))

    def rests(self) -> None:
        """Whoever has finished their role begins no other."""
        self._resting.set()

    async def plays(self, most: int) -> None:
        """So many play at a time, until `rests`."""
        self._resting.clear()
        async with asyncio.TaskGroup() as together:
            for _ in range(most):
                together.create_task(self._one_after_the_other())

    async def _one_after_the_other(self) -> None:
        while not self._resting.is_set():
            role = self.random.choice(self.roles)
            if role.name != "judges":
                await self._play(role, self.stage.person("Нина", "Орлова"))
            elif (juror := next(self._jurors, None)) is not None:
                await self._play(role, juror)

    async def _play(self, role: Role, person: int) -> None:
        self.role_of[person] = role.name
        words = self._words[person] = dict(words_of(next(self._numbers)))
        hands = Hands(self.stage.world, person, words, BETWEEN_ACTS_S)
        for act, wanted in zip(role.acts, role.seen, strict=True):
            act.does(hands)
            self.acts += 1
            self.wanted[person] = wanted
            await self._sees(person, wanted)
        self.played[role.name] += 1

    async def _sees(self, person: int, wanted: Sequence[str]) -> None:
        def is_here() -> bool:
            found = self.texts(person)
            assert len(found) <= len(wanted), self._says(person, wanted)
            return found == wanted

        while not is_here():
            assert not self._patience.is_over, self._says(person, wanted)
            await self.stage.changed.wait(LOOKS_S)

    def texts(self, person: int) -> list[str]:
        """What somebody's dialog says now, announcements left out."""
        own = [self.stage.world.people[person]]
        texts = seen(self.stage.world, person, own)
        return [blurred(text, self._words[person]) for text in texts if not self.beside(text)]

    def _says(self, person: int, wanted: Sequence[str]) -> str:
        parts = difference(self.texts(person), wanted)
        return f"{self.role_of[person]} {person}: {parts}\n{rows_of(self.stage.database, person)}"

    def check(self) -> None:
        """Every dialog is as it should be; those who were looked at have left."""
        for person, wanted in self.wanted.items():
            assert self.texts(person) == wanted, self._says(person, wanted)
        self.wanted.clear()

    def rows(self) -> Counter[str]:
        """How many rows all that was played has left."""
        found: Counter[str] = Counter()
        for role in self.roles:
            for table, number in role.rows.items():
                found[table] += number * self.played[role.name]
        return found

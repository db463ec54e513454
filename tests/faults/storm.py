"""SIGKILL at random moments, under load, again and again: nothing is lost, doubled or out of order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from handlers.book import texts
from tests.faults import invariants
from tests.faults.expected import plain
from tests.faults.stage import Stage, environment_of

PEOPLE = 20
MOST_AT_ONCE = 3
#: A kill comes within this time after the writing: a burst takes about half of it.
LATEST_KILL_S = 0.6
#: How often a bot that was just started is killed again before all is answered.
AGAIN = 0.3


@dataclass
class Tally:
    """What a storm came to."""

    rounds: int = 0
    kills: int = 0
    messages: int = 0

    def line(self, stage: Stage, since: float) -> str:
        """A line for a terminal."""
        return (
            f"{self.rounds} rounds, {self.kills} kills, {self.messages} messages answered once each and in order, "
            f"{len(stage.world.ledger.repeats)} repeats dropped by their random_id, {time.monotonic() - since:.0f} s"
        )


async def storm(
    stage: Stage, random: Random, *, kills: int, seconds: float = float("inf"), say: Callable[[str], None] = print
) -> Tally:
    """Kill the bot so often, or for so long; fails where anything came out in another way than without kills."""
    contact = environment_of("", stage.database)["OPERATOR_CONTACT"]
    said = {"меню": texts().say("menu"), "помощь": texts().say("help", contact=contact)}
    answers = {word: plain(text, stage.world) for word, text in said.items()}
    people = [stage.person("Анна", f"Смирнова-{number}") for number in range(PEOPLE)]
    wanted: dict[int, list[str]] = {}
    stage.start()
    await stage.ready()
    for person in people:
        stage.starts(person)
    await stage.until(lambda: all(len(stage.seen(person)) == 2 for person in people))
    for person in people:
        wanted[person] = stage.seen(person)

    tally, began_at = Tally(), time.monotonic()
    while tally.kills < kills and time.monotonic() - began_at < seconds:
        for person in people:
            for word in random.choices(list(answers), k=random.randint(1, MOST_AT_ONCE)):
                stage.write(person, word)
                wanted[person].append(answers[word])
                tally.messages += 1
        tally.rounds += 1
        waits = await _killed(stage, random, sum(map(len, wanted.values())))
        tally.kills = len(stage.deaths)
        assert {person: stage.seen(person) for person in people} == wanted
        shown = ", ".join(f"{wait * 1000:.0f} ms" for wait in waits)
        say(f"round {tally.rounds}: {len(waits)} kills after {shown}; {tally.line(stage, began_at)}")
    await _settled(stage, people, wanted)
    return tally


async def _killed(stage: Stage, random: Random, count: int) -> list[float]:
    """Kill at least once, wait until all is answered; when the kills came."""
    waits: list[float] = []
    ledger = stage.world.ledger.accepted
    while True:
        wait = random.uniform(0, LATEST_KILL_S)
        waits.append(wait)
        killing = asyncio.get_running_loop().call_later(wait, stage.child.kill)
        deaths = len(stage.deaths)
        await stage.until(lambda deaths=deaths: len(stage.deaths) > deaths)  # type: ignore[misc]
        killing.cancel()
        if random.random() > AGAIN:
            break
    await stage.until(lambda: len(ledger) >= count)
    return waits


async def _settled(stage: Stage, people: list[int], wanted: dict[int, list[str]]) -> None:
    """One more message each: what was sent and not marked is marked before it goes."""
    for person in people:
        stage.write(person, "меню")
        wanted[person].append(plain(texts().say("menu"), stage.world))
    await stage.until(lambda: len(stage.world.ledger.accepted) >= sum(map(len, wanted.values())))
    assert {person: stage.seen(person) for person in people} == wanted
    assert await stage.stop() == 0
    stage.look()
    invariants.check_finished(stage.database)

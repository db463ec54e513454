"""How long a table of 500 children takes, and what others wait for their replies meanwhile.

python -m tests.bench.bulk_file
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import tempfile
import time
from pathlib import Path

from bot.works import Works
from tests.talks.bulk_scene import blank_of, child, consents, filled, in_autumn
from tests.talks.chat import Chat, Person, chat_with_sandbox
from tests.talks.doctors import Offline

CHILDREN, OTHERS = 500, 10
#: Between an answer and the next message of the same person: whoever is faster for long is not answered any more.
PAUSE_S = 1.0
LOOK_EVERY_S = 0.005
_LETTERS = "абвгдежзиклмнопрстуфхцчшэюя"


def _name(number: int) -> str:
    """A name of its own for each."""
    first, second = divmod(number, len(_LETTERS))
    return f"Иванов{_LETTERS[first]}{_LETTERS[second]} Артём Олегович"


class Answers:
    """When messages of the bot reach people: looked up in the sandbox's memory, which costs the bot nothing."""

    def __init__(self, chat: Chat) -> None:
        self._accepted = chat.sandbox.world.ledger.accepted
        self._waiting: dict[int, asyncio.Event] = {}

    async def watch(self) -> None:
        """Look, until cancelled."""
        seen = len(self._accepted)
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            for message in self._accepted[seen:]:
                if message.peer_id in self._waiting:
                    self._waiting.pop(message.peer_id).set()
            seen = len(self._accepted)

    async def to(self, chat: Chat, person: Person) -> float:
        """Write something; the seconds until it is answered."""
        answered = self._waiting[person.id] = asyncio.Event()
        started = time.perf_counter()
        await chat.control(f"people/{person.id}/write", {"text": "меню"})
        await answered.wait()
        return time.perf_counter() - started


async def _other(chat: Chat, answers: Answers, person: Person, stop: asyncio.Event, waits: list[float]) -> None:
    """Somebody who writes, waits for the answer, and writes again."""
    while not stop.is_set():
        waits.append(await answers.to(chat, person))
        await asyncio.sleep(PAUSE_S)


async def measure() -> None:
    """Send the table, confirm it, send it again, with every class corrected; print the times."""
    with tempfile.TemporaryDirectory() as folder:
        async with chat_with_sandbox() as chat, chat.runs(Path(folder) / "bot.db", works=Works(Offline())):
            await in_autumn(chat)
            nina = await chat.person("Нина", "Орлова")
            blank = await blank_of(nina)
            others = [await chat.person("Анна", f"Ежова{n}") for n in range(OTHERS)]
            for one in others:
                await one.starts()
            gc.freeze()  # as `run` does
            table = filled(blank, [child(_name(n), "3Б") for n in range(CHILDREN)])
            mended = filled(blank, [child(_name(n), "4") for n in range(CHILDREN)])
            for title, act in (
                ("nothing, for comparison", lambda: asyncio.sleep(2)),
                ("preview of a new table", lambda: nina.sends_file("500.xlsx", table)),
                ("sending", lambda: nina.presses(f"Подать {CHILDREN} заявок")),
                ("consents, and 500 applications", lambda: consents(nina)),
                ("preview of the same table", lambda: nina.sends_file("500.xlsx", table)),
                ("preview of other classes", lambda: nina.sends_file("500.xlsx", mended)),
                ("500 changes", lambda: nina.presses(f"Сохранить {CHILDREN} изменений")),
            ):
                await _measured(chat, others, title, act)
                print("   ", nina.last.text.splitlines()[:3])


async def _measured(chat: Chat, others: list[Person], title: str, act: object) -> None:
    stop, waits, answers = asyncio.Event(), list[float](), Answers(chat)
    watching = asyncio.create_task(answers.watch())
    crowd = asyncio.gather(*(_other(chat, answers, one, stop, waits) for one in others))
    started = time.perf_counter()
    await act()  # type: ignore[operator]
    took = time.perf_counter() - started
    stop.set()
    await crowd
    watching.cancel()
    p95 = statistics.quantiles(waits, n=20, method="inclusive")[-1] if len(waits) > 1 else waits[0]
    print(f"{title}: {took:.2f} s; others' replies: {len(waits)}, p95 {p95:.2f} s, longest {max(waits):.2f} s")


if __name__ == "__main__":
    asyncio.run(measure())

"""An organizer who writes to everyone again and again, pauses, goes on, stops: each reader gets each at most once."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from collections import Counter
from random import Random

from bot.sandbox.control.buttons import visible
from tests.faults.evidence import rows_of
from tests.faults.hands import Hands
from tests.faults.invariants import reading
from tests.faults.patience import Patience
from tests.faults.roles import JUDGED, OLGA, READERS
from tests.faults.stage import LOOK_EVERY_S, Stage

MARK = "Объявление для всех"
#: Between two acts she looks at the progress for at most so long.
LOOKS_S = 0.8
#: Between two announcements she rests for at most so long.
RESTS_S = 5.0
#: Reports follow within half a minute.
REPORTS_WITHIN_S = 60.0
#: Every other one has a word of each reader's own: these go one by one, the others a hundred at a time.
TEXTS = ("{mark} {number}.", "{mark} {number}. Удачи, {{имя}}!")
OVER = ("done", "stopped", "recalled")
SENT_OF = re.compile(r"Отправлено (\d+) из")


class Announcer:
    """Olga; `check` when everything is sent."""

    def __init__(self, stage: Stage, random: Random) -> None:
        self._stage = stage
        self._random = random
        self._hands = Hands(stage.world, OLGA, between_s=1.0)
        self._resting = False
        self.begun = 0
        self._first = 1
        self.acts: Counter[str] = Counter()
        ledger = stage.world.ledger
        self._patience = Patience(lambda: (len(stage.deaths), len(ledger.accepted), self.begun, self.acts.total()))

    def rests(self) -> None:
        """The announcement in hand is the last one."""
        self._resting = True

    def begins_anew(self) -> None:
        """An older database was put back: what it knows of earlier announcements is not looked at."""
        self._first = self.begun + 1

    async def runs(self) -> None:
        """One announcement after the other, until `rests`."""
        self._resting = False
        while not self._resting:
            await self._announces()
            ends_at = time.monotonic() + self._random.uniform(0, RESTS_S)
            while time.monotonic() < ends_at and not self._resting:
                await self._stage.changed.wait(LOOK_EVERY_S)

    async def _announces(self) -> None:
        self.begun += 1
        self._hands.write("меню")
        for label in ("Кабинет организатора", JUDGED["short_title"], "Написать участникам"):
            await self._presses(label)
        if await self._presses("Новое объявление", "Все заявители") == "Новое объявление":
            await self._presses("Все заявители")
        await self._sees("Назад")
        self._hands.write(TEXTS[self.begun % 2].format(mark=MARK, number=self.begun))
        await self._presses("Отправить")
        await self._presses("Начать сразу")  # so many people would get it in a minute
        for _ in range(self._random.randint(0, 3)):
            await asyncio.sleep(self._random.uniform(0, LOOKS_S))
            await self._meddles()
        while self._state() not in OVER:
            assert not self._patience.is_over, f"announcement {self.begun} stands still\n{self._says()}"
            if self._state() == "paused" and self._is_shown("Продолжить"):
                self._hands.press("Продолжить")
            await self._stage.changed.wait(LOOKS_S)

    async def _meddles(self) -> None:
        """Press one of what there is: pause, go on, or stop and mean it."""
        labels = [label for label in ("Пауза", "Продолжить", "Остановить") if self._is_shown(label)]
        if self._state() in OVER or not labels:
            return
        label = self._random.choice(labels)
        self._hands.press(label)
        self.acts[label] += 1
        if label == "Остановить":
            while self._state() not in OVER and not self._is_shown("Остановить совсем"):
                await self._stage.changed.wait(LOOK_EVERY_S)
            if self._is_shown("Остановить совсем"):
                self._hands.press("Остановить совсем")

    async def _presses(self, *labels: str) -> str:
        """Wait for the first of the buttons that comes, and press it."""
        label = await self._sees(*labels)
        self._hands.press(label, begins=True)
        return label

    async def _sees(self, *labels: str) -> str:
        while True:
            for label in labels:
                if self._is_shown(label, since_own=True):
                    return label
            assert not self._patience.is_over, f"never came: {labels}\n{self._says()}"
            await self._stage.changed.wait(LOOKS_S)

    def _is_shown(self, label: str, *, since_own: bool = False) -> bool:
        dialog = self._stage.world.dialog(OLGA)
        own = max((message.cmid for message in dialog.messages if not message.out), default=0) if since_own else 0
        return any(one.label.startswith(label) and one.cmid > own and not one.from_dialog for one in visible(dialog))

    def _state(self) -> str:
        with reading(self._stage.database) as connection:
            row = connection.execute("select state from announcement order by id desc limit 1").fetchone()
        return "" if row is None else str(row["state"])

    @property
    def is_settled(self) -> bool:
        """Do the reports say what VK has accepted?"""
        return all(shown == accepted for _, shown, accepted in self._reports())

    async def settled(self) -> None:
        """Wait until the reports say what VK has accepted: they follow within half a minute. Raises AssertionError."""
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + REPORTS_WITHIN_S
        while not self.is_settled:
            assert loop.time() < give_up_at, (self._reports(), self._edits())
            await asyncio.sleep(LOOK_EVERY_S)

    def check_once(self) -> None:
        """Nobody has any of them twice, whatever was put back since."""
        twice = [(nth, person) for nth, readers in self._got().items() for person in readers if readers[person] > 1]
        assert not twice, f"came twice: (announcement, reader) {twice[:10]}"

    def check(self) -> None:
        """Nobody has one twice; whoever should has it; what was shown is what VK has accepted."""
        self.check_once()
        got = self._got()
        for row in self._announcements():
            name, readers = f"announcement {row['id']}, {row['state']}", got[_number(row["text"])]
            missing = set(READERS) - readers.keys()
            assert row["state"] != "done" or not missing, f"{name}: never came to {self._rows(row['id'], missing)}"
        assert [one for one in self._reports() if one[1] != one[2]] == []

    def _reports(self) -> list[tuple[int, int | None, int]]:
        """Of each announcement: how many the report says have got it, how many messages VK has accepted."""
        got = self._got()
        return [(row["id"], self._shown(row["id"]), got[_number(row["text"])].total()) for row in self._announcements()]

    def _got(self) -> dict[int, Counter[int]]:
        """How often each reader has got each announcement."""
        got = {nth: Counter[int]() for nth in range(1, self.begun + 1)}
        for message in self._stage.world.ledger.accepted:
            if MARK in message.content.text and message.peer_id != OLGA:
                got[_number(message.content.text)][message.peer_id] += 1
        return got

    def _announcements(self) -> list[sqlite3.Row]:
        with reading(self._stage.database) as connection:
            rows = connection.execute("select id, state, text from announcement where state <> 'draft'").fetchall()
        return [row for row in rows if _number(row["text"]) >= self._first]

    def _rows(self, id_: int, people: set[int]) -> list[str]:
        """What the outbox says of their messages."""
        with reading(self._stage.database) as connection:
            rows = connection.execute(
                "select * from outbox where announcement_id = ? and kind = 'send'", (id_,)
            ).fetchall()
        found = {row["peer_id"]: f"{row['state']} {row['error_code']} {row['error']}" for row in rows}
        return [f"{person}: {found.get(person, 'no row')}" for person in sorted(people)]

    def _edits(self) -> list[str]:
        """What the outbox says of her own messages' last changes."""
        with reading(self._stage.database) as connection:
            query = "select * from outbox where peer_id = ? and kind <> 'answer' order by id desc limit 8"
            rows = connection.execute(query, (OLGA,)).fetchall()
        return [
            f"{row['id']} {row['kind']} of {row['target_id']}: {row['state']} {row['error']}, {row['body']}"
            for row in rows
        ]

    def _says(self) -> str:
        texts = [message.content.text for message in self._stage.world.dialog(OLGA).messages[-3:]]
        return "\n".join([*texts, rows_of(self._stage.database, OLGA)])

    def _shown(self, id_: int) -> int | None:
        """How many it says have got it."""
        texts = [message.content.text for message in self._stage.world.dialog(OLGA).messages if message.out]
        found = [SENT_OF.search(text) for text in texts if f"Объявление № {id_} " in text and "черновик" not in text]
        return int(found[-1][1]) if found and found[-1] else None

    def line(self) -> str:
        """What she did."""
        acts = ", ".join(f"{label} {number}" for label, number in sorted(self.acts.items()))
        return f"announcements to {len(READERS)} people: {self.begun}; pressed: {acts or 'nothing'}"


def _number(text: str) -> int:
    """Which of her announcements a text is."""
    return int(re.findall(rf"{MARK} (\d+)\.", text)[-1])

"""What the organizer of an event does in the chat."""

from __future__ import annotations

import re

from bot.commands.year.crowd import Person, StuckError, label_like
from bot.contest.event.model import Event

MOST_PAGES = 100
MORE = "Ещё"
PAST = "Прошедшие"
#: Under every question.
WAYS_BACK = ("Назад", "Отмена", "‹", "Ещё ›", "Меню")
SETTLE = "Решить равенство"


async def first_of(person: Person, *wanted: str) -> None:
    """Press the first of these that is under the newest messages. Raises StuckError."""
    for label in wanted:
        if label in person.visible:
            await person.presses(label)
            return
    raise StuckError(f"{person.id}: none of {wanted}: {person.last}")


async def starting(person: Person, *beginnings: str) -> None:
    """Press the first button that begins so, on whichever page it stands. Raises StuckError."""
    for _ in range(MOST_PAGES):
        for label in person.visible or person.labels:
            if label.startswith(beginnings):
                await person.presses(label)
                return
        if "Ещё ›" not in (person.visible or person.labels):
            break
        await person.presses("Ещё ›")
    raise StuckError(f"{person.id}: nothing begins with {beginnings}: {person.last}")


async def choose(person: Person, name: str) -> None:
    """Press the option of this name, on whichever page it stands. Raises StuckError."""
    for _ in range(MOST_PAGES):
        if (label := label_like(person.labels, name)) is not None:
            await person.presses(label)
            return
        if "Ещё ›" not in person.labels:
            break
        await person.presses("Ещё ›")
    raise StuckError(f"{person.id}: no {name}: {person.last}")


class Organizer:
    """One event's organizer."""

    def __init__(self, person: Person, event: Event) -> None:
        self.person = person
        self.event = event

    async def opens(self, part: str) -> None:
        """Open a part of the event's card: «Заявки», «Жюри», «Рейтинг»."""
        await self.person.writes("меню")
        await self.person.presses("Кабинет организатора")
        if part not in self.person.labels and MORE not in self.person.labels:
            if PAST in self.person.labels and not any(map(self._is_ours, self.person.labels)):
                await self.person.presses(PAST)
            await starting(self.person, self._beginning)
        if part not in self.person.labels:
            await self.person.presses(MORE)
        await self.person.presses(part)

    @property
    def _beginning(self) -> str:
        return self.event.short_title[:12]

    def _is_ours(self, label: str) -> bool:
        return label.startswith(self._beginning)

    async def opens_stage(self, title: str) -> None:
        """Open one stage of the event."""
        await self.opens("Этапы")
        await self.person.presses(title)

    async def names_special(self, number: str, title: str) -> None:
        """A nomination of the jury beside the award."""
        await self.opens("Рейтинг")
        await self.person.presses("Номинации жюри")
        await self.person.presses("Назвать номинацию")
        await self._names(number, title)

    async def names_own(self) -> None:
        """Everybody gets a nomination of their own: the first that is offered, or a written one."""
        await self.opens("Рейтинг")
        await self.person.presses("Номинации участников")
        if "Назвать номинацию" not in self.person.labels:
            return
        await self.person.presses("Назвать номинацию")
        for place in range(MOST_PAGES):
            if "Какая номинация?" not in self.person.text:
                return
            offered = [label for label in self.person.labels if label not in WAYS_BACK]
            if offered:
                await self.person.presses(offered[0])
            else:
                await self.person.writes(f"Самая находчивая команда {place + 1}")

    async def _names(self, number: str, title: str) -> None:
        if "Кому номинация" in self.person.text:
            await self.person.writes(number)
        await self.person.writes(title)

    async def moderates(self, count: int) -> None:
        """Accept everybody who waits."""
        await self.opens("Заявки")
        person = self.person
        for _ in range(count + 1):
            if "Принять" not in person.labels:
                if not any(label.startswith(self.event.number_prefix) for label in person.labels):
                    return
                await starting(person, self.event.number_prefix)
                continue
            await person.presses("Принять")
            if "Следующая" not in person.labels:
                return
            await person.presses("Следующая")

    async def decides(self, number: str, act: str, reason: str) -> None:
        """Open one application by its number, press the button, name a reason."""
        await self.opens("Заявки")
        await self.person.writes(number)
        if act not in self.person.labels:
            await starting(self.person, number)
        await self.person.presses(act)
        await self.person.presses(reason)

    async def invites(self, part: str = "Жюри") -> str:
        """A one-time link; the word in it."""
        await self.opens(part)
        await first_of(self.person, "Пригласить", "Пригласить ещё")
        found = re.search(r"ref=(\S+)", self.person.text)
        if found is None:
            raise StuckError(f"no link: {self.person.last}")
        return found[1]

    async def assigns(self) -> None:
        """Spread the works evenly."""
        await self.opens("Распределить")
        await self.person.presses("Назначить")

    async def settles(self, *, shared: bool) -> None:
        """Take the proposed outcomes; where works are equal, let them share the place, or put them in order."""
        await self.opens("Рейтинг")
        await self.person.presses("Принять предложенные")
        for _ in range(MOST_PAGES):
            if SETTLE not in self.person.visible:
                return
            await self.person.presses(SETTLE)
            await self._orders(shared=shared)
            if SETTLE not in self.person.visible:
                await self.person.presses("Принять предложенные")

    async def _orders(self, *, shared: bool) -> None:
        person = self.person
        while "-е место?" in person.text:
            await (choose(person, "Место всем поровну") if shared else person.presses(person.labels[0]))
        await person.writes("Решил председатель жюри: работа самостоятельнее.")

    async def approves(self) -> None:
        """Approve the protocol. Raises StuckError where something is missing."""
        await self.opens("Протокол")
        if "Утвердить" not in self.person.labels:
            raise StuckError(f"{self.event.code} can't be approved: {self.person.text}")
        await self.person.presses("Утвердить")

    async def publishes(self) -> None:
        """Publish: everybody hears of their outcome."""
        await self.opens("Публикация итогов")
        await self.person.presses("Опубликовать")

    async def issues_papers(self) -> bool:
        """Issue what everybody is to have and send it; False where nobody is to have anything."""
        await self.opens("Документы")
        await self.person.sees("Положено", "не положено")
        if "Выдать и отправить" not in self.person.labels:
            return False
        await self.person.presses("Выдать и отправить")
        await self.person.sees("Номера присвоятся")
        await self.person.presses("Выдать и отправить")
        return True

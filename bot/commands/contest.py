"""A whole contest played through the chat by invented people: every act is a message or a pressed button."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.commands.acting import Actor
from bot.commands.answering import Form, LostError, fill_in
from bot.commands.company import Applicant, Company, Entry, Juror
from bot.commands.parenting import ASK, parent_agrees
from bot.commands.playing import Play
from bot.contest.event.model import Event

#: Looks on while somebody acts.
Watch = Callable[[], Awaitable[None]]
_NUMBER = re.compile(r"[А-ЯЁ]+-\d{4}-\d{4}")
_SCALE = re.compile(r"\(0–(\d+)")
MOST_ACTS = 400


@dataclass(frozen=True, slots=True)
class Sent:
    """An application that was sent."""

    applicant: Applicant
    entry: Entry
    number: str


class Contest:
    """Acts of one contest, in the order in which they happen."""

    def __init__(self, play: Play, event: Event, company: Company) -> None:
        self.play = play
        self.event = event
        self.company = company
        self.organizer = Actor(play, int(company.organizer["id"]))
        ids = [*(one.id for one in company.applicants), *(one.id for one in company.jurors)]
        self.actors = {id_: Actor(play, id_) for id_ in ids}
        self.sent: list[Sent] = []

    async def apply(self, applicant: Applicant) -> None:
        """Enter everybody of one account."""
        actor = self.actors[applicant.id]
        await actor.starts(self.event.slug)
        await actor.presses(first_of(actor, "Подать заявку", "Зарегистрироваться"))
        await self.fill_first(applicant)
        if ASK in labels(actor):
            await parent_agrees(actor, publish=applicant.entries[0].publish)
        await self.go_on(applicant)

    async def enter(self, applicants: Iterable[Applicant]) -> None:
        """Everybody applies and hands in at once: for events without moderation."""
        for applicant in applicants:
            await self.apply(applicant)
        for sent in self.sent:
            await self.hand_in(sent)

    async def fill_first(self, applicant: Applicant) -> None:
        """Answer what the bot asks about the first participant, from wherever the talk is."""
        await self._fill(applicant, applicant.entries[0])

    async def go_on(self, applicant: Applicant) -> None:
        """Enter the others of the account by «Добавить ещё участника»."""
        for entry in applicant.entries[1:]:
            await self.actors[applicant.id].presses("Добавить ещё участника")
            await self._fill(applicant, entry)

    async def _fill(self, applicant: Applicant, entry: Entry) -> None:
        said = await fill_in(self.actors[applicant.id], Form(applicant, entry, publish=entry.publish))
        self.sent.append(Sent(applicant, entry, number_in(said)))

    async def moderate(self, *, watched: Watch | None = None) -> None:
        """The organizer accepts what waits; `watched` is called once the first is accepted."""
        await self._desk("Заявки")
        await self.organizer.presses(starting(self.organizer, self.event.number_prefix))
        for _ in self.sent:
            await self.organizer.presses("Принять")
            if watched is not None:
                await watched()
                watched = None
            if "Следующая" not in labels(self.organizer):
                return
            await self.organizer.presses("Следующая")
            if "Принять" not in labels(self.organizer):
                return

    async def hand_in(self, sent: Sent) -> None:
        """The work of one application: a link, or a file."""
        actor = self.actors[sent.applicant.id]
        await actor.presses("Мои заявки")
        await turn_to(actor, sent.number)
        await actor.presses("Сдать работу")
        if sent.entry.file:
            await actor.attaches("doc", title=sent.entry.file, size=48_000)
        else:
            await actor.writes(sent.entry.link)
        await actor.writes(sent.entry.title)
        for _ in range(MOST_ACTS):
            if "Пропустить" in labels(actor):
                await actor.presses("Пропустить")
            elif "Нет" in labels(actor):
                await actor.presses("Нет")
            else:
                return

    async def invite(self, juror: Juror) -> None:
        """The organizer gives a one-time link to a juror, who joins by it."""
        await self._desk("Жюри")
        await self.organizer.presses(first_of(self.organizer, "Пригласить", "Пригласить ещё"))
        found = re.search(r"ref=(\S+)", self.organizer.last.text)
        if found is None:
            raise LostError(self.organizer.last.text)
        actor = self.actors[juror.id]
        await actor.starts(found[1])
        await actor.writes(juror.name)
        await actor.writes(juror.school)
        if "Да" in labels(actor):
            await actor.presses("Да")
        await actor.presses("Всё верно")

    async def assign(self) -> None:
        """The organizer spreads the works evenly."""
        await self._desk("Распределить")
        await self.organizer.presses("Назначить")

    async def announce(self, audience: str, text: str) -> None:
        """The organizer writes to some of the people of the event."""
        await self._desk("Написать участникам")
        await self.organizer.presses(starting(self.organizer, audience))
        await self.organizer.writes(text)
        await self.organizer.presses(starting(self.organizer, "Отправить "))

    async def begin_scoring(self, juror: Juror, works: int | None = None) -> None:
        """A juror answers the morning's digest, or the word that works were assigned, and scores."""
        actor = self.actors[juror.id]
        await actor.looks()
        if "Оценивать" not in labels(actor):
            await actor.presses("Оценивание")
        await actor.presses("Оценивать")
        await self.score(juror, works)

    async def score(self, juror: Juror, works: int | None = None, *, watched: Watch | None = None) -> None:
        """A juror scores by tapping: all their works, or the first so many; `watched` is called after each tap."""
        actor = self.actors[juror.id]
        saved = 0
        for _ in range(MOST_ACTS):
            card = actor.last
            if "Сохранить" in labels(actor):
                await actor.presses("Сохранить")
                saved += 1
                if saved == works:
                    return
            elif (scale := _SCALE.search(card.text)) and "Работа" in card.text:
                await self._give(actor, self._points(juror, card.text, int(scale[1])))
                if watched is not None:
                    await watched()
            else:
                return

    async def _give(self, actor: Actor, points: str) -> None:
        """Tap the points, on whichever page of the scale they stand."""
        if points not in labels(actor):
            await actor.presses(next(label for label in labels(actor) if "–" in label))
        await actor.presses(points)

    async def settle(self) -> None:
        """The organizer settles what is equal, takes the proposed places and approves the protocol."""
        await self._desk("Рейтинг")
        for _ in range(MOST_ACTS):
            if "Решить равенство" not in labels(self.organizer):
                break
            await self._decide()
        await self.organizer.presses("Принять предложенные")
        await self._desk("Протокол")
        await self.organizer.presses("Утвердить")

    async def _decide(self) -> None:
        """The chair has named the better one of equal works, each time the first."""
        await self.organizer.presses("Решить равенство")
        while "-е место?" in self.organizer.last.text:
            await self.organizer.presses(labels(self.organizer)[0])
        await self.organizer.writes("Решил председатель жюри: работа самостоятельнее.")

    async def publish(self) -> None:
        """The organizer looks at who will hear what, and publishes."""
        await self._desk("Публикация итогов")
        await self.organizer.presses("Опубликовать")

    async def passes_to(self, days: float) -> None:
        """Let time pass until so many days after the beginning of intake."""
        at = self.event.opens_at + timedelta(days=days)
        await self.play.passes(at - self.play.clock())

    async def _desk(self, part: str) -> None:
        await self.organizer.writes("меню")
        await self.organizer.presses("Кабинет организатора")
        if part not in labels(self.organizer):
            await self.organizer.presses(starting(self.organizer, self.event.short_title[:12]))
        await self.organizer.presses(part)

    def _points(self, juror: Juror, card: str, most: int) -> str:
        """What this juror gives: by how good the work is, a little differently from the others."""
        entry = next((sent.entry for sent in self.sent if f"«{sent.entry.title}»" in card), None)
        if entry is None:
            raise LostError(card)
        strictness = (juror.id * 7 + len(card)) % 3 - 1
        points = round(most * (entry.level + strictness / 2) / 10)
        return str(max(0, min(most, points)))


def labels(actor: Actor) -> list[str]:
    """The buttons of the newest message."""
    return [label for row in actor.last.buttons for label in row]


def first_of(actor: Actor, *wanted: str) -> str:
    """The first of these buttons that is there."""
    for label in wanted:
        if label in labels(actor):
            return label
    raise LostError(f"{actor.last.text} {actor.last.keyboard}")


def starting(actor: Actor, *beginnings: str) -> str:
    """The first button that begins with one of these."""
    for label in labels(actor):
        if label.startswith(beginnings):
            return label
    raise LostError(f"{actor.last.text} {actor.last.keyboard}")


async def turn_to(actor: Actor, beginning: str) -> None:
    """Press the button that begins so, on whichever page it stands."""
    while not any(label.startswith(beginning) for label in labels(actor)):
        await actor.presses(first_of(actor, "Ещё ›"))
    await actor.presses(starting(actor, beginning))


def number_in(text: str) -> str:
    """The number of the application in a message."""
    found = _NUMBER.search(text)
    if found is None:
        raise LostError(text)
    return found[0]

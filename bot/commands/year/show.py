"""One event of the year from its first application to its published outcomes, as steps with their moments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.commands.year.cast import Cast
from bot.commands.year.crowd import Crowd, Person
from bot.commands.year.desk import Organizer, first_of
from bot.commands.year.entries import Entry, entries_of
from bot.commands.year.form import fill_in
from bot.commands.year.handing_in import hand_in
from bot.commands.year.jury import Juror
from bot.commands.year.plan import Plan, Year
from bot.contest.event.model import Event

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: Of the time of intake: when people apply, are accepted, hand in.
APPLY, ACCEPT, HAND_IN = 0.1, 0.4, 0.5


@dataclass(frozen=True, slots=True)
class Scene:
    """Something that happens at one moment of the year."""

    at: datetime
    what: str
    play: Callable[[], Awaitable[None]]


class Show:
    """The people of one event and what they do."""

    def __init__(self, crowd: Crowd, cast: Cast, plan: Plan, year: Year, event: Event) -> None:
        self.crowd = crowd
        self.cast = cast
        self.year = year
        self.event = event
        self.entries = entries_of(cast, plan, year, event)
        organiser = cast.school(event.organiser)
        self.organizer = Organizer(self._person(f"organizer {event.code}", organiser.names.person(adult=True)), event)
        self.jurors = [self._juror(number) for number in range(year.jurors)]

    @property
    def scenes(self) -> Iterator[Scene]:
        """What happens, in its order."""
        if not self.entries:
            return
        event, length = self.event, self.event.closes_at - self.event.opens_at
        yield self._scene(event.opens_at + APPLY * length, "заявки", self.apply)
        if event.moderation:
            yield self._scene(event.opens_at + ACCEPT * length, "проверка заявок", self.moderate)
        if event.submission is not None:
            yield self._scene(event.opens_at + HAND_IN * length, "работы", self.hand_in)
        if self.jurors:
            yield self._scene(event.closes_at - HOUR, "жюри", self.invite)
        yield from self._judging()

    def _judging(self) -> Iterator[Scene]:
        event = self.event
        end = max(filter(None, (event.closes_at, event.judging_until, event.meeting and event.meeting.ends_at)))
        if self.jurors:
            begin = event.closes_at + HOUR
            yield self._scene(begin, "распределение работ", self.organizer.assigns)
            yield self._scene(begin + (end - begin) / 2, "оценки", self.score)
        yield self._scene(end + HOUR, "итоги", self.settle)

    def _scene(self, at: datetime, what: str, play: Callable[[], Awaitable[None]]) -> Scene:
        return Scene(at, what, play)

    async def apply(self) -> None:
        """Each account enters those whom it acts for, one after another."""
        await self.crowd.all(self._applies(person, entries) for person, entries in self._by_applicant().items())

    async def _applies(self, person_key: str, entries: Sequence[Entry]) -> None:
        person = self.applicant(entries[0])
        await person.starts(self.event.slug)
        await first_of(person, "Подать заявку", "Зарегистрироваться")
        for place, entry in enumerate(entries):
            if place:
                await first_of(person, "Добавить ещё участника")
            entry.number = await fill_in(person, entry, self.event)

    async def moderate(self) -> None:
        """The organizer looks at every application."""
        await self.organizer.moderates(len(self.entries))

    async def hand_in(self) -> None:
        """Everybody hands in, but for those who leave."""
        staying = [one for one in self.entries if not one.fate]
        await self.crowd.all(self._hands_in(entries) for entries in self._by_applicant(staying).values())

    async def _hands_in(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            await hand_in(self.applicant(entry), entry, self.event)

    async def invite(self) -> None:
        """Each juror gets an own link and joins by it."""
        for juror in self.jurors:
            await juror.joins(await self.organizer.invites())

    async def score(self) -> None:
        """The whole jury at once."""
        await self.crowd.all(juror.scores(self.entries, self.event.title) for juror in self.jurors)

    async def settle(self) -> None:
        """Outcomes, protocol, publication."""
        await self.organizer.settles(shared=self.year.ties_shared)
        await self.organizer.approves()
        await self.organizer.publishes()

    def applicant(self, entry: Entry) -> Person:
        """The account that acts for this entry."""
        return self._person(_account_of(entry), entry.supervisor or entry.people[0].named)

    def _by_applicant(self, entries: Iterable[Entry] | None = None) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries if entries is None else entries:
            found[_account_of(entry)].append(entry)
        return found

    def _juror(self, number: int) -> Juror:
        school = self.cast.school(JURY[number % len(JURY)])
        named = school.teacher(10 + number // len(JURY))
        return Juror(self._person(f"juror {school.name} {named.name}", named), named, school.name)

    def _person(self, key: str, named: object) -> Person:
        return self.crowd.person(self.cast.account(key, named))  # type: ignore[arg-type]


#: Where the jury works: so few of them that a work of the own school is always somebody else's too.
JURY = ("tspu", "tsu", "tpu", "rcro", "gymnasium-56-tomsk", "school-40-tomsk", "parabel-gymnasium", "seversk-80")


def _account_of(entry: Entry) -> str:
    who = entry.supervisor or entry.people[0].named
    return f"{entry.school.name} {who.name}"

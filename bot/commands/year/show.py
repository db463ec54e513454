"""One event of the year from its first application to its published outcomes, as scenes with their moments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.commands.year import hosting, tasks
from bot.commands.year.by_file import applies_by_file, hands_in_links
from bot.commands.year.cast import Cast
from bot.commands.year.crowd import Crowd, Person
from bot.commands.year.desk import Organizer, first_of, starting
from bot.commands.year.entries import Entry, entries_of
from bot.commands.year.form import fill_in
from bot.commands.year.guardians import agrees, link_for_parent
from bot.commands.year.handing_in import hand_in, leaf_of
from bot.commands.year.jury import Juror
from bot.commands.year.meeting import attend
from bot.commands.year.people import Named
from bot.commands.year.plan import Plan, Year
from bot.contest.event.awards import OwnNominations
from bot.contest.event.model import Event
from bot.contest.event.stages import HostedBy, Stage, WorkAfter
from bot.contest.stages import cuts, windows

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
#: Of the time of intake: when people apply, are accepted, hand in.
APPLY, ACCEPT, HAND_IN = 0.1, 0.4, 0.5
#: Where the jury works: so many places that a work of the own school is always somebody else's too.
JURY = ("tspu", "tsu", "tpu", "rcro", "gymnasium-56-tomsk", "parabel-gymnasium", "seversk-80", "krivosheino")
#: The first so many teachers of a school enter pupils; these sit in juries and represent host schools.
JURY_TEACHER, HOST_TEACHER = 10, 5
Act = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Scene:
    """Something that happens at one moment of the year."""

    at: datetime
    what: str
    play: Act
    #: It has a time of its own: not with what happens on the same day.
    timed: bool = False


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
        self.jurors = [self._juror(number) for number in range(year.jurors if event.has_sheets else 0)]
        #: Who takes part in the final, once it is known.
        self.chosen = {hosting.key_of(entry) for entry in self.entries}

    @property
    def scenes(self) -> Iterator[Scene]:
        """What happens, in its order."""
        if not self.entries:
            return
        event, length = self.event, self.event.closes_at - self.event.opens_at
        yield Scene(event.opens_at + APPLY * length, "заявки", self.apply)
        if event.moderation:
            yield Scene(event.opens_at + ACCEPT * length, "проверка заявок", self.moderate)
        yield from self._works()
        yield from self._stages()
        if event.meeting is not None:
            yield Scene(event.meeting.starts_at + MINUTE, "встреча", self.attend, timed=True)
        yield from self._judging()

    def _works(self) -> Iterator[Scene]:
        """At intake, and at each stage that wants a work of its own."""
        if self.event.submission is None:
            return
        for window in windows(self.event, self.event.closes_at):
            if window.stage is None or window.stage.work is WorkAfter.NEW:
                at = window.opens_at + HAND_IN * (window.closes_at - window.opens_at)
                yield Scene(at, "работы", self.hand_in, timed=window.stage is not None)

    def _stages(self) -> Iterator[Scene]:
        """Selections, tests, trials."""
        for stage in self.event.stages:
            if stage in cuts(self.event) and self.year.finalists is not None:
                yield Scene(self.event.closes_at + HOUR, stage.title, self._selection(stage))
            if stage.questions:
                yield Scene(stage.opens_at + MINUTE, stage.title, self._test(stage), timed=True)
                yield Scene(stage.closes_at + HOUR, "оценка ответов", self._answers(stage))
            if any(task.measure is not None for task in stage.tasks):
                yield Scene(stage.opens_at + 2 * HOUR, stage.title, self._trials(stage), timed=True)

    def _judging(self) -> Iterator[Scene]:
        event = self.event
        last = [stage.closes_at for stage in event.stages if stage.work is WorkAfter.NEW]
        begin = max([event.closes_at, *last]) + 2 * HOUR
        known = [event.judging_until, event.meeting.ends_at if event.meeting else None]
        end = max([begin + DAY, *(one for one in known if one), *(stage.closes_at for stage in event.stages)])
        if self.jurors:
            yield Scene(event.closes_at - HOUR, "жюри", self.invite)
            begin = max([begin, *(stage.opens_at for stage in event.stages[-1:])])
            yield Scene(begin, "распределение работ", self.organizer.assigns)
            yield Scene(begin + (end - begin) / 2, "оценки", self.score)
        yield Scene(end + 2 * HOUR, "итоги", self.settle)

    async def apply(self) -> None:
        """Each account enters those whom it acts for, one after another."""
        await self.crowd.all(self._applies(entries) for entries in self._by_applicant().values())

    async def _applies(self, entries: Sequence[Entry]) -> None:
        person = self.applicant(entries[0])
        async with self.crowd.alone(person):
            if entries[0].group.way == "file":
                await applies_by_file(person, entries, self.event)
            else:
                await self._applies_in_chat(person, entries)

    async def _applies_in_chat(self, person: Person, entries: Sequence[Entry]) -> None:
        await person.starts(self.event.slug)
        await first_of(person, "Подать заявку", "Зарегистрироваться", "Подать ещё одну заявку")
        for place, entry in enumerate(entries):
            if place:
                await starting(person, "Добавить ещё")
            entry.number = await fill_in(person, entry, self.event)
            if word := await link_for_parent(person):
                parent = self.cast.parent(entry.people[0])
                account = self._person(f"parent {entry.people[0].name}", parent)
                async with self.crowd.alone(account):
                    await agrees(account, parent, word)

    async def moderate(self) -> None:
        """The organizer looks at every application."""
        await self.organizer.moderates(len(self.entries))
        for entry in self.entries:
            if entry.fate == "dropped_out":
                await self.organizer.decides(entry.number, "Выбыл(а)", "Участник отказался")

    async def hand_in(self) -> None:
        """Everybody hands in, but for those who leave."""
        staying = [one for one in self.entries if not one.fate]
        await self.crowd.all(self._hands_in_alone(entries) for entries in self._by_applicant(staying).values())

    async def _hands_in_alone(self, entries: Sequence[Entry]) -> None:
        async with self.crowd.alone(self.applicant(entries[0])):
            await self._hands_in(entries)

    async def _hands_in(self, entries: Sequence[Entry]) -> None:
        person = self.applicant(entries[0])
        linked = [one for one in entries if one.group.way == "file" and self._by_link(one)]
        if len(linked) > 1:
            await hands_in_links(person, linked, self.event)
        for entry in entries:
            if len(linked) == 1 or entry not in linked:
                await hand_in(person, entry, self.event)

    def _by_link(self, entry: Entry) -> bool:
        submission = self.event.submission_for(leaf_of(self.event, entry))
        return submission is not None and bool(submission.links)

    async def attend(self) -> None:
        """Who comes to the meeting."""
        came = [one for one in self.entries if not one.fate]
        await self.crowd.all(self._attends(of[0]) for of in self._by_applicant(came).values())

    async def _attends(self, entry: Entry) -> None:
        person = self.applicant(entry)
        async with self.crowd.alone(person):
            await attend(person, self.event)

    async def invite(self) -> None:
        """Each juror gets an own link and joins by it."""
        for juror in self.jurors:
            word = await self.organizer.invites()
            async with self.crowd.alone(juror.person):
                await juror.joins(word)

    async def score(self) -> None:
        """The whole jury at once."""
        await self.crowd.all(self._scores(juror) for juror in self.jurors)

    async def _scores(self, juror: Juror) -> None:
        async with self.crowd.alone(juror.person):
            await juror.scores(self.entries, self.event.short_title, self.year.spread)

    async def settle(self) -> None:
        """Outcomes, protocol, publication."""
        await self.organizer.settles(shared=self.year.ties_shared)
        if isinstance(self.event.awards, OwnNominations):
            await self.organizer.names_own()
        best = sorted(self.entries, key=lambda one: -one.level)
        for place, entry in enumerate(best[: self.year.special]):
            await self.organizer.names_special(entry.number, f"За верность теме, {place + 1}")
        await self.organizer.approves()
        await self.organizer.publishes()

    def _selection(self, stage: Stage) -> Act:
        async def select() -> None:
            alive = [one for one in self.entries if not one.fate]
            self.chosen = hosting.finalists(alive, stage, self.year.finalists or len(alive))
            words = {}
            if stage.hosted_by is HostedBy.HOSTS:
                codes = [one.school.code for one in alive if one.school.code]
                await hosting.gives_areas(self.organizer, stage, dict.fromkeys(codes))
            for code in stage.hosts:
                words[code] = await hosting.invites(self.organizer, stage, self.cast.school(code).name)
            await self.crowd.all(self._selects(code, word) for code, word in words.items())
            leaving = [one for one in alive if hosting.key_of(one) in self.chosen]
            for entry in leaving[: self.year.leaving.finalists_dropped_out]:
                await self.organizer.decides(entry.number, "Выбыл(а)", "Участник отказался")

        return select

    async def _selects(self, code: str, word: str) -> None:
        school = self.cast.school(code)
        named = school.teacher(HOST_TEACHER)
        await hosting.selects(self._person(f"host {school.name}", named), word, self.chosen)

    def _test(self, stage: Stage) -> Act:
        async def test() -> None:
            alive = [one for one in self.entries if not one.fate]
            await self.crowd.all(tasks.answers(self.applicant(one), one, stage) for one in alive)

        return test

    def _answers(self, stage: Stage) -> Act:
        async def score() -> None:
            await tasks.scores_answers(self.organizer, stage, self.entries)

        return score

    def _trials(self, stage: Stage) -> Act:
        async def write() -> None:
            alive = [one for one in self.entries if not one.fate]
            await self.crowd.all(tasks.writes_results(self.applicant(one), one, stage) for one in alive)

        return write

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
        named = school.teacher(JURY_TEACHER + number // len(JURY))
        return Juror(self._person(f"juror {school.name} {named.name}", named), named, school.name)

    def _person(self, key: str, named: Named) -> Person:
        return self.crowd.person(self.cast.account(key, named))


def _account_of(entry: Entry) -> str:
    who = entry.supervisor or entry.people[0].named
    return f"{entry.school.name} {who.name}"

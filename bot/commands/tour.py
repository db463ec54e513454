"""`demo --tour`: a whole contest in the terminal, at the real size of «Создавай со Scratch» in 2021.

Every line comes from the real bot, which talks HTTP to the sandbox; time is played, so a month takes half a minute.
"""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import aiohttp

from bot.app import App
from bot.commands.common import say
from bot.commands.company import Company, company
from bot.commands.contest import Contest, Sent
from bot.commands.events import load_events
from bot.commands.playing import Play, played_settings, sandbox_of
from bot.commands.showcase import Showcase
from bot.commands.transcript import WIDTH, Transcript
from bot.contest.authorize import RoleKind
from bot.contest.awards import OutcomeKind
from bot.contest.event.loading import read_event
from bot.contest.event.model import Event
from bot.contest.plurals import plural
from bot.works import Works
from storage.storage import Storage

EVENT = Path(str(files("bot.data").joinpath("events", "2020-21", "scratch.yaml")))
#: Days after the beginning of intake: works, the last reminder, the jury's morning.
WORKS, REMINDER, ASSIGNMENT, MORNING = 10.5, 27.5, 30.3, 31.4


def play_tour() -> int:
    """Play and print; 0 where the balance closes."""
    return asyncio.run(_play())


async def _play() -> int:
    people = company("scratch")
    showcase = Showcase([people])
    with tempfile.TemporaryDirectory() as folder:
        async with sandbox_of(people.cast) as sandbox, aiohttp.ClientSession() as session:
            play = Play(sandbox, session)
            settings = played_settings(sandbox.url, Path(folder) / "tour.db")
            async with play.bot(settings, Works(showcase)) as app:
                event = await opened(app, play, people, EVENT)
                return await Tour(Contest(play, event, people), showcase, app).play()


async def opened(app: App, play: Play, people: Company, file: Path) -> Event:
    """Load the event so that its intake begins today, and make the organizer one."""
    event = read_event(file)
    if not isinstance(event, Event):
        raise TypeError("\n".join(map(str, event)))
    event = event.moved_to(play.clock().date())
    await load_events(app.database, [event])
    organizer = int(people.organizer["id"])
    async with app.database.transaction() as connection:
        storage = Storage(connection)
        await storage.people.known(organizer, at=play.clock())
        await storage.roles.grant(organizer, RoleKind.ORGANIZER, event.code, by=None, at=play.clock())
    return event


class Tour:
    """Tells the contest as a transcript: each thing once in full, the rest in a line."""

    def __init__(self, contest: Contest, showcase: Showcase, app: App) -> None:
        self._contest = contest
        self._showcase = showcase
        self._app = app
        self._page = Transcript()

    async def play(self) -> int:
        """The whole contest; 0 where the balance closes."""
        contest, page = self._contest, self._page
        page.remark(
            f"{contest.event.kind.capitalize()} «{contest.event.title}» от объявления до итогов. Люди придуманы."
        )
        await self._applications()
        await self._moderation()
        await self._works()
        await self._reminder()
        await self._jury()
        await self._scoring()
        await self._results()
        return await self._balance()

    async def _applications(self) -> None:
        contest, page = self._contest, self._page
        page.chapter("1. Объявление и заявки")
        page.remark("В сообществе объявлен конкурс со ссылкой в чат. По ней приходит учитель и заявляет ученицу.")
        teacher, parent, *others = contest.company.applicants
        actor = contest.actors[teacher.id]
        await self._first_application(teacher.id)
        await page.show(actor, "Учитель")
        await contest.go_on(teacher)
        await page.skip(actor)
        page.remark(
            f"… и ещё {counted(len(teacher.entries) - 1, 'ученик', 'ученика', 'учеников')}: "
            "школа и руководитель уже заполнены."
        )
        page.remark("Десятиклассник подаёт заявку сам, а согласие по ссылке даёт мама.")
        pupil = next(one for one in others if one.role == "self")
        await contest.apply(pupil)
        await page.show(contest.actors[pupil.id], "Ученик", last=8)
        for one in (parent, *(one for one in others if one is not pupil)):
            await contest.apply(one)
        page.remark(f"Всего заявок {len(contest.sent)}: последняя {contest.sent[-1].number}.")

    async def _first_application(self, person_id: int) -> None:
        """The teacher makes two mistakes that the bot explains."""
        contest = self._contest
        actor = contest.actors[person_id]
        await actor.starts(contest.event.slug)
        await actor.presses("Подать заявку")
        await actor.presses("Педагог")
        await actor.presses("Подтверждаю, хранится в школе")
        await actor.presses("Родители разрешили публиковать")
        await actor.writes("И. И. Соколова")
        await contest.fill_first(contest.company.applicants[0])

    async def _moderation(self) -> None:
        contest, page = self._contest, self._page
        page.chapter("2. Организатор проверяет заявки")
        await contest.moderate(watched=lambda: page.show(contest.organizer, "Организатор"))
        page.remark("… и так каждую. Заявители сразу узнают:")
        await page.skip(contest.organizer)
        parent = next(one for one in contest.company.applicants if one.role == "parent")
        await page.show(contest.actors[parent.id], "Родитель", last=1)

    async def _works(self) -> None:
        contest, page = self._contest, self._page
        page.chapter("3. Работы")
        await contest.passes_to(WORKS)
        first, *others = contest.sent
        actor = contest.actors[first.applicant.id]
        await page.skip(actor)
        page.remark("Проект ученицы ещё закрыт, и бот это замечает.")
        self._showcase.closed.add(str(first.entry.project))
        await contest.hand_in(first)
        await page.show(actor, "Учитель")
        self._showcase.closed.clear()
        await actor.presses("Проверить ещё раз")
        await page.show(actor, "Учитель")
        for sent in others[:-1]:
            await contest.hand_in(sent)
        page.remark(
            f"… и ещё {counted(len(others) - 1, 'работа', 'работы', 'работ')}, одна файлом .sb3. Одной пока нет."
        )

    async def _reminder(self) -> None:
        contest, page = self._contest, self._page
        page.chapter("4. Напоминание тем, кто не сдал")
        await contest.passes_to(REMINDER)
        await page.skip(contest.organizer)
        await contest.announce("Без работы", "До конца приёма два дня. Ждём вашу работу: {название}, до {срок}.")
        await page.show(contest.organizer, "Организатор")
        late: Sent = contest.sent[-1]
        await contest.hand_in(late)
        await page.show(contest.actors[late.applicant.id], "Педагог", last=9)

    async def _jury(self) -> None:
        contest, page = self._contest, self._page
        page.chapter("5. Жюри")
        await page.skip(contest.organizer)
        first, *others = contest.company.jurors
        await contest.invite(first)
        await page.show(contest.organizer, "Организатор", last=2)
        await page.show(contest.actors[first.id], "Член жюри")
        for juror in others:
            await contest.invite(juror)
        await contest.passes_to(ASSIGNMENT)
        await page.skip(contest.organizer)
        await contest.assign()
        await page.show(contest.organizer, "Организатор", last=4)

    async def _scoring(self) -> None:
        contest, page = self._contest, self._page
        page.chapter("6. Утро жюри")
        first, *others = contest.company.jurors
        actor = contest.actors[first.id]
        await page.skip(actor)
        await contest.passes_to(MORNING)
        await actor.looks()
        await page.show(actor, "Член жюри")
        await actor.presses("Оценивать")
        await page.show(actor, "Член жюри")
        page.remark("Каждое нажатие меняет эту же карточку:")
        await contest.score(first, 1, watched=lambda: page.show(actor, "Член жюри"))
        await page.show(actor, "Член жюри")
        if actor.popups:
            page.remark(f"(всплывает: «{actor.popups[-1]}»)")
        await asyncio.gather(contest.score(first), *(contest.begin_scoring(juror) for juror in others))
        page.remark(f"Четыре члена жюри заполнили {counted(2 * len(contest.sent), 'лист', 'листа', 'листов')} оценок.")

    async def _results(self) -> None:
        contest, page = self._contest, self._page
        page.chapter("7. Протокол и итоги")
        await contest.play.passes(timedelta(days=2))
        await page.skip(contest.organizer)
        await contest.settle()
        await page.show(contest.organizer, "Организатор", last=6)
        for actor in contest.actors.values():
            await page.skip(actor)
        await contest.publish()
        await page.show(contest.organizer, "Организатор")
        page.remark("Что приходит людям:")
        for applicant, name in ((contest.company.applicants[0], "Учитель"), (contest.company.applicants[4], "Ученик")):
            await page.show(contest.actors[applicant.id], name)
        await page.show(contest.actors[contest.company.jurors[0].id], "Член жюри")

    async def _balance(self) -> int:
        """Accepted applications, and what became of them, read from the database."""
        code = self._contest.event.code
        async with self._app.database.transaction() as connection:
            storage = Storage(connection)
            accepted = [one for one in await storage.applications.of_event(code) if one.accepted_at is not None]
            counts = await storage.outcomes.counts(code)
        self._page.chapter("Баланс")
        for kind in OutcomeKind:
            if counts.get(kind):
                say(f"{kind.label:<40}{counts[kind]:>4}")
        total = sum(counts.values())
        say("─" * 44)
        say(f"{'Всего результатов':<40}{total:>4}")
        closes = total == len(accepted)
        say(f"{'Принято заявок':<40}{len(accepted):>4}  {'✓ баланс сходится' if closes else '✗ баланс не сходится'}")
        say("─" * WIDTH)
        say("Попробовать самому: python -m bot demo")
        return 0 if closes else 1


def counted(count: int, one: str, few: str, many: str) -> str:
    """«4 ученика»."""
    return f"{count} {plural(count, one, few, many)}"

"""Stages in the tables: whatever is done in whatever order, a quota is exceeded only with an override in the log."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contest.applications import ApplicationState
from bot.contest.attempts import Given
from bot.contest.authorize import Action
from bot.contest.consents import Operator
from bot.contest.event import Event
from bot.contest.event.loading import dump_event, read_event
from bot.contest.event.stages import Stage, StageKind, TaskAnswer, TimedTask
from bot.contest.facts import Facts
from bot.contest.grades import Grade
from bot.contest.names import FullName
from bot.contest.organisations import Directory
from bot.contest.stages import Going
from handlers.book import texts
from handlers.events import event_of
from handlers.host.round import Round, choose, confirm, correct, leave_out, override, round_of
from handlers.kinds import Desk
from storage.application_rows import Participant
from storage.storage import Storage
from tests.storage.world import ORGANIZER, TEACHER, another_world, apply, form

EVENT = read_event(Path(__file__).parents[2] / "bot/data/events/2020-21/reciters.yaml")
assert isinstance(EVENT, Event)
RECITERS: Event = EVENT
DIRECTORY = Directory.load()
#: After the intake, while the selection goes on.
NOW = RECITERS.closes_at + timedelta(days=1)
HOSTS = ("school-47-tomsk", "school-58-tomsk")
PEOPLE = 7
acts = st.lists(
    st.tuples(
        st.sampled_from(["choose", "drop", "override", "confirm", "correct", "leave"]), st.integers(0, PEOPLE - 1)
    ),
    max_size=25,
)


def desk_of(storage: Storage) -> Desk:
    facts = Facts(ZoneInfo("Asia/Tomsk"), Operator("МАОУ гимназия № 13", "", ""), DIRECTORY, "kreitv")
    return Desk(now=NOW, storage=storage, texts=texts(), facts=facts)


async def reciters(storage: Storage) -> Desk:
    """Seven reciters of two host schools, in the groups of the event."""
    await storage.events.load(RECITERS.code, dump_event(RECITERS), closes_at=RECITERS.closes_at, at=NOW)
    for number in range(PEOPLE):
        school = HOSTS[number % 3 == 2]
        grade = 8 + number % 4
        person = Participant(FullName("Ветрова", f"Анна{'абвгдеж'[number]}"), Grade(grade))
        filled = form(person, organisation_code=school, organisation_name=school, nomination="poetry")
        group = "grades-8-9" if grade < 10 else "grades-10-11"
        await apply(
            storage, replace(filled, age_group=group), event_code=RECITERS.code, state=ApplicationState.ACCEPTED
        )
    return desk_of(storage)


async def held_by(desk: Desk, host: str) -> Round:
    running = await event_of(desk, RECITERS.code)
    assert running is not None
    return await round_of(desk, running, running.event.stages[0], host)


async def do(desk: Desk, act: str, number: int) -> None:
    """One act about one reciter, in the name of their host or of the organizer."""
    one = (await desk.storage.applications.of_event(RECITERS.code))[number]
    host = one.organisation_code or ""
    found = await held_by(desk, host)
    match act:
        case "choose":
            await choose(desk, found, one.id, by=TEACHER)
        case "drop":
            await leave_out(desk, found, one.id, by=TEACHER)
        case "override":
            await override(desk, found, one.id, by=ORGANIZER, reason="решение оргкомитета")
        case "confirm":
            await desk.storage.stages.write_protocol(
                RECITERS.code, "selection", host, held_on="27.10.2020", place="зал", members=["Седых Зоя"]
            )
            await confirm(desk, await held_by(desk, host), by=TEACHER)
        case "correct":
            await correct(desk, found, one.id, by=ORGANIZER, reason="ошибка", over_quota=number % 2 == 0)
        case "leave":
            await desk.storage.applications.set_state(one.id, ApplicationState.WITHDRAWN, reason=None, at=NOW)


async def check(desk: Desk) -> None:
    """Every excess has its override in the log, and whoever was decided about has exactly one end."""
    found = await held_by(desk, HOSTS[0])
    staying = [one for one in found.reached if one.state is ApplicationState.ACCEPTED]
    through = [one for one in staying if found.going(one.id) in (Going.CHOSEN, Going.PASSED)]
    logged = {entry.subject for entry in await desk.storage.audit.tail(1000) if entry.action == Action.OVERRIDE_QUOTA}
    for quota in found.stage.quotas:
        counted = Counter(found.candidate(one.id).key(quota.per) for one in through)
        for key, count in counted.items():
            same = [one for one in through if found.candidate(one.id).key(quota.per) == key]
            assert count <= quota.most + sum(f"application:{one.id}" in logged for one in same)
    outcomes = await desk.storage.outcomes.of_event(RECITERS.code)
    finalists = await desk.storage.stages.finalists(RECITERS.code) or frozenset()
    for one in staying:
        ended = found.going(one.id) is Going.NOT_PASSED
        assert (one.id in outcomes) is ended
        assert (one.id in finalists) is (found.going(one.id) is Going.PASSED)


@settings(max_examples=8, deadline=None)
@given(acts)
def test_a_quota_is_never_exceeded_without_an_override_in_the_log(done: list[tuple[str, int]]) -> None:
    async def play() -> None:
        async with another_world() as storage:
            desk = await reciters(storage)
            for act, number in done:
                await do(desk, act, number)
            await check(desk)

    asyncio.run(play())


async def test_after_every_host_has_confirmed_nobody_is_left_over() -> None:
    async with another_world() as storage:
        desk = await reciters(storage)
        for number in (0, 1, 2):
            await do(desk, "choose", number)
        for number in (0, 2):
            await do(desk, "confirm", number)
        await check(desk)
        fates = await storage.stages.fates(RECITERS.code, range(1, PEOPLE + 1))
        assert sum(one.in_final for one in fates.values()) == 3
        assert sum(one.out is not None for one in fates.values()) == PEOPLE - 3
        assert not any(one.waiting for one in fates.values())


async def test_areas_results_and_attempts_are_kept_and_replaced() -> None:
    async with another_world() as storage:
        quiz = Stage(
            code="quiz",
            title="Викторина",
            kind=StageKind.TEST,
            opens_at=NOW,
            closes_at=NOW + timedelta(hours=2),
            tasks=(TimedTask(code="why", title="Спорт", question="Зачем?", answer=TaskAnswer.TEXT, points=5),),
        )
        event = RECITERS.model_copy(update={"stages": (*RECITERS.stages, quiz)})
        await storage.events.load(event.code, dump_event(event), closes_at=event.closes_at, at=NOW)
        one = await apply(storage, event_code=event.code, state=ApplicationState.ACCEPTED)

        await storage.stages.assign(event.code, "selection", "place:tomsk", HOSTS[0])
        await storage.stages.assign(event.code, "selection", "place:tomsk", HOSTS[1])
        assert await storage.stages.areas(event.code, "selection") == {"place:tomsk": HOSTS[1]}
        await storage.stages.assign(event.code, "selection", "place:tomsk", None)
        assert await storage.stages.areas(event.code, "selection") == {}

        assert await storage.trials.put(one.id, "course", "run", Decimal("12.4"), by=TEACHER, at=NOW) is None
        assert await storage.trials.put(one.id, "course", "run", Decimal("11.9"), by=TEACHER, at=NOW) == Decimal("12.4")
        assert await storage.trials.results(event.code, "course") == {one.id: {"run": Decimal("11.9")}}
        assert await storage.trials.put(one.id, "course", "run", None, by=TEACHER, at=NOW) == Decimal("11.9")
        assert await storage.trials.results(event.code, "course") == {}

        until = NOW + timedelta(minutes=10)
        begun = await storage.attempts.start(
            one.id, "quiz", ["why"], participant_id=None, by=TEACHER, at=NOW, ends_at=until
        )
        assert begun.number == 1
        answered = await storage.attempts.answer(begun, quiz, "why", Given("Чтобы дружить"))
        assert await storage.attempts.due(until) == []
        assert [each.id for each in await storage.attempts.due(until + timedelta(seconds=1))] == [begun.id]
        assert await storage.attempts.finish(answered, quiz, at=until)
        assert not await storage.attempts.finish(answered, quiz, at=until)
        assert await storage.attempts.points(event.code) == {one.id: Decimal(0)}
        await storage.attempts.mark(answered, quiz, "why", Decimal(4))
        assert await storage.attempts.points(event.code, "quiz") == {one.id: Decimal(4)}
        assert (await storage.attempts.get(begun.id)) is not None

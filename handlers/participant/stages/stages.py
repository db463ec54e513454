"""Stages as participants meet them: where their application stands, and what the clock brings."""

from __future__ import annotations

from bot.contest import calendar
from bot.contest.applications import ApplicationState
from bot.contest.event.stages import Stage
from bot.contest.stages import running as going_on
from bot.contest.trials import trials_of
from bot.talk.model import Button, Reply
from handlers.events import Running, all_events, event_of
from handlers.kinds import Case, Desk
from handlers.participant.wording import due, moment
from storage.application_rows import Application


async def stage_line(case: Case, running: Running, application: Application) -> str:
    """«Отборочный этап: прошли дальше» or which stage goes on; empty where the event has none."""
    if not running.event.stages or application.state is not ApplicationState.ACCEPTED:
        return ""
    fate = (await case.storage.stages.fates(running.code, [application.id]))[application.id]
    if fate.out is not None:
        return case.say("my_stage.out", stage=fate.out.title)
    if fate.waiting is not None:
        return case.say("my_stage.waiting", stage=fate.waiting.title, until=_until(case, fate.waiting))
    if fate.passed:
        following = running.event.stages[-1]
        return case.say("my_stage.passed", stage=fate.passed[-1].title, next=following.title)
    now = going_on(running.event, case.now)
    return case.say("my_stage.now", stage=now.title, until=due(case, now.closes_at)) if now else ""


async def is_left_behind(case: Case, running: Running, application: Application) -> bool:
    """Whether a stage has ended the way of the application: nothing is asked of it any more."""
    if not running.event.stages or application.state is not ApplicationState.ACCEPTED:
        return False
    return (await case.storage.stages.fates(running.code, [application.id]))[application.id].out is not None


async def takes_part(case: Case, running: Running, application: Application, stage: Stage) -> bool:
    """Whether the application has come to the stage and is still in."""
    if application.state is not ApplicationState.ACCEPTED:
        return False
    fate = (await case.storage.stages.fates(running.code, [application.id]))[application.id]
    if fate.out is not None:
        return False
    codes = [one.code for one in running.event.stages]
    return fate.waiting is None or codes.index(stage.code) <= codes.index(fate.waiting.code)


async def stage_buttons(case: Case, running: Running, application: Application) -> list[list[Button]]:
    """The tests and the own results that are open now."""
    if application.state is not ApplicationState.ACCEPTED:
        return []
    found = []
    for number, stage in enumerate(running.event.stages):
        if not stage.opens_at <= case.incoming.said_at <= stage.closes_at:
            continue
        if not await takes_part(case, running, application, stage):
            continue
        if stage.questions:
            label = case.say("button.tests.open", stage=stage.title)
            found.append([Button(label=label, go=f"test:{application.id}/{number}", colour="primary")])
        elif stage.hosted_by == "own_school" and trials_of(running.event, stage):
            found.append([Button("trials.own", f"trial:{application.id}/{number}", colour="primary")])
    return found


async def open_tests(desk: Desk) -> None:
    """Tell everybody who takes part that a test has begun, once."""
    for running in await all_events(desk):
        for number, stage in enumerate(running.event.stages):
            if stage.questions and stage.opens_at <= desk.now <= stage.closes_at:
                await _open(desk, running, number, stage)


async def end_attempts(desk: Desk) -> None:
    """End the attempts whose time is over; answers that are still on their way count by their own date."""
    for one in await desk.storage.attempts.due(desk.now):
        application = await desk.storage.applications.get(one.application_id)
        running = await event_of(desk, application.event_code) if application else None
        stage = next((each for each in running.event.stages if each.code == one.stage_code), None) if running else None
        if application is None or stage is None or not await desk.storage.attempts.finish(one, stage, at=one.ends_at):
            continue
        rows = [[Button("open_application", f"application:{application.id}")]]
        told = Reply(
            "tests.over",
            stage=stage.title,
            answered=len(one.answers),
            all=len(one.tasks),
            ended=moment(desk, one.ends_at),
            buttons=rows,
        )
        desk.tell(one.started_by, told, key=f"attempt_over:{one.id}")


async def _open(desk: Desk, running: Running, number: int, stage: Stage) -> None:
    key = f"test_open:{running.code}:{stage.code}"
    if await desk.storage.settings.get(key) is not None:
        return
    await desk.storage.settings.set(key, desk.now.isoformat())
    people = await desk.storage.applications.applicants(running.code, states={ApplicationState.ACCEPTED})
    ids = [id_ for own in people.values() for id_ in own]
    fates = await desk.storage.stages.fates(running.code, ids)
    for person_id, own in people.items():
        if playing := [id_ for id_ in own if fates[id_].out is None]:
            go = f"test:{playing[0]}/{number}" if len(playing) == 1 else "applications"
            reply = Reply(
                "tests.opened",
                title=running.event.title,
                stage=stage.title,
                until=due(desk, stage.closes_at),
                buttons=[[Button("tests.go", go, colour="primary")]],
            )
            desk.tell(person_id, reply, key=f"{key}:{person_id}")


def _until(desk: Desk, stage: Stage) -> str:
    return calendar.day(stage.closes_at, desk.facts.zone, now=desk.now)

"""Free answers of a test, one after the other: an organizer or a member of the jury gives each its points."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.contest.attempts import Given, unmarked
from bot.contest.authorize import Action, RoleKind
from bot.contest.event.stages import Stage, TimedTask
from bot.talk.model import Button, Outcome, Reply
from handlers.access import actor_of
from handlers.events import Running, all_events
from handlers.kinds import Case, Desk
from handlers.organizer.scope import not_available, of_event, whole
from handlers.organizer.wording import MENU, back_to_event
from storage.application_rows import Application
from storage.attempts import Try

#: So many points have a button each, five in a row.
MOST_BUTTONS, COLUMNS = 8, 4


@of_event(Action.MARK_ANSWERS)
async def answers(case: Case, running: Running, number: str) -> Outcome:
    """The next answer that nobody has looked at."""
    stage = _stage(running, number)
    return not_available() if stage is None else await _next(case, running, whole(number), stage)


@of_event(Action.MARK_ANSWERS)
async def mark(case: Case, running: Running, more: str) -> Outcome:
    """`<stage's number>/<attempt>/<place of the task>/<points>`: keep the points, show the next answer."""
    parts = [*more.split("/"), "", "", "", ""]
    stage = _stage(running, parts[0])
    one = await case.storage.attempts.get(whole(parts[1]))
    if stage is None or one is None or one.stage_code != stage.code or running.stored.approved_at is not None:
        return not_available()
    application = await case.storage.applications.get(one.application_id)
    task = stage.questions[whole(parts[2])] if whole(parts[2]) < len(stage.questions) else None
    points = Decimal(whole(parts[3]))
    if application is None or application.event_code != running.code or task is None or points > task.points:
        return not_available()
    if not (await _marker(case, running)).may_mark(application):
        return not_available()
    await case.storage.attempts.mark(one, stage, task.code, points)
    about = {"event": running.code, "stage": stage.code, "task": task.code, "points": str(points)}
    await case.storage.audit.add(case.person.id, Action.MARK_ANSWERS, f"attempt:{one.id}", about, at=case.now)
    return await _next(case, running, whole(parts[0]), stage)


async def call_markers(desk: Desk) -> None:
    """When a test is over, whoever marks hears that answers wait, once."""
    for running in await all_events(desk):
        for number, stage in enumerate(running.event.stages):
            by_people = any(not task.by_itself for task in stage.questions)
            if by_people and stage.closes_at < desk.now and running.stored.approved_at is None:
                await _call(desk, running, number, stage)


async def _call(desk: Desk, running: Running, number: int, stage: Stage) -> None:
    key = f"answers_wait:{running.code}:{stage.code}"
    if await desk.storage.settings.get(key) is not None:
        return
    tries = await desk.storage.attempts.of_event(running.code, stage.code)
    if any(one.finished_at is None for one in tries):
        return
    await desk.storage.settings.set(key, desk.now.isoformat())
    if not any(unmarked(stage.questions, one.answers, one.marks) for one in tries):
        return
    rows = [[Button("stages.answers", f"answers:{running.code}/{number}", colour="primary")]]
    told = Reply("stages.waiting_answers", title=running.event.title, stage=stage.title, buttons=rows)
    for kind in (RoleKind.JURY, RoleKind.ORGANIZER):
        for person_id in await desk.storage.roles.with_role(kind, running.code):
            desk.tell(person_id, told, key=f"{key}:{person_id}")


async def _next(case: Case, running: Running, number: int, stage: Stage) -> Outcome:
    waiting = await _waiting(case, running, stage)
    if not waiting:
        tries = await case.storage.attempts.of_event(running.code, stage.code)
        key = "stages.answers_done" if any(one.marks for one in tries) else "stages.answers_none"
        return Reply(key, stage=stage.title, buttons=[[await _home(case, running)]])
    one, application, task = waiting[0]
    given = one.answers[task.code]
    place = [each.code for each in stage.questions].index(task.code)
    points = [
        Button(label=str(worth), go=f"answer_mark:{running.code}/{number}/{one.id}/{place}/{worth}")
        for worth in _scale(task.points)
    ]
    return Reply(
        "stages.answer",
        stage=stage.title,
        left=len(waiting),
        number=application.number,
        task=task.title,
        question=task.question or "",
        answer=_shown(case, given),
        late=case.say("stages.answer_late") if given.late else "",
        most=task.points,
        attachments=list(given.attachments),
        buttons=[
            *(points[start : start + COLUMNS] for start in range(0, len(points), COLUMNS)),
            [await _home(case, running)],
        ],
    )


async def _waiting(case: Case, running: Running, stage: Stage) -> list[tuple[Try, Application, TimedTask]]:
    """Every answer of a finished attempt that waits, and that the one who acts may mark."""
    tasks, marker = {task.code: task for task in stage.questions}, await _marker(case, running)
    mine = {one.id: one for one in await case.storage.applications.of_event(running.code) if marker.may_mark(one)}
    return [
        (one, mine[one.application_id], tasks[code])
        for one in await case.storage.attempts.of_event(running.code, stage.code)
        if one.finished_at is not None and one.application_id in mine
        for code in unmarked(stage.questions, one.answers, one.marks)
    ]


@dataclass(frozen=True, slots=True)
class Marker:
    """Who gives points for answers: not for their own application, nor a member of the jury for the own school."""

    person_id: int
    organizes: bool
    #: Whose pupils they must not mark; None: anybody's may be.
    school: str | None = None

    def may_mark(self, application: Application) -> bool:
        """Whether nothing speaks against it."""
        return application.person_id != self.person_id and (
            self.school is None or application.organisation_code != self.school
        )


async def _marker(case: Case, running: Running) -> Marker:
    """The one who acts."""
    actor = await actor_of(case)
    if actor.has(RoleKind.ORGANIZER, running.code) or actor.has(RoleKind.ADMIN, running.code):
        return Marker(case.person.id, organizes=True)
    juror = await case.storage.jury.get(case.person.id, running.code)
    allowed = running.event.jury is not None and running.event.jury.own_school_allowed
    return Marker(case.person.id, organizes=False, school=None if allowed or juror is None else juror.organisation_code)


async def _home(case: Case, running: Running) -> Button:
    return back_to_event(running.code) if (await _marker(case, running)).organizes else MENU


def _stage(running: Running, number: str) -> Stage | None:
    head = number.partition("/")[0]
    if not head.isdecimal() or whole(head) >= len(running.event.stages):
        return None
    stage = running.event.stages[whole(head)]
    return stage if stage.questions else None


def _scale(most: int) -> list[int]:
    """Every number of points, or evenly spread ones where there are many."""
    if most < MOST_BUTTONS:
        return list(range(most + 1))
    return sorted({round(most * step / (MOST_BUTTONS - 1)) for step in range(MOST_BUTTONS)})


def _shown(case: Case, given: Given) -> str:
    if given.text:
        return given.text
    return case.say("stages.answer_attached", count=len(given.attachments))

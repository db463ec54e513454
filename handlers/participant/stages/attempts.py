"""A test or task cards in a time window: the rules first, then the clock, then a question a screen.

Everything that counts is in the database: a restart, another phone or a month's silence change nothing. Who operates
the bot is the applicant, for little ones a grown-up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.contest import calendar
from bot.contest.attempts import Given, ends_at, in_order, is_late, read_answer, starting_refusal
from bot.contest.authorize import Action
from bot.contest.event.stages import Attempt, Stage, TaskAnswer, TimedTask
from bot.contest.refusal import Refusal
from bot.talk.incoming import Attachment
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers, Draft
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.organizer.scope import whole
from handlers.paging import paged
from handlers.participant.applications import absent
from handlers.participant.own import own_application
from handlers.participant.stages.sittings import Sitting, sitting_at, sitting_of, stage_of
from handlers.participant.wording import moment, refused
from storage.application_rows import Application
from storage.attempts import Try

TALK = "attempt"
#: Members on one screen.
PAGE = 5
ANSWER_LIMIT = 2000
MOST_LABEL = 40
SKIPPED = "-"
#: Where the answers of the talk say that nothing more is taken.
OVER = "_over"
_KINDS = {TaskAnswer.PHOTO: ("photo", "doc"), TaskAnswer.VIDEO: ("video", "doc")}


async def test(case: Case, argument: str) -> Outcome:
    """`<application>/<stage's number>`: the rules, or who of the team takes it; perhaps with a page."""
    parts = [*argument.split("/"), "", ""]
    found = await stage_of(case, parts[0], parts[1])
    if found is None:
        return absent()
    running, number, application = found
    if running.event.stages[number].attempt is Attempt.TEAM:
        return await _entrance(case, await sitting_at(case, running, number, application, None))
    return await _members(case, running, number, application, whole(parts[2]))


async def test_of(case: Case, argument: str) -> Outcome:
    """The rules for one member, or the next question of an attempt that goes on."""
    sitting = await sitting_of(case, argument)
    return absent() if sitting is None else await _entrance(case, sitting)


async def test_start(case: Case, argument: str) -> Outcome:
    """Start the clock, by the date of this very message; a second tap goes on with the attempt that runs."""
    sitting = await sitting_of(case, argument)
    if sitting is None:
        return absent()
    if sitting.current is not None:
        return await _entrance(case, sitting)
    said_at, stage = case.incoming.said_at, sitting.stage
    if refusal := _refusal(case, sitting):
        return _refused(case, sitting, refusal)
    started = await case.storage.attempts.start(
        sitting.application.id,
        stage.code,
        in_order(stage, sitting.application.id * 100 + len(sitting.tries)),
        participant_id=sitting.member.id if sitting.member else None,
        by=case.person.id,
        at=said_at,
        ends_at=ends_at(stage, said_at),
    )
    return Open(TALK, str(started.id), resume=False)


async def describe(case: Case, draft: Draft) -> str:
    """What is not finished, where the person comes back to it."""
    found = await _attempt(case, draft.subject)
    if found is None:
        return case.say("draft_lost")
    one, stage = found
    return case.say("tests.draft", stage=stage.title, until=calendar.clock(one.ends_at, case.facts.zone))


async def _members(case: Case, running: Running, number: int, application: Application, page: int) -> Reply:
    stage, people = running.event.stages[number], application.participants
    tries = await case.storage.attempts.of_application(application.id, stage.code)
    finished = {one.participant_id for one in tries if one.finished_at is not None}
    _, shown, turns = paged(people, page, PAGE, f"test:{application.id}/{number}/")
    return Reply(
        "tests.members",
        stage=stage.title,
        done=len(finished),
        all=len(people),
        buttons=[
            *(
                [
                    Button(
                        label=f"{'✓ ' if one.id in finished else ''}{one.name.surname} {one.name.name}",
                        go=f"test_of:{application.id}/{number}/{one.id}",
                    )
                ]
                for one in shown
            ),
            [*turns, Button("open_application", f"application:{application.id}")],
        ],
    )


async def _entrance(case: Case, sitting: Sitting) -> Outcome:
    """The rules; or the attempt that goes on; or why there is none."""
    if (current := sitting.current) is not None:
        if is_late(case.incoming.said_at, current.ends_at):
            await case.storage.attempts.finish(current, sitting.stage, at=current.ends_at)
            return _done(case, current, sitting.stage, late=True)
        answered = dict.fromkeys(current.answers, True)
        return Open(TALK, str(current.id), answers=answered, resume=False)
    if refusal := _refusal(case, sitting):
        return _refused(case, sitting, refusal)
    stage = sitting.stage
    seconds = (ends_at(stage, case.incoming.said_at) - case.incoming.said_at).total_seconds()
    return Reply(
        "tests.rules",
        stage=stage.title,
        who=sitting.who,
        questions=len(stage.questions),
        minutes=max(int(seconds // 60), 1),
        attempts=stage.attempts_most,
        until=moment(case, stage.closes_at),
        note=Trusted(f"\n{stage.note}") if stage.note else "",
        buttons=[
            [Button("tests.start", f"test_start:{sitting.mark}", colour="primary")],
            [_back(sitting)],
        ],
    )


def _refusal(case: Case, sitting: Sitting) -> Refusal | None:
    said_at, taken = case.incoming.said_at, len(sitting.tries)
    return starting_refusal(sitting.stage, said_at=said_at, taken=taken, takes_part=sitting.takes_part)


def _refused(case: Case, sitting: Sitting, refusal: Refusal) -> Reply:
    return Reply(refused(case, refusal), buttons=[[_back(sitting)]])


def _back(sitting: Sitting) -> Button:
    if sitting.member is not None:
        return Button("tests.members", f"test:{sitting.application.id}/{sitting.number}")
    return Button("open_application", f"application:{sitting.application.id}")


async def _attempt(case: Case, subject: str) -> tuple[Try, Stage] | None:
    """The attempt of an open talk, for who may take it."""
    one = await case.storage.attempts.get(whole(subject))
    application = await own_application(case, str(one.application_id), Action.TAKE_TEST) if one else None
    running = await event_of(case, application.event_code) if application else None
    if one is None or running is None:
        return None
    stage = next((stage for stage in running.event.stages if stage.code == one.stage_code), None)
    return None if stage is None else (one, stage)


async def _steps(case: Case, subject: str) -> Sequence[Step]:
    found = await _attempt(case, subject)
    if found is None:
        return ()
    one, stage = found
    tasks = {task.code: task for task in stage.questions}
    asked = [_question(one.id, tasks[code]) for code in one.tasks if code in tasks]
    ready = Step("ready", options=_ready, values=_so_far(one.id), when=_goes_on, accept=_decide, counted=False)
    return (*asked, ready)


def _goes_on(answers: Answers) -> bool:
    return OVER not in answers


def _question(attempt_id: int, task: TimedTask) -> Step:
    """One question; its answer is in the database before the next one is asked."""

    async def options(case: Case, _answers: Answers) -> Sequence[Option]:
        long = _is_long(task)
        given = [
            Option(str(number) if long else option.title, number - 1) for number, option in enumerate(task.options, 1)
        ]
        return [*given, Option(case.say("button.skip"), SKIPPED)]

    async def parse(_case: Case, _answers: Answers, text: str) -> Any:
        return read_answer(task, text)

    async def receive(_case: Case, _answers: Answers, attachments: Sequence[Attachment]) -> Any:
        kinds = _KINDS.get(task.answer, ()) if task.answer else ()
        found = tuple(one.id for one in attachments if one.kind in kinds and one.id)
        return Given(attachments=found) if found else Refusal(f"tests.{task.answer}_expected")

    async def accept(case: Case, answers: Answers, value: Any) -> Answers | Refusal:
        if value == SKIPPED:
            return {**answers, task.code: False}
        given = value if isinstance(value, Given) else Given(option=int(value))
        return await _keep(case, attempt_id, task, given, answers)

    async def about(case: Case, _answers: Answers) -> dict[str, object]:
        one = await case.storage.attempts.get(attempt_id)
        listed = [f"{number}. {option.title}" for number, option in enumerate(task.options, 1)]
        return {
            "left": calendar.left(one.ends_at, case.incoming.said_at) if one else "",
            "question": Trusted(task.question or task.title),
            "options": Trusted("\n" + "\n".join(listed)) if _is_long(task) else "",
            "hint": case.say(f"tests.hint.{task.answer}"),
        }

    chosen, sent = task.answer is TaskAnswer.CHOICE, task.answer in _KINDS
    return Step(
        task.code,
        parse=None if chosen or sent else parse,
        options=options,
        receive=receive if sent else None,
        accept=accept,
        values=about,
        when=_goes_on,
        text="tests.question",
        limit=ANSWER_LIMIT,
    )


async def _keep(case: Case, attempt_id: int, task: TimedTask, given: Given, answers: Answers) -> Answers | Refusal:
    """Keep an answer; one that came too late is kept as such, and nothing more is asked."""
    found = await _attempt(case, str(attempt_id))
    if found is None or found[0].left_early:
        return {**answers, OVER: "left"}
    one, stage = found
    if not is_late(case.incoming.said_at, one.ends_at):
        await case.storage.attempts.answer(one, stage, task.code, given)
        return {**answers, task.code: True}
    if task.code not in one.answers:
        late = Given(given.text, given.option, given.attachments, late=True)
        await case.storage.attempts.answer(one, stage, task.code, late)
    return {**answers, task.code: True, OVER: "late"}


async def _ready(case: Case, answers: Answers) -> Sequence[Option]:
    skipped = [code for code, given in answers.items() if given is False]
    again = [Option(case.say("button.tests.skipped"), "skipped")] if skipped else []
    return [Option(case.say("button.tests.finish"), "finish", "primary"), *again]


async def _decide(_case: Case, answers: Answers, value: str) -> Answers:
    if value == "skipped":
        return {code: given for code, given in answers.items() if given is not False}
    return {**answers, "ready": True}


def _so_far(attempt_id: int) -> Any:
    async def values(case: Case, _answers: Answers) -> dict[str, object]:
        one = await case.storage.attempts.get(attempt_id)
        left = calendar.left(one.ends_at, case.incoming.said_at) if one else ""
        return {"answered": len(one.answers) if one else 0, "all": len(one.tasks) if one else 0, "left": left}

    return values


async def _finish(case: Case, subject: str, answers: Answers) -> Outcome:
    found = await _attempt(case, subject)
    if found is None:
        return absent()
    one, stage = found
    late = answers.get(OVER) == "late" or is_late(case.incoming.said_at, one.ends_at)
    at = one.ends_at if late else case.incoming.said_at
    await case.storage.attempts.finish(one, stage, at=at)
    return _done(case, one, stage, late=late)


def _done(case: Case, one: Try, stage: Stage, *, late: bool) -> Reply:
    in_time = sum(not given.late for given in one.answers.values())
    return Reply(
        "tests.over" if late else "tests.done",
        stage=stage.title,
        answered=in_time,
        all=len(one.tasks),
        ended=moment(case, one.ends_at),
        buttons=[[Button("open_application", f"application:{one.application_id}")]],
    )


async def _left(case: Case, subject: str) -> Outcome:
    """«Отмена»: the clock goes on, what was answered stays."""
    found = await _attempt(case, subject)
    if found is None:
        return absent()
    one, stage = found
    number = await _number_of(case, one, stage)
    go = f"test_of:{one.application_id}/{number}/{one.participant_id or 0}"
    return Reply(
        "tests.left",
        stage=stage.title,
        until=calendar.clock(one.ends_at, case.facts.zone),
        buttons=[
            [
                Button(
                    "tests.go_on", go if one.participant_id else f"test:{one.application_id}/{number}", colour="primary"
                )
            ]
        ],
    )


async def _number_of(case: Case, one: Try, stage: Stage) -> int:
    application = await case.storage.applications.get(one.application_id)
    running = await event_of(case, application.event_code) if application else None
    codes = [each.code for each in running.event.stages] if running else []
    return codes.index(stage.code) if stage.code in codes else 0


def _is_long(task: TimedTask) -> bool:
    return any(len(option.title) > MOST_LABEL for option in task.options)


ATTEMPT = Talk(TALK, _steps, _finish, cancelled=_left, kept=True)

"""What an organizer decides about an application, and how its applicant is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.contest.applications import Act, ApplicationState, transition
from bot.contest.refusal import Refusal
from bot.talk.model import Button, Open, Option, Outcome, Reply, Route, Step, Talk
from bot.talk.position import Answers
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.moderation.card import ACTS, card, missing_consent, stale
from handlers.organizer.scope import application_for, application_steps, detail, not_available, of_application, whole
from handlers.organizer.wording import back_to_event, who
from handlers.participant.events import seats
from handlers.participant.wording import deadline
from storage.application_rows import Application

#: A reason is told in a message beside other words.
REASON_LIMIT = 500
#: The ready reasons of an act: texts `org.reasons.<act>.1` and so on.
READY = {Act.ASK_CHANGES: 4, Act.REJECT: 3, Act.DROP_OUT: 2, Act.DISQUALIFY: 2}


@of_application(ACTS[Act.ACCEPT])
async def accept(case: Case, running: Running, application: Application, revision: str) -> Outcome:
    """Accept it; `revision`: as it was when the button was sent."""
    if refusal := await missing_consent(case, running, application):
        return [refusal, await card(case, running, application)]
    if no_seat := await seats.accepting_refusal(case, running, application):
        return [Reply(no_seat), await card(case, running, application)]
    return await _decide(case, running, application, whole(revision), Act.ACCEPT)


def asking(act: Act) -> Talk:
    """The talk in which the reason for an act is asked: with ready ones as buttons, or in words of one's own."""

    async def reasons(case: Case, _answers: Answers) -> Sequence[Option]:
        texts = [case.say(f"org.reasons.{act}.{number}") for number in range(1, READY[act] + 1)]
        return [Option(text, text) for text in texts]

    async def read(_case: Case, _answers: Answers, text: str) -> str | Refusal:
        return text if text.strip() else Refusal("org.reason_expected")

    async def finish(case: Case, subject: str, answers: Answers) -> Outcome:
        written_id, _, revision = subject.partition("/")
        found = await application_for(case, written_id, ACTS[act])
        if found is None:
            return not_available()
        return await _decide(case, *found, whole(revision), act, reason=str(answers["reason"]))

    reason = Step("reason", parse=read, options=reasons, text=f"org.ask.{act}", limit=REASON_LIMIT)
    return Talk(talk_of(act), application_steps(ACTS[act], reason), finish, cancelled=_back_to_card)


def opens(act: Act) -> Route:
    """The route of a button that asks for the reason first."""

    @of_application(ACTS[act])
    async def route(case: Case, running: Running, application: Application, revision: str) -> Outcome:
        if whole(revision) != application.revision:
            return await stale(case, running, application)
        return Open(talk_of(act), f"{application.id}/{application.revision}", resume=False)

    return route


def talk_of(act: Act) -> str:
    """The name of the talk that asks why."""
    return f"org_{act}"


async def _back_to_card(case: Case, subject: str) -> Outcome:
    """«Отмена»: nothing is decided."""
    found = await application_for(case, subject.partition("/")[0], ACTS[Act.ACCEPT])
    return not_available() if found is None else await card(case, *found)


async def _decide(
    case: Case, running: Running, application: Application, revision: int, act: Act, *, reason: str = ""
) -> Outcome:
    """Do it, unless the application has changed since or the protocol stands; the applicant hears at once."""
    moved = transition(application.state, act, reason=reason)
    if revision != application.revision or isinstance(moved, Refusal) or running.stored.approved_at is not None:
        return await stale(case, running, application)
    await case.storage.applications.set_state(
        application.id, moved, reason=reason or None, at=case.now, revision=revision
    )
    await case.storage.audit.add(
        case.person.id,
        ACTS[act],
        f"application:{application.id}",
        detail(event=running.code, before=application.state, after=moved),
        at=case.now,
    )
    decided = replace(application, state=moved, reason=reason or None)
    await tell_applicant(case, running, decided)
    waiting = await case.storage.applications.count_by_state(running.code)
    return Reply(
        f"org.decided.{act}",
        number=application.number,
        who=who(application),
        left=case.say("org.left_waiting", count=waiting.get(ApplicationState.SENT, 0)),
        buttons=[
            [Button("org.next_app", f"next_app:{running.code}/{application.ordinal}", colour="primary")],
            [Button("org.this_app", f"moderate:{application.id}"), back_to_event(running.code)],
        ],
    )


async def tell_applicant(case: Case, running: Running, application: Application) -> None:
    """What was decided, why, and what to do now."""
    takes_works = running.event.submission is not None
    handed_in = takes_works and await case.storage.works.current(application.id) is not None
    waits = takes_works and not handed_in and application.state is ApplicationState.ACCEPTED
    rows = [[Button("org.to_application", f"application:{application.id}")]]
    if waits:
        rows.insert(0, [Button("submit", f"submit:{application.id}", colour="primary")])
    case.tell(
        application.person_id,
        Reply(
            f"org.told.{application.state}",
            number=application.number,
            who=who(application),
            title=running.event.title,
            reason=application.reason or "",
            work=case.say("org.told.work", deadline=deadline(case, running.until_for(application).at)) if waits else "",
            buttons=rows,
        ),
    )

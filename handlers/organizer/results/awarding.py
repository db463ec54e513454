"""An outcome set by hand: a place of the event's scheme, none at all, a special nomination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.contest.authorize import Action
from bot.contest.awards import EXITS, OutcomeKind
from bot.contest.awards import Outcome as Award
from bot.contest.schemes import award as of_award
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.record import record_of
from handlers.organizer.results.proposing import choices, proposed
from handlers.organizer.results.ranking import ranking
from handlers.organizer.results.ranking_rows import outcome_mark
from handlers.organizer.scope import detail, event_steps, finish_of_event, of_event, the_event
from handlers.organizer.wording import back_to_event, who, who_and_grade
from storage.outcomes import Result

TALK = "org_award"
#: Take what was set by hand back: the rules propose again.
AS_PROPOSED = "as_proposed"


@of_event(Action.SET_OUTCOME)
async def award(_case: Case, running: Running, _more: str) -> Outcome:
    """Ask for whom, and what."""
    if running.stored.approved_at is not None:
        return Reply("org.protocol_stands", buttons=[[back_to_event(running.code)]])
    return Open(TALK, running.code, answers={"event": running.code}, resume=False)


async def _applications(case: Case, answers: Answers) -> Sequence[Option]:
    record = await record_of(case, await the_event(case, str(answers["event"])))
    return [Option(f"{one.number} {who(one)}", one.id) for one in record.staying]


async def _about(case: Case, answers: Answers) -> dict[str, object]:
    record = await record_of(case, await the_event(case, str(answers["event"])))
    application = record.application(int(answers["application"]))
    now = outcome_mark(case, record.decisions.get(application.id), proposed(record).results.get(application.id))
    return {"number": application.number, "who": who_and_grade(application), "now": now}


async def _outcomes(case: Case, answers: Answers) -> Sequence[Option]:
    running = await the_event(case, str(answers["event"]))
    application = int(answers["application"])
    handed_in = await case.storage.works.current(application) is not None
    decided = await case.storage.outcomes.get(application)
    options = [
        Option(label_of(case, running, one), key_of(one))
        for one in choices(running.event)
        if not (handed_in and one.kind is OutcomeKind.NOT_SUBMITTED)
    ]
    back = [Option(case.say("org.as_proposed"), AS_PROPOSED)] if decided and decided.by_hand else []
    return [*options, *back]


@finish_of_event(Action.SET_OUTCOME)
async def _finish(case: Case, running: Running, answers: Answers) -> Outcome:
    if running.stored.approved_at is not None:
        return Reply("org.protocol_stands", buttons=[[back_to_event(running.code)]])
    record = await record_of(case, running)
    application = next((one for one in record.counted if one.id == answers["application"]), None)
    if application is None or application.state in EXITS:
        return Reply("org.award_left", buttons=[[Button("org.ranking", f"ranking:{running.code}")]])
    proposal = proposed(record).results.get(application.id)
    chosen = next((one for one in choices(running.event) if key_of(one) == answers["outcome"]), None)
    if chosen is None:
        await case.storage.outcomes.remove(application.id)
        proposal = result = proposed(await record_of(case, running)).results.get(application.id)
        if proposal is not None:
            await case.storage.outcomes.propose([proposal], by=case.person.id, at=case.now)
    else:
        stands = record.decisions.get(application.id)
        outcome = replace(chosen, special=stands.result.outcome.special if stands else ())
        result = replace(proposal or Result(application.id, outcome), outcome=outcome)
        await case.storage.outcomes.set(result, by=case.person.id, at=case.now)
    await case.storage.audit.add(
        case.person.id,
        Action.SET_OUTCOME,
        f"application:{application.id}",
        detail(event=running.code, kind=result.outcome.kind if result else None, title=result and result.outcome.title),
        at=case.now,
    )
    decided = await case.storage.outcomes.get(application.id)
    return Reply(
        "org.awarded",
        number=application.number,
        who=who(application),
        outcome=outcome_mark(case, decided, result),
        buttons=[
            [Button("org.award_more", f"award:{running.code}")],
            [Button("org.ranking", f"ranking:{running.code}"), back_to_event(running.code)],
        ],
    )


def label_of(case: Case, running: Running, outcome: Award) -> str:
    """Plain participation after a comparison is what is left when nothing is awarded."""
    if running.event.submission is not None and outcome == of_award(running.event.awards.participant):
        return case.say("org.no_award", title=outcome.label)
    return outcome.label[:1].upper() + outcome.label[1:]


def key_of(outcome: Award) -> str:
    """What a choice is kept by."""
    return f"{outcome.kind}/{outcome.title}"


AWARD = Talk(
    TALK,
    event_steps(
        Action.SET_OUTCOME,
        Step("application", options=_applications),
        Step("outcome", options=_outcomes, values=_about),
    ),
    _finish,
    cancelled=ranking,
)

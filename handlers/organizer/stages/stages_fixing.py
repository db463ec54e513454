"""A confirmed decision of a stage put right by an organizer: with a reason, and those who were told hear again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.contest.authorize import Action
from bot.contest.refusal import Refusal
from bot.contest.stages import NOBODY, Going
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import Running
from handlers.host.round import FINAL, Round, correct, round_of
from handlers.host.telling import tell_decided
from handlers.kinds import Case
from handlers.organizer.scope import event_for, not_available, of_event, whole
from handlers.organizer.stages.stages import screen
from handlers.organizer.wording import who
from handlers.participant.wording import refused

TALK = "stage_fix"
REASON_LIMIT = 300
OVER, AS_IS = "over", "yes"


@of_event(Action.OVERRIDE_QUOTA)
async def fix(_case: Case, running: Running, number: str) -> Outcome:
    """Ask about whom, and why."""
    return Open(TALK, f"{running.code}/{whole(number)}", resume=False)


async def _steps(case: Case, subject: str) -> Sequence[Step]:
    if await _round(case, subject) is None:
        return ()

    async def whom(case: Case, _answers: Answers) -> Sequence[Option]:
        found = await _round(case, subject)
        decided = [one for one in found.reached if found.going(one.id) in FINAL] if found else []
        return [Option(f"{one.number} {who(one)}", one.id) for one in decided]

    async def about(case: Case, answers: Answers) -> dict[str, object]:
        found = await _round(case, subject)
        one = next((one for one in found.reached if one.id == answers["whom"]), None) if found else None
        if found is None or one is None:
            return {"who": "", "now": "", "then": "", "quota": ""}
        passed = found.going(one.id) is Going.PASSED
        refusals = () if passed else found.refusals(one.id)
        return {
            "who": who(one),
            "now": case.say(f"host.going.{Going.PASSED if passed else Going.NOT_PASSED}"),
            "then": case.say(f"host.going.{Going.NOT_PASSED if passed else Going.PASSED}"),
            "quota": case.say(refusals[0].key, **refusals[0].values) if refusals else "",
        }

    async def sure(case: Case, answers: Answers) -> Sequence[Option]:
        over = (await about(case, answers))["quota"]
        key = "button.stages.fix_over" if over else "button.stages.fix_yes"
        return [Option(case.say(key), OVER if over else AS_IS, "primary")]

    return (
        Step("whom", options=whom),
        Step("reason", parse=_read_reason, values=about, limit=REASON_LIMIT),
        Step("sure", options=sure, values=about),
    )


async def _read_reason(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    return text.strip() or Refusal("org.reason_expected")


async def _finish(case: Case, subject: str, answers: Answers) -> Outcome:
    found = await _round(case, subject)
    if found is None:
        return not_available()
    reason = str(answers["reason"])
    done = await correct(
        case, found, int(answers["whom"]), by=case.person.id, reason=reason, over_quota=answers["sure"] == OVER
    )
    number = found.running.event.stages.index(found.stage)
    if isinstance(done, Refusal):
        back = [[Button("stages.to_stage", f"stage:{found.running.code}/{number}")]]
        return Reply(refused(case, done), buttons=back)
    version, decided = done
    decided_by = replace(found, host=found.hosts[int(answers["whom"])])
    await tell_decided(case, decided_by, decided, version, corrected=reason)
    return [Reply("stages.fixed"), await screen(case, found.running, number)]


async def _cancelled(case: Case, subject: str) -> Outcome:
    found = await _round(case, subject)
    if found is None:
        return not_available()
    return await screen(case, found.running, found.running.event.stages.index(found.stage))


async def _round(case: Case, subject: str) -> Round | None:
    code, _, number = subject.partition("/")
    running = await event_for(case, code, Action.OVERRIDE_QUOTA)
    if running is None or whole(number) >= len(running.event.stages):
        return None
    stage = running.event.stages[whole(number)]
    return await round_of(case, running, stage, NOBODY) if stage.is_cut else None


FIX = Talk(TALK, _steps, _finish, cancelled=_cancelled)

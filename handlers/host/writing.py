"""The protocol of a stage: the day, the place, the commission; then its confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.contest.dates import read_date
from bot.contest.names import read_full_name
from bot.contest.refusal import Refusal
from bot.contest.stages import Going
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.host.desk import card, protocol_line
from handlers.host.round import Round, again, confirm, confirming_refusal
from handlers.host.scope import finish_of_round, of_round, place_of, round_for
from handlers.host.telling import tell_decided, tell_organizers_of
from handlers.kinds import Case
from handlers.organizer.scope import not_available
from handlers.organizer.wording import lines
from handlers.participant.wording import refused

TALK = "host_protocol"
PLACE_LIMIT, MEMBERS_LIMIT = 200, 1000
MOST_MEMBERS = 15


@of_round(Action.ENTER_PROTOCOL)
async def write(_case: Case, found: Round, _more: str) -> Outcome:
    """Ask for the day, the place and the commission."""
    return Open(TALK, place_of(found), resume=False)


@of_round(Action.ENTER_PROTOCOL)
async def ask_confirm(case: Case, found: Round, _more: str) -> Outcome:
    """What will be told to whom, or what is missing."""
    back = Button("host.back", f"hosted:{place_of(found)}")
    if refusal := confirming_refusal(case, found):
        return Reply(refused(case, refusal), buttons=[[back]])
    chosen = [one for one in found.undecided if found.going(one.id) is Going.CHOSEN]
    others = len(found.undecided) - len(chosen)
    return Reply(
        "host.confirm_ask",
        stage=found.stage.title,
        lines=lines([protocol_line(case, found)]),
        passed=len(chosen),
        out=others,
        buttons=[[Button("host.confirm_yes", f"host_confirm_yes:{place_of(found)}", colour="primary")], [back]],
    )


@of_round(Action.ENTER_PROTOCOL)
async def confirm_yes(case: Case, found: Round, _more: str) -> Outcome:
    """Confirm; everybody concerned hears at once."""
    settled = await confirm(case, found, by=case.person.id)
    if isinstance(settled, Refusal):
        return [Reply(refused(case, settled)), await card(case, found)]
    version, decided = settled
    await tell_decided(case, found, decided, version)
    await tell_organizers_of(case, found, decided, version)
    passed = sum(going is Going.PASSED for going in decided.values())
    done = Reply("host.confirm_done", stage=found.stage.title, passed=passed, out=len(decided) - passed)
    return [done, await card(case, await again(case, found))]


async def _steps(case: Case, where: str) -> Sequence[Step]:
    if await round_for(case, where, Action.ENTER_PROTOCOL) is None:
        return ()
    return (
        Step("day", parse=_read_day, options=_today, limit=50),
        Step("place", parse=_read_place, options=_places, limit=PLACE_LIMIT),
        Step("members", parse=_read_members, limit=MEMBERS_LIMIT),
    )


async def _today(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(f"{calendar.local(case.now, case.facts.zone):%d.%m.%Y}", f"{_local_day(case):%d.%m.%Y}")]


async def _read_day(case: Case, _answers: Answers, text: str) -> str | Refusal:
    found = read_date(text, today=_local_day(case))
    if isinstance(found, Refusal):
        return found
    return f"{found:%d.%m.%Y}" if found <= _local_day(case) else Refusal("host.day_to_come")


async def _places(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(case.say("host.place_remote"), case.say("host.place_remote"))]


async def _read_place(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    return " ".join(text.split()) or Refusal("host.place_expected")


async def _read_members(_case: Case, _answers: Answers, text: str) -> Any:
    """Full names, a line or a comma each."""
    typed = [part.strip() for part in text.replace(";", "\n").replace(",", "\n").split("\n") if part.strip()]
    found = [read_full_name(part) for part in typed]
    if not typed or len(typed) > MOST_MEMBERS:
        return Refusal("host.members_expected", {"most": MOST_MEMBERS})
    refusals = [one for one in found if isinstance(one, Refusal)]
    return refusals[0] if refusals else [one.formal for one in found if not isinstance(one, Refusal)]


@finish_of_round(Action.ENTER_PROTOCOL)
async def _finish(case: Case, found: Round, answers: Answers) -> Outcome:
    await case.storage.stages.write_protocol(
        found.running.code,
        found.stage.code,
        found.host,
        held_on=str(answers["day"]),
        place=str(answers["place"]),
        members=[str(one) for one in answers["members"]],
    )
    await case.storage.audit.add(
        case.person.id,
        Action.ENTER_PROTOCOL,
        f"event:{found.running.code}",
        {"stage": found.stage.code, "host": found.host},
        at=case.now,
    )
    return [Reply("host.written"), await card(case, await again(case, found))]


async def _cancelled(case: Case, where: str) -> Outcome:
    found = await round_for(case, where, Action.VIEW_STAGE)
    return not_available() if found is None else await card(case, found)


def _local_day(case: Case) -> date:
    return calendar.local(case.now, case.facts.zone).date()


PROTOCOL = Talk(TALK, _steps, _finish, cancelled=_cancelled)

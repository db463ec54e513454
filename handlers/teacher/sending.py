"""Carrying out what a table was shown to do: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.contest.bulk_matching import Fate
from bot.contest.entry_limits import Tally
from bot.contest.seats import SeatState
from bot.talk.model import Again, Button, Open, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.kinds import Case, Desk
from handlers.participant import deadlines
from handlers.participant.applying.apply import keep_all
from handlers.participant.applying.drafts import APPLY
from handlers.participant.applying.edit import save_all
from handlers.participant.applying.entry_limits import count_in, entries, limits_of
from handlers.participant.applying.form import form_of
from handlers.participant.applying.questions import placed
from handlers.participant.applying.roles import ForWhom
from handlers.participant.consents.consents import awaits_parents, consent_steps, declined
from handlers.participant.events import seats
from handlers.participant.wording import MENU, deadline, moment, refusal_reply
from handlers.participant.works import hand_in_rules
from handlers.participant.works.hand_in_rules import Due
from handlers.teacher import bulk, considering
from handlers.teacher.previewing import of
from handlers.teacher.standing import revisions, rules_passed
from handlers.teacher.walking import parents
from storage.application_rows import Application
from storage.imports import Import

TALK = "bulk"
#: Marks the wish to leave out those who seem to be entered already.
ONCE = "once"
#: So long a table waits for its sender's word.
KEPT_FOR = timedelta(days=7)


async def send(case: Case, argument: str) -> Outcome:
    """«Подать 27 заявок»."""
    return await _open(case, argument, once=False)


async def send_once(case: Case, argument: str) -> Outcome:
    """The same without those who seem to be entered already."""
    return await _open(case, argument, once=True)


async def drop(case: Case, argument: str) -> Outcome:
    """«Отмена»: nothing was done, nothing will be."""
    kept = await bulk.own_import(case, argument)
    if kept is not None:
        await case.storage.imports.settle(kept.id, "dropped", at=case.now)
    return Reply("bulk_dropped", buttons=[[MENU]])


async def forget_old(desk: Desk) -> None:
    """What nobody has said a word about for a while is not kept: it is full of names."""
    await desk.storage.imports.drop_older(desk.now - KEPT_FOR, at=desk.now)


async def _open(case: Case, argument: str, *, once: bool) -> Outcome:
    kept = await bulk.own_import(case, argument)
    if kept is None or kept.plan is None:
        return bulk.gone()
    said = kept.content.get("consents") or {}
    return Open(TALK, argument, answers={"role": ForWhom.PUPILS.value, ONCE: once, **said}, resume=False)


async def _steps(case: Case, subject: str) -> Sequence[Step]:
    """What is said once about all children: what their parents have signed."""
    kept = await bulk.own_import(case, subject)
    running = await event_of(case, kept.event_code or "") if kept else None
    if kept is None or kept.plan is None or running is None or not of(kept.plan["items"], Fate.NEW):
        return ()
    return placed([_unless_declined(step) for step in consent_steps(running.event)])


def _unless_declined(step: Step) -> Step:
    return replace(step, when=lambda answers: not declined(answers) and step.when(answers))


async def _finish(case: Case, subject: str, answers: Answers) -> Outcome | Again:
    kept = await bulk.own_import(case, subject)
    running = await event_of(case, kept.event_code or "") if kept else None
    if kept is None or kept.plan is None or running is None:
        return bulk.gone()
    if declined(answers):
        return Reply("bulk_declined", buttons=[[Button("bulk_again", f"bulk_send:{kept.id}")], [MENU]])
    closed = deadlines.applying(case, running)
    if closed is not None and not deadlines.may_apply(case, running):
        return refusal_reply(case, closed)
    found = await _carried(case, running, kept.plan, answers)
    if found is None:
        considering.ask(case, kept.id, said_at=case.incoming.said_at)
        return Reply("bulk_moved")
    if kept.source == "list":  # the list stood in an application of one, which is of no use any more
        await case.storage.memory.drop_draft(case.person.id, APPLY, running.code)
    return await _carry_out(case, running, kept, found)


async def _cancelled(_case: Case, subject: str) -> Reply:
    return Reply("bulk_kept", buttons=[[Button("bulk_again", f"bulk_send:{subject}", colour="primary")], [MENU]])


@dataclass(frozen=True, slots=True)
class _Carried:
    """What is carried out: changes first, as the limits were counted."""

    changed: Sequence[tuple[Application, Answers]]
    new: Sequence[Answers]


async def _carried(case: Case, running: Running, plan: Mapping[str, Any], answers: Answers) -> _Carried | None:
    """What the table does, if all that it was judged by is as it was; None: it has to be judged anew."""
    mine = {one.id: one for one in await case.storage.applications.of_person(case.person.id, running.code)}
    if plan["known"] != revisions(running, list(mine.values())):
        return None
    if plan["rules"] != rules_passed(running, case.incoming.said_at):
        return None
    items = [item for item in plan["items"] if not (answers[ONCE] and item["twice"])]
    consents = {name: value for name, value in answers.items() if name.startswith("consent_")}
    found = _Carried(
        [(mine[item["id"]], item["answers"]) for item in of(items, Fate.CHANGED)],
        [{**item["answers"], **consents} for item in of(items, Fate.NEW)],
    )
    return found if await _within_limits(case, running, found) else None


async def _within_limits(case: Case, running: Running, found: _Carried) -> bool:
    """Whether the limits leave room: others have applied meanwhile."""
    limits = limits_of(running.event)
    if not limits:
        return True
    there = await entries(case, running)
    tally = Tally(limits, there.values())
    forms = [(form_of(running.event, answers, one.answers), there.get(one.id)) for one, answers in found.changed]
    forms += [(form_of(running.event, answers), None) for answers in found.new]
    return all(count_in(tally, form, before) is None for form, before in forms)


async def _carry_out(case: Case, running: Running, kept: Import, found: _Carried) -> Reply:
    await save_all(case, running, found.changed)
    sent = await keep_all(case, running, found.new, origin=kept.source) if found.new else []
    taken = await seats.take_all(case, running, sent) if sent else []
    waiting = {seat.application_id for seat in taken if seat.state is SeatState.WAITING}
    await case.storage.imports.settle(kept.id, "applied", at=case.now)
    awaits = bool(found.new) and awaits_parents(running.event, found.new[0])
    works = await _works(case, running, [one for one in sent if one.id not in waiting])
    at_once = works is not None and works.opens_at <= case.now
    told = [
        _numbers(case, sent),
        case.say("bulk_done.changed", count=len(found.changed)) if found.changed else "",
        case.say("bulk_done.waiting", count=len(waiting)) if waiting else "",
        _left(case, works, awaits=awaits),
    ]
    rows = [[parents(running.code)]] if awaits else []
    rows += [[Button("works_at_once", f"works_at_once:{running.code}")]] if at_once else []
    return Reply(
        "bulk_done_all",
        done=Trusted(" ".join(one for one in told if one)),
        buttons=[*rows, [Button("teacher_desk", f"teacher_desk:{running.code}", colour="primary")], [MENU]],
    )


def _numbers(case: Case, sent: Sequence[Application]) -> str:
    """«3 заявки поданы, ММ-2026-0001 — ММ-2026-0003», or nothing."""
    if not sent:
        return ""
    numbers = sent[0].number if len(sent) == 1 else f"{sent[0].number} — {sent[-1].number}"
    return case.say("bulk_done.sent", count=len(sent), numbers=numbers)


async def _works(case: Case, running: Running, sent: Sequence[Application]) -> Due | None:
    """When the works are awaited; where schools have different times, the earliest. None: no works are."""
    one_of_each = {one.organisation_code: one for one in sent}.values()
    asked = [await hand_in_rules.due(case, running, one) for one in one_of_each]
    return min((one for one in asked if isinstance(one, Due)), key=lambda one: one.closes_at, default=None)


def _left(case: Case, works: Due | None, *, awaits: bool) -> str:
    """What is still to be done, in a sentence: the consents, the works, or both."""
    consents = case.say("bulk_done.parents") if awaits else ""
    if works is None:
        return consents
    closes = deadline(case, works.closes_at)
    if works.opens_at > case.now:
        later = case.say("bulk_done.works_later", opens=moment(case, works.opens_at), closes=closes)
        return f"{consents} {later}".strip()
    return case.say("bulk_done.both" if awaits else "bulk_done.works", closes=closes)


BULK = Talk(TALK, steps=_steps, finish=_finish, cancelled=_cancelled)

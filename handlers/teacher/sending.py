"""Carrying out what a table was shown to do: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.contest.bulk_matching import Fate
from bot.contest.refusal import Refusal
from bot.talk.model import Again, Button, Open, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.everyone.thinking import ask_thought
from handlers.kinds import Case, Desk
from handlers.participant import deadlines, seats
from handlers.participant.apply import keep
from handlers.participant.consents import awaits_parents, consent_steps, declined
from handlers.participant.drafts import APPLY
from handlers.participant.edit import save
from handlers.participant.own import ALIVE
from handlers.participant.questions import placed
from handlers.participant.roles import ForWhom
from handlers.participant.wording import MENU, deadline, refusal_reply
from handlers.teacher import bulk
from handlers.teacher.previewing import of
from storage.imports import Import

TALK = "bulk"
#: Marks the wish to leave out those who seem to be entered already.
ONCE = "once"
#: So long a table waits for its sender's word.
KEPT_FOR = timedelta(days=7)
Items = Sequence[Mapping[str, Any]]


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
    items = [item for item in kept.plan["items"] if not (answers[ONCE] and item["twice"])]
    if (refusal := _closed(case, running, items)) is not None:
        return refusal_reply(case, refusal)
    if await _has_moved(case, running, kept):
        ask_thought(case, bulk.THINKER, {"import_id": kept.id})
        return Reply("bulk_moved")
    return await _carry_out(case, running, kept, items, answers)


async def _cancelled(_case: Case, subject: str) -> Reply:
    return Reply("bulk_kept", buttons=[[Button("bulk_again", f"bulk_send:{subject}", colour="primary")], [MENU]])


def _closed(case: Case, running: Running, items: Items) -> Refusal | None:
    """Why it is too late for one of the schools."""
    codes = {item["answers"]["school"]["code"] for item in of(items, Fate.NEW)}
    refusals = (deadlines.applying(case, running, code) for code in codes)
    return next((refusal for refusal in refusals if refusal is not None), None)


async def _has_moved(case: Case, running: Running, kept: Import) -> bool:
    """Whether the account's applications are not any more what the table was compared with."""
    mine = await case.storage.applications.of_person(case.person.id, running.code)
    now = sorted([one.id, one.revision] for one in mine if one.state in ALIVE and one.participants)
    return kept.plan is not None and now != kept.plan["known"]


async def _carry_out(case: Case, running: Running, kept: Import, items: Items, answers: Answers) -> Reply:
    consents = {name: value for name, value in answers.items() if name.startswith("consent_")}
    sent = []
    for item in of(items, Fate.NEW):
        application = await keep(case, running, {**item["answers"], **consents}, origin=kept.source)
        await seats.take(case, running, application)
        sent.append(application.number)
    changed = of(items, Fate.CHANGED)
    for item in changed:
        found = await case.storage.applications.get(int(item["id"]))
        if found is not None:
            await save(case, running, found, item["answers"], revision=int(item["revision"]))
    if kept.source == "list":  # the list stood in an application of one, which is of no use any more
        await case.storage.memory.drop_draft(case.person.id, APPLY, running.code)
    await case.storage.imports.settle(kept.id, "applied", at=case.now)
    awaits = bool(sent) and awaits_parents(running.event, {**of(items, Fate.NEW)[0]["answers"], **consents})
    return _done(case, running, sent, len(changed), awaits=awaits)


def _done(case: Case, running: Running, sent: Sequence[str], changed: int, *, awaits: bool) -> Reply:
    parts = []
    if sent:
        numbers = sent[0] if len(sent) == 1 else f"{sent[0]} — {sent[-1]}"
        parts.append(case.say("bulk_done.sent", count=len(sent), numbers=numbers))
    if changed:
        parts.append(case.say("bulk_done.changed", count=changed))
    then = [case.say("bulk_done.parents")] if awaits else []
    if sent and running.event.submission is not None:
        then.append(case.say("bulk_done.works", closes=deadline(case, running.closes_at)))
    rows = [[Button("all_consents", f"consents_desk:{running.code}")]] if awaits else []
    return Reply(
        "bulk_done_all",
        done=Trusted(" ".join(parts)),
        then=Trusted(" ".join(then)),
        buttons=[*rows, [Button("teacher_desk", f"teacher_desk:{running.code}", colour="primary")], [MENU]],
    )


BULK = Talk(TALK, steps=_steps, finish=_finish, cancelled=_cancelled)

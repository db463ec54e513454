"""Approving the protocol: what is missing blocks it; once it stands, points and outcomes stand too."""

from __future__ import annotations

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.contest.balance import Balance
from bot.talk.model import Button, Outcome, Reply
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.gaps import gaps
from handlers.organizer.judging import owed, without_jury
from handlers.organizer.record import Record, record_of
from handlers.organizer.scope import detail, of_event
from handlers.organizer.ties import tie_lines
from handlers.organizer.wording import back_to_event, bullets, lines


@of_event(Action.APPROVE_RESULTS)
async def approve(case: Case, running: Running, _more: str) -> Outcome:
    """Show the protocol's sums, or what is missing."""
    return await _standing(case, running) or _open(case, await record_of(case, running))


@of_event(Action.APPROVE_RESULTS)
async def approve_yes(case: Case, running: Running, _more: str) -> Outcome:
    """Approve, if nothing is missing now."""
    if standing := await _standing(case, running):
        return standing
    record = await record_of(case, running)
    if gaps(case, record) or not record.balance.closes:
        return _open(case, record)
    await case.storage.events.approve(running.code, by=case.person.id, at=case.now)
    await case.storage.audit.add(
        case.person.id,
        Action.APPROVE_RESULTS,
        f"event:{running.code}",
        detail(accepted=record.balance.accepted, **{row.kind.value: row.count for row in record.balance.rows}),
        at=case.now,
    )
    return Reply(
        "org.approved",
        title=running.event.title,
        buttons=[
            [Button("org.publish", f"publish:{running.code}", colour="primary")],
            [Button("org.ranking", f"ranking:{running.code}"), back_to_event(running.code)],
        ],
    )


def balance_line(case: Case, found: Balance) -> str:
    """«Победителей 3, призёров 6, участников 13 — всего 22, столько же принято заявок ✓»."""
    parts = ", ".join(case.say(f"org.balance.{row.kind}", count=row.count) for row in found.rows)
    total = sum(row.count for row in found.rows)
    key = "org.balance_closes" if found.closes else "org.balance_open"
    text = case.say(key, parts=parts, total=total, accepted=found.accepted)
    return text[:1].upper() + text[1:]


async def _standing(case: Case, running: Running) -> Reply | None:
    """The protocol is approved already."""
    approved_at = running.stored.approved_at
    if approved_at is None:
        return None
    key = "org.wall" if running.stored.published_at else "org.publish"
    go = f"{'wall' if running.stored.published_at else 'publish'}:{running.code}"
    return Reply(
        "org.approved_already",
        at=calendar.at(approved_at, case.facts.zone, now=case.now),
        buttons=[[Button(key, go, colour="primary")], [back_to_event(running.code)]],
    )


def _open(case: Case, record: Record) -> Reply:
    code, missing = record.running.code, gaps(case, record)
    if missing or not record.balance.closes:
        jury = [Button("org.jury", f"jurors:{code}"), Button("org.assign", f"assign:{code}")]
        return Reply(
            "org.approve_missing",
            title=record.running.event.title,
            missing=bullets(missing),
            buttons=[
                [Button("org.ranking", f"ranking:{code}"), Button("org.apps", f"apps:{code}")],
                jury if without_jury(record) or owed(record) else [],
                [Button("org.check_again", f"approve:{code}"), back_to_event(code)],
            ],
        )
    ties = tie_lines(case, record)
    as_it_is = [case.say("org.tie_as_it_is")] if ties else []
    settle = [Button("org.award", f"award:{code}", colour="primary")] if ties else []
    sure = Button("org.approve_yes", f"approve_yes:{code}", colour="secondary" if ties else "primary")
    return Reply(
        "org.approve",
        title=record.running.event.title,
        balance=lines([balance_line(case, record.balance), *ties, *as_it_is]),
        buttons=[
            [*settle, sure],
            [Button("org.ranking", f"ranking:{code}"), Button("org.not_now", f"desk_event:{code}")],
        ],
    )

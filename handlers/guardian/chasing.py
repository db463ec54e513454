"""Who has no consents yet, for an organizer: a list of applicants with counts, and a word to each of them."""

from __future__ import annotations

from collections import defaultdict

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.guardian.settling import Child, children
from handlers.kinds import Case
from handlers.organizer.exports.button import export_button
from handlers.organizer.people import page_name
from handlers.organizer.scope import detail, of_event
from handlers.organizer.wording import back_to_event, lines
from handlers.seeing import ledger_of_event

#: So many applicants are named.
MOST_NAMED = 20


async def lacking(case: Case, running: Running) -> tuple[dict[int, list[Child]], int]:
    """The children without the first consent, by applicant; how many children there are at all."""
    ledger = await ledger_of_event(case, running.code)
    found = children(await case.storage.applications.of_event(running.code), ledger)
    missing: dict[int, list[Child]] = defaultdict(list)
    for one in found:
        if not one.held.processing.in_force:
            missing[one.application.person_id].append(one)
    return missing, len(found)


@of_event(Action.CHASE_CONSENTS)
async def chase(case: Case, running: Running, _more: str) -> Outcome:
    """Who lacks how many."""
    missing, total = await lacking(case, running)
    count = sum(map(len, missing.values()))
    found = sorted(missing.items(), key=lambda item: -len(item[1]))
    named = [
        case.say(
            "chase_line",
            name=await page_name(case, person_id),
            count=len(theirs),
            numbers=Trusted(", ".join(sorted({one.application.number for one in theirs})[:4])),
        )
        for person_id, theirs in found[:MOST_NAMED]
    ]
    remind = [[Button("chase_remind", f"chase_remind:{running.code}", colour="primary")]] if missing else []
    return Reply(
        "chase" if missing else "chase_none",
        title=running.event.title,
        got=total - count,
        total=total,
        lines=lines(named),
        buttons=[
            *remind,
            [export_button(running.code, "consents", "lacking" if missing else "all"), back_to_event(running.code)],
        ],
    )


@of_event(Action.CHASE_CONSENTS)
async def remind(case: Case, running: Running, _more: str) -> Outcome:
    """Write to each of them, once a day at most."""
    missing, _ = await lacking(case, running)
    day = f"{calendar.local(case.now, case.facts.zone):%Y-%m-%d}"
    for person_id, theirs in missing.items():
        told = Reply(
            "chase_told",
            title=running.event.title,
            count=len(theirs),
            buttons=[[Button("all_consents", f"consents_desk:{running.code}", colour="primary")]],
        )
        case.tell(person_id, told, key=f"chase:{running.code}:{person_id}:{day}")
    await case.storage.audit.add(
        case.person.id,
        Action.CHASE_CONSENTS,
        f"event:{running.code}",
        detail(people=len(missing), children=sum(map(len, missing.values()))),
        at=case.now,
    )
    return Reply("chase_sent", count=len(missing), buttons=[[back_to_event(running.code)]])

"""Approving the protocol: what is missing blocks it; once it stands, points and outcomes stand too."""

from __future__ import annotations

from collections import Counter

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.contest.awards import OutcomeKind
from bot.contest.balance import Balance, Row
from bot.contest.event import UnitKind
from bot.contest.event.awards import Paper
from bot.contest.schemes import awards_of, papers
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.gaps import gaps
from handlers.organizer.jury.judging import far_apart, owed, without_jury
from handlers.organizer.protocols.versions import approve_first
from handlers.organizer.record import Record, record_of
from handlers.organizer.results.proposing import proposed
from handlers.organizer.results.special import special_button, without_own
from handlers.organizer.results.ties import settle_button
from handlers.organizer.scope import detail, of_event
from handlers.organizer.wording import back_to_event, bullets, lines
from handlers.participant.applying import units

#: Where an application is of several people, and teams and people are counted apart.
GROUPS = (UnitKind.TEAM, UnitKind.PAIR, UnitKind.COLLECTIVE, UnitKind.PROJECT)


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
    made = await approve_first(case, record, by=case.person.id)
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
        number=made.number,
        buttons=[
            [Button("org.publish", f"publish:{running.code}", colour="primary")],
            [Button("protocols.open", f"protocols:{running.code}"), Button("org.ranking", f"ranking:{running.code}")],
            [back_to_event(running.code)],
        ],
    )


def balance_line(case: Case, found: Balance) -> str:
    """«Победителей 3, призёров 6, участников 13 — всего 22, столько же принято заявок ✓»."""
    parts = ", ".join(_part(case, row) for row in found.rows)
    total = sum(row.count for row in found.rows)
    key = "org.balance_closes" if found.closes else "org.balance_open"
    text = case.say(key, parts=parts, total=total, accepted=found.accepted)
    return text[:1].upper() + text[1:]


def _part(case: Case, row: Row) -> str:
    """«призёров 6»; the grand prix under the name that the event gives it: «абсолютный победитель 1»."""
    if row.kind is OutcomeKind.GRAND_PRIX and row.titles:
        title = row.titles[0][0]
        return case.say("org.balance_named", title=Trusted(title[:1].lower() + title[1:]), count=row.count)
    return case.say(f"org.balance.{row.kind}", count=row.count)


def count_lines(case: Case, record: Record) -> list[str]:
    """What stands behind the sums: titles, teams with their people, documents."""
    found, rules = record.balance, record.running.event.awards
    order = [one.title for one in awards_of(rules)]
    titles = [
        case.say("org.balance_title", title=Trusted(title), count=count)
        for row in found.rows
        if len(row.titles) > 1 or row.kind is OutcomeKind.PARTICIPANT
        for title, count in sorted(row.titles, key=lambda one: order.index(one[0]) if one[0] in order else len(order))
    ]
    paper: Counter[Paper] = Counter()
    for one in record.staying:
        if one.id in record.decisions:
            outcome, of = record.decisions[one.id].result.outcome, record.people.get(one.id, one.people)
            paper += papers(rules, outcome, of)
    papers_named = ", ".join(case.say(f"org.paper.{kind}", count=count) for kind, count in sorted(paper.items()))
    return [
        " · ".join(titles),
        _units(case, record),
        case.say("org.papers", papers=papers_named) if papers_named else "",
    ]


def _units(case: Case, record: Record) -> str:
    """«2 команды, 14 человек · лично 1 участник»: each form with its people; nothing where all take part alone."""
    count: Counter[UnitKind] = Counter()
    people: Counter[UnitKind] = Counter()
    for one in record.counted:
        kind = units.kind_of(record.running.event, one)
        count[kind] += 1
        people[kind] += record.people.get(one.id, one.people)
    if not any(kind in GROUPS for kind in count):
        return ""
    return " · ".join(
        case.say(f"org.people.{kind}", count=count[kind], people=people[kind])
        for kind in (*GROUPS, UnitKind.PERSON)
        if count[kind]
    )


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
        found = proposed(record)
        return Reply(
            "org.approve_missing",
            title=record.running.event.title,
            missing=bullets(missing),
            buttons=[
                [Button("org.ranking", f"ranking:{code}"), Button("org.apps", f"apps:{code}")],
                [*settle_button(code, found), *(special_button(record.running) if without_own(record) else [])],
                jury if without_jury(record) or owed(record) or far_apart(record) else [],
                [Button("org.check_again", f"approve:{code}"), back_to_event(code)],
            ],
        )
    return Reply(
        "org.approve",
        title=record.running.event.title,
        balance=lines([balance_line(case, record.balance), *count_lines(case, record)]),
        buttons=[
            [Button("org.approve_yes", f"approve_yes:{code}", colour="primary")],
            [Button("org.ranking", f"ranking:{code}"), Button("org.not_now", f"desk_event:{code}")],
        ],
    )

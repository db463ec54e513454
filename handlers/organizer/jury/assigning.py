"""Giving works to the jury evenly: shown first, done on a word."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from bot.contest.assigning import Assignment, Entry, Juror, Pair, assign, conflicts_of_interest
from bot.contest.authorize import Action
from bot.contest.text import fold
from bot.talk.model import Button, Outcome, Reply
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.gaps import FEW, numbers
from handlers.organizer.jury.judging import far_apart
from handlers.organizer.record import Record, record_of
from handlers.organizer.scope import detail, of_event, whole
from handlers.organizer.wording import back_to_event, bullets, lines
from handlers.participant.wording import deadline
from storage.application_rows import Application

#: Where an event's file says nothing of its jury.
PER_WORK = 2
#: So many reasons are named for which works have too few members of the jury.
MOST_NAMED = 15


@dataclass(frozen=True, slots=True)
class Plan:
    """Who would score what, and what is new in it."""

    per_work: int
    assignment: Assignment
    new: frozenset[Pair]
    existing: frozenset[Pair]
    #: Pairs that must not be, by reason.
    own_school: frozenset[Pair]
    own_pupil: frozenset[Pair]
    declared: frozenset[Pair]


def plan(record: Record) -> Plan:
    """The even distribution; nothing is taken away that was given before."""
    rules = record.running.event.jury
    allowed = rules is not None and rules.own_school_allowed
    per_work = rules.per_work if rules else PER_WORK
    jury = [Juror(one.person_id, one.organisation_code) for one in record.jury]
    entries = [Entry(one.id, one.organisation_code, frozenset((one.person_id,))) for one in record.competing]
    works = {entry.work for entry in entries}
    declared = _pairs(record, works, conflict=True)
    own_pupil = _own_pupils(record) | conflicts_of_interest(jury, entries, own_school=True)
    existing = _pairs(record, works, conflict=False)
    given = assign(
        entries,
        jury,
        per_work=per_work,
        conflicts=declared | own_pupil,
        existing=existing,
        own_school=allowed,
        one_more=[one.id for one in far_apart(record)],
    )
    return Plan(
        per_work,
        given,
        given.pairs - existing,
        existing,
        frozenset() if allowed else frozenset(conflicts_of_interest(jury, entries) - own_pupil),
        frozenset(own_pupil),
        declared,
    )


@of_event(Action.ASSIGN_WORKS)
async def assign_works(case: Case, running: Running, _more: str) -> Outcome:
    """Show what would be done."""
    record = await record_of(case, running)
    return _impossible(record) or _preview(case, record, plan(record))


@of_event(Action.ASSIGN_WORKS)
async def assign_yes(case: Case, running: Running, seen: str) -> Outcome:
    """Do it; `seen`: how many new assignments the preview had. If that has changed, it is shown again."""
    record = await record_of(case, running)
    if impossible := _impossible(record):
        return impossible
    planned = plan(record)
    if not planned.new or len(planned.new) != whole(seen):
        return _preview(case, record, planned)
    await case.storage.jury.assign(((work, person) for person, work in sorted(planned.new)), at=case.now)
    await case.storage.audit.add(
        case.person.id, Action.ASSIGN_WORKS, f"event:{running.code}", detail(new=len(planned.new)), at=case.now
    )
    _tell(case, running, planned)
    return Reply(
        "org.assigned",
        count=len(planned.new),
        jurors=len({person for person, _ in planned.new}),
        left=_left_over(case, record, planned),
        buttons=[[Button("org.jury", f"jurors:{running.code}"), back_to_event(running.code)]],
    )


def _impossible(record: Record) -> Reply | None:
    code = record.running.code
    if record.running.stored.approved_at is not None:
        return Reply("org.protocol_stands", buttons=[[back_to_event(code)]])
    if not record.jury:
        rows = [[Button("org.invite", f"jury_invite:{code}", colour="primary")], [back_to_event(code)]]
        return Reply("org.assign_no_jury", buttons=rows)
    if record.competing:
        return None
    if any(fate.waiting is not None for fate in record.fates.values()):
        rows = [[Button("stages.open", f"stages:{code}", colour="primary")], [back_to_event(code)]]
        return Reply("org.assign_selection", buttons=rows)
    return Reply("org.assign_no_works", buttons=[[back_to_event(code)]])


def _preview(case: Case, record: Record, planned: Plan) -> Reply:
    code = record.running.code
    totals = Counter(person for person, _ in planned.assignment.pairs)
    news = Counter(person for person, _ in planned.new)
    jury = [
        case.say("org.assign_line", name=one.full_name, count=totals[one.person_id], new=news[one.person_id])
        for one in record.jury
    ]
    go = Button("org.assign_yes", f"assign_yes:{code}/{len(planned.new)}", colour="primary")
    return Reply(
        "org.assign" if planned.new else "org.assign_nothing",
        title=record.running.event.title,
        works=len(record.competing),
        per_work=planned.per_work,
        new=len(planned.new),
        kept=len(planned.assignment.pairs) - len(planned.new),
        jury=bullets(jury),
        left=_left_over(case, record, planned),
        buttons=[[go] if planned.new else [], [Button("org.jury", f"jurors:{code}"), back_to_event(code)]],
    )


def _left_over(case: Case, record: Record, planned: Plan) -> str:
    """Works that get fewer members of the jury than they should, each with the reason."""
    short = planned.assignment.short
    if not short:
        return ""
    alike: dict[tuple[int, str], list[Application]] = defaultdict(list)
    for work, missing in sorted(short.items()):
        alike[missing, _why(case, record, planned, work)].append(record.application(work))
    named = [
        case.say("org.short", number=numbers(works, FEW), missing=missing, why=why)
        for (missing, why), works in list(alike.items())[:MOST_NAMED]
    ]
    return lines([case.say("org.short_title", count=len(short)), bullets(named)])


def _why(case: Case, record: Record, planned: Plan, work: int) -> str:
    reasons = (("own_school", planned.own_school), ("own_pupil", planned.own_pupil), ("declared", planned.declared))
    parts = []
    for key, pairs in reasons:
        names = [one.full_name for one in record.jury if (one.person_id, work) in pairs]
        if names:
            parts.append(case.say(f"org.short_why.{key}", names=", ".join(names)))
    return "; ".join([*parts, case.say("org.short_why.few", count=len(record.jury))])


def _tell(case: Case, running: Running, planned: Plan) -> None:
    """Each member of the jury hears once how many works have come."""
    ends = running.event.judging_until
    until = ends if ends is not None and ends > case.now else None
    for person_id, count in sorted(Counter(person for person, _ in planned.new).items()):
        case.tell(
            person_id,
            Reply(
                "org.told.assigned",
                title=running.event.title,
                count=count,
                until=case.say("org.told.judge_until", until=deadline(case, until)) if until else "",
                buttons=[[Button("jury", "jury", colour="primary")]],
            ),
        )


def _pairs(record: Record, works: set[int], *, conflict: bool) -> frozenset[Pair]:
    return frozenset(
        (one.person_id, one.application_id)
        for one in record.assignments
        if one.application_id in works and (one.state == "conflict") is conflict
    )


def _own_pupils(record: Record) -> set[Pair]:
    """A supervisor is named in words: a juror of the same name is taken for them."""
    return {
        (juror.person_id, one.id)
        for juror in record.jury
        for one in record.competing
        if one.supervisor and fold(juror.full_name) in {fold(name) for name in one.supervisor.split(",")}
    }

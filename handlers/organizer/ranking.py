"""The ranking as the jury's points give it, with what is proposed or decided for each work."""

from __future__ import annotations

from bot.contest.authorize import Action
from bot.contest.awards import EXITS, OutcomeKind
from bot.contest.ranking import Ranked
from bot.talk.model import Button, Outcome, Reply
from handlers.events import Running
from handlers.jury.points import shown
from handlers.kinds import Case
from handlers.organizer.comparing import Comparison, comparisons, field_title
from handlers.organizer.judging import counting, owed
from handlers.organizer.proposing import proposals
from handlers.organizer.record import Record, record_of
from handlers.organizer.scope import detail, of_event
from handlers.organizer.ties import shared_places, tie_lines
from handlers.organizer.wording import back_to_event, lines, who_and_grade
from storage.application_rows import Application
from storage.outcomes import Decision, Result


@of_event(Action.VIEW_RANKING)
async def ranking(case: Case, running: Running, _more: str) -> Outcome:
    """All comparisons one below the other, then those who are not compared."""
    return screen(case, await record_of(case, running))


@of_event(Action.SET_OUTCOME)
async def take(case: Case, running: Running, _more: str) -> Outcome:
    """Take every proposal; what was set by hand stays."""
    if running.stored.approved_at is not None:
        return Reply("org.protocol_stands", buttons=[[back_to_event(running.code)]])
    record = await record_of(case, running)
    proposed = proposals(record)
    taken = await case.storage.outcomes.propose(proposed.values(), by=case.person.id, at=case.now)
    await case.storage.audit.add(
        case.person.id, Action.SET_OUTCOME, f"event:{running.code}", detail(proposed=taken), at=case.now
    )
    by_hand = sum(decision.by_hand for decision in record.decisions.values())
    without = [one for one in record.staying if one.id not in proposed and one.id not in record.decisions]
    ties = tie_lines(case, await record_of(case, running))
    return Reply(
        "org.taken",
        count=taken,
        more=lines(
            [
                case.say("org.taken_by_hand", count=by_hand) if by_hand else "",
                case.say("org.taken_without", count=len(without)) if without else "",
                *ties,
            ]
        ),
        buttons=[
            [
                *([Button("org.award", f"award:{running.code}", colour="primary")] if ties else []),
                Button("org.approve", f"approve:{running.code}", colour="secondary" if ties else "primary"),
            ],
            [Button("org.ranking", f"ranking:{running.code}"), back_to_event(running.code)],
        ],
    )


def screen(case: Case, record: Record) -> Reply:
    """The ranking with what may be done."""
    running, proposed = record.running, proposals(record)
    fields = comparisons(record)
    compared = {work for field in fields for work in field.works}
    parts = [_field(case, record, field, proposed) for field in fields]
    others = [one for one in record.counted if one.id not in compared]
    if others:
        head = case.say("org.ranking_others" if fields else "org.ranking_all")
        parts.append(lines([head, *(_other(case, record, one, proposed) for one in others)]))
    code, open_ = running.code, running.stored.approved_at is None
    acts = [Button("org.take", f"take:{code}", colour="primary"), Button("org.award", f"award:{code}")]
    return Reply(
        "org.ranking" if parts else "org.ranking_none",
        title=running.event.title,
        parts=lines("\n" + part for part in parts),
        tie=_tie(case, record, fields),
        buttons=[
            acts if open_ and parts else [],
            [Button("org.approve", f"approve:{code}")] if open_ else [],
            [back_to_event(code)],
        ],
    )


def outcome_mark(case: Case, decision: Decision | None, proposed: Result | None) -> str:
    """What stands for an application, what is only proposed, or that there is nothing."""
    if decision is not None:
        key = "org.mark.by_hand" if decision.by_hand else "org.mark.decided"
        return case.say(key, outcome=decision.result.outcome.label)
    if proposed is not None:
        return case.say("org.mark.proposed", outcome=proposed.outcome.label)
    return case.say("org.mark.none")


def _tie(case: Case, record: Record, fields: tuple[Comparison, ...]) -> str:
    """The rule that was declared for equal works; where people have to decide by it, how to write that down."""
    rule = record.running.event.scoring.tie
    hint = record.running.stored.approved_at is None and bool(shared_places(record))
    return lines([case.say(f"org.tie.{rule}") if fields else "", case.say("org.tie_hint") if hint else ""])


def _field(case: Case, record: Record, comparison: Comparison, proposed: dict[int, Result]) -> str:
    categories = {key: case.say(f"org.category.{key}") for key in ("pupil", "teacher", "preschooler", "student")}
    forms = {key: case.say(f"org.unit.{key}") for key in ("person", "team", "pair", "collective", "project")}
    title = field_title(record.running.event, comparison.field, categories=categories, units=forms)
    found = [_ranked(case, record, comparison, one, proposed) for one in comparison.ranking]
    found += [_unscored(case, record, work) for work in comparison.unscored]
    return lines([title or case.say("org.ranking_all"), *found])


def _ranked(case: Case, record: Record, comparison: Comparison, one: Ranked, proposed: dict[int, Result]) -> str:
    application = record.application(one.work)
    return case.say(
        "org.ranked",
        place=one.place,
        tied=case.say("org.tied") if one.tied else "",
        number=application.number,
        who=who_and_grade(application),
        points=shown(one.points),
        most=shown(comparison.max_points),
        sheets=len(counting(record, application)),
        waits=_waits(case, record, application),
        outcome=outcome_mark(case, record.decisions.get(one.work), proposed.get(one.work)),
    )


def _unscored(case: Case, record: Record, work: int) -> str:
    application = record.application(work)
    return case.say(
        "org.unscored",
        number=application.number,
        who=who_and_grade(application),
        waits=_waits(case, record, application) or case.say("org.nobody"),
    )


def _waits(case: Case, record: Record, application: Application) -> str:
    """Whose sheets are still owed."""
    names = [record.juror_name(one.person_id) for one in owed(record) if one.application_id == application.id]
    return case.say("org.waits", names=", ".join(names)) if names else ""


def _other(case: Case, record: Record, application: Application, proposed: dict[int, Result]) -> str:
    """One that nobody compares: no work handed in, left, or an event without works."""
    if application.state in EXITS:
        mark = OutcomeKind(EXITS[application.state]).label
    elif application.id not in record.works and record.in_intake and record.running.event.submission is not None:
        mark = case.say("org.mark.no_work_yet")
    else:
        mark = outcome_mark(case, record.decisions.get(application.id), proposed.get(application.id))
    return case.say("org.other", number=application.number, who=who_and_grade(application), outcome=mark)

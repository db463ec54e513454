"""The ranking as results give it, with what is proposed or decided for each work."""

from __future__ import annotations

from bot.contest.authorize import Action
from bot.contest.awards import EXITS, OutcomeKind
from bot.contest.event.scoring import Tie
from bot.contest.ranking import Broken, Ranked
from bot.contest.trials import written
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.jury.points import shown
from handlers.kinds import Case
from handlers.organizer.comparing import Comparison, field_title
from handlers.organizer.judging import counting, criteria, tie_breaks, values
from handlers.organizer.proposing import Proposed, proposed
from handlers.organizer.record import Record, record_of
from handlers.organizer.scope import detail, of_event
from handlers.organizer.special import special_button
from handlers.organizer.ties import settle_button, tie_lines
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
    found = proposed(record)
    taken = await case.storage.outcomes.propose(found.results.values(), by=case.person.id, at=case.now)
    await case.storage.audit.add(
        case.person.id, Action.SET_OUTCOME, f"event:{running.code}", detail(proposed=taken), at=case.now
    )
    by_hand = sum(decision.by_hand for decision in record.decisions.values())
    without = [one for one in record.staying if one.id not in found.results and one.id not in record.decisions]
    settle = settle_button(running.code, found)
    return Reply(
        "org.taken",
        count=taken,
        more=lines(
            [
                case.say("org.taken_by_hand", count=by_hand) if by_hand else "",
                case.say("org.taken_without", count=len(without)) if without else "",
                *tie_lines(case, record, found),
            ]
        ),
        buttons=[
            [*settle, Button("org.approve", f"approve:{running.code}", colour="secondary" if settle else "primary")],
            special_button(running),
            [Button("org.ranking", f"ranking:{running.code}"), back_to_event(running.code)],
        ],
    )


def screen(case: Case, record: Record) -> Reply:
    """The ranking with what may be done."""
    running, found = record.running, proposed(record)
    parts = [_field(case, record, comparison, found) for comparison in found.comparisons]
    others = [one for one in record.counted if one.id not in found.compared]
    if others:
        head = case.say("org.ranking_others" if found.comparisons else "org.ranking_all")
        parts.append(lines([head, *(_other(case, record, one, found) for one in others)]))
    code, open_ = running.code, running.stored.approved_at is None
    acts = [Button("org.take", f"take:{code}", colour="primary"), Button("org.award", f"award:{code}")]
    return Reply(
        "org.ranking" if parts else "org.ranking_none",
        title=running.event.title,
        parts=lines("\n" + part for part in parts),
        tie=_tie(case, record, found),
        buttons=[
            settle_button(code, found) if open_ else [],
            acts if open_ and parts else [],
            [*special_button(running), Button("org.approve", f"approve:{code}")] if open_ else [],
            [back_to_event(code)],
        ],
    )


def outcome_mark(case: Case, decision: Decision | None, proposal: Result | None) -> str:
    """What stands for an application, what is only proposed, or that there is nothing."""
    if decision is not None:
        key = "org.mark.by_hand" if decision.by_hand else "org.mark.decided"
        return case.say(key, outcome=decision.result.outcome.label)
    if proposal is not None:
        return case.say("org.mark.proposed", outcome=proposal.outcome.label)
    return case.say("org.mark.none")


def _tie(case: Case, record: Record, found: Proposed) -> str:
    """The rule that was declared for equal works; where people have to decide by it, how to write that down."""
    rule = record.running.event.scoring.tie
    hint = record.running.stored.approved_at is None and bool(found.ties)
    ranked = any(comparison.entries.ranking or comparison.entries.unscored for comparison in found.comparisons)
    return lines([case.say(f"org.tie.{rule}") if ranked else "", case.say("org.tie_hint") if hint else ""])


def _field(case: Case, record: Record, comparison: Comparison, found: Proposed) -> str:
    categories = {key: case.say(f"org.category.{key}") for key in ("pupil", "teacher", "preschooler", "student")}
    forms = {key: case.say(f"org.unit.{key}") for key in ("person", "team", "pair", "collective", "project")}
    title = field_title(record.running.event, comparison.field, categories=categories, units=forms)
    rows = [_ranked(case, record, comparison, one, found) for one in comparison.entries.ranking]
    rows += [_unscored(case, record, work, found) for work in comparison.entries.unscored]
    rows += [_broken(case, record, one) for one in comparison.broken]
    return lines([title or case.say("org.ranking_all"), *rows])


def _ranked(case: Case, record: Record, comparison: Comparison, one: Ranked, found: Proposed) -> str:
    application = record.application(one.work)
    judged = bool(criteria(record.running.event, application))
    return case.say(
        "org.ranked",
        place=one.place,
        tied=case.say("org.tied") if one.tied else "",
        number=application.number,
        who=who_and_grade(application),
        result=_result(case, record, comparison, one),
        sheets=case.say("org.ranked_sheets", count=len(counting(record, application))) if judged else "",
        waits=_waits(case, record, application),
        outcome=outcome_mark(case, record.decisions.get(one.work), found.results.get(one.work)),
    )


def _result(case: Case, record: Record, comparison: Comparison, one: Ranked) -> str:
    """«31,5 из 40»; «сумма мест 5 (Бег 12,4 с — 1; Скакалка — нет результата)»."""
    if comparison.entries.less:
        known = values(record, record.application(one.work))
        each = [
            case.say(
                "org.trial" if trial.code in known else "org.trial_none",
                title=Trusted(trial.title),
                value=written(known[trial.code], trial.measure) if trial.code in known else "",
                place=comparison.places[trial.code][one.work],
            )
            for trial in comparison.trials
        ]
        return case.say("org.result_places", sum=shown(one.points), trials=Trusted("; ".join(each)))
    most = comparison.entries.max_points
    if most is None:
        return shown(one.points)
    return case.say("org.result_points", points=shown(one.points), most=shown(most))


def _broken(case: Case, record: Record, one: Broken) -> str:
    """What told two equal works apart: «СК-0001 выше СК-0002: Качество алгоритма, 10 и 8»."""
    event = record.running.event
    above, below = record.application(one.above), record.application(one.below)
    if event.scoring.tie is Tie.CRITERIA:
        code = event.scoring.tie_criteria[one.by]
        title = next((criterion.title for criterion in event.criteria if criterion.code == code), code)
        known = [values(record, application).get(code) for application in (above, below)]
        more, less = (case.say("org.broken_none") if value is None else shown(value) for value in known)
    else:
        title = case.say("org.broken_time")
        took = [-tie_breaks(record, application)[one.by] for application in (above, below)]
        more, less = (str(int(value)) if value.is_finite() else case.say("org.broken_none") for value in took)
    return case.say(
        "org.broken",
        above=above.number,
        below=below.number,
        title=Trusted(title),
        more=Trusted(more),
        less=Trusted(less),
    )


def _unscored(case: Case, record: Record, work: int, found: Proposed) -> str:
    application = record.application(work)
    result = found.results.get(work)
    mark = outcome_mark(case, record.decisions.get(work), result) if result or work in record.decisions else ""
    return case.say(
        "org.unscored",
        number=application.number,
        who=who_and_grade(application),
        waits=_waits(case, record, application) or ("" if result else case.say("org.nobody")),
        outcome=f" · {mark}" if mark else "",
    )


def _waits(case: Case, record: Record, application: Application) -> str:
    """Whose sheets are still owed."""
    given = record.assigned.get(application.id, ())
    names = [record.juror_name(one.person_id) for one in given if one.state == "assigned"]
    return case.say("org.waits", names=", ".join(names)) if names else ""


def _other(case: Case, record: Record, application: Application, found: Proposed) -> str:
    """One that nobody compares: no work handed in, left, not in the final, or an event without works."""
    result = found.results.get(application.id)
    if application.state in EXITS:
        mark = OutcomeKind(EXITS[application.state]).label
    elif application.id in record.fates and record.fates[application.id].waiting is not None:
        mark = case.say("org.mark.selection")
    elif result is None and application.id not in record.works and record.running.event.submission is not None:
        mark = case.say("org.mark.no_work_yet")
    else:
        mark = outcome_mark(case, record.decisions.get(application.id), result)
    return case.say("org.other", number=application.number, who=who_and_grade(application), outcome=mark)

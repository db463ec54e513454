"""The rows of a ranking: a work with its result, what is proposed, what told equal ones apart."""

from __future__ import annotations

from collections.abc import Callable

from bot.contest.awards import EXITS, OutcomeKind
from bot.contest.event.scoring import Tie
from bot.contest.ranking import Broken, Ranked
from bot.contest.trials import written
from bot.talk.texts import Trusted
from handlers.jury.points import shown
from handlers.kinds import Case
from handlers.organizer.jury.judging import counting, criteria, tie_breaks, values
from handlers.organizer.record import Record
from handlers.organizer.results.comparing import Comparison, field_title
from handlers.organizer.results.proposing import Proposed
from handlers.organizer.wording import lines, who_and_grade
from storage.application_rows import Application
from storage.outcomes import Decision, Result

#: So many trials are named with their results; of more only the places.
MOST_TRIALS = 3


def outcome_mark(case: Case, decision: Decision | None, proposal: Result | None) -> str:
    """What stands for an application, what is only proposed, or that there is nothing."""
    if decision is not None:
        key = "org.mark.by_hand" if decision.by_hand else "org.mark.decided"
        return case.say(key, outcome=decision.result.outcome.label)
    if proposal is not None:
        return case.say("org.mark.proposed", outcome=proposal.outcome.label)
    return case.say("org.mark.none")


def field_lines(case: Case, record: Record, comparison: Comparison, found: Proposed) -> str:
    """One comparison: its title, its works from the best, and how equal ones were told apart."""
    categories = {key: case.say(f"org.category.{key}") for key in ("pupil", "teacher", "preschooler", "student")}
    forms = {key: case.say(f"org.unit.{key}") for key in ("person", "team", "pair", "collective", "project")}
    title = field_title(record.running.event, comparison.field, categories=categories, units=forms)
    rows = [_ranked(case, record, comparison, one, found) for one in comparison.entries.ranking]
    rows += [_unscored(case, record, work, found) for work in comparison.entries.unscored]
    rows += [_broken(case, record, one) for one in comparison.broken]
    rows += decided_lines(case, record, lambda works: works <= set(comparison.works))
    return lines([title[:1].upper() + title[1:] or case.say("org.ranking_all"), *_trials(case, comparison), *rows])


def _trials(case: Case, comparison: Comparison) -> list[str]:
    """Which trials the places below are of, where they are many."""
    if not comparison.entries.less or len(comparison.trials) <= MOST_TRIALS:
        return []
    named = "; ".join(trial.title for trial in comparison.trials)
    return [case.say("org.ranking_trials", trials=Trusted(named))]


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
        if len(comparison.trials) > MOST_TRIALS:
            places = ", ".join(str(comparison.places[trial.code][one.work]) for trial in comparison.trials)
            return case.say("org.result_many_places", sum=shown(one.points), places=Trusted(places))
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


def decided_lines(case: Case, record: Record, are_meant: Callable[[frozenset[int]], bool]) -> list[str]:
    """What people have decided between equal works, those that are meant; the last word about the same works."""
    last = {one.order.works: one for one in record.orders if are_meant(one.order.works)}
    return [
        case.say(
            "org.tie_decided",
            order=", ".join(record.application(work).number for level in one.order.levels for work in level),
            reason=one.reason,
        )
        for one in last.values()
    ]


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


def other_line(case: Case, record: Record, application: Application, found: Proposed) -> str:
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

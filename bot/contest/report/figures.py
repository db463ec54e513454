"""Figures of an event and of the year, each with its label, its rule and the key of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.contest.awards import OutcomeKind
from bot.contest.event.units import UnitKind
from bot.contest.report.counting import Once, Term, Who
from bot.contest.report.measures import TOTALS, Measure, Sheet
from bot.contest.report.model import Figure, RowsKey
from bot.contest.report.rows import DIRECTION, OUTCOME, STAGE, UNDECIDED, YEAR, Base
from bot.contest.report.tally import Tally

#: Which measures of an event are always said; the others where there is something to say.
_ALWAYS = (Measure.APPLICATIONS, Measure.TAKING_PART, Measure.ORGANISATIONS, Measure.PARTICIPATIONS)
_SHEET_OF = {
    Measure.APPLICATIONS: Sheet.APPLICATIONS,
    Measure.TAKING_PART: Sheet.APPLICATIONS,
    Measure.ORGANISATIONS: Sheet.APPLICATIONS,
    Measure.WORKS: Sheet.APPLICATIONS,
    Measure.TEAMS: Sheet.APPLICATIONS,
    Measure.EXPERTS: Sheet.EXPERTS,
    Measure.DOCUMENTS: Sheet.DOCUMENTS,
}
_BEFORE_STAGES = (
    Measure.APPLICATIONS,
    Measure.TAKING_PART,
    Measure.ORGANISATIONS,
    Measure.PARTICIPATIONS,
    Measure.PUPILS,
    Measure.TEACHERS,
    Measure.UNNAMED,
    Measure.FORGOTTEN,
)
_AFTER_STAGES = (Measure.WORKS, Measure.TEAMS, Measure.SPEAKERS, Measure.LISTENERS, Measure.EXPERTS)
_OUTCOMES = {
    OutcomeKind.GRAND_PRIX: "Гран-при (абсолютный победитель)",
    OutcomeKind.WINNER: "Победителей",
    OutcomeKind.PRIZE: "Призёров",
    OutcomeKind.PARTICIPANT: "Участников без наград",
    OutcomeKind.NOT_SUBMITTED: "Не сдали работу",
    OutcomeKind.ABSENT: "Не пришли",
    OutcomeKind.WITHDRAWN: "Отозвано",
    OutcomeKind.DROPPED_OUT: "Выбыло",
    OutcomeKind.DISQUALIFIED: "Дисквалифицировано",
}
_WHO = {Who.TOOK_PART: "участвовавшие", Who.ACCEPTED: "все принятые", Who.APPLIED: "все поданные"}
_ONCE = {Once.YEAR: "один раз за год", Once.EVENT: "один раз в событии", Once.NEVER: ""}


def event_figures(base: Base, key: str) -> tuple[Figure, ...]:
    """All figures of one event, whatever the counting rule."""
    found = [_figure(base, key, measure) for measure in _BEFORE_STAGES]
    found += _stage_figures(base, key)
    found += [_figure(base, key, measure) for measure in _AFTER_STAGES]
    found += _outcome_figures(base, key)
    found.append(_figure(base, key, Measure.DOCUMENTS))
    return tuple(figure for figure in found if figure.value or figure.measure in _ALWAYS)


def outcomes_of(base: Base, key: str) -> dict[OutcomeKind, int]:
    """Accepted applications of an event by what became of them; only what occurs."""
    counts = {kind: base.rows.sum(Sheet.APPLICATIONS, key, f"{OUTCOME}{kind}") for kind in OutcomeKind}
    return {kind: count for kind, count in counts.items() if count}


def outcome_word(kind: OutcomeKind) -> str:
    """«Победителей»: the label of a figure of outcomes."""
    return _OUTCOMES[kind]


def totals_of(tally: Tally) -> tuple[Figure, ...]:
    """The totals of the year by the rule."""
    figures = (_total(tally, measure, "year", YEAR) for measure in TOTALS)
    return tuple(figure for figure in figures if _is_said(figure))


def direction_totals(tally: Tally, code: str) -> tuple[Figure, ...]:
    """The same of a direction by itself: who is in two directions counts in each, and once in the year."""
    figures = (_total(tally, measure, code, f"{DIRECTION}{code}:") for measure in TOTALS)
    return tuple(figure for figure in figures if _is_said(figure))


def counted_of(base: Base, tally: Tally, key: str) -> tuple[Figure, ...]:
    """What an event adds to the totals of the year."""
    names = names_of(base, key)
    return tuple(
        Figure(
            f"{key}.year.{measure}",
            measure,
            measure.label,
            tally.line(key, measure),
            measure.unit,
            terms_text([piece.term for piece in tally.lines.get((key, measure), ())], names),
            tuple(RowsKey(sheet, key, f"{YEAR}{measure}") for sheet in tally.sheets(measure)),
        )
        for measure in TOTALS
    )


def names_of(base: Base, key: str) -> dict[str, str]:
    """What the codes of parts and stages of an event are called."""
    events = [held.event for held in base.groups[key]]
    stages = {stage.code: stage.title for event in events for stage in event.stages}
    return stages | {event.slug: event.short_title for event in events}


def terms_text(terms: Sequence[Term], names: Mapping[str, str] | None = None) -> str:
    """«обучающиеся, все принятые, этап «Финал», один раз за год»; several are added up."""
    return " + ".join(_term_text(term, names or {}) for term in terms) or "не входит"


def columns_of(tally: Tally, prefix: str = YEAR) -> dict[tuple[Sheet, str], Sequence[int]]:
    """The columns of totals for the row sheets."""
    return {(sheet, f"{prefix}{measure}"): column for (sheet, measure), column in tally.weights.items()}


def _term_text(term: Term, names: Mapping[str, str]) -> str:
    is_asked = term.of.sheet in (Sheet.APPLICATIONS, Sheet.PARTICIPATIONS)
    words = (
        term.of.label if term.size is None else f"{term.of.label} {term.size}",
        f"часть «{names.get(term.part, term.part)}»" if term.part else "",
        f"этап «{names.get(term.stage, term.stage)}»" if term.stage else "",
        _WHO[term.who] if is_asked else "",
        _ONCE[term.once],
    )
    return ", ".join(filter(None, words))


def _figure(base: Base, key: str, measure: Measure) -> Figure:
    sheet = _SHEET_OF.get(measure, Sheet.PARTICIPATIONS)
    value = base.rows.sum(sheet, key, measure)
    rows = (RowsKey(sheet, key, measure.value),)
    return Figure(f"{key}.{measure}", measure, measure.label, value, measure.unit, measure.rule, rows)


def _stage_figures(base: Base, key: str) -> Iterator[Figure]:
    """People by stage, where not everybody comes to every stage."""
    events = {held.event.code: held.event for held in base.groups[key]}
    several = sum(event.unit.kind is not UnitKind.BUNDLE for event in events.values()) > 1
    for place, (code, stage_code) in enumerate(base.stages(key)):
        event = events[code]
        if not any(stage.is_cut for stage in event.stages):
            continue
        title = next(stage.title for stage in event.stages if stage.code == stage_code)
        label = f"Участий в этапе «{event.short_title}: {title}»" if several else f"Участий в этапе «{title}»"
        column = f"{STAGE}{place}"
        value = base.rows.sum(Sheet.PARTICIPATIONS, key, column)
        rows = (RowsKey(Sheet.PARTICIPATIONS, key, column),)
        stage = Measure.STAGE
        yield Figure(f"{key}.stage.{code}.{stage_code}", stage, label, value, stage.unit, stage.rule, rows)


def _outcome_figures(base: Base, key: str) -> Iterator[Figure]:
    outcomes = Measure.OUTCOMES
    for kind, count in outcomes_of(base, key).items():
        rows = (RowsKey(Sheet.APPLICATIONS, key, f"{OUTCOME}{kind}"),)
        yield Figure(f"{key}.outcome.{kind}", outcomes, _OUTCOMES[kind], count, outcomes.unit, outcomes.rule, rows)
    undecided = base.rows.sum(Sheet.APPLICATIONS, key, UNDECIDED)
    if undecided:
        rows = (RowsKey(Sheet.APPLICATIONS, key, UNDECIDED),)
        yield Figure(f"{key}.outcome.none", outcomes, "Итог не назван", undecided, outcomes.unit, outcomes.rule, rows)


def _total(tally: Tally, measure: Measure, key: str, prefix: str) -> Figure:
    rule = terms_text([term for term in tally.rules.usual if term.total is measure])
    own = [one.event for one in tally.rules.events if _names(one.terms, measure) or measure in one.drops]
    here = [event for event in own if (event, measure) in tally.lines]
    if here:
        rule = f"{rule}; иначе: {', '.join(here)}"
    rows = tuple(RowsKey(sheet, None, f"{prefix}{measure}") for sheet in tally.sheets(measure))
    return Figure(f"{key}.{measure}", measure, measure.label, tally.total(measure), measure.unit, rule, rows)


def _names(terms: Sequence[Term], measure: Measure) -> bool:
    return any(term.total is measure for term in terms)


def _is_said(figure: Figure) -> bool:
    return bool(figure.value) or figure.measure in (*_ALWAYS, Measure.PUPILS, Measure.TEACHERS, Measure.WORKS)

"""The report's totals are the sums of their rows under every counting rule; nobody is counted twice by the default."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contest.applications import ApplicationState
from bot.contest.awards import OutcomeKind
from bot.contest.report.build import Beside
from bot.contest.report.counting import EventRule, Once, Rules, Source, Term, Who
from bot.contest.report.facts import Entry, Expert, Facts, Forgotten
from bot.contest.report.measures import TOTALS, Measure, Sheet
from bot.contest.report.model import Report
from tests.rules.report_year import (
    CASES,
    HOME_PROJECTS,
    HOME_WEBINAR,
    OTHER,
    PRINTED,
    READERS,
    SCHOOL,
    UNIQUE,
    WEBINAR,
    entry,
    facts,
    report,
    someone,
)

NAMES = st.sampled_from(["Ветрова Анна", "Ветрова АННА", "Кедров Пётр", "Кедров Петр Ильич", "Ёлкина Яна"])
PEOPLE = st.builds(
    lambda name, forgotten: someone(name, forgotten=forgotten), NAMES, st.sampled_from([None, None, None, *Forgotten])
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """An application of any kind, at any event, in any state."""
    code = draw(st.sampled_from([READERS, CASES, WEBINAR, HOME_WEBINAR, HOME_PROJECTS]))
    people = draw(st.lists(PEOPLE, min_size=1, max_size=3))
    return entry(
        code,
        *people,
        school=draw(st.sampled_from([SCHOOL, OTHER, None])),
        state=draw(st.sampled_from([one for one in ApplicationState if one is not ApplicationState.DRAFT])),
        outcome=draw(st.sampled_from([None, OutcomeKind.WINNER, OutcomeKind.PARTICIPANT, OutcomeKind.ABSENT])),
        handed_in=draw(st.booleans()),
        headcount=draw(st.sampled_from([None, None, 1, 9])),
        role=draw(st.sampled_from([None, "speaker", "listener"])),
        stages=draw(st.sampled_from([(), ("selection",), ("selection", "final")])) if code == READERS else (),
        accepted=draw(st.booleans()),
    )


YEARS = st.lists(entries(), max_size=12)
EXPERTS = (Expert(7, READERS, "Эксперт", "ТГУ"), Expert(7, CASES, "Эксперт", "ТГУ"), Expert(8, CASES, "Эксперт", "ТПУ"))


def year_of(found: list[Entry]) -> Facts:
    """The year with these applications and a few experts."""
    return facts(*found, experts=EXPERTS)


@st.composite
def terms(draw: st.DrawFn) -> Term:
    """Any term that the model lets through."""
    of = draw(st.sampled_from(Source))
    once = st.sampled_from(Once) if of in (Source.PEOPLE, Source.PUPILS, Source.EXPERTS) else st.just(Once.NEVER)
    staged = of.sheet in (Sheet.APPLICATIONS, Sheet.PARTICIPATIONS)
    return Term(
        total=draw(st.sampled_from(TOTALS)),
        of=of,
        who=draw(st.sampled_from(Who)),
        once=draw(once),
        stage=draw(st.sampled_from([None, "final"])) if staged else None,
        size=draw(st.sampled_from([None, 7])) if of is Source.TEAM_PEOPLE else None,
    )


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    """Any counting rule."""
    usual = tuple(draw(st.lists(terms(), min_size=1, max_size=8)))
    own = tuple(draw(st.lists(terms(), min_size=1, max_size=3)))
    return Rules(code="any", title="Любое", note="Любое", usual=usual, events=(EventRule(event="У2", terms=own),))


def sums_hold(found: Report) -> None:
    """Each figure that has rows is the sum of them; the year's totals are the sums of the events'."""
    directions = [figure for direction in found.directions for figure in direction.totals]
    events = [figure for event in found.events for figure in (*event.figures, *event.counted)]
    for figure in (*found.totals, *directions, *events):
        if figure.rows:
            added = sum(found.rows.sum(key.sheet, key.event, key.column) for key in figure.rows)
            assert added == figure.value, figure
    for figure in found.totals:
        if figure.measure in TOTALS:
            lines = [one for event in found.events for one in event.counted if one.measure is figure.measure]
            assert figure.value == sum(line.value for line in lines)


@settings(max_examples=30)
@given(YEARS, rules())
def test_totals_are_the_sums_of_their_rows_under_every_rule(found: list[Entry], rule: Rules) -> None:
    sums_hold(report(year_of(found), rule, Beside(UNIQUE)))


@settings(max_examples=30)
@given(YEARS, st.sampled_from([UNIQUE, PRINTED]))
def test_totals_of_the_shipped_rules_are_the_sums_of_their_rows(found: list[Entry], rule: Rules) -> None:
    sums_hold(report(year_of(found), rule))


@settings(max_examples=30)
@given(YEARS)
def test_the_default_counts_nobody_twice(year: list[Entry]) -> None:
    found = report(year_of(year))
    rows = found.rows
    once = [
        row.number
        for measure in ("year:pupils", "year:teachers")
        for row, counted in zip(rows.participations, rows.columns[Sheet.PARTICIPATIONS, measure], strict=True)
        if counted and row.number is not None
    ]
    assert len(once) == len(set(once))
    values = {figure.measure: figure.value for figure in found.totals}
    unnamed = values.get(Measure.UNNAMED, 0)
    people = values.get(Measure.PUPILS, 0) + values.get(Measure.TEACHERS, 0)
    assert people + unnamed <= values[Measure.PARTICIPATIONS]
    assert values[Measure.TAKING_PART] <= values[Measure.APPLICATIONS]


def value(found: Report, measure: Measure) -> int:
    figure = found.total(measure)
    return 0 if figure is None else figure.value


def test_one_child_at_two_events_is_two_participations_and_one_person() -> None:
    found = report(facts(entry(READERS), entry(HOME_PROJECTS, someone("ВЕТРОВА анна"))))
    assert (value(found, Measure.PARTICIPATIONS), value(found, Measure.PUPILS)) == (2, 1)


def test_people_without_names_are_apart_and_never_different_people() -> None:
    found = report(facts(entry(READERS, headcount=12)))
    assert (value(found, Measure.PARTICIPATIONS), value(found, Measure.UNNAMED)) == (12, 12)
    assert value(found, Measure.PUPILS) == 0


@pytest.mark.parametrize(
    ("state", "outcome", "handed_in", "counts"),
    [
        (ApplicationState.ACCEPTED, OutcomeKind.PARTICIPANT, False, 1),
        (ApplicationState.ACCEPTED, None, True, 1),
        (ApplicationState.ACCEPTED, OutcomeKind.ABSENT, False, 0),
        (ApplicationState.ACCEPTED, OutcomeKind.NOT_SUBMITTED, False, 0),
        (ApplicationState.DROPPED_OUT, None, True, 1),
        (ApplicationState.DROPPED_OUT, None, False, 0),
        (ApplicationState.SENT, None, True, 0),
    ],
)
def test_who_took_part(state: ApplicationState, outcome: OutcomeKind | None, handed_in: bool, counts: int) -> None:
    found = report(facts(entry(state=state, outcome=outcome, handed_in=handed_in)))
    assert value(found, Measure.TAKING_PART) == counts
    assert value(found, Measure.APPLICATIONS) == 1


def finalists(rest: int, final: int) -> Sequence[Entry]:
    both = [entry(READERS, someone(f"Финалист Номер{n}"), stages=("selection", "final")) for n in range(final)]
    return [*both, *(entry(READERS, someone(f"Чтец Номер{n}"), stages=("selection",)) for n in range(rest))]


def test_an_older_way_adds_stages_up_and_stands_beside_with_the_reason() -> None:
    found = report(facts(*finalists(42, 54)), UNIQUE, Beside(PRINTED))
    line = next(one for one in found.rule_lines if one.measure is Measure.PUPILS)
    assert (line.event, line.one, line.other) == ("У2", 96, 150)
    assert line.why == (
        "«Каждый человек один раз»: обучающиеся, участвовавшие, один раз за год — 96; «Как в отчёте 2020–21»: "
        "обучающиеся, этап «Отборочный этап», все принятые — 96 + обучающиеся, этап «Финал», все принятые — 54. "
        "В отчёте 96 чтецов на отборе и 54 в финале, финалисты названы в обоих числах."
    )


def test_one_webinar_under_two_numbers_adds_its_people_once_and_is_pointed_out() -> None:
    teacher = ("Сосновская Вера", "Сосновская Вера")
    year = facts(entry(HOME_WEBINAR, someone(teacher[0])), entry(WEBINAR, someone(teacher[1])))
    found = report(year, UNIQUE, Beside(PRINTED))
    assert (value(found, Measure.TEACHERS), found.beside_totals[Measure.TEACHERS]) == (1, 2)
    assert [one.text for one in found.warnings if one.concern == "twice"] == [
        (
            "«Умный дом: вебинар» (У3) и «Scratch на уроке и после» (П1): один день и один организатор, "
            "общих участников 1 из 1."
        )
    ]


def test_what_a_rule_calls_the_same_is_pointed_out_no_more() -> None:
    year = facts(entry(HOME_WEBINAR), entry(WEBINAR))
    own = EventRule(event="П1", same_as="У3", drops=(Measure.PARTICIPATIONS, Measure.APPLICATIONS))
    found = report(year, UNIQUE.model_copy(update={"events": (own,)}))
    assert [one for one in found.warnings if one.concern == "twice"] == []
    assert value(found, Measure.PARTICIPATIONS) == 1


def test_a_direction_counts_its_people_by_itself_and_the_year_counts_them_once() -> None:
    found = report(facts(entry(HOME_WEBINAR), entry(WEBINAR)))
    assert [
        next((one.value for one in direction.totals if one.measure is Measure.TEACHERS), 0)
        for direction in found.directions
    ] == [1, 1]
    assert value(found, Measure.TEACHERS) == 1

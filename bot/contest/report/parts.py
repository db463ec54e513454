"""Figures of one part of an event: a webinar of a projectory, one section of a festival."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.contest.report.measures import Measure, Sheet
from bot.contest.report.model import Figure
from bot.contest.report.people import organisation_key
from bot.contest.report.rows import Base, First


def part_figures(base: Base, key: str, code: str) -> tuple[Figure, ...]:
    """What of an event belongs to the part of this code; people once within it. Their rows are the event's."""
    figures = (
        Figure(f"{code}.{measure}", measure, measure.label, value, measure.unit, measure.rule)
        for measure, value in _counts(base, key, code)
    )
    return tuple(figure for figure in figures if figure.value or figure.measure is Measure.APPLICATIONS)


def _counts(base: Base, key: str, code: str) -> Iterator[tuple[Measure, int]]:
    span = base.rows.span(Sheet.APPLICATIONS, key)
    rows = [row.entry for row in base.rows.applications[span.start : span.stop] if row.entry.event == code]
    part = [one for one in rows if one.took_part]
    yield Measure.APPLICATIONS, len(rows)
    yield Measure.TAKING_PART, len(part)
    yield Measure.ORGANISATIONS, len({organisation_key(one) for one in part})
    yield Measure.PARTICIPATIONS, sum(one.size for one in part)
    yield Measure.PUPILS, _different(base, key, code, lambda is_teacher: not is_teacher)
    yield Measure.TEACHERS, _different(base, key, code, lambda is_teacher: is_teacher)
    yield Measure.WORKS, sum(one.handed_in for one in part)
    yield Measure.TEAMS, sum(one.is_team for one in part)


def _different(base: Base, key: str, code: str, asked: Callable[[bool], bool]) -> int:
    first = First()
    span = base.rows.span(Sheet.PARTICIPATIONS, key)
    return sum(
        row.number is None or first(row.number)
        for row in base.rows.participations[span.start : span.stop]
        if row.entry.event == code and row.entry.took_part and row.someone is not None and asked(row.is_teacher)
    )

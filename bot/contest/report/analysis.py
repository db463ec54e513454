"""«Анализ показывает, что …»: sentences that the figures make by themselves; opinions are the coordinator's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.contest.report.measures import Measure
from bot.contest.report.model import Compared, Direction, Figure, Network

#: Of so many organisations the names are told.
_TOLD = 12


def analysis_of(
    directions: Sequence[Direction], network: Network, totals: Sequence[Figure], comparison: Sequence[Compared]
) -> tuple[str, ...]:
    """What the year's figures say, one sentence each."""
    values = {figure.measure: figure.value for figure in totals}
    return (
        *_events(directions, comparison),
        *_people(values),
        *_partners(values, network),
        *_never(network),
        *_awards(directions),
    )


def _events(directions: Sequence[Direction], comparison: Sequence[Compared]) -> Iterator[str]:
    counts = ", ".join(f"{one.title} — {len(one.events)}" for one in directions)
    events = sum(len(one.events) for one in directions)
    yield f"Проведено событий: {events}{_change(comparison, Measure.EVENTS)}. По направлениям: {counts}."


def _people(values: dict[Measure, int]) -> Iterator[str]:
    pupils, teachers = values.get(Measure.PUPILS, 0), values.get(Measure.TEACHERS, 0)
    yield (
        f"Участий: {values.get(Measure.PARTICIPATIONS, 0)}. Участвовали обучающихся: {pupils}, педагогов: {teachers}; "
        f"работ: {values.get(Measure.WORKS, 0)}, команд и пар: {values.get(Measure.TEAMS, 0)}."
    )
    if experts := values.get(Measure.EXPERTS, 0):
        yield f"Работы оценивали эксперты: {experts}."


def _partners(values: dict[Measure, int], network: Network) -> Iterator[str]:
    yield (
        f"Участвовали организации: {values.get(Measure.ORGANISATIONS, 0)}; муниципалитетов "
        f"{values.get(Measure.MUNICIPALITIES, 0)}, регионов {values.get(Measure.REGIONS, 0)}, "
        f"стран {values.get(Measure.COUNTRIES, 0)}."
    )
    new = f", новых: {len(network.new)} ({_names([one.name for one in network.new])})" if network.new else ""
    yield f"По договорам о сетевом взаимодействии участвуют организации: {len(network.members)}{new}."
    if network.gone:
        yield f"Договор закончился: {_names([one.name for one in network.gone])}."


def _never(network: Network) -> Iterator[str]:
    if network.never:
        yield f"Ни разу не участвовали: {_names([one.name for one in network.never])}."


def _awards(directions: Sequence[Direction]) -> Iterator[str]:
    awards = sum(
        count for one in directions for event in one.events for kind, count in event.outcomes.items() if kind.is_award
    )
    if awards:
        yield f"Победителями и призёрами признаны заявки: {awards}."


def _change(comparison: Sequence[Compared], measure: Measure) -> str:
    line = next((one for one in comparison if one.label == measure.label), None)
    if line is None or line.before is None:
        return ""
    return f" (годом раньше: {line.before})"


def _names(names: Sequence[str]) -> str:
    more = len(names) - _TOLD
    return ", ".join(names[:_TOLD]) + (f" и ещё {more}" if more > 0 else "")

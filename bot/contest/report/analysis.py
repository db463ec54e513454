"""«Анализ показывает, что …»: sentences that the figures make by themselves; opinions are the coordinator's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.contest.plurals import counted, of_so_many, plural
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
    counts = ", ".join(f"{_named(one.title)} — {len(one.events)}" for one in directions)
    events = sum(len(one.events) for one in directions)
    said = counted(events, ("событие", "события", "событий"))
    yield f"Проведено {said}{_change(comparison, Measure.EVENTS)}. По направлениям: {counts}."


def _people(values: dict[Measure, int]) -> Iterator[str]:
    named = [counted(values[measure], forms) for measure, forms in _WHO if values.get(measure)]
    worked = [counted(values[measure], forms) for measure, forms in _WHAT if values.get(measure)]
    if named:
        yield f"В событиях участвовали: {', '.join(named)}; всего {', '.join(worked)}."
    if experts := values.get(Measure.EXPERTS, 0):
        verb = plural(experts, "оценивал", "оценивали", "оценивали")
        yield f"Работы {verb} {counted(experts, ('эксперт', 'эксперта', 'экспертов'))}."


_WHO = (
    (Measure.PUPILS, ("обучающийся", "обучающихся", "обучающихся")),
    (Measure.TEACHERS, ("педагог", "педагога", "педагогов")),
)
_WHAT = (
    (Measure.PARTICIPATIONS, ("участие", "участия", "участий")),
    (Measure.WORKS, ("работа", "работы", "работ")),
    (Measure.TEAMS, ("команда или пара", "команды и пары", "команд и пар")),
)


def _partners(values: dict[Measure, int], network: Network) -> Iterator[str]:
    places = ", ".join(of_so_many(values[measure], one, many) for measure, one, many in _WHENCE if values.get(measure))
    if organisations := values.get(Measure.ORGANISATIONS, 0):
        verb = plural(organisations, "Участвовала", "Участвовали", "Участвовали")
        yield f"{verb} {counted(organisations, _ORGANISATIONS)}{f' из {places}' if places else ''}."
    members = len(network.members)
    new = f", из них новых {len(network.new)} ({_names([one.name for one in network.new])})" if network.new else ""
    if members:
        verb = plural(members, "участвует", "участвуют", "участвуют")
        yield f"По договорам о сетевом взаимодействии {verb} {counted(members, _ORGANISATIONS)}{new}."
    if network.gone:
        yield f"Договор закончился: {_names([one.name for one in network.gone])}."


_ORGANISATIONS = ("организация", "организации", "организаций")
_WHENCE = (
    (Measure.MUNICIPALITIES, "муниципалитета", "муниципалитетов"),
    (Measure.REGIONS, "региона", "регионов"),
    (Measure.COUNTRIES, "страны", "стран"),
)


def _never(network: Network) -> Iterator[str]:
    if network.never:
        verb = plural(len(network.never), "участвовала", "участвовали", "участвовали")
        yield f"Ни разу не {verb}: {_names([one.name for one in network.never])}."


def _awards(directions: Sequence[Direction]) -> Iterator[str]:
    awards = sum(
        count for one in directions for event in one.events for kind, count in event.outcomes.items() if kind.is_award
    )
    if awards:
        verb = plural(awards, "признана", "признаны", "признано")
        yield f"Победителями и призёрами {verb} {counted(awards, ('заявка', 'заявки', 'заявок'))}."


def _change(comparison: Sequence[Compared], measure: Measure) -> str:
    line = next((one for one in comparison if one.label == measure.label), None)
    if line is None or line.before is None:
        return ""
    return f" (годом раньше: {line.before})"


def _named(title: str) -> str:
    """A direction's title in quotation marks, those within it being the inner ones."""
    return f"«{title.replace('«', '„').replace('»', '“')}»"


def _names(names: Sequence[str]) -> str:
    more = len(names) - _TOLD
    return ", ".join(names[:_TOLD]) + (f" и ещё {more}" if more > 0 else "")

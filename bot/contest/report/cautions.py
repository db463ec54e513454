"""What to look at before a report is signed: sums that do not close, what is missing, what may be counted twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz

from bot.contest.awards import EXITS
from bot.contest.event.model import Event
from bot.contest.event.units import Bundle, Team
from bot.contest.plurals import of_so_many
from bot.contest.report.counting import Rules
from bot.contest.report.facts import Held
from bot.contest.report.grouping import days_of
from bot.contest.report.measures import Measure, Sheet
from bot.contest.report.model import Caution, Concern, RowsKey
from bot.contest.report.people import namesakes
from bot.contest.report.places import Places
from bot.contest.report.rows import UNDECIDED, ApplicationRow, Base
from bot.contest.text import fold

#: Titles that are so alike (0..100) are of one theme.
_ALIKE = 80.0
#: So large a share of the people of the smaller happening makes two of them one.
_SHARED = 0.5
#: So many names are told; the others are counted.
_TOLD = 5


def cautions(base: Base, rules: Rules, places: Places) -> tuple[Caution, ...]:
    """All that deserves a look, event by event; first what makes figures wrong."""
    found = [
        *_sums(base),
        *_outcomes(base),
        *_twice(base, rules),
        *_incomplete(base, places),
        *_unknown_places(base, places),
        *_namesakes(base),
        *_documents(base),
        *_rule(base, rules),
    ]
    order = list(Concern)
    return tuple(sorted(found, key=lambda one: order.index(one.concern)))


def _sums(base: Base) -> Iterator[Caution]:
    for key, group in base.groups.items():
        events = {held.event.code: held.event for held in group}
        rows = _rows(base, key)
        many = [place for place, row in rows if row.entry.headcount and len(row.entry.people) > row.entry.headcount]
        yield from _sum(key, many, "названо больше людей, чем указано числом")
        wrong = [place for place, row in rows if _is_odd_team(events[row.entry.event], row)]
        yield from _sum(key, wrong, "в команде столько людей, сколько положение не допускает")
        nobody = [place for place, row in rows if row.entry.took_part and not row.entry.size]
        yield from _sum(key, nobody, "заявка участвовала, а людей в ней нет")
        early = [place for place, row in rows if row.entry.outcome is not None and not row.entry.accepted]
        yield from _sum(key, early, "итог есть, а заявка не принята: в баланс она не вошла")
        accepted = [row for _, row in rows if row.entry.accepted]
        awarded = [row for row in accepted if row.entry.fate is not None]
        held = [head for head in group if head.published]
        if held and len(accepted) != len(awarded):
            left = len(accepted) - len(awarded)
            text = f"Принято заявок {len(accepted)}, итогов {len(awarded)}: не сходится на {left}."
            yield _caution(base, Concern.SUM, key, text, UNDECIDED)


def _sum(key: str, where: list[int], what: str) -> Iterator[Caution]:
    if where:
        rows = RowsKey(Sheet.APPLICATIONS, key, Measure.APPLICATIONS)
        yield Caution(Concern.SUM, key, f"Заявок {len(where)}: {what}.", rows, tuple(where))


def _is_odd_team(event: Event, row: ApplicationRow) -> bool:
    unit = event.unit
    return isinstance(unit, Team) and row.entry.is_team and row.entry.took_part and row.entry.size not in unit.roster


def _outcomes(base: Base) -> Iterator[Caution]:
    for key, group in base.groups.items():
        for held in (one for one in group if not one.published):
            rows = [row for _, row in _rows(base, key) if row.entry.event == held.event.code and row.entry.accepted]
            if rows:
                without = sum(row.entry.fate is None for row in rows)
                text = f"«{held.event.short_title}»: итоги не опубликованы, без итога заявок {without} из {len(rows)}."
                yield _caution(base, Concern.OUTCOME, key, text, UNDECIDED)


def _incomplete(base: Base, places: Places) -> Iterator[Caution]:
    numbers = defaultdict[str, list[Event]](list)
    for key, group in base.groups.items():
        if not any(held.event.module for held in group):
            yield Caution(Concern.INCOMPLETE, key, f"«{group[0].event.short_title}»: не указан модуль.")
        for held in group:
            event = held.event
            if event.report_number is None:
                yield Caution(Concern.INCOMPLETE, key, f"«{event.short_title}»: нет номера в отчёте.")
            else:
                numbers[event.report_number].append(event)
            if event.organiser not in places.directory.codes:
                text = f"«{event.short_title}»: организатора {event.organiser} нет в справочнике."
                yield Caution(Concern.INCOMPLETE, key, text)
    for number, events in numbers.items():
        families = {event.parent or event.code for event in events}
        if len(families) > 1:
            titles = ", ".join(f"«{event.short_title}»" for event in events)
            yield Caution(Concern.INCOMPLETE, number, f"Номер {number} дан нескольким событиям: {titles}.")


def _twice(base: Base, rules: Rules) -> Iterator[Caution]:
    people = _people(base)
    visited = {row.entry.event for row in base.rows.applications if row.entry.took_part}
    held = [(key, one) for key, group in base.groups.items() for one in group if one.event.code in visited]
    for (key, one), (other_key, other) in combinations(held, 2):
        settled = {key, other_key} in [{own.event, own.same_as} for own in rules.events]
        if key != other_key and not settled and (reason := _same(one, other, people)):
            titles = f"«{one.event.short_title}» ({key}) и «{other.event.short_title}» ({other_key})"
            rows = RowsKey(Sheet.PARTICIPATIONS, other_key, Measure.PARTICIPATIONS)
            first = base.rows.span(Sheet.PARTICIPATIONS, other_key)
            yield Caution(Concern.TWICE, other_key, f"{titles}: {reason}.", rows, tuple(first[:1]))
    for key, group in base.groups.items():
        for parent in group:
            if not isinstance(parent.event.unit, Bundle):
                continue
            own = [place for place, row in _rows(base, key) if row.entry.event == parent.event.code]
            if own:
                text = f"«{parent.event.short_title}»: заявки есть и у общего события, и у его частей."
                rows = RowsKey(Sheet.APPLICATIONS, key, Measure.APPLICATIONS)
                yield Caution(Concern.TWICE, key, text, rows, tuple(own))


def _same(one: Held, other: Held, people: dict[str, set[int]]) -> str:
    """Why two events may be one happening; "" where they are not."""
    first, second = one.event, other.event
    if isinstance(first.unit, Bundle) or isinstance(second.unit, Bundle):
        return ""
    if days_of([first]) != days_of([second]) or first.organiser != second.organiser:
        return ""
    why = "один день и один организатор"
    smaller = min(len(people[first.code]), len(people[second.code]))
    shared = len(people[first.code] & people[second.code])
    if smaller and shared / smaller > _SHARED:
        return f"{why}, общих участников {shared} из {smaller}"
    if fuzz.token_set_ratio(fold(first.title), fold(second.title)) >= _ALIKE:
        return f"{why}, похожие названия"
    return f"{why}, и то и другое — {first.kind}" if fold(first.kind) == fold(second.kind) else ""


def _people(base: Base) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for row in base.rows.participations:
        if row.number is not None and row.entry.took_part:
            found[row.entry.event].add(row.number)
    return found


def _unknown_places(base: Base, places: Places) -> Iterator[Caution]:
    for key in base.groups:
        rows = [(place, row) for place, row in _rows(base, key) if row.entry.took_part]
        unknown = [(place, places.of(row.entry).name) for place, row in rows if not places.of(row.entry).is_known]
        if unknown:
            names = Counter(name for _, name in unknown)
            told = ", ".join(list(names)[:_TOLD]) + (f" и ещё {len(names) - _TOLD}" if len(names) > _TOLD else "")
            missing = of_so_many(len(names), "организации", "организаций")
            text = f"В справочнике нет {missing}, муниципалитет неизвестен: {told}."
            row_key = RowsKey(Sheet.APPLICATIONS, key, Measure.TAKING_PART)
            yield Caution(Concern.PLACE, key, text, row_key, tuple(place for place, _ in unknown))


def _namesakes(base: Base) -> Iterator[Caution]:
    rows = base.rows.participations
    numbers = {row.someone.id: row.number for row in rows if row.someone is not None and row.number is not None}
    entries = [row.entry for row in base.rows.applications]
    found = {numbers[one.id] for _, one in namesakes(entries, numbers)}
    if found:
        where = tuple(place for place, row in enumerate(rows) if row.number in found)
        text = f"Имя и школа одни, классы разные: {len(found)}. Каждое такое имя посчитано одним человеком."
        yield Caution(Concern.NAMESAKE, None, text, RowsKey(Sheet.PARTICIPATIONS, None, Measure.PARTICIPATIONS), where)


def _documents(base: Base) -> Iterator[Caution]:
    given = {row.document.application_id for row in base.rows.documents}
    if base.rows.applications and not given:
        yield Caution(Concern.DOCUMENT, None, "Ни одного документа этого года не выдано.")
        return
    for key, group in base.groups.items():
        published = {held.event.code for held in group if held.published}
        took_part = [(place, row) for place, row in _rows(base, key) if row.entry.took_part]
        # Who has left on the way gets no paper, whatever they had handed in before.
        stayed = [(place, row) for place, row in took_part if row.entry.state not in EXITS]
        due = [(place, row) for place, row in stayed if row.entry.event in published]
        without = [place for place, row in due if row.entry.id not in given]
        if without:
            text = f"Документов нет у заявок: {len(without)} из {len(due)}."
            rows = RowsKey(Sheet.APPLICATIONS, key, Measure.TAKING_PART)
            yield Caution(Concern.DOCUMENT, key, text, rows, tuple(without))


def _rule(base: Base, rules: Rules) -> Iterator[Caution]:
    for own in rules.events:
        group = base.groups.get(own.event)
        if group is None:
            text = f"Правило «{rules.title}» говорит о событии {own.event}, а в этом году его нет."
            yield Caution(Concern.RULE, None, text)
            continue
        parts = {held.event.slug for held in group}
        stages = {stage.code for held in group for stage in held.event.stages}
        for term in own.terms:
            if term.part is not None and term.part not in parts:
                yield Caution(Concern.RULE, own.event, f"В правиле названа часть {term.part}, а у события её нет.")
            if term.stage is not None and term.stage not in stages:
                yield Caution(Concern.RULE, own.event, f"В правиле назван этап {term.stage}, а у события его нет.")


def _caution(base: Base, concern: Concern, key: str, text: str, column: str) -> Caution:
    rows = RowsKey(Sheet.APPLICATIONS, key, column)
    numbers = base.rows.columns[Sheet.APPLICATIONS, column]
    where = tuple(place for place in base.rows.span(Sheet.APPLICATIONS, key) if numbers[place])
    return Caution(concern, key, text, rows, where)


def _rows(base: Base, key: str) -> list[tuple[int, ApplicationRow]]:
    return [(place, base.rows.applications[place]) for place in base.rows.span(Sheet.APPLICATIONS, key)]

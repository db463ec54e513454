"""The whole report of a school year, from its facts and a counting rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.contest.event.model import Event
from bot.contest.event.units import Bundle
from bot.contest.organisations import Directory
from bot.contest.programme import Direction as Heading
from bot.contest.programme import Programme
from bot.contest.report.analysis import analysis_of
from bot.contest.report.beside import compared, rule_lines
from bot.contest.report.cautions import cautions
from bot.contest.report.counting import Rules
from bot.contest.report.facts import Facts, Held, year_title
from bot.contest.report.figures import (
    columns_of,
    counted_of,
    direction_totals,
    event_figures,
    names_of,
    outcomes_of,
    totals_of,
)
from bot.contest.report.grouping import dates_text, days_of, direction_of, formats_of, groups_of, stages_of
from bot.contest.report.measures import TOTALS, Measure, Sheet
from bot.contest.report.model import (
    Direction,
    EventReport,
    Figure,
    OrganisationYear,
    PartReport,
    Passport,
    Report,
    RowsKey,
    Section,
    Shown,
)
from bot.contest.report.parts import part_figures
from bot.contest.report.places import Places, by_school, geography, municipalities, network, organisations
from bot.contest.report.rows import DIRECTION, Base, Rows, base_of
from bot.contest.report.tally import Tally, tally
from bot.contest.report.worth import Worth


@dataclass(frozen=True, slots=True)
class Beside:
    """What a year is compared with: another rule, another year, figures that were typed in."""

    rules: Rules | None = None
    #: The year before; None: the database has not got it.
    before: Facts | None = None
    #: Figures of the year before by measure, where nobody has counted them.
    typed: Mapping[str, int] | None = None


def build_report(
    facts: Facts,
    rules: Rules,
    *,
    directory: Directory,
    programme: Programme,
    made_at: datetime,
    beside: Beside | None = None,
) -> Report:
    """Count a year by `rules` and put everything beside it. Pure: the same facts give the same report."""
    beside = beside or Beside()
    places = Places(directory)
    base = base_of(facts, groups_of(facts.events, programme))
    worth = Worth(base)
    counted = tally(base, rules, worth=worth)
    other = None if beside.rules is None else tally(base, beside.rules, worth=worth)
    keys = {one.code: _keys(base, one, programme) for one in programme.directions}
    alone = {code: tally(base, rules, own, worth=worth) for code, own in keys.items()}
    directions = tuple(_direction(one, base, counted, alone[one.code], places) for one in programme.directions)
    schools = organisations(base.rows.applications, places, facts.year)
    holds = _holds(base)
    members = network(facts.year, base.rows.applications, holds, places)
    totals = (*totals_of(counted), *_plain(base, schools, len(members.members)))
    comparison = tuple(compared(totals, _before(beside.before, rules, directory, programme), beside.typed or {}))
    return Report(
        year=facts.year,
        year_title=year_title(facts.year),
        made_at=made_at,
        rules=_shown(rules),
        passport=_passport(programme, places, holds, facts.year),
        network=members,
        directions=directions,
        totals=totals,
        comparison=comparison,
        analysis=analysis_of(directions, members, totals, comparison),
        words={section: facts.words[section] for section in Section if facts.words.get(section)},
        warnings=cautions(base, rules, places),
        organisations=schools,
        municipalities=municipalities(schools),
        rows=_with_columns(base.rows, counted, alone),
        beside=None if other is None else _shown(other.rules),
        rule_lines=() if other is None else tuple(rule_lines(base, counted, other)),
        beside_totals={} if other is None else {measure: other.total(measure) for measure in TOTALS},
        names={key: names_of(base, key) for key in base.groups},
    )


def _with_columns(rows: Rows, counted: Tally, alone: Mapping[str, Tally]) -> Rows:
    columns = {**rows.columns, **columns_of(counted)}
    for code, own in alone.items():
        columns |= columns_of(own, f"{DIRECTION}{code}:")
    return replace(rows, columns=columns)


def _keys(base: Base, heading: Heading, programme: Programme) -> list[str]:
    return [key for key, group in base.groups.items() if direction_of(group, programme) == heading]


def _shown(rules: Rules) -> Shown:
    return Shown(rules.code, rules.title, rules.note)


def _passport(programme: Programme, places: Places, holds: Mapping[str, Sequence[str]], year: str) -> Passport:
    first = int(year[:4])
    return Passport(
        title=programme.title,
        legal_basis=tuple(line.format(years=f"{first} и {first + 1}") for line in programme.legal_basis),
        goal=programme.goal,
        directions=tuple(one.title for one in programme.directions),
        coordinator=places.name(programme.coordinator),
        coordinator_does=programme.coordinator_does,
        resource_centre=places.name(programme.resource_centre),
        hubs=tuple(places.name(code) for code in sorted(holds) if code != programme.coordinator),
        council=programme.council,
        information=programme.information,
    )


def _direction(heading: Heading, base: Base, counted: Tally, alone: Tally, places: Places) -> Direction:
    keys = list(dict.fromkeys(key for key, _ in alone.lines))
    experts = {
        (row.expert.person_id, row.expert.organisation)
        for key in keys
        for row in base.rows.experts[slice(*_ends(base, Sheet.EXPERTS, key))]
    }
    by_place = Counter(organisation for _, organisation in experts)
    return Direction(
        code=heading.code,
        title=heading.title,
        modules=heading.modules,
        events=tuple(_event(base, key, counted, places) for key in keys),
        totals=direction_totals(alone, heading.code),
        experts=tuple(sorted(by_place.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _ends(base: Base, sheet: Sheet, key: str) -> tuple[int, int]:
    span = base.rows.span(sheet, key)
    return span.start, span.stop


def _event(base: Base, key: str, counted: Tally, places: Places) -> EventReport:
    group = base.groups[key]
    head = group[0].event
    events = [held.event for held in group]
    first, last = days_of(events)
    rows = base.rows.applications[slice(*_ends(base, Sheet.APPLICATIONS, key))]
    parts = [held for held in group if not isinstance(held.event.unit, Bundle)]
    came_to = {(row.entry.event, stage) for row in rows for stage in row.entry.stages}
    return EventReport(
        key=key,
        title=head.title,
        status_line=head.status_line,
        kind=head.kind,
        module=next((event.module for event in events if event.module), None),
        organiser=places.name(head.organiser),
        starts_on=first,
        ends_on=last,
        dates=dates_text(first, last),
        audience=head.texts.for_whom,
        format=formats_of(events, came_to),
        stages=stages_of(events, came_to),
        nominations=_nominations(events),
        goal=head.texts.summary,
        geography=geography(rows, places),
        figures=event_figures(base, key),
        counted=counted_of(base, counted, key),
        outcomes=outcomes_of(base, key),
        by_school=by_school(rows, places),
        parts=tuple(_part(base, key, held) for held in parts) if len(parts) > 1 else (),
    )


def _nominations(events: Sequence[Event]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(event.nomination_title(leaf.code) for event in events for leaf in event.leaves))


def _part(base: Base, key: str, held: Held) -> PartReport:
    event = held.event
    return PartReport(
        event.code, event.title, event.kind, dates_text(*days_of([event])), part_figures(base, key, event.code)
    )


def _holds(base: Base) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, group in base.groups.items():
        found.setdefault(group[0].event.organiser, []).append(key)
    return found


def _plain(base: Base, schools: Sequence[OrganisationYear], members: int) -> tuple[Figure, ...]:
    """Figures of the year that no counting rule touches."""
    known = [one for one in schools if one.code is not None]
    counts = {
        Measure.EVENTS: len(base.groups),
        Measure.MUNICIPALITIES: len({(one.municipality, one.region) for one in known}),
        Measure.REGIONS: len({one.region for one in known}),
        Measure.COUNTRIES: len({one.country for one in known}),
        Measure.MEMBERS: members,
    }
    found = [_year(measure, value) for measure, value in counts.items()]
    forgotten = base.rows.sum(Sheet.PARTICIPATIONS, None, Measure.FORGOTTEN)
    if forgotten:
        rows = (RowsKey(Sheet.PARTICIPATIONS, None, Measure.FORGOTTEN.value),)
        found.append(_year(Measure.FORGOTTEN, forgotten, rows))
    return tuple(found)


def _year(measure: Measure, value: int, rows: tuple[RowsKey, ...] = ()) -> Figure:
    return Figure(f"year.{measure}", measure, measure.label, value, measure.unit, measure.rule, rows)


def _before(before: Facts | None, rules: Rules, directory: Directory, programme: Programme) -> dict[Measure, int]:
    """The same totals of the year before by the same rule; {} where the database has no such year."""
    if before is None or not before.entries:
        return {}
    base = base_of(before, groups_of(before.events, programme))
    counted = tally(base, rules)
    places = Places(directory)
    schools = organisations(base.rows.applications, places, before.year)
    members = network(before.year, base.rows.applications, {}, places).members
    figures = (*totals_of(counted), *_plain(base, schools, len(members)))
    return {figure.measure: figure.value for figure in figures}

"""Works compared with each other: by nomination, age group or category, as the event's awards say."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from bot.contest.event import Event, UnitKind
from bot.contest.event.base import Per
from bot.contest.ranking import Ranked, rank
from handlers.organizer.judging import score
from handlers.organizer.record import Record
from handlers.participant import units
from storage.application_rows import Application


@dataclass(frozen=True, slots=True)
class Field:
    """Inside which works are compared; None where the event does not divide by it."""

    nomination: str | None
    group: str | None
    category: str | None
    #: Works of other forms have other criteria, hence another maximum: they are never compared.
    unit: UnitKind


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field with its works from the best to the last."""

    field: Field
    ranking: tuple[Ranked, ...]
    #: Works without a number yet.
    unscored: tuple[int, ...]
    #: The most points that one member of the jury can give here.
    max_points: Decimal

    @property
    def works(self) -> tuple[int, ...]:
        """All works of the field."""
        return (*(ranked.work for ranked in self.ranking), *self.unscored)


def comparisons(record: Record) -> tuple[Comparison, ...]:
    """The fields in the order of the event's nominations and groups."""
    event = record.running.event
    fields: dict[Field, list[Application]] = defaultdict(list)
    for application in record.competing:
        fields[field_of(event, application)].append(application)
    ordered = sorted(fields, key=lambda field: _order(event, field))
    return tuple(_compared(record, field, fields[field]) for field in ordered)


def field_of(event: Event, application: Application) -> Field:
    """Where an application's work is compared."""
    per = set(event.awards.per)
    return Field(
        application.nomination if Per.NOMINATION in per else None,
        application.age_group if Per.GROUP in per else None,
        application.category if Per.CATEGORY in per else None,
        units.kind_of(event, application),
    )


def field_title(event: Event, field: Field, *, categories: dict[str, str], units: dict[str, str]) -> str:
    """«Обучающая игра» · 3–4 классы."""
    parts = [
        f"«{event.nomination_title(field.nomination)}»" if field.nomination else "",
        event.age_group(field.group).title if field.group else "",
        categories.get(field.category, field.category) if field.category else "",
        units.get(field.unit, "") if field.unit is not event.unit.kind else "",
    ]
    return " · ".join(part for part in parts if part)


def _compared(record: Record, field: Field, applications: list[Application]) -> Comparison:
    scores = {one.id: score(record, one) for one in applications}
    first = applications[0]
    return Comparison(
        field,
        rank(found for found in scores.values() if found is not None),
        tuple(id_ for id_, found in scores.items() if found is None),
        record.running.event.max_points(first.nomination, first.age_group, field.unit),
    )


def _order(event: Event, field: Field) -> tuple[int, int, str, str]:
    leaves = [leaf.code for leaf in event.leaves]
    groups = [group.code for group in event.age_groups]
    return (
        leaves.index(field.nomination) if field.nomination in leaves else -1,
        groups.index(field.group) if field.group in groups else -1,
        field.category or "",
        field.unit,
    )

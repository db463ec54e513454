"""Works compared with each other: by nomination, age group or category, as the event's awards say."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from dataclasses import field as made
from decimal import Decimal

from bot.contest.awards import OutcomeKind
from bot.contest.event import Event, UnitKind
from bot.contest.event.awards import WinnersPrizes
from bot.contest.event.base import Per
from bot.contest.event.scoring import Ranking
from bot.contest.ranking import Broken, Score, broken_ties, rank
from bot.contest.schemes import Entries, GrandPrix, grand_prix, shared_out
from bot.contest.ties import settled
from bot.contest.trials import Trial, places
from handlers.organizer.jury.judging import max_points, score, tie_breaks, trials, values
from handlers.organizer.record import Record
from handlers.participant.applying import units
from storage.application_rows import Application


@dataclass(frozen=True, slots=True)
class Field:
    """Inside which works are compared; None where the event does not divide by it."""

    nomination: str | None
    group: str | None
    category: str | None
    #: Works of other forms have other criteria, hence another maximum: they are never compared.
    unit: UnitKind

    @property
    def key(self) -> str:
        """The field in the record of a decision."""
        return json.dumps([None if part is None else str(part) for part in astuple(self)], ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field with its works from the best to the last."""

    field: Field
    #: With what people have decided between equal works in it.
    entries: Entries
    #: Which equal works a rule declared beforehand has told apart.
    broken: tuple[Broken, ...] = ()
    #: Where places are summed: the trials, and each work's place in them.
    trials: tuple[Trial, ...] = ()
    places: Mapping[str, Mapping[int, int]] = made(default_factory=dict)

    @property
    def works(self) -> tuple[int, ...]:
        """All works of the field."""
        return self.entries.works


def comparisons(record: Record) -> tuple[Comparison, ...]:
    """The fields in the order of the event's nominations and groups."""
    event = record.running.event
    fields: dict[Field, list[Application]] = defaultdict(list)
    for application in record.competing:
        fields[field_of(event, application)].append(application)
    ordered = sorted(fields, key=lambda one: _order(event, one))
    awards = _awards(event, [len(fields[one]) for one in ordered])
    found = tuple(_compared(record, one, fields[one], most) for one, most in zip(ordered, awards, strict=True))
    best = best_of_all(record, found).work
    return tuple(
        replace(one, entries=replace(one.entries, grand_prix=best)) if best in one.works else one for one in found
    )


def best_of_all(record: Record, found: Iterable[Comparison]) -> GrandPrix:
    """Who is to have the one grand prix of the event; nobody any more where an organizer has given it by hand."""
    decided = (one for one in record.decisions.values() if one.by_hand)
    if any(one.result.outcome.kind is OutcomeKind.GRAND_PRIX for one in decided):
        return GrandPrix()
    orders = [one.order for one in record.orders]
    return grand_prix(record.running.event.awards, [one.entries for one in found], orders)


def field_of(event: Event, application: Application) -> Field:
    """Where an application's work is compared."""
    per = set(event.awards.per)
    return Field(
        application.nomination if Per.NOMINATION in per else None,
        application.age_group if Per.GROUP in per else None,
        application.category if Per.CATEGORY in per else None,
        units.kind_of(event, application),
    )


def field_title(event: Event, of: Field, *, categories: dict[str, str], units: dict[str, str]) -> str:
    """«Обучающая игра» · 3–4 классы."""
    parts = [
        f"«{event.nomination_title(of.nomination)}»" if of.nomination else "",
        event.age_group(of.group).title if of.group else "",
        categories.get(of.category, of.category) if of.category else "",
        units.get(of.unit, "") if of.unit is not event.unit.kind else "",
    ]
    return " · ".join(part for part in parts if part)


def _compared(record: Record, of: Field, applications: list[Application], awards_most: int | None) -> Comparison:
    if record.running.event.scoring.ranking is Ranking.SUM_OF_PLACES:
        return _by_places(record, of, applications, awards_most)
    scores = {one.id: score(record, one) for one in applications}
    found = [one for one in scores.values() if one is not None]
    entries = Entries(
        settled(rank(found), [one.order for one in record.orders]),
        tuple(id_ for id_, one in scores.items() if one is None),
        max_points(record.running.event, applications[0]) or None,
        awards_most=awards_most,
    )
    return Comparison(of, entries, broken_ties(found))


def _by_places(record: Record, of: Field, applications: list[Application], awards_most: int | None) -> Comparison:
    """Compared by the sum of places in all trials; who has no result in one of them is last there."""
    measured = trials(record.running.event, applications[0])
    known = {one.id: values(record, one) for one in applications}
    results = {id_: found for id_, found in known.items() if any(trial.code in found for trial in measured)}
    by_trial = places(results, measured)
    scores = [
        Score(
            one.id,
            Decimal(sum(by_trial[trial.code][one.id] for trial in measured)),
            tie_breaks(record, one),
        )
        for one in applications
        if one.id in results
    ]
    entries = Entries(
        settled(rank(scores, less=True), [one.order for one in record.orders]),
        tuple(one.id for one in applications if one.id not in results),
        less=True,
        awards_most=awards_most,
    )
    return Comparison(of, entries, broken_ties(scores, less=True), measured, by_trial)


def _awards(event: Event, sizes: list[int]) -> list[int | None]:
    """How many awards each field has, where the event's file gives a share of them all."""
    rules = event.awards
    if isinstance(rules, WinnersPrizes) and rules.share_percent is not None:
        return list(shared_out(sizes, rules.share_percent))
    return [None] * len(sizes)


def _order(event: Event, of: Field) -> tuple[int, int, str, str]:
    leaves = [leaf.code for leaf in event.leaves]
    groups = [group.code for group in event.age_groups]
    return (
        leaves.index(of.nomination) if of.nomination in leaves else -1,
        groups.index(of.group) if of.group in groups else -1,
        of.category or "",
        of.unit,
    )

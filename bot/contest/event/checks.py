"""Checks that look at several parts of an event file at once.

They read the plain values, not the model, so that they speak even where other parts are wrong;
what is of another type than expected is skipped here, the model names it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import datetime, time

from bot.contest.event.asking import asking_faults
from bot.contest.event.awards import Thresholds
from bot.contest.event.comparing import comparing_faults
from bot.contest.event.fields import ChoiceField
from bot.contest.event.fitting import fitting_faults
from bot.contest.event.model import Event
from bot.contest.event.moments import DAY_END, read_moment
from bot.contest.event.scoring import Measure, Ranking
from bot.contest.event.source import Place, Value
from bot.contest.event.stages import StageKind
from bot.contest.event.timing import timing_faults
from bot.contest.event.units import Attendance

Found = Iterator[tuple[Place, str]]


@dataclass(frozen=True, slots=True)
class Reference:
    """Values at `used` must be among the values at `defined`."""

    used: tuple[str, ...]
    defined: tuple[str, ...]
    #: In the genitive: «такого поля».
    what: str


_NOMINATION_CODES = ("nominations.**.code",)
_GROUP_CODES = ("age_groups.*.code",)
_REFERENCES = (
    Reference(
        (
            "criteria.*.nominations.*",
            "fields.*.nominations.*",
            "submission.links.*.nominations.*",
            "submission.files.*.nominations.*",
            "stages.*.quotas.*.nominations.*",
            "stages.*.submission.links.*.nominations.*",
            "stages.*.submission.files.*.nominations.*",
        ),
        _NOMINATION_CODES,
        "такой номинации",
    ),
    Reference(
        ("nominations.**.groups.*", "criteria.*.groups.*", "stages.*.quotas.*.groups.*"),
        _GROUP_CODES,
        "такой возрастной группы",
    ),
    Reference(("criteria.*.stages.*",), ("stages.*.code",), "такого этапа"),
    Reference(("criteria.*.units.*",), ("unit.kind", "other_units.*.kind"), "такой формы участия"),
    Reference(("scoring.tie_criteria.*",), ("criteria.*.code",), "такого критерия"),
    Reference(("fields.*.shown_if.field", "unit.role_field", "unit.topic_field"), ("fields.*.code",), "такого поля"),
    Reference(
        ("age_groups.*.categories.*", "nominations.**.categories.*", "fields.*.categories.*"),
        ("audience.categories.*",),
        "такой категории участников",
    ),
)
_UNIQUE = (
    "age_groups.*.code",
    "nominations.**.code",
    "fields.*.code",
    "criteria.*.code",
    "stages.*.code",
    "consents.*",
    "awards.special.*",
    "unit.members.*.code",
    "unit.forms.*.code",
    "unit.helpers.*.code",
    "unit.children.*",
    "meeting.sections.*.code",
)
#: Different within each list by itself.
_UNIQUE_WITHIN = ("fields.*.options.*.code", "stages.*.hosts.*")
_ORGANISATIONS = ("organiser", "operator", "stages.*.hosts.*")
#: Each moment must not be before the one above it.
_ORDER = ("announced_at", "opens_at", "closes_at", "judging_until", "results_until")
_ENDS = frozenset({"closes_at", "judging_until", "results_until"})


def each(value: Value, pattern: str, place: Place = ()) -> Iterator[tuple[Place, Value]]:
    """Every value that `pattern` reaches: `*` any item, `**` any item and its children at any depth."""
    step, _, rest = pattern.partition(".")
    if not step:
        yield place, value
    elif step in {"*", "**"}:
        for index, item in enumerate(value if isinstance(value, list) else ()):
            yield from each(item, rest, (*place, index))
            if step == "**" and isinstance(item, dict):
                yield from each(item.get("children"), pattern, (*place, index, "children"))
    elif isinstance(value, dict) and step in value:
        yield from each(value[step], rest, (*place, step))


def _texts(value: Value, *patterns: str) -> Iterator[tuple[Place, str]]:
    for pattern in patterns:
        for place, found in each(value, pattern):
            if isinstance(found, str):
                yield place, found


def _unknown_references(value: Value) -> Found:
    for reference in _REFERENCES:
        known = dict.fromkeys(text for _, text in _texts(value, *reference.defined))
        offered = f"есть: {', '.join(known)}" if known else "в файле их нет"
        for place, text in _texts(value, *reference.used):
            if text not in known:
                yield place, f"нет {reference.what}: {text}; {offered}"


def _repeats(value: Value) -> Found:
    for pattern in _UNIQUE:
        seen: set[str] = set()
        for place, text in _texts(value, pattern):
            if text in seen:
                yield place, f"повторяется: {text}, значения должны быть разными"
            seen.add(text)
    for pattern in _UNIQUE_WITHIN:
        known: set[tuple[Place, str]] = set()
        for place, text in _texts(value, pattern):
            owner = place[:2]
            if (owner, text) in known:
                yield place, f"повторяется: {text}, значения должны быть разными"
            known.add((owner, text))


def _moment(value: Value, key: str) -> datetime | None:
    text = value.get(key) if isinstance(value, dict) else None
    if not isinstance(text, str):
        return None
    try:
        return read_moment(text, bare=DAY_END if key in _ENDS else time.min)
    except ValueError:
        return None


def _disorder(value: Value) -> Found:
    before: tuple[str, datetime] | None = None
    for key in _ORDER:
        moment = _moment(value, key)
        if moment is None:
            continue
        if before and (moment < before[1] or (key == "closes_at" and moment == before[1])):
            yield (key,), f"должно быть позже, чем {before[0]}"
        else:
            before = key, moment


def _late_conditions(value: Value) -> Found:
    """A field may depend only on a field above it, or it could never be shown."""
    codes = {text: place[1] for place, text in _texts(value, "fields.*.code")}
    for place, text in _texts(value, "fields.*.shown_if.field"):
        if text in codes and _index(codes[text]) >= _index(place[1]):
            yield place, f"поле {text} должно стоять выше того, которое от него зависит"


def _foreign_conditions(value: Value) -> Found:
    """Who answers for the application can't be asked by what one of its members has answered."""
    members = {text for place, text in _texts(value, "fields.*.code") if _asked_of(value, place) == "member"}
    for place, text in _texts(value, "fields.*.shown_if.field"):
        if text in members and _asked_of(value, place) != "member":
            yield place, f"поле {text} задают каждому участнику, от него может зависеть только такое же поле"


def _asked_of(value: Value, place: Place) -> object:
    fields = value.get("fields") if isinstance(value, dict) else None
    field = fields[_index(place[1])] if isinstance(fields, list) else None
    return field.get("asked_of") if isinstance(field, dict) else None


def _index(step: str | int) -> int:
    return step if isinstance(step, int) else 0


def _unjudged(value: Value) -> Found:
    """Criteria need a jury and a date; comparing awards need criteria."""
    if not isinstance(value, dict) or not value.get("criteria"):
        return
    for key in ("jury", "judging_until"):
        if value.get(key) is None:
            yield (key,), "нужно, раз в файле есть критерии"


def _unknown_organisations(value: Value, known: Container[str]) -> Found:
    for place, text in _texts(value, *_ORGANISATIONS):
        if text not in known:
            yield place, f"нет такой организации в справочнике: {text}"


_CHECKS: tuple[Callable[[Value], Found], ...] = (
    _unknown_references,
    _repeats,
    _disorder,
    _late_conditions,
    _foreign_conditions,
    _unjudged,
)


def faults_of(value: Value, organisations: Container[str]) -> Found:
    """Everything in which the parts of a file contradict each other; `organisations` are the known codes."""
    for check in _CHECKS:
        yield from check(value)
    yield from _unknown_organisations(value, organisations)


def dead_ends(event: Event) -> Found:
    """What a sound event still cannot be run with: nothing to hand in, a role that is not chosen."""
    for nomination in event.leaves if event.submission else ():
        rules = event.submission_for(nomination)
        if rules and not rules.links and not rules.files:
            yield (
                ("nominations",),
                f"в номинации {nomination.code} нечего сдать: проверьте works и submission",
            )
    if isinstance(event.unit, Attendance) and event.unit.role_field:
        roles = [field for field in event.fields if field.code == event.unit.role_field]
        if not all(isinstance(field, ChoiceField) for field in roles):
            yield ("unit", "role_field"), "роль должна быть полем с выбором (type: choice)"
    yield from _unrankable(event)
    for sense in (timing_faults, asking_faults, fitting_faults, comparing_faults):
        yield from sense(event)


def _unrankable(event: Event) -> Found:
    """Points that nobody can tell apart, or that there are none of."""
    if isinstance(event.awards, Thresholds) and event.scoring.ranking is Ranking.SUM_OF_PLACES:
        yield ("awards", "scheme"), "пороги считаются по баллам, а при scoring.ranking: sum_of_places баллов нет"
    for stage in event.stages:
        if stage.kind is StageKind.TEST or stage.questions:
            points = [one for one in event.criteria if stage.code in one.stages and one.measure is Measure.POINTS]
            named = [one.code for one in points if not (one.nominations or one.groups or one.units)]
            if len(named) > 1:
                yield ("criteria",), f"баллы этапа {stage.code} одни, а критериев с ним несколько: {', '.join(named)}"

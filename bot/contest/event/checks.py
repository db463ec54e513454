"""Checks that look at several parts of an event file at once.

They read the plain values, not the model, so that they speak even where other parts are wrong;
what is of another type than expected is skipped here, the model names it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import datetime, time

from bot.contest.event.moments import DAY_END, read_moment
from bot.contest.event.source import Place, Value

Found = Iterator[tuple[Place, str]]


@dataclass(frozen=True, slots=True)
class Reference:
    """Values at `used` must be among the values at `defined`."""

    used: tuple[str, ...]
    defined: tuple[str, ...]
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
        "номинации",
    ),
    Reference(
        ("nominations.**.groups.*", "criteria.*.groups.*", "stages.*.quotas.*.groups.*"),
        _GROUP_CODES,
        "возрастной группы",
    ),
    Reference(("criteria.*.stages.*",), ("stages.*.code",), "этапа"),
    Reference(("criteria.*.units.*",), ("unit.kind", "other_units.*.kind"), "формы участия"),
    Reference(("scoring.tie_criteria.*",), ("criteria.*.code",), "критерия"),
    Reference(("fields.*.shown_if.field", "unit.role_field"), ("fields.*.code",), "поля"),
    Reference(
        ("age_groups.*.categories.*", "nominations.**.categories.*", "fields.*.categories.*"),
        ("audience.categories.*",),
        "категории участников",
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
)
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
                yield place, f"нет такой {reference.what}: {text}; {offered}"


def _repeats(value: Value) -> Found:
    for pattern in _UNIQUE:
        seen: set[str] = set()
        for place, text in _texts(value, pattern):
            if text in seen:
                yield place, f"повторяется: {text}, значения должны быть разными"
            seen.add(text)


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
    _unjudged,
)


def faults_of(value: Value, organisations: Container[str]) -> Found:
    """Everything in which the parts of a file contradict each other; `organisations` are the known codes."""
    for check in _CHECKS:
        yield from check(value)
    yield from _unknown_organisations(value, organisations)

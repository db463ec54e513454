"""The types and defaults of an event's keys in plain Russian, for the reference page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic.fields import FieldInfo

from bot.contest.event import base, works
from bot.contest.event.base import Part
from bot.contest.event.moments import day_end, day_start

_ALIASES = {
    base.Code: "код",
    base.Host: "имя сайта",
    base.HttpsUrl: "ссылка https://…",
    works.Duration: "длительность вида `5:00`",
    works.Extension: "расширение",
}
_PLAIN: Mapping[object, str] = {
    str: "текст",
    bool: "`true` или `false`",
    int: "целое число",
    Decimal: "число",
    datetime: "дата и, если нужно, время",
    date: "дата",
}
_NOT_IN_AN_ANCHOR = re.compile(r"[^\w\s-]")


@dataclass(frozen=True, slots=True)
class Naming:
    """What parts are called, in the page's headings, and what the words of enumerations mean."""

    headings: Mapping[str, tuple[str, str]]
    values: Mapping[str, Mapping[str, str]]


def kind_of(annotation: object, naming: Naming) -> str:
    """What is written under such a key: «текст до 40 знаков», «список: код», a link to a part's section."""
    if get_origin(annotation) is Annotated:
        inner, *extras = get_args(annotation)
        return _spelt(extras) or _bounded(kind_of(inner, naming), list(_bounds(extras)), is_text=inner is str)
    if get_origin(annotation) in {Union, UnionType}:
        parts = [kind_of(one, naming) for one in get_args(annotation) if one is not NoneType]
        return " или ".join(dict.fromkeys(parts))
    if get_origin(annotation) is tuple:
        return f"список: {kind_of(get_args(annotation)[0], naming)}"
    if get_origin(annotation) is Literal:
        return ", ".join(f"`{getattr(word, 'value', word)}`" for word in get_args(annotation))
    return _one(annotation, naming)


def default_of(field: FieldInfo) -> str:
    """What it is where the key is not written."""
    if field.is_required():
        return "нельзя"
    return "—" if field.default in (None, ()) else _written(field.default)


def anchor(heading: str) -> str:
    """The address of a heading in its page, as code hosts make it."""
    return _NOT_IN_AN_ANCHOR.sub("", heading.lower()).replace(" ", "-")


def _one(annotation: object, naming: Naming) -> str:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        title, heading = naming.headings[annotation.__name__]
        return f"[{title}](#{anchor(heading)})"
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        meanings = naming.values[annotation.__name__]
        return ", ".join(f"`{one.value}` ({meanings[str(one.value)]})" for one in annotation)
    return _PLAIN[annotation]


def _spelt(extras: list[object]) -> str | None:
    """What a validator of a known alias says."""
    checks = [one.func for one in extras if isinstance(one, AfterValidator | BeforeValidator)]
    return next((_VALIDATED[one] for one in checks if one in _VALIDATED), None)


def _validated() -> Iterator[tuple[Callable[..., object], str]]:
    yield day_start, "дата и, если нужно, время; без него — 00:00"
    yield day_end, "дата и, если нужно, время; без него — 23:59:59"
    for alias, words in _ALIASES.items():
        for extra in get_args(alias)[1:]:
            if isinstance(extra, AfterValidator):
                yield extra.func, words


_VALIDATED = dict(_validated())


def _bounds(extras: list[object]) -> Iterator[tuple[str, object]]:
    """Every limit that stands beside a type, by its name."""
    for extra in extras:
        match extra:
            case FieldInfo(metadata=found):
                yield from _bounds(list(found))
            case StringConstraints(max_length=int(most)):
                yield "most", most
            case Ge(ge=value) | Gt(gt=value):
                yield "least" if isinstance(extra, Ge) else "above", value
            case Le(le=value) | Lt(lt=value):
                yield "most" if isinstance(extra, Le) else "below", value
            case MaxLen(max_length=value):
                yield "most", value
            case MinLen(min_length=value):
                yield "least", value


def _bounded(kind: str, bounds: list[tuple[str, object]], *, is_text: bool) -> str:
    """«целое число от 1 до 100»; of several limits the innermost, written last, holds."""
    last = dict(bounds)
    if is_text:
        return f"{kind} до {last['most']} знаков" if "most" in last else kind
    if kind.startswith("список"):
        told = {"least": "не меньше", "most": "не больше"}
        return "; ".join([kind, *(f"{words} {last[name]}" for name, words in told.items() if name in last)])
    told = {"least": "от", "above": "больше", "most": "до", "below": "меньше"}
    return " ".join([kind, *(f"{words} {last[name]}" for name, words in told.items() if name in last)])


def _written(value: object) -> str:
    match value:
        case bool():
            return f"`{str(value).lower()}`"
        case Enum():
            return f"`{value.value}`"
        case base.Count():
            return f"от {value.least} до {value.most}"
        case Part():
            return "как в разделе"
        case tuple():
            return ", ".join(_written(one) for one in value)
    return f"`{value}`"

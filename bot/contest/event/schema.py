"""The model of an event as a map to walk: which keys stand where, and what each of them takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from bot.contest.event.base import Part
from bot.contest.event.source import Place

_WORDS: dict[object, str] = {
    str: "текст",
    bool: "true или false",
    int: "целое число",
    Decimal: "число",
    datetime: "дата вида 2021-04-30 или дата со временем вида 2021-04-30 18:00",
    date: "дата вида 2021-04-30",
}


def bare(annotation: object) -> tuple[object, ...]:
    """The alternatives of an annotation without `Annotated`, `None` and nested unions."""
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        return tuple(found for part in get_args(annotation) if part is not NoneType for found in bare(part))
    return (annotation,)


def what_is(annotations: tuple[object, ...]) -> str:
    """What such a value should be, in Russian: «текст», «одно из: person, team»."""
    members = models(annotations)
    if len(members) > 1:
        key, words = tag_of(members)
        return f"ключи и значения, среди них {key} — одно из: {words}"
    return " или ".join(dict.fromkeys(map(_what, annotations))) or "значение"


def tag_of(members: tuple[type[Part], ...]) -> tuple[str, str]:
    """The key that tells the members of a union apart, and the words it may hold."""
    found = [tag for member in members for tag in _tags(member)]
    return found[0][0], ", ".join(word for _, word in found)


def _what(annotation: object) -> str:
    if get_origin(annotation) is tuple:
        return "список"
    if get_origin(annotation) is Literal:
        return "одно из: " + ", ".join(map(_written, get_args(annotation)))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return "одно из: " + ", ".join(map(_written, annotation))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "ключи и значения: " + ", ".join(annotation.model_fields)
    return _WORDS[annotation]


def _written(value: object) -> str:
    return str(value.value if isinstance(value, Enum) else value)


def _tags(model: type[Part]) -> Iterator[tuple[str, str]]:
    """The keys of a model that hold one fixed word, with the word."""
    for name, field in model.model_fields.items():
        words = get_args(field.annotation)
        if get_origin(field.annotation) is Literal and len(words) == 1:
            yield name, _written(words[0])


def follow(root: type[Part], path: Place) -> tuple[Place, tuple[object, ...]]:
    """Where pydantic's error `path` stands in the file, and the annotations of what stands there.

    Pydantic puts the tag of a union's member into the path (`unit.team.roster`), a file has none.
    """
    place: list[str | int] = []
    here: tuple[object, ...] = (root,)
    for step in path:
        if isinstance(step, int):
            place.append(step)
            lists = [one for one in here if get_origin(one) is tuple]
            here = tuple(found for one in lists for found in bare(get_args(one)[0]))
        elif tagged := _tagged(here, step):
            here = (tagged,)
        else:
            place.append(step)
            here = tuple(found for model in models(here) for found in _field(model, step))
    return tuple(place), here


def models(annotations: tuple[object, ...]) -> tuple[type[Part], ...]:
    """Those of the annotations that are parts of an event."""
    return tuple(one for one in annotations if isinstance(one, type) and issubclass(one, Part))


def _tagged(annotations: tuple[object, ...], tag: str) -> type[Part] | None:
    members = models(annotations)
    if len(members) < 2:  # noqa: PLR2004 - a single model is no union and adds no tag to the path
        return None
    return next((member for member in members if any(word == tag for _, word in _tags(member))), None)


def _field(model: type[Part], name: str) -> tuple[object, ...]:
    field = model.model_fields.get(name)
    return bare(field.annotation) if field else ()

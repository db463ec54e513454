"""Mistakes of an event file, in words for its author."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from bot.contest.event.base import Part
from bot.contest.event.schema import follow, models, tag_of, what_is
from bot.contest.event.source import Place

_NEAR_LEAST = 60.0


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: `line` counts from 1, `key` is dotted (`criteria.2.max`), `expected` is Russian."""

    file: str
    key: str
    line: int
    expected: str

    def __str__(self) -> str:
        where = f"{self.file}, строка {self.line}"
        return f"{where}, {self.key}: {self.expected}" if self.key else f"{where}: {self.expected}"


def dotted(place: Place) -> str:
    """`criteria.2.max`; items of a list count from 1, as people do."""
    return ".".join(str(step + 1 if isinstance(step, int) else step) for step in place)


def explained(error: ValidationError, root: type[Part]) -> tuple[tuple[Place, str], ...]:
    """The place and the expectation of every error, in the order pydantic found them."""
    errors = error.errors(include_url=False)
    return tuple(_explained(details, root) for details in errors if not _echo(details, errors))


def _echo(details: ErrorDetails, errors: list[ErrorDetails]) -> bool:
    """Pydantic calls a list too short when its items are wrong: only the items are worth a line."""
    path = details["loc"]
    return details["type"] == "too_short" and any(
        other["loc"][: len(path)] == path and len(other["loc"]) > len(path) for other in errors
    )


def _explained(details: ErrorDetails, root: type[Part]) -> tuple[Place, str]:
    path = details["loc"]
    place, here = follow(root, path)
    if details["type"] == "extra_forbidden":
        return place, _unknown_key(str(place[-1]), models(follow(root, path[:-1])[1]))
    if details["type"] == "missing":
        return place, f"нет обязательного ключа, нужно: {what_is(here)}"
    if details["type"] in {"union_tag_invalid", "union_tag_not_found"}:
        key, words = tag_of(models(here))
        return (*place, key), f"нужно одно из: {words}"
    context: Mapping[str, object] = details.get("ctx") or {}
    words_for = _WORDS.get(details["type"])
    return place, words_for(context) if words_for else _wrong_type(here, details["input"])


def _wrong_type(annotations: tuple[object, ...], given: object) -> str:
    wanted = f"нужно: {what_is(annotations)}"
    if given is None:
        return f"{wanted} (сейчас пусто)"
    if str in annotations and isinstance(given, bool | int | float):
        return f"{wanted}; возьмите значение в кавычки"
    return wanted


def _unknown_key(key: str, owners: tuple[type[Part], ...]) -> str:
    known = [name for owner in owners for name in owner.model_fields]
    near = process.extractOne(key, known, scorer=fuzz.ratio, score_cutoff=_NEAR_LEAST)
    if near:
        return f"такого ключа нет, возможно, вы имели в виду {near[0]}"
    return "такого ключа нет, здесь могут быть: " + ", ".join(known)


def _bound(words: str, key: str) -> Callable[[Mapping[str, object]], str]:
    return lambda context: f"{words} {context[key]}"


#: Errors that need the numbers or words of their context; the others only say what type is wanted.
_WORDS: Mapping[str, Callable[[Mapping[str, object]], str]] = {
    "expected": lambda context: str(context["what"]),
    "json_invalid": lambda _: "в тексте есть непечатный знак, уберите его",
    "string_too_short": lambda _: "текст не может быть пустым",
    "string_too_long": _bound("текст слишком длинный, знаков можно не больше", "max_length"),
    "too_short": _bound("в списке мало значений, нужно не меньше", "min_length"),
    "too_long": _bound("в списке много значений, можно не больше", "max_length"),
    "greater_than_equal": _bound("число должно быть не меньше", "ge"),
    "greater_than": _bound("число должно быть больше", "gt"),
    "less_than_equal": _bound("число должно быть не больше", "le"),
    "less_than": _bound("число должно быть меньше", "lt"),
}

"""Reading events: from YAML files with every mistake named, and from the database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from bot.contest.event.checks import faults_of
from bot.contest.event.mistakes import Mistake, dotted, explained
from bot.contest.event.model import Event
from bot.contest.event.source import Document, Place, Value, read_document
from bot.contest.organisations import Directory

__all__ = ["Mistake", "dump_event", "load_stored", "read_event"]

_SIZE_MOST_BYTES = 1_000_000


def read_event(path: Path) -> Event | tuple[Mistake, ...]:
    """The event of a YAML file, or all that is wrong in it, in the order of its lines. Never raises for a file."""
    text = _text_of(path)
    if isinstance(text, Mistake):
        return (text,)
    document = read_document(text)
    event = _validated(document.value)
    faults = list(_faults(document, event if isinstance(event, ValidationError) else None))
    if isinstance(event, ValidationError) or faults:
        mistakes = {Mistake(str(path), dotted(place), line, expected) for place, line, expected in faults}
        return tuple(sorted(mistakes, key=lambda mistake: (mistake.line, mistake.key, mistake.expected)))
    return event


def dump_event(event: Event) -> str:
    """The event as JSON for the database; `load_stored` gives an equal one back."""
    return event.model_dump_json()


def load_stored(text: str) -> Event:
    """The event that `dump_event` wrote. Raises ValueError if it was not written by it."""
    return Event.model_validate_json(text)


def _text_of(path: Path) -> str | Mistake:
    file = str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(_SIZE_MOST_BYTES + 1)
    except FileNotFoundError:
        return Mistake(file, "", 1, "такого файла нет")
    except OSError as error:
        return Mistake(file, "", 1, f"файл не открывается: {error.strerror}")
    if len(raw) > _SIZE_MOST_BYTES:
        return Mistake(file, "", 1, "файл больше 1 МБ, так событие не описывают")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Mistake(file, "", line, "файл должен быть в кодировке UTF-8")


def _validated(value: Value) -> Event | ValidationError:
    try:
        return Event.model_validate_json(json.dumps(value, default=_number))
    except ValidationError as error:
        return error


def _number(value: object) -> str | float:
    """JSON has no decimals: pydantic reads the shortest form of the float back exactly."""
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value))


def _faults(document: Document, error: ValidationError | None) -> Iterator[tuple[Place, int, str]]:
    for fault in document.faults:
        yield fault.place, fault.line, fault.expected
    if not isinstance(document.value, dict):
        if not document.faults:
            yield (), 1, "нужны ключи и значения события: code, title …"
        return
    found = list(faults_of(document.value, Directory.load().codes))
    if error:
        found.extend(explained(error, Event))
    for place, expected in found:
        yield place, document.line(place), expected

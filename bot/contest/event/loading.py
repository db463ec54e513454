"""Reading events: from YAML files with every mistake named, and from the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from bot.contest.event.checks import dead_ends, faults_of
from bot.contest.event.family import family_faults
from bot.contest.event.mistakes import Mistake, dotted, explained
from bot.contest.event.model import Event
from bot.contest.event.source import Document, Place, Value, read_document
from bot.contest.organisations import Directory

__all__ = ["Mistake", "dump_event", "load_stored", "read_event", "read_events"]

_SIZE_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of one file; without an event there are mistakes."""

    document: Document
    event: Event | None
    mistakes: tuple[Mistake, ...] = ()


def read_event(path: Path) -> Event | tuple[Mistake, ...]:
    """The event of a YAML file, or all that is wrong in it by its lines. Never raises for its contents."""
    read = _read(path)
    return read.mistakes if read.event is None else read.event


def read_events(paths: Iterable[Path]) -> tuple[Event, ...] | tuple[Mistake, ...]:
    """The events of several files, or the mistakes of all; also what they contradict each other in.

    That a parent is among the files is checked here, hence load a bundle with its children.
    """
    files = {str(path): _read(path) for path in paths}
    mistakes = [mistake for read in files.values() for mistake in read.mistakes]
    events = {file: read.event for file, read in files.items() if read.event is not None}
    for file, place, expected in family_faults(events):
        mistakes.append(Mistake(file, dotted(place), files[file].document.line(place), expected))
    return tuple(mistakes) or tuple(events.values())


def _read(path: Path) -> _Read:
    text = _text_of(path)
    if isinstance(text, Mistake):
        return _Read(Document(None, {}), None, (text,))
    document = read_document(text)
    event = _validated(document.value)
    faults = _faults(document, event)
    found = {Mistake(str(path), dotted(place), line, expected) for place, line, expected in faults}
    if not found and isinstance(event, Event):
        return _Read(document, event)
    mistakes = sorted(found, key=lambda mistake: (mistake.line, mistake.key, mistake.expected))
    return _Read(document, None, tuple(mistakes))


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
    except OSError:
        return Mistake(file, "", 1, "файл не открывается: это должен быть файл, который можно читать")
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


def _faults(document: Document, event: Event | ValidationError) -> Iterator[tuple[Place, int, str]]:
    for fault in document.faults:
        yield fault.place, fault.line, fault.expected
    if not isinstance(document.value, dict):
        if not document.faults:
            yield (), 1, "нужны ключи и значения события: code, title …"
        return
    found = list(faults_of(document.value, Directory.load().codes))
    found.extend(dead_ends(event) if isinstance(event, Event) else explained(event, Event))
    for place, expected in found:
        yield place, document.line(place), expected

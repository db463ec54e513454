"""Contradictions between events that are loaded together: codes, prefixes, parents and their children."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.contest.event.model import Event
from bot.contest.event.source import Place
from bot.contest.event.units import Bundle

#: The file by its name, where in it, and what was expected there.
Found = Iterator[tuple[str, Place, str]]


def family_faults(events: Mapping[str, Event]) -> Found:
    """What is wrong between events; the keys of `events` name their files."""
    codes = {event.code: event for event in events.values()}
    for name, event in events.items():
        for other_name, other in events.items():
            if other_name < name:
                yield from _twins(name, event, other_name, other)
        yield from _parent(name, event, codes)
        yield from _children(name, event, codes)


def _twins(name: str, event: Event, other_name: str, other: Event) -> Found:
    """Two events that people or numbers of applications could not tell apart; a year apart they may be alike."""
    if other.code == event.code:
        yield name, ("code",), f"такой же code в {other_name}, коды событий должны быть разными"
    if other.number_prefix == event.number_prefix and (other.slug != event.slug or other.year == event.year):
        yield name, ("number_prefix",), f"такой же number_prefix в {other_name}, номера заявок совпадут"
    if other.short_title == event.short_title and other.slug != event.slug:
        yield name, ("short_title",), f"такой же short_title в {other_name}, на кнопках их не различить"


def _parent(name: str, event: Event, codes: Mapping[str, Event]) -> Found:
    if not event.parent:
        return
    unit = codes[event.parent].unit if event.parent in codes else None
    if not isinstance(unit, Bundle):
        yield name, ("parent",), f"среди файлов нет события {event.parent} с unit.kind bundle"
    elif event.code not in unit.children:
        yield name, ("parent",), f"у события {event.parent} нет {event.code} в unit.children"


def _children(name: str, event: Event, codes: Mapping[str, Event]) -> Found:
    for index, code in enumerate(event.unit.children if isinstance(event.unit, Bundle) else ()):
        place: Place = ("unit", "children", index)
        child = codes.get(code)
        if child is None:
            yield name, place, f"среди файлов нет события {code}"
        elif child.parent != event.code:
            yield name, place, f"в файле события {code} должно стоять parent: {event.code}"
        elif child.opens_at < event.opens_at:
            yield name, place, f"приём {code} открывается раньше, чем opens_at общего события"

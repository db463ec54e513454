"""An event of the database as a file again: only what differs from the defaults, with a comment to each key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import get_args, get_type_hints

import yaml
from pydantic import BeforeValidator

from bot.commands.events_keys import Words, description, parts_of, words
from bot.contest.event.base import Part
from bot.contest.event.model import Event
from bot.contest.event.moments import DAY_END, TOMSK, day_end

_WIDTH = 100


class _Plain(yaml.SafeDumper):
    """Event files have no anchors: a value that occurs twice is written twice."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the library's signature
        return True


def yaml_of(event: Event) -> str:
    """The file; reading it gives an equal event."""
    said = words()
    values = _plain(event, _last_moments())
    blocks = [_block(key, value, said) for key, value in values.items()] if isinstance(values, Mapping) else []
    return "# Событие из базы. Что значит каждый ключ — docs/event-keys.md.\n" + "".join(blocks)


def _block(key: str, value: object, said: Words) -> str:
    dumped = yaml.dump({key: value}, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return f"# {description(Event, key, said)}\n{dumped}"


def _plain(value: object, last: frozenset[str], key: str = "") -> object:
    """What YAML holds: moments by the clock in Tomsk, words of enumerations, no defaults."""
    match value:
        case Part():
            kept = ((name, one, type(value).model_fields[name]) for name, one in value)
            return {
                name: _plain(one, last, name)
                for name, one, field in kept
                if field.is_required() or one != field.default
            }
        case tuple():
            return [_plain(one, last, key) for one in value]
        case datetime():
            return _moment(value, key in last)
    return _word(value)


def _word(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
    return value


def _moment(moment: datetime, is_last: bool) -> str:
    """A bare day where the file would mean the same by it."""
    here = moment.astimezone(TOMSK)
    if here.time() == (DAY_END if is_last else time.min):
        return here.date().isoformat()
    return f"{here:%Y-%m-%d %H:%M:%S}".removesuffix(":00")


def _last_moments() -> frozenset[str]:
    """The keys whose bare day means its end."""
    return frozenset(
        key
        for part in parts_of(Event)
        for key, hint in get_type_hints(part, include_extras=True).items()
        if BeforeValidator(day_end) in _extras(hint)
    )


def _extras(hint: object) -> tuple[object, ...]:
    """What stands beside a type, in it or in the members of its union."""
    return (*getattr(hint, "__metadata__", ()), *(one for arg in get_args(hint) for one in _extras(arg)))

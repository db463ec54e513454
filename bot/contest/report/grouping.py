"""Events in the order of the report: by direction, by number, parts of one event together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from bot.contest.event.base import Category
from bot.contest.event.model import Event
from bot.contest.event.moments import TOMSK
from bot.contest.event.stages import Stage, StageFormat, StageKind
from bot.contest.event.units import Bundle
from bot.contest.programme import Direction, Programme
from bot.contest.report.facts import Held

_NUMBER = re.compile(r"\d+")
_PLAYED = (StageKind.SELECTION, StageKind.TEST, StageKind.TASKS, StageKind.FINAL)
_FORMATS = {
    StageFormat.REMOTE: "дистанционно",
    StageFormat.ON_SITE: "очно",
    StageFormat.CALL: "по видеосвязи",
}


def groups_of(events: Iterable[Held], programme: Programme) -> dict[str, tuple[Held, ...]]:
    """The events by their number (an event without one by its code), the head of each group first."""
    found: dict[str, list[Held]] = defaultdict(list)
    for held in events:
        found[held.key].append(held)
    groups = {key: tuple(sorted(parts, key=_within)) for key, parts in found.items()}
    order = [direction.code for direction in programme.directions]

    def place(key: str) -> tuple[int, bool, int, date, str]:
        head = groups[key][0].event
        number = _NUMBER.search(head.report_number or "")
        direction = direction_of(groups[key], programme)
        return (
            order.index(direction.code),
            number is None,
            int(number[0]) if number else 0,
            days_of([head])[0],
            key,
        )

    return {key: groups[key] for key in sorted(groups, key=place)}


def direction_of(group: Sequence[Held], programme: Programme) -> Direction:
    """To which direction an event belongs: by its number's letter, else its module, else by whom it is for."""
    head = group[0].event
    letter = _NUMBER.sub("", head.report_number or "")
    for direction in programme.directions:
        if letter == direction.letter or (not letter and head.module in direction.modules):
            return direction
    adults = set(head.audience.categories) == {Category.TEACHER}
    return programme.directions[-1 if adults else 0]


def days_of(events: Sequence[Event]) -> tuple[date, date]:
    """The first and the last day of what happened, in Tomsk: meetings and stages; else from intake to the jury."""
    days: list[date] = []
    for event in events:
        if isinstance(event.unit, Bundle) and len(events) > 1:
            continue
        moments = [event.opens_at, event.judging_until or event.closes_at]
        played = [stage for stage in event.stages if not stage.optional]
        if event.meeting is not None:
            moments = [event.meeting.starts_at, event.meeting.ends_at]
        elif played:
            moments = [played[0].opens_at, max(stage.closes_at for stage in played)]
        days += [moment.astimezone(TOMSK).date() for moment in moments]
    return min(days), max(days)


def dates_text(first: date, last: date) -> str:
    """«02.10.2020», «19.10–02.11.2020», «18.12.2020–20.01.2021»."""
    if first == last:
        return f"{first:%d.%m.%Y}"
    return f"{first:%d.%m}–{last:%d.%m.%Y}" if first.year == last.year else f"{first:%d.%m.%Y}–{last:%d.%m.%Y}"


def formats_of(events: Sequence[Event], came_to: Collection[tuple[str, str]]) -> str:
    """«дистанционно, по видеосвязи»: how the stages and meetings were held.

    `came_to`: stages that somebody came to, by the event's code and their own; an optional one needs it.
    """
    found: list[str] = []
    for event in events:
        if isinstance(event.unit, Bundle) and len(events) > 1:
            continue
        if event.meeting is not None:
            found.append(_FORMATS[StageFormat.CALL])
        held = _held(event, came_to)
        found += [_FORMATS[stage.format] for stage in held if stage.kind in _PLAYED]
        if not held and event.submission is not None:
            found.append(_FORMATS[StageFormat.REMOTE])
    return ", ".join(dict.fromkeys(found))


def stages_of(events: Sequence[Event], came_to: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """«Отборочный этап, 19.10–28.10.2020»; the names of the parts where there are several."""
    several = len([event for event in events if not isinstance(event.unit, Bundle)]) > 1
    return tuple(
        f"{event.short_title}: {line}" if several else line
        for event in events
        for stage in _held(event, came_to)
        for line in [f"{stage.title}, {dates_text(*_days(stage.opens_at, stage.closes_at))}"]
    )


def _held(event: Event, came_to: Collection[tuple[str, str]]) -> list[Stage]:
    return [stage for stage in event.stages if not stage.optional or (event.code, stage.code) in came_to]


def _days(first: datetime, last: datetime) -> tuple[date, date]:
    return first.astimezone(TOMSK).date(), last.astimezone(TOMSK).date()


def _within(held: Held) -> tuple[bool, date, str]:
    return not isinstance(held.event.unit, Bundle), days_of([held.event])[0], held.event.code


def keys_by_code(groups: Mapping[str, tuple[Held, ...]]) -> dict[str, str]:
    """The number in the report by the event's code."""
    return {held.event.code: key for key, events in groups.items() for held in events}

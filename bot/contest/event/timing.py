"""Moments of an event that contradict each other: of its stages, of its meeting, of its fields."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.contest.event.fields import DateField, EventField
from bot.contest.event.model import Event
from bot.contest.event.moments import TOMSK
from bot.contest.event.source import Place
from bot.contest.event.stages import Meeting

Found = Iterator[tuple[Place, str]]


def timing_faults(event: Event) -> Found:
    """What of the event's time cannot be kept."""
    yield from _stages(event)
    if event.meeting is not None:
        yield from _meeting(event, event.meeting)
    for index, field in enumerate(event.fields):
        yield from _field(event, field, ("fields", index))


def last_moment(event: Event) -> datetime:
    """When the event is over, as far as its file says."""
    return event.results_until or event.judging_until or event.closes_at


def _stages(event: Event) -> Found:
    before: datetime | None = None
    for index, stage in enumerate(event.stages):
        place = ("stages", index)
        if stage.opens_at < event.opens_at:
            yield (*place, "opens_at"), "этап не может начаться раньше приёма заявок (opens_at)"
        if event.results_until is not None and stage.closes_at > event.results_until:
            yield (*place, "closes_at"), "этап не может закончиться позже итогов (results_until)"
        if before is not None and stage.opens_at < before:
            yield (*place, "opens_at"), "этапы должны идти по порядку: этот начинается раньше предыдущего"
        before = stage.opens_at


def _meeting(event: Event, meeting: Meeting) -> Found:
    if meeting.starts_at < event.opens_at:
        yield ("meeting", "starts_at"), "встреча не может быть раньше приёма заявок (opens_at)"
    if event.results_until is not None and meeting.ends_at > event.results_until:
        yield ("meeting", "ends_at"), "встреча не может закончиться позже итогов (results_until)"
    if meeting.slot_minutes and timedelta(minutes=meeting.slot_minutes) > meeting.ends_at - meeting.starts_at:
        yield ("meeting", "slot_minutes"), "выступление не может быть длиннее всей встречи"


def _field(event: Event, field: EventField, place: Place) -> Found:
    if field.required_from is not None:
        if not field.required:
            yield (*place, "required_from"), "ответ, который станет обязательным, не может быть с required: false"
        if field.required_from > last_moment(event):
            yield (*place, "required_from"), "позже итогов события ответ уже не нужен"
    if field.frozen_after is not None:
        if field.frozen_after < event.opens_at:
            yield (*place, "frozen_after"), "ответ нельзя закрыть раньше, чем открыт приём заявок (opens_at)"
        if field.required_from is not None and field.frozen_after < field.required_from:
            yield (*place, "frozen_after"), "ответ закрывается раньше, чем становится обязательным (required_from)"
    if isinstance(field, DateField) and field.earliest and field.latest and field.latest < field.earliest:
        yield (*place, "latest"), "latest должно быть не раньше earliest"
    if isinstance(field, DateField) and field.earliest and field.earliest > last_moment(event).astimezone(TOMSK).date():
        yield (*place, "earliest"), "такой день наступит только после итогов события"

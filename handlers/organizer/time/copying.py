"""«Повторить»: last year's event once more, with all its dates moved; for administrators."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.contest.event.loading import dump_event
from bot.contest.event.model import Event
from bot.contest.event.moments import TOMSK
from bot.contest.event.moving import moved_together
from bot.contest.event.units import Bundle
from bot.contest.refusal import Refusal
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import Running, all_events, event_of
from handlers.kinds import Case
from handlers.organizer.more import more
from handlers.organizer.scope import detail, event_steps, finish_of_event, of_event, the_event
from handlers.organizer.time.moments import LIMIT, read_coming
from handlers.organizer.wording import back_to_event, lines

TALK = "org_copy"
#: A year that begins on the same day of the week.
YEAR = timedelta(days=364)


@of_event(Action.COPY_EVENT)
async def copy(_case: Case, running: Running, _more: str) -> Outcome:
    """Ask when its intake begins."""
    return Open(TALK, running.code, answers={"event": running.code}, resume=False)


def moved_family(family: Sequence[Event], start: date) -> tuple[Event, ...]:
    """A parent with its children, or an event alone, moved so that intake of the first begins on `start`.

    A reference to a parent that is not among them is dropped: it would lead to nowhere.
    """
    moved = moved_together(family, start)
    codes = {event.code for event in moved}
    return tuple(
        event if event.parent in codes else event.model_copy(update={"parent": None}) if event.parent else event
        for event in moved
    )


def _first_day(event: Event) -> date:
    return event.opens_at.astimezone(TOMSK).date()


async def _family(case: Case, running: Running) -> list[Event]:
    """The event, and the children of a parent: one is of no use without the other."""
    unit = running.event.unit
    codes = unit.children if isinstance(unit, Bundle) else ()
    found = [await event_of(case, code) for code in codes]
    return [running.event, *(one.event for one in found if one is not None)]


async def _refusal(case: Case, running: Running, start: date) -> Refusal | None:
    """Why it can't be repeated then: its codes or its numbers are taken."""
    known = await all_events(case)
    numbers = {(one.event.number_prefix, one.event.year): one for one in known}
    for event in moved_family(await _family(case, running), start):
        taken = next((one for one in known if one.code == event.code), None)
        taken = taken or numbers.get((event.number_prefix, event.year))
        if taken is not None:
            return Refusal("org.copy_taken", {"title": taken.event.title, "year": event.year})
    return None


async def _starts(case: Case, answers: Answers) -> Sequence[Option]:
    """The same weekday of the years to come that are free."""
    running = await the_event(case, str(answers["event"]))
    start = _first_day(running.event) + YEAR
    while start <= case.now.astimezone(TOMSK).date():
        start += YEAR
    if await _refusal(case, running, start) is not None:
        return []
    moment = datetime.combine(start, datetime.min.time(), TOMSK)
    return [Option(calendar.day(moment, TOMSK, now=case.now), start.isoformat())]


async def _parse(case: Case, _answers: Answers, text: str) -> str | Refusal:
    moment = read_coming(text, now=case.now, zone=TOMSK)
    return moment if isinstance(moment, Refusal) else moment.astimezone(TOMSK).date().isoformat()


async def _start(case: Case, answers: Answers, value: str) -> Answers | Refusal:
    running = await the_event(case, str(answers["event"]))
    return await _refusal(case, running, date.fromisoformat(value)) or {**answers, "start": value}


async def _now(case: Case, answers: Answers) -> dict[str, object]:
    running = await the_event(case, str(answers["event"]))
    moment = datetime.combine(_first_day(running.event), datetime.min.time(), TOMSK)
    return {"title": running.event.title, "was": calendar.day(moment, TOMSK, now=datetime.min.replace(tzinfo=UTC))}


async def _plan(case: Case, answers: Answers) -> dict[str, object]:
    running = await the_event(case, str(answers["event"]))
    moved = moved_family(await _family(case, running), date.fromisoformat(str(answers["start"])))
    return {"events": lines(_dates(case, event) for event in moved)}


def _dates(case: Case, event: Event) -> str:
    """What is when, of one event."""
    moments = [
        ("opens", event.opens_at),
        ("closes", event.closes_at),
        *((("meeting", event.meeting.starts_at),) if event.meeting else ()),
        *((("judging", event.judging_until),) if event.judging_until else ()),
        *((("results", event.results_until),) if event.results_until else ()),
    ]
    dates = [case.say(f"org.copy_date.{key}", at=calendar.at(moment, TOMSK, now=case.now)) for key, moment in moments]
    return case.say("org.copy_event", title=event.title, code=event.code, dates="; ".join(dates))


async def _yes(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(case.say("button.org.copy_yes"), "yes", "primary")]


@finish_of_event(Action.COPY_EVENT)
async def _finish(case: Case, running: Running, answers: Answers) -> Outcome:
    start = date.fromisoformat(str(answers["start"]))
    if refusal := await _refusal(case, running, start):
        return Reply(refusal, buttons=[[back_to_event(running.code)]])
    moved = moved_family(await _family(case, running), start)
    for event in moved:
        await case.storage.events.load(event.code, dump_event(event), closes_at=event.closes_at, at=case.now)
        await case.storage.audit.add(
            case.person.id, Action.COPY_EVENT, f"event:{event.code}", detail(copied=running.code), at=case.now
        )
    return Reply(
        "org.copied",
        title=moved[0].title,
        count=len(moved),
        buttons=[
            [Button("org.copy_open", f"desk_event:{moved[0].code}", colour="primary")],
            [Button("org.desk", "desk")],
        ],
    )


COPY = Talk(
    TALK,
    event_steps(
        Action.COPY_EVENT,
        Step("start", parse=_parse, options=_starts, accept=_start, values=_now, limit=LIMIT),
        Step("sure", options=_yes, values=_plan),
    ),
    _finish,
    cancelled=more,
)

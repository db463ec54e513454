"""Places where there are few of them: waiting for one, being offered one, taking it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.contest import seats as rules
from bot.contest.applications import ApplicationState
from bot.contest.authorize import Action
from bot.contest.phases import Phase
from bot.contest.refusal import Refusal
from bot.contest.seats import Seat, SeatState
from bot.talk.model import Button, Open, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, all_events, event_of
from handlers.kinds import Case, Desk
from handlers.participant import deadlines
from handlers.participant.applying import drafts
from handlers.participant.own import own_application
from handlers.participant.wording import deadline, refusal_reply
from handlers.seeing import ledger_of
from storage.application_rows import Application

#: Phases after which nobody waits for anything.
OVER = (Phase.PROTOCOL, Phase.PUBLISHED, Phase.ARCHIVED)
#: States in which an application that waits for a seat may be.
WAITING = (ApplicationState.SENT, ApplicationState.CHANGES_ASKED)


async def take(case: Case, running: Running, application: Application) -> Seat | None:
    """A seat for a new application, or a place in the queue; None: there is room for all.

    For every way in which applications come. One that has to wait is not accepted yet, however it was kept.
    """
    return next(iter(await take_all(case, running, [application])), None)


async def take_all(case: Case, running: Running, applications: Sequence[Application]) -> list[Seat]:
    """The same for many, in their order; () where there is room for all."""
    if running.event.seats is None:
        return []
    fresh = {one.id for one in applications}
    held = [one for one in (await case.storage.seats.of_event(running.code)).seats if one.application_id not in fresh]
    taken: list[Seat] = []
    for application in applications:
        state = rules.entering([*held, *taken], running.event.seats.most, case.now)
        taken.append(Seat(application.id, state, case.now))
        await case.storage.seats.put(running.code, taken[-1])
        if state is SeatState.WAITING:
            await case.storage.applications.hold_back(application.id)
    return taken


async def left(case: Case, running: Running) -> int | None:
    """How many new applications would find a seat now; None: all of them."""
    if running.event.seats is None:
        return None
    held = (await case.storage.seats.of_event(running.code)).seats
    return max(0, rules.free(held, running.event.seats.most, case.now) - len(rules.queue(held)))


async def entered(case: Case, running: Running, application: Application) -> Reply | None:
    """What the applicant hears where a new application has to wait; None: it does not."""
    seat = await take(case, running, application)
    if seat is None or running.event.seats is None or seat.state is SeatState.TAKEN:
        return None
    held = (await case.storage.seats.of_event(running.code)).seats
    return Reply(
        "seat_waiting",
        number=application.number,
        place=rules.place_in_queue(held, application.id),
        hours=running.event.seats.offer_hours,
        buttons=[[_open(application)], [Button("applications", "applications")]],
    )


async def ask_to_wait(case: Case, running: Running) -> Reply | None:
    """Asked before anything is filled in; None: there is a seat."""
    if running.event.seats is None:
        return None
    held = (await case.storage.seats.of_event(running.code)).seats
    if rules.entering(held, running.event.seats.most, case.now) is SeatState.TAKEN:
        return None
    waiting = len(rules.queue(held))
    return Reply(
        "seats_full",
        title=Trusted(running.event.short_title),
        waiting=case.say("seats_queue", count=waiting) if waiting else case.say("seats_no_queue"),
        buttons=[
            [Button("wait_for_seat", f"apply_waiting:{running.code}", colour="primary")],
            [Button("back_to_event", f"event:{running.code}")],
        ],
    )


async def apply_waiting(case: Case, code: str) -> Outcome:
    """They want to wait: the same questions as ever."""
    running = await event_of(case, code)
    refusal = deadlines.applying(case, running) if running else Refusal("no_event")
    if refusal is not None and not (running and deadlines.may_apply(case, running)):
        return refusal_reply(case, refusal, (Button("events", "events"),))
    return Open(drafts.APPLY, code)


async def line_of_event(case: Case, running: Running) -> str:
    """«Мест: 20, свободно 3», or nothing where everybody finds room."""
    if running.event.seats is None:
        return ""
    most, places = running.event.seats.most, await left(case, running)
    return case.say("seats_line", most=most, left=places) if places else case.say("seats_line_full", most=most)


async def on_card(case: Case, running: Running, application: Application) -> tuple[str, list[Button]]:
    """How the application stands in the queue, and what can be done about it."""
    seat = await _seat(case, running, application)
    if seat is None or seat.state is SeatState.TAKEN:
        return "", []
    if seat.state is SeatState.WAITING:
        held = (await case.storage.seats.of_event(running.code)).seats
        return case.say("seat_place", place=rules.place_in_queue(held, application.id)), []
    if seat.offered_until is not None and seat.is_held(case.now):
        until = deadline(case, seat.offered_until)
        return case.say("seat_is_offered", until=until), [_take_button(application.id)]
    return case.say("seat_was_missed"), [Button("seat_again", f"seat_again:{application.id}")]


async def seat_take(case: Case, argument: str) -> Outcome:
    """«Занять место», in time."""
    found = await _asked(case, argument)
    if found is None:
        return Reply("no_application", buttons=[[Button("applications", "applications")]])
    running, application, most = found
    held = (await case.storage.seats.of_event(running.code)).seats
    refusal = rules.taking(held, application.id, most, said_at=case.incoming.said_at, now=case.now)
    if refusal is not None:
        return refusal_reply(case, refusal, (_open(application),))
    await case.storage.seats.put(running.code, Seat(application.id, SeatState.TAKEN, case.now))
    ledger = await ledger_of(case, application.id)
    if not running.event.moderation and not ledger.missing(running.event, application):
        await case.storage.applications.set_state(application.id, ApplicationState.ACCEPTED, reason=None, at=case.now)
    return Reply(
        "seat_taken",
        title=Trusted(running.event.short_title),
        number=application.number,
        buttons=[[_open(application)], [Button("applications", "applications")]],
    )


async def seat_again(case: Case, argument: str) -> Outcome:
    """Who missed an offer waits once more, behind the others."""
    found = await _asked(case, argument)
    if found is None:
        return Reply("no_application", buttons=[[Button("applications", "applications")]])
    running, application, _most = found
    seat = await _seat(case, running, application)
    if seat is None or seat.state in (SeatState.TAKEN, SeatState.WAITING) or seat.is_held(case.now):
        return refusal_reply(case, Refusal("seat.not_missed"), (_open(application),))
    await case.storage.seats.put(running.code, Seat(application.id, SeatState.WAITING, case.now))
    held = (await case.storage.seats.of_event(running.code)).seats
    place = rules.place_in_queue(held, application.id)
    return Reply("seat_waits_again", place=place, buttons=[[_open(application)]])


async def offer_seats(desk: Desk) -> None:
    """Offer what was freed to those who wait longest, and what was missed to the next; at the end nobody waits."""
    for running in await all_events(desk):
        if running.event.seats is None or running.stored.published_at or running.stored.archived_at:
            continue
        if is_over(running, desk.now):
            await _close_queue(desk, running)
            continue
        seated = await desk.storage.seats.of_event(running.code)
        offer = timedelta(hours=running.event.seats.offer_hours)
        for seat in rules.due(seated.seats, running.event.seats.most, desk.now, offer):
            await offer_seat(desk, running, seat, seated.people[seat.application_id])


async def _close_queue(desk: Desk, running: Running) -> None:
    """Whoever never got a seat does not take part, and hears so: an event ends without anybody undecided."""
    for seat in (await desk.storage.seats.of_event(running.code)).seats:
        application = (
            await desk.storage.applications.get(seat.application_id) if seat.state is not SeatState.TAKEN else None
        )
        if application is None or application.state not in WAITING:
            continue
        reason = desk.say("seat_never_reason")
        await desk.storage.applications.set_state(application.id, ApplicationState.REJECTED, reason=reason, at=desk.now)
        title, rows = Trusted(running.event.short_title), [[Button("events", "events")]]
        reply = Reply("seat_never", title=title, number=application.number, buttons=rows)
        desk.tell(application.person_id, reply, key=f"seat_never:{application.id}")


async def offer_seat(desk: Desk, running: Running, seat: Seat, person_id: int, reason: str | None = None) -> None:
    """Keep what has become of a seat, and tell the applicant; `reason`: why an organizer offers it out of turn."""
    if seat.offered_until is not None:
        seat = replace(seat, offered_until=not_after_meeting(running, seat.offered_until))
    await desk.storage.seats.put(running.code, seat, reason=reason)
    application = await desk.storage.applications.get(seat.application_id)
    if application is None:
        return
    title, key = Trusted(running.event.short_title), f"{seat.application_id}:{int(seat.since.timestamp())}"
    if seat.offered_until is None:
        rows = [[Button("seat_again", f"seat_again:{application.id}")], [_open(application)]]
        reply = Reply("seat_missed", title=title, number=application.number, buttons=rows)
        desk.tell(person_id, reply, key=f"seat_missed:{key}")
        return
    rows = [[_take_button(application.id)], [Button("withdraw", f"withdraw:{application.id}")]]
    until = deadline(desk, seat.offered_until)
    reply = Reply("seat_offer", title=title, number=application.number, until=until, buttons=rows)
    desk.tell(person_id, reply, key=f"seat_offer:{key}")


def not_after_meeting(running: Running, until: datetime) -> datetime:
    """An offer ends when the meeting begins at the latest."""
    meeting = running.event.meeting
    return until if meeting is None else min(until, meeting.starts_at)


def is_over(running: Running, now: datetime) -> bool:
    """Whether a seat is of no use any more."""
    meeting = running.event.meeting
    return running.phase(now) in OVER if meeting is None else now >= meeting.starts_at


async def accepting_refusal(case: Case, running: Running, application: Application) -> Refusal | None:
    """Why an organizer can't accept the application: only who holds a seat takes part. None: they may.

    Where it has left the order and there is room, it gets a seat with that.
    """
    if running.event.seats is None:
        return None
    held, most = (await case.storage.seats.of_event(running.code)).seats, running.event.seats.most
    refusal = rules.accepting(held, application.id, most, case.now)
    if refusal is None:
        await case.storage.seats.put(running.code, Seat(application.id, SeatState.TAKEN, case.now))
    return refusal


async def _seat(case: Case, running: Running, application: Application) -> Seat | None:
    if running.event.seats is None:
        return None
    held = (await case.storage.seats.of_event(running.code)).seats
    return next((seat for seat in held if seat.application_id == application.id), None)


async def _asked(case: Case, argument: str) -> tuple[Running, Application, int] | None:
    application = await own_application(case, argument, Action.TAKE_SEAT)
    running = await event_of(case, application.event_code) if application else None
    if application is None or running is None or running.event.seats is None:
        return None
    return running, application, running.event.seats.most


def _take_button(application_id: int) -> Button:
    return Button("seat_take", f"seat_take:{application_id}", colour="primary")


def _open(application: Application) -> Button:
    return Button("open_application", f"application:{application.id}")

"""The organizer's view of the seats: who holds one, who waits, and offering one out of turn with a reason."""

from __future__ import annotations

from datetime import timedelta

from bot.contest import calendar
from bot.contest import seats as rules
from bot.contest.authorize import Action
from bot.contest.refusal import Refusal
from bot.contest.seats import Seat, SeatState
from bot.talk.model import Button, Open, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.exports.button import export_button
from handlers.organizer.scope import (
    application_for,
    application_steps,
    detail,
    not_available,
    of_application,
    of_event,
    whole,
)
from handlers.organizer.wording import back_to_event, lines, who
from handlers.paging import paged
from handlers.participant.events.seats import not_after_meeting, offer_seat
from handlers.participant.wording import deadline
from handlers.seeing import application_seen
from storage.application_rows import Application

TALK = "org_offer"
PAGE = 4
REASON_LIMIT = 500
#: Whom a seat may be offered to.
WITHOUT = (SeatState.WAITING, SeatState.MISSED)


@of_event(Action.OFFER_SEAT)
async def seats(case: Case, running: Running, more: str) -> Outcome:
    """How many there are, and the queue; `more`: the page's number."""
    return await _list(case, running, whole(more))


@of_application(Action.OFFER_SEAT)
async def seat_offer(case: Case, running: Running, application: Application, _more: str) -> Outcome:
    """Ask why this one and not the next."""
    if refusal := await _refusal(case, running, application):
        return [Reply(refusal), await _list(case, running, 0)]
    return Open(TALK, str(application.id), resume=False)


async def _list(case: Case, running: Running, page: int) -> Reply:
    if running.event.seats is None:
        return not_available()
    held, most = (await case.storage.seats.of_event(running.code)).seats, running.event.seats.most
    waiting = [*rules.queue(held), *(one for one in held if one.state is SeatState.MISSED)]
    page, shown, turns = paged(waiting, page, PAGE, f"seats:{running.code}/")
    people = {seat.application_id: await _application(case, seat) for seat in shown}
    return Reply(
        "org.seats_list",
        title=running.event.title,
        most=most,
        taken=sum(one.state is SeatState.TAKEN for one in held),
        offered=sum(one.state is SeatState.OFFERED and one.is_held(case.now) for one in held),
        free=rules.free(held, most, case.now),
        waiting=case.say("org.seats_waiting", count=len(waiting)) if waiting else case.say("org.seats_nobody"),
        lines=lines(
            [
                _line(case, seat, people[seat.application_id], number)
                for number, seat in enumerate(shown, start=page * PAGE + 1)
            ]
        ),
        buttons=[
            *(
                [Button(label=_label(case, people[seat.application_id]), go=f"seat_offer:{seat.application_id}")]
                for seat in shown
            ),
            [*turns, export_button(running.code, "seats"), back_to_event(running.code)],
        ],
    )


async def _application(case: Case, seat: Seat) -> Application:
    found = await case.storage.applications.get(seat.application_id)
    if found is None:
        raise LookupError(seat.application_id)
    return await application_seen(case, found)


def _label(case: Case, application: Application) -> str:
    return case.say("org.seat_offer_to", who=who(application))


def _line(case: Case, seat: Seat, application: Application, number: int) -> str:
    since = calendar.at(seat.since, case.facts.zone, now=case.now)
    key = "org.seat_waits" if seat.state is SeatState.WAITING else "org.seat_missed_line"
    return case.say(key, place=number, who=who(application), number=application.number, since=since)


async def _refusal(case: Case, running: Running, application: Application) -> Refusal | None:
    if running.event.seats is None:
        return Refusal("not_available")
    held = (await case.storage.seats.of_event(running.code)).seats
    return rules.offering(held, application.id, running.event.seats.most, case.now)


async def _read(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    return text if text.strip() else Refusal("org.reason_expected")


async def _finish(case: Case, subject: str, answers: Answers) -> Outcome:
    found = await application_for(case, subject, Action.OFFER_SEAT)
    if found is None:
        return not_available()
    running, application = found
    refusal = await _refusal(case, running, application)
    if refusal is not None or running.event.seats is None:
        return [Reply(refusal or "not_available"), await _list(case, running, 0)]
    held = (await case.storage.seats.of_event(running.code)).seats
    place = rules.place_in_queue(held, application.id)
    until = not_after_meeting(running, case.now + timedelta(hours=running.event.seats.offer_hours))
    seat = Seat(application.id, SeatState.OFFERED, case.now, until)
    await offer_seat(case, running, seat, application.person_id, str(answers["reason"]))
    await case.storage.audit.add(
        case.person.id,
        Action.OFFER_SEAT,
        f"application:{application.id}",
        detail(event=running.code, place=place),
        at=case.now,
    )
    said = Reply("org.seat_offered", who=who(application), until=deadline(case, until))
    return [said, await _list(case, running, 0)]


async def _cancelled(case: Case, subject: str) -> Outcome:
    found = await application_for(case, subject, Action.OFFER_SEAT)
    return not_available() if found is None else await _list(case, found[0], 0)


OFFER = Talk(
    TALK,
    application_steps(Action.OFFER_SEAT, Step("reason", parse=_read, limit=REASON_LIMIT)),
    _finish,
    cancelled=_cancelled,
)

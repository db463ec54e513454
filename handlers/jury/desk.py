"""The juror's desk: an event's progress and deadline, the list of works, and «Сегодня не смогу»."""

from __future__ import annotations

from bot.contest import calendar
from bot.talk.model import Button, Open, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.jury.points import criteria_of, shown, total_of
from handlers.jury.seat import JUDGED, Judging, Seat, judging, seat_of, seats_of, unnamed_events
from handlers.jury.view import title_of
from handlers.kinds import Case
from handlers.participant.wording import deadline
from storage.jury_rows import Card

#: Works on a page of the list: their buttons stand beside the turns of the page and the way back.
PAGE = 7
IN_ROW = 4
MENU = Button("to_menu", "menu")


async def jury(case: Case, event_code: str) -> Outcome:
    """The desk of an event; without one, of the only one, or which of several."""
    if event_code:
        seat = await seat_of(case, event_code)
        return Reply("not_available") if seat is None else desk(case, seat)
    for code in await unnamed_events(case):
        return Open("jury_join", code)
    seats = [seat for seat in await seats_of(case) if seat.running.stored.archived_at is None]
    live = [seat for seat in seats if judging(case, seat.running) is not Judging.CLOSED] or seats
    if not live:
        return Reply("not_available")
    if len(live) == 1:
        return desk(case, live[0])
    rows = [[Button(label=seat.running.event.short_title, go=f"jury:{seat.running.code}")] for seat in live[:5]]
    return Reply("jury.which", buttons=[*rows, [MENU]], callback=case.incoming.shows_callback, edits=True)


def desk(case: Case, seat: Seat) -> Reply:
    """How far the juror is at an event, and the way on."""
    code, state = seat.running.code, judging(case, seat.running)
    todo = seat.next() is not None and state in (Judging.OPEN, Judging.LATE)
    away = Button("jury_away", f"jury_away:{code}")
    is_done = bool(seat.works) and seat.next() is None and seat.scored == len(seat.works)
    may_rest = todo and state is Judging.OPEN and seat.juror.away_on != calendar.local(case.now, case.facts.zone).date()
    rows = [
        [Button("jury_go", f"jury_go:{code}", colour="primary")] if todo else [],
        [Button("jury_list", f"jury_list:{code}"), Button("jury_digest", f"digest:{code}")] if seat.places else [],
        [Button("jury_sheet", f"jury_sheet:{code}")] if is_done else [],
        [away] if may_rest else [],
        [MENU],
    ]
    return Reply(
        "jury.desk",
        title=seat.title,
        progress=progress(case, seat),
        until=Trusted(_until(case, seat, state)),
        buttons=rows,
        callback=case.incoming.shows_callback,
        edits=True,
    )


def progress(case: Case, seat: Seat) -> str:
    """«Оценено 12 из 45.»"""
    if not seat.works:
        return case.say("jury.nothing_yet_line")
    key = "jury.progress" if seat.next() else "jury.progress_done"
    return case.say(key, scored=seat.scored, total=len(seat.works))


async def away(case: Case, event_code: str) -> Reply:
    """No reminder for today; scoring stays possible."""
    seat = await seat_of(case, event_code)
    if seat is None:
        return Reply("not_available")
    today = calendar.local(case.now, case.facts.zone).date()
    await case.storage.jury.set_away(case.person.id, event_code, today)
    await case.storage.audit.add(
        case.person.id, "jury.away", f"event:{event_code}", {"on": today.isoformat()}, at=case.now
    )
    rows = [[Button("jury_go", f"jury_go:{event_code}"), MENU]]
    return Reply("jury.away", buttons=rows, callback=case.incoming.shows_callback, edits=True)


async def works(case: Case, argument: str) -> Reply:
    """The list of works with their state: `scratch-2026`, or `scratch-2026:1` for a page."""
    event_code, _, page = argument.partition(":")
    seat = await seat_of(case, event_code)
    if seat is None:
        return Reply("not_available")
    cards = await case.storage.jury.cards(event_code, case.person.id, states=JUDGED)
    if not cards:
        return Reply(
            "jury.nothing_yet", title=seat.title, buttons=[[MENU]], callback=case.incoming.shows_callback, edits=True
        )
    number = int(page) if page.isdecimal() and int(page) * PAGE < len(cards) else 0
    part = cards[number * PAGE : (number + 1) * PAGE]
    buttons = [
        Button(label=str(seat.number(card.assignment.id)), go=f"jury_work:{card.assignment.id}")
        for card in part
        if card.assignment.state != "conflict"
    ]
    turns = [
        Button(key, f"jury_list:{event_code}:{to}")
        for key, to in (("jury_earlier", number - 1), ("jury_later", number + 1))
        if 0 <= to * PAGE < len(cards)
    ]
    rows = [*(buttons[at : at + IN_ROW] for at in range(0, len(buttons), IN_ROW))]
    return Reply(
        "jury.works",
        title=seat.title,
        progress=progress(case, seat),
        lines=Trusted("\n".join([await _line(case, seat, card) for card in part])),
        buttons=[*rows, [*turns, Button("jury_desk", f"jury:{event_code}")]],
        callback=case.incoming.shows_callback,
        edits=True,
    )


async def _line(case: Case, seat: Seat, card: Card) -> str:
    """«13. «Таблица умножения» ✓ 31/40»."""
    name = title_of(card) or card.number
    if card.assignment.state == "conflict":
        return case.say("jury.work_conflict", name=name)
    given = await case.storage.jury.scores(card.assignment.id)
    criteria = criteria_of(seat.running.event, card)
    total, most = total_of(criteria, given)
    key = "jury.work_open"
    if card.assignment.state == "scored":
        key = "jury.work_scored" if most else "jury.work_scored_raw"
    elif card.replaced:
        key = "jury.work_replaced"
    elif given:
        key = "jury.work_begun"
    return case.say(
        key,
        number=seat.number(card.assignment.id),
        name=name,
        sum=shown(total),
        most=shown(most),
        given=sum(criterion.code in given for criterion in criteria),
        criteria=len(criteria),
    )


def _until(case: Case, seat: Seat, state: Judging) -> str:
    running = seat.running
    until = running.event.judging_until
    match state:
        case Judging.CLOSED:
            return case.say("jury.until_closed")
        case Judging.BEFORE:
            return case.say("jury.until_begins", closes=deadline(case, running.closes_at))
        case Judging.LATE if until:
            return case.say("jury.until_late", until=deadline(case, until))
        case Judging.OPEN if until:
            return case.say("jury.until", until=deadline(case, until), left=calendar.left(until, case.now))
    return case.say("jury.until_approved")

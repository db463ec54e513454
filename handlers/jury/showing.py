"""What a juror is shown of their works: the next one, one that was picked, and why one may not be scored."""

from __future__ import annotations

from bot.contest.authorize import Action
from bot.contest.refusal import Refusal
from bot.talk.model import Button, Reply
from handlers.jury.card import criterion_card, total_card
from handlers.jury.paper import Paper, in_hand, paper_of, shut
from handlers.jury.points import said
from handlers.jury.seat import Judging, Seat, judging, seat_of
from handlers.kinds import Case
from handlers.participant.wording import deadline


async def go_on(case: Case, event_code: str) -> Reply:
    """«Оценивать»: the first work that has no saved sheet."""
    seat = await seat_of(case, event_code)
    if seat is None:
        return Reply("not_available")
    match judging(case, seat.running):
        case Judging.CLOSED:
            return refused(case, Refusal("score.closed"), event_code)
        case Judging.BEFORE:
            closes = deadline(case, seat.running.closes_at)
            return refused(case, Refusal("jury.not_begun", {"closes": closes}), event_code)
    return await next_card(case, seat)


async def work(case: Case, assignment_id: str) -> Reply:
    """One work, at the first criterion without points, or with its total."""
    paper = await paper_of(case, assignment_id, Action.VIEW_WORK)
    return refused(case, paper) if isinstance(paper, Refusal) else face(case, paper)


def face(case: Case, paper: Paper) -> Reply:
    """The card that a work is at."""
    if (refusal := shut(case, paper)) and not (refusal.key == "score.closed" and paper.given):
        return refused(case, refusal, paper.event.code)
    return total_card(case, paper) if refusal or paper.missing is None else criterion_card(case, paper, paper.missing)


async def next_card(case: Case, seat: Seat, after: Paper | None = None) -> Reply:
    """The next work to score, or word that all are done."""
    following = seat.next(after.id if after else None)
    card = await case.storage.jury.card(following) if following is not None else None
    paper = await in_hand(case, seat, card) if card is not None else None
    if paper is not None:
        return face(case, paper)
    code = seat.running.code
    return Reply(
        "jury.done" if seat.works else "jury.nothing_yet",
        title=seat.title,
        total=len(seat.works),
        buttons=[[Button("jury_list", f"jury_list:{code}"), Button("to_menu", "menu")]],
        callback=case.incoming.shows_callback,
        edits=True,
    )


def as_new(reply: Reply) -> Reply:
    """The reply as a message of its own."""
    reply.edits = False
    return reply


def refused(case: Case, refusal: Refusal, event_code: str = "") -> Reply:
    """Why not, in the place of the card, with the way to the other works where the event may be known."""
    if not event_code:
        return Reply(refusal)
    return Reply(
        said(refusal),
        buttons=[[Button("jury_list", f"jury_list:{event_code}"), Button("jury_desk", f"jury:{event_code}")]],
        callback=case.incoming.shows_callback,
        edits=True,
    )

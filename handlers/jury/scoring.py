"""Scoring: each tap is kept at once and leads on; what is refused says why, and the way on stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bot.contest.authorize import Action
from bot.contest.event.scoring import Criterion
from bot.contest.refusal import Refusal
from bot.contest.scoring import read_points, score_refusal
from bot.contest.trials import read_result
from bot.talk.model import Outcome, Reply
from handlers.jury.card import change_card, criterion_card, more_card, receipt
from handlers.jury.conflicts import is_own_school
from handlers.jury.paper import Paper, paper_of, shut
from handlers.jury.points import by_mark, is_raw, read_written, said, scale_of, trial_of, written
from handlers.jury.seat import Judging, judging
from handlers.jury.showing import as_new, face, next_card, refused
from handlers.kinds import Case

#: A second tap on «Сохранить» so soon is the same tap.
DOUBLE_TAP = timedelta(seconds=3)


async def at(case: Case, argument: str) -> Reply:
    """One criterion of a work, perhaps at a page of its scale: `12:1f2e3d4c:1`."""
    found = await _at(case, argument)
    if not isinstance(found, tuple):
        return found
    paper, criterion, page = found
    return criterion_card(case, paper, criterion, int(page) if page.isdecimal() else None)


async def more(case: Case, argument: str) -> Reply:
    """The buttons that did not fit beside the values."""
    found = await _at(case, argument)
    return more_card(case, found[0], found[1]) if isinstance(found, tuple) else found


async def score(case: Case, argument: str) -> Outcome:
    """A tap on points: `12:1f2e3d4c:4`. It names its work and criterion itself: a card of before can't miss."""
    found = await _at(case, argument)
    if not isinstance(found, tuple):
        return found
    paper, criterion, points = found
    value = read_written(points)
    return Reply("not_available") if value is None else await _put(case, paper, criterion, value)


async def typed(case: Case, argument: str) -> Outcome:
    """Points written in sight of a card."""
    found = await _at(case, argument)
    if not isinstance(found, tuple):
        return found
    paper, criterion, _ = found
    points = _read(case.incoming.text, criterion)
    if isinstance(points, Refusal):
        return [Reply(said(points)), criterion_card(case, paper, criterion)]
    return await _put(case, paper, criterion, points)


def _read(text: str, criterion: Criterion) -> Decimal | Refusal:
    """Points, or a raw result as it is called out: «1:05,3»."""
    return read_result(text, trial_of(criterion)) if is_raw(criterion) else read_points(text, scale_of(criterion))


async def change(case: Case, argument: str) -> Reply:
    """Which criterion to score anew: `12`, or `12:1` for a page."""
    assignment_id, _, page = argument.partition(":")
    paper = await _open_paper(case, assignment_id)
    return paper if isinstance(paper, Reply) else change_card(case, paper, int(page) if page.isdecimal() else 0)


async def save(case: Case, assignment_id: str) -> Outcome:
    """The sheet is complete: a receipt in its place, and the next work below."""
    paper = await _open_paper(case, assignment_id)
    if isinstance(paper, Reply):
        return paper
    if paper.missing is not None:
        return criterion_card(case, paper, paper.missing)
    saved_at = paper.card.assignment.saved_at
    if saved_at is not None and case.now - saved_at < DOUBLE_TAP:
        return None
    await case.storage.jury.save(paper.id, at=case.now)
    await case.storage.audit.add(
        case.person.id, "jury.save", f"assignment:{paper.id}", {"event": paper.event.code}, at=case.now
    )
    after = await paper_of(case, assignment_id, Action.SCORE)
    if isinstance(after, Refusal):
        return refused(case, after)
    return [receipt(case, after), as_new(await next_card(case, after.seat, after))]


async def skip(case: Case, assignment_id: str) -> Reply:
    """Not now: on to the next work; this one comes again when the others are done."""
    paper = await _open_paper(case, assignment_id)
    if isinstance(paper, Reply):
        return paper
    if paper.seat.next(paper.id) is None:
        card = face(case, paper)
        card.popup = case.say("jury.last_one")
        return card
    return await next_card(case, paper.seat, paper)


async def _open_paper(case: Case, assignment_id: str) -> Paper | Reply:
    """A work whose sheet may be written into."""
    paper = await paper_of(case, assignment_id, Action.SCORE)
    if isinstance(paper, Refusal):
        return refused(case, paper)
    refusal = shut(case, paper)
    return refused(case, refusal, paper.event.code) if refusal else paper


async def _at(case: Case, argument: str) -> tuple[Paper, Criterion, str] | Reply:
    """The work, the criterion and the rest of a button's argument."""
    assignment_id, mark, rest = _parts(argument)
    paper = await _open_paper(case, assignment_id)
    if isinstance(paper, Reply):
        return paper
    criterion = by_mark(paper.criteria, mark)
    return face(case, paper) if criterion is None else (paper, criterion, rest)


def _parts(argument: str) -> Sequence[str]:
    assignment_id, _, rest = argument.partition(":")
    mark, _, value = rest.partition(":")
    return assignment_id, mark, value


async def _put(case: Case, paper: Paper, criterion: Criterion, points: Decimal) -> Outcome:
    """Keep the points, what they replace goes to the audit; on to what is missing, or to the total."""
    refusal = score_refusal(
        scale_of(criterion),
        points,
        closed=judging(case, paper.seat.running) is Judging.CLOSED,
        conflict=is_own_school(paper.seat.running, paper.seat.juror, paper.card),
    )
    if refusal:
        return refused(case, refusal, paper.event.code)
    before = await case.storage.jury.score(paper.id, criterion.code, points, at=case.now)
    if before != points:
        await case.storage.audit.add(
            case.person.id,
            "jury.score",
            f"assignment:{paper.id}",
            {"criterion": criterion.code, "old": None if before is None else written(before), "new": written(points)},
            at=case.now,
        )
    return face(case, replace(paper, given={**paper.given, criterion.code: points}))

"""The cards: a criterion to score, the total, what to change, the receipt. Each takes the place of the one before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from bot.contest.event.scoring import Criterion
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.helping.wording import MOST_THINGS
from handlers.jury import keys
from handlers.jury.inquiries import inquiries, inquiry_things
from handlers.jury.paper import Paper, shut
from handlers.jury.points import is_raw, mark_of, shown, total_of, value_shown
from handlers.jury.view import about, attachments, place_of, title_of
from handlers.kinds import Case

#: Criteria on a page beside the turns and the way back.
CRITERIA_PAGE = 7


def criterion_card(case: Case, paper: Paper, criterion: Criterion, page: int | None = None) -> Reply:
    """One criterion of a work, with a button for every value of its scale."""
    pages = keys.pages_of(keys.values_of(criterion))
    if page is None or not 0 <= page < len(pages):
        page = next((n for n, values in enumerate(pages) if paper.given.get(criterion.code) in values), 0)
    rows = [*keys.value_rows(paper, criterion, pages, page), *keys.way_rows(paper, criterion)]
    return _card(case, paper, criterion, rows)


def more_card(case: Case, paper: Paper, criterion: Criterion) -> Reply:
    """The same with the buttons that did not fit beside the values."""
    values = Button("jury_values", f"jury_at:{paper.id}:{mark_of(criterion)}")
    rows = [[keys.skip(paper), keys.conflict(paper)], [keys.ask(paper)], [keys.back(paper, criterion), values]]
    return _card(case, paper, criterion, rows)


def total_card(case: Case, paper: Paper) -> Reply:
    """All points with their sum. Only looked at where nothing may be changed any more."""
    total, most = total_of(paper.criteria, paper.given)
    comment = paper.card.assignment.comment
    lines = [_line(case, one, paper.given[one.code]) for one in paper.criteria if one.code in paper.given]
    to_list = [Button("jury_list", f"jury_list:{paper.event.code}")]
    rows = [
        [Button("jury_save", f"jury_save:{paper.id}", colour="positive")],
        [Button("jury_comment", f"jury_comment:{paper.id}"), Button("jury_change", f"jury_change:{paper.id}")],
        [keys.ask(paper)],
    ]
    if shut(case, paper):
        rows = [to_list]
    elif paper.card.assignment.state == "scored":
        rows[-1] += to_list
    return _reply(
        case,
        "jury.total" if most else "jury.total_raw",
        paper,
        rows,
        lines=Trusted("\n".join(lines)),
        sum=shown(total),
        most=shown(most),
        comment=Trusted("\n" + case.say("jury.comment_line", comment=comment)) if comment else "",
    )


def change_card(case: Case, paper: Paper, page: int = 0) -> Reply:
    """Which criterion to score anew."""
    buttons = [
        Button(label=_label(case, paper, one), go=f"jury_at:{paper.id}:{mark_of(one)}") for one in paper.criteria
    ]
    pages = [buttons] if len(buttons) <= keys.BESIDE_ONE else list(keys.chunks(buttons, CRITERIA_PAGE))
    page = page if 0 <= page < len(pages) else 0
    turns = [
        Button(key, f"jury_change:{paper.id}:{to}")
        for key, to in (("jury_earlier", page - 1), ("jury_later", page + 1))
        if 0 <= to < len(pages)
    ]
    rows = [*keys.chunks(pages[page], 2), [*turns, Button("jury_total", f"jury_work:{paper.id}")]]
    return _reply(case, "jury.change", paper, rows)


def receipt(case: Case, paper: Paper) -> Reply:
    """What stays in the chat of a work that is done."""
    total, most = total_of(paper.criteria, paper.given)
    title = title_of(paper.card)
    progress: dict[str, Any] = {"scored": paper.seat.scored, "total": len(paper.seat.works)}
    return Reply(
        "jury.saved" if most else "jury.saved_raw",
        number=paper.seat.number(paper.id),
        title=Trusted(case.say("jury.saved_title", title=title)) if title else "",
        sum=shown(total),
        most=shown(most),
        popup=case.say("jury.saved_popup", **progress),
        buttons=[[Button("jury_change", f"jury_change:{paper.id}")]],
        callback=case.incoming.shows_callback,
        edits=True,
        **progress,
    )


def _card(case: Case, paper: Paper, criterion: Criterion, rows: Sequence[Sequence[Button]]) -> Reply:
    given = [
        case.say("jury.given", title=Trusted(one.title), points=value_shown(one, paper.given[one.code]))
        for one in paper.criteria
        if one.code in paper.given and one.code != criterion.code
    ]
    now = paper.given.get(criterion.code)
    return _reply(
        case,
        "jury.card",
        paper,
        rows,
        words=f"jury_typed:{paper.id}:{mark_of(criterion)}",
        given=Trusted(" · ".join(given) + "\n" if given else ""),
        criterion=Trusted(criterion.title),
        scale=_scale(case, criterion),
        now="" if now is None else case.say("jury.now", points=value_shown(criterion, now)),
        meaning=Trusted("".join(f"\n{line}" for line in _meaning(case, criterion))),
    )


def _reply(
    case: Case, key: str, paper: Paper, rows: Sequence[Sequence[Button]], *, words: str = "", **values: Any
) -> Reply:
    asked = paper.inquiries
    return Reply(
        key,
        number=paper.seat.number(paper.id),
        total=len(paper.seat.works),
        place=place_of(case, paper.event, paper.card),
        about=Trusted(
            about(case, paper.event, paper.card) + inquiries(case, paper.event, paper.card.nomination, asked)
        ),
        buttons=rows,
        attachments=(*attachments(paper.card), *inquiry_things(asked))[:MOST_THINGS],
        callback=case.incoming.shows_callback,
        edits=True,
        words=words,
        **values,
    )


def _label(case: Case, paper: Paper, criterion: Criterion) -> str:
    given = paper.given.get(criterion.code)
    points = "–" if given is None else value_shown(criterion, given)
    return case.say("jury.change_label", title=Trusted(criterion.title), points=points)


def _scale(case: Case, criterion: Criterion) -> str:
    if is_raw(criterion):
        most = "" if criterion.max is None else value_shown(criterion, criterion.max)
        what = case.say(f"jury.measure.{criterion.measure}")
        return case.say("jury.measure_most", what=what, most=most) if most else what
    scale = f"{shown(criterion.min)}–{shown(criterion.scale[-1])}"
    if criterion.division == 1:
        return scale
    return case.say("jury.scale_step", scale=scale, step=shown(criterion.division))


def _meaning(case: Case, criterion: Criterion) -> Iterable[str]:
    if criterion.description:
        yield criterion.description
    for level in criterion.levels:
        yield case.say("jury.level", points=shown(level.points), means=Trusted(level.means))
    if is_raw(criterion):
        yield case.say("jury.type_result")
    elif len(criterion.scale) > keys.BESIDE_ONE:
        yield case.say("jury.may_type")


def _line(case: Case, criterion: Criterion, points: Decimal) -> str:
    title = Trusted(criterion.title)
    if is_raw(criterion) or criterion.max is None:
        return case.say("jury.line_open", title=title, points=value_shown(criterion, points))
    return case.say("jury.line", title=title, points=shown(points), most=shown(criterion.max))

"""The buttons of a card: the values of a scale by pages, and the ways on and back beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import ceil
from typing import TypeVar

from bot.contest.event.scoring import Criterion
from bot.talk.model import Button
from handlers.jury.paper import Paper
from handlers.jury.points import is_raw, mark_of, shown, written

T = TypeVar("T")
#: VK: ten buttons under a message, five in a row. So many values stand beside all, or one, of the other buttons.
BESIDE_ALL, BESIDE_ONE = 6, 9
#: Values on a page of a longer scale, beside the two turns of the page.
PAGE = 6
MOST_IN_ROW = 5


def values_of(criterion: Criterion) -> Sequence[Decimal]:
    """What has a button: the whole scale of points; of raw results only the shortest scales."""
    return () if is_raw(criterion) and criterion.scale_size > BESIDE_ONE else criterion.scale


def pages_of(scale: Sequence[Decimal]) -> Sequence[Sequence[Decimal]]:
    """The values of a scale by pages of about the same length; a raw result without a ceiling has none."""
    if len(scale) <= BESIDE_ONE:
        return [scale]
    return list(chunks(scale, ceil(len(scale) / ceil(len(scale) / PAGE))))


def value_rows(
    paper: Paper, criterion: Criterion, pages: Sequence[Sequence[Decimal]], page: int
) -> list[Sequence[Button]]:
    """A page of values, the given one green, and the turns of the page."""
    mark, now = mark_of(criterion), paper.given.get(criterion.code)
    buttons = [
        Button(
            label=shown(value),
            go=f"jury_score:{paper.id}:{mark}:{written(value)}",
            colour="positive" if value == now else "primary",
        )
        for value in pages[page]
    ]
    width = ceil(len(buttons) / ceil(len(buttons) / MOST_IN_ROW)) if buttons else 1
    turns = [
        Button(label=sign.format(_span(pages[to])), go=f"jury_at:{paper.id}:{mark}:{to}")
        for sign, to in (("‹ {}", page - 1), ("{} ›", page + 1))
        if 0 <= to < len(pages)
    ]
    return [*chunks(buttons, width), turns]


def way_rows(paper: Paper, criterion: Criterion) -> list[Sequence[Button]]:
    """The other buttons of a card, as many as fit."""
    before, count = back(paper, criterion), len(values_of(criterion))
    more = Button("jury_more", f"jury_more:{paper.id}:{mark_of(criterion)}")
    if count <= BESIDE_ALL:
        return [[before, skip(paper)], [conflict(paper), ask(paper)]]
    return [[more]] if count == BESIDE_ONE else [[before, more]]


def back(paper: Paper, criterion: Criterion) -> Button:
    """To the criterion before; from the first one, to the juror's desk."""
    at = paper.criteria.index(criterion)
    go = f"jury_at:{paper.id}:{mark_of(paper.criteria[at - 1])}" if at else f"jury:{paper.event.code}"
    return Button("jury_back", go)


def skip(paper: Paper) -> Button:
    """On to the next work."""
    return Button("jury_skip", f"jury_skip:{paper.id}")


def conflict(paper: Paper) -> Button:
    """This work is not theirs to judge."""
    return Button("jury_conflict", f"jury_conflict:{paper.id}")


def ask(paper: Paper) -> Button:
    """A question to the author, who is not told whose it is."""
    return Button("jury_ask", f"jury_ask:{paper.id}")


def _span(values: Sequence[Decimal]) -> str:
    return shown(values[0]) if len(values) == 1 else f"{shown(values[0])}–{shown(values[-1])}"


def chunks(items: Sequence[T], size: int) -> Iterable[Sequence[T]]:
    """The items in rows of this size."""
    return (items[start : start + size] for start in range(0, len(items), size))

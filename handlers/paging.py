"""Long lists, a page at a time: what is shown of them, and the buttons to the pages beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from bot.talk.model import Button

Item = TypeVar("Item")


def paged(
    found: Sequence[Item], number: int, size: int, route: str, after: str = ""
) -> tuple[int, Sequence[Item], list[Button]]:
    """The page's number, what stands on it, and the ways to the pages before and after, where there are any.

    A way is `route`, the number of its page, `after`. An old button may name a page that is not there any more: then it
    is the first one.
    """
    page = number if number * size < len(found) else 0
    turns = [
        Button(turn, f"{route}{to}{after}")
        for turn, to in (("org.before", page - 1), ("org.after", page + 1))
        if 0 <= to * size < len(found)
    ]
    return page, found[page * size : (page + 1) * size], turns

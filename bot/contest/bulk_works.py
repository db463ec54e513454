"""Many works in one message: which link belongs to whom.

A line has a link and, beside it, the number of an application or the name of its participant. Lines with nothing but
links go to those who wait, in the order of the list, if there are as many of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.contest.text import fold

_LINK = re.compile(r"(?:https?://|www\.)\S+|\b(?:[a-z0-9-]+\.)+(?:ru|com|net|org|edu)/\S*", re.IGNORECASE)
_NUMBER = re.compile(r"[А-ЯЁ]{1,4}-\d{4}-\d{1,6}", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"^\W*№?\s*(\d{1,4})\W*$")
_BULLET = re.compile(r"^\s*\d{1,3}\s*[.)]\s*")


@dataclass(frozen=True, slots=True)
class Waiting:
    """An application whose work is awaited."""

    id: int
    number: str
    ordinal: int
    #: What it is called: its title, or the names of its people.
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """A line with a link."""

    line: int
    url: str
    #: The words beside the link.
    words: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a line was found to be for: one application, several that it may be, or none."""

    sent: Sent
    found: tuple[int, ...]


def links_in(text: str) -> list[Sent]:
    """The lines that have a link. Words on a line before it, with no link of their own, belong to it."""
    found: list[Sent] = []
    above = ""
    for number, line in enumerate(text.split("\n"), start=1):
        links = _LINK.findall(line)
        words = " ".join(_LINK.sub(" ", line).split())
        if not links:
            above = words
            continue
        found += [Sent(number, url.rstrip(".,;)»"), words or above) for url in links]
        above = ""
    return found


def matched(sent: Sequence[Sent], waiting: Sequence[Waiting]) -> list[Match]:
    """For each line whom its words name. All without words: in the order of those who wait, if none is over."""
    if in_order(sent, waiting):
        return [Match(one, (whose.id,)) for one, whose in zip(sent, waiting, strict=True)]
    found = [Match(one, _named(one.words, waiting)) for one in sent]
    sure = {match.found[0] for match in found if len(match.found) == 1}
    return [
        Match(one.sent, tuple(i for i in one.found if i not in sure) or one.found) if one.found[1:] else one
        for one in found
    ]


def in_order(sent: Sequence[Sent], waiting: Sequence[Waiting]) -> bool:
    """Whether there are as many links as wait, and nobody is named beside them."""
    return bool(sent) and len(sent) == len(waiting) and not any(_names_somebody(one.words) for one in sent)


def _names_somebody(words: str) -> bool:
    return bool(_NUMBER.search(words)) or sum(char.isalpha() for char in words) > 1


def _named(words: str, waiting: Sequence[Waiting]) -> tuple[int, ...]:
    if number := _NUMBER.search(words):
        return tuple(one.id for one in waiting if fold(one.number) == fold(number[0]))
    if bare := _BARE_NUMBER.match(words):
        return tuple(one.id for one in waiting if one.ordinal == int(bare[1]))
    said = set(fold(re.sub(r"[^\w\s-]", " ", _BULLET.sub("", words))).split())
    if not said:
        return ()
    scored = [(max((_likeness(said, name) for name in one.names), default=0), one.id) for one in waiting]
    best = max((score for score, _ in scored), default=0)
    return tuple(id_ for score, id_ in scored if score == best and best)


def _likeness(said: set[str], name: str) -> int:
    """How many words of the name were said, its first one, the surname or the title, among them."""
    words = fold(re.sub(r"[^\w\s-]", " ", name)).split()
    return len(said & set(words)) if words and words[0] in said else 0

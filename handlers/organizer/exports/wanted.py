"""What somebody wants of a list: which rows, which columns."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from bot.contest.exports.model import Column
from bot.documents.exports.cells import Value
from handlers.events import Running
from handlers.kinds import Desk

T = TypeVar("T")
Rows = AsyncIterator[Sequence[Value]]
#: What each column says of one thing, by the column's code.
Readers = Mapping[str, Callable[[T], Value]]
#: What begins the mark of a search in a button.
SEARCH = "~"
_MARK_CHARS = 8


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows: one of the list's own filters, or what was searched for on its screen."""

    code: str = ""
    searched: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list with its filter and columns, and where it comes from."""

    desk: Desk
    #: None: a list of no event.
    at: Running | None
    filter: Filter
    columns: tuple[Column, ...]

    @property
    def running(self) -> Running:
        """The event. Raises LookupError for a list that has none."""
        if self.at is None:
            raise LookupError("a list of no event")
        return self.at

    def wants(self, *codes: str) -> bool:
        """Whether any of these columns is wanted."""
        return any(one.code in codes for one in self.columns)

    def row(self, readers: Readers[T], about: T) -> list[Value]:
        """The values of the wanted columns."""
        return [readers[one.code](about) for one in self.columns]


def mark_of(searched: str) -> str:
    """What stands in a button for the words of a search, which may be too long for one."""
    return SEARCH + sha256(searched.encode()).hexdigest()[:_MARK_CHARS]


def yes_or_nothing(*, holds: bool) -> str:
    """«да», or an empty cell."""
    return "да" if holds else ""


def page_link(person_id: int) -> str:
    """Where somebody's page is."""
    return f"vk.com/id{person_id}"


def joined(parts: Iterable[str]) -> str:
    """Several values in one cell."""
    return "; ".join(part for part in parts if part)

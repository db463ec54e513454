"""A stretch of an event's applications, for lists that are too long to be read at once."""

from __future__ import annotations

from dataclasses import dataclass

#: No event has as many; the largest number that a column of PostgreSQL holds.
MOST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Span:
    """The applications with ordinals above `after`, up to `until`."""

    after: int = 0
    until: int = MOST


#: All of them.
WHOLE = Span()

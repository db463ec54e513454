"""A list as data: its columns, which of them are personal data, and what somebody has chosen of them.

What a column holds is told by the word under which it stands here; where it comes from is the handlers' business.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from bot.contest.authorize import Action


class Kind(StrEnum):
    """How the cells of a column are written: text stays text, whatever it looks like."""

    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"
    DAY = "day"


class Ready(StrEnum):
    """Columns that are chosen with one tap."""

    ALL = "all"
    PLAIN = "plain"
    PRINT = "print"

    @property
    def label(self) -> str:
        """«без личных данных»."""
        return _LABELS[self]


_LABELS = {Ready.ALL: "все", Ready.PLAIN: "без личных данных", Ready.PRINT: "для печати"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list."""

    code: str
    title: str
    #: What it counts or says, for the sheet about the file.
    about: str
    kind: Kind = Kind.TEXT
    #: Whether it names people or tells something of one of them (152-ФЗ, ст. 3).
    personal: bool = False
    #: How to reach somebody: for those alone who may know that.
    contact: bool = False
    #: Whether it is among the few that fit a sheet of paper.
    printed: bool = True

    def fits(self, ready: Ready) -> bool:
        """Whether it belongs to a set that is ready."""
        return {Ready.ALL: True, Ready.PLAIN: not self.personal, Ready.PRINT: self.printed}[ready]


@dataclass(frozen=True)
class Listing:
    """A list that can be taken away."""

    code: str
    #: «Заявки»: what the file and its sheet are called.
    title: str
    #: What one row is: «одна заявка».
    row: str
    columns: tuple[Column, ...]
    #: The right for the list itself, beside the right to take lists away.
    action: Action
    #: Whether it shows what others of the jury have said: not for who still judges there.
    of_jury: bool = False
    #: Which filters its screen knows; the first holds where none is named.
    filters: tuple[str, ...] = ()

    @cached_property
    def by_code(self) -> dict[str, Column]:
        """The columns by their codes."""
        return {one.code: one for one in self.columns}

    def having(self, columns: Sequence[Column]) -> Listing:
        """The same with an event's own columns behind the rest."""
        return replace(self, columns=(*self.columns, *columns))

    def seen(self, *, contacts: bool) -> Listing:
        """The same for one who may, or may not, know how to reach people."""
        return self if contacts else replace(self, columns=tuple(one for one in self.columns if not one.contact))


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose of a list: a set that is ready, and the columns put in or taken out beside it."""

    ready: Ready = Ready.PRINT
    switched: frozenset[str] = frozenset()

    def takes(self, column: Column) -> bool:
        """Whether the column is wanted."""
        return column.fits(self.ready) != (column.code in self.switched)

    def of(self, listing: Listing) -> tuple[Column, ...]:
        """The wanted columns, in the list's order; a file without a column is none, so the first stays."""
        return tuple(one for one in listing.columns if self.takes(one)) or listing.columns[:1]

    def switch(self, code: str) -> Choice:
        """The same with one column put in or taken out."""
        return replace(self, switched=self.switched ^ {code})

    def written(self) -> str:
        """How it is kept: `print,email,phone`."""
        return ",".join((self.ready.value, *sorted(self.switched)))

    @classmethod
    def read(cls, text: str | None) -> Choice:
        """What was kept; what is not understood (any more) is the usual choice."""
        ready, *switched = (text or "").split(",")
        return cls(Ready(ready), frozenset(switched)) if ready in set(Ready) else cls()


def is_personal(columns: Collection[Column]) -> bool:
    """Whether a file with these columns carries personal data away."""
    return any(one.personal for one in columns)


def is_withheld(listing: Listing, *, judges: bool, approved: bool) -> bool:
    """Whether a list is not for this organizer yet.

    Who judges at an event scores without knowing what the others of the jury have said (as other jurors do); from
    the approved protocol on, scores are no secret between organizers.
    """
    return listing.of_jury and judges and not approved


#: So many rows with personal data leave only after one more question.
ASK_FROM_ROWS = 10_000


def must_be_asked(columns: Collection[Column], rows: int) -> bool:
    """Whether the one who asks is to confirm the number of rows first."""
    return is_personal(columns) and rows > ASK_FROM_ROWS

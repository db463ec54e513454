"""Counting a year by a rule: the totals, what each event adds to them, and by which rows."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import add

from bot.contest.report.counting import Once, Rules, Term
from bot.contest.report.facts import Forgotten
from bot.contest.report.measures import Measure, Sheet
from bot.contest.report.rows import Base
from bot.contest.report.worth import Worth


@dataclass(frozen=True, slots=True)
class Piece:
    """What one term of an event adds, and what it leaves out because it was counted before."""

    term: Term
    value: int
    #: People, organisations or experts whom the same total has already from this event.
    again_here: int = 0
    #: The same, from other events of the year.
    again_elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """A year by one rule."""

    rules: Rules
    #: What each event adds to each total; an event that adds nothing is here too.
    lines: Mapping[tuple[str, Measure], tuple[Piece, ...]]
    #: How much of each row of a sheet is in a total.
    weights: Mapping[tuple[Sheet, Measure], Sequence[int]]

    def line(self, event: str, measure: Measure) -> int:
        """What an event adds to a total."""
        return sum(piece.value for piece in self.lines.get((event, measure), ()))

    def total(self, measure: Measure) -> int:
        """The total of the year."""
        return sum(piece.value for (_, of), pieces in self.lines.items() if of is measure for piece in pieces)

    def sheets(self, measure: Measure) -> list[Sheet]:
        """From which sheets a total comes."""
        return [sheet for sheet in Sheet if (sheet, measure) in self.weights]


def tally(base: Base, rules: Rules, keys: Iterable[str] | None = None, *, worth: Worth | None = None) -> Tally:
    """Count a year, or these events of it by themselves, in the order of the report.

    A person who is counted once belongs to the first of the events. `worth` serves all rules of one year.
    """
    worth = worth or Worth(base)
    met: dict[tuple[Measure, Sheet], dict[Hashable, str]] = defaultdict(dict)
    weights: dict[tuple[Sheet, Measure], array[int]] = {}
    lines: dict[tuple[str, Measure], list[Piece]] = defaultdict(list)
    for key in base.groups if keys is None else keys:
        here: dict[tuple[Measure, Sheet], set[Hashable]] = defaultdict(set)
        for term in rules.terms(key):
            sheet = term.of.sheet
            sizes = worth.of(term, key)
            piece = Piece(term, sum(sizes))
            if term.once is not Once.NEVER:
                known = _Known(key, met[term.total, sheet], here[term.total, sheet])
                piece = known.take_out(term, sizes, worth.identities(sheet, key))
            lines[key, term.total].append(piece)
            column = weights.get((sheet, term.total))
            if column is None:
                column = weights[sheet, term.total] = array("i", bytes(4 * len(base.rows.of(sheet))))
            span = slice(base.rows.span(sheet, key).start, base.rows.span(sheet, key).stop)
            column[span] = array("i", map(add, column[span], sizes))
    return Tally(rules, {line: tuple(pieces) for line, pieces in lines.items()}, weights)


@dataclass(frozen=True, slots=True)
class _Known:
    """Who is in a total already when the rows of an event come to it."""

    key: str
    #: The first event of each.
    first: dict[Hashable, str]
    here: set[Hashable]

    def take_out(self, term: Term, sizes: list[int], identities: Sequence[Hashable]) -> Piece:
        """Make nothing of the sizes that are in the total already; what counts is remembered."""
        again_here = again_elsewhere = 0
        is_year = term.once is Once.YEAR
        for place, who in enumerate(identities):
            size = sizes[place]
            if not size:
                continue
            again = self._forgotten(who, term.once) if isinstance(who, Forgotten) else self._again(who, is_year=is_year)
            if again is None:
                continue
            sizes[place] = 0
            if again == self.key:
                again_here += size
            else:
                again_elsewhere += size
        return Piece(term, sum(sizes), again_here, again_elsewhere)

    def _again(self, who: Hashable, *, is_year: bool) -> str | None:
        """The event from which this one is in the total already; None: it is not."""
        if is_year and who in self.first:
            return self.first[who]
        if not is_year and who in self.here:
            return self.key
        self.here.add(who)
        self.first.setdefault(who, self.key)
        return None

    def _forgotten(self, forgotten: Forgotten, once: Once) -> str | None:
        if forgotten is Forgotten.EVENT:
            return self.key
        return "" if forgotten is Forgotten.YEAR and once is Once.YEAR else None

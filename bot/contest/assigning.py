"""Which juror judges which work: evenly, nobody an own pupil, nothing taken away that was given before.

Works are first given to those who have least. Then loads are evened by chains: a juror with two works more
than another hands one over, if need be through others in between. When no chain is left, no fairer
assignment exists (Harvey and others, "Semi-matchings for bipartite graphs", 2006).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

#: (juror, work)
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Juror:
    """A member of the jury who takes works."""

    person: int
    #: None for one who belongs to no organisation of the directory.
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A work to be judged."""

    work: int
    organisation: str | None = None
    #: Who stands behind it: the applicant and the teachers.
    people: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who judges what, and where jurors were too few."""

    pairs: frozenset[Pair]
    #: Works with fewer jurors than wanted, with how many are missing.
    short: dict[int, int]


def conflicts_of_interest(jurors: Iterable[Juror], entries: Iterable[Entry], *, own_school: bool = False) -> set[Pair]:
    """The pairs that must not be: a work of the juror's own school (unless `own_school` is allowed) or pupil."""
    entries = tuple(entries)
    return {
        (juror.person, entry.work)
        for juror in jurors
        for entry in entries
        if juror.person in entry.people
        or (not own_school and juror.organisation is not None and juror.organisation == entry.organisation)
    }


def assign(
    entries: Sequence[Entry],
    jurors: Sequence[Juror],
    *,
    per_work: int,
    conflicts: Collection[Pair] = (),
    existing: Collection[Pair] = (),
    own_school: bool = False,
    one_more: Collection[int] = (),
) -> Assignment:
    """Give every work `per_work` jurors, or as many as may judge it; those of `one_more` one more than that.

    `existing` pairs stay, except those that have become a conflict. The same facts give the same assignment.
    """
    banned = set(conflicts) | conflicts_of_interest(jurors, entries, own_school=own_school)
    people = sorted({juror.person for juror in jurors})
    works = sorted({entry.work for entry in entries})
    kept = {pair for pair in existing if pair not in banned and pair[0] in people and pair[1] in works}
    board = _Board(people, frozenset(banned), frozenset(kept))
    wanted = {work: per_work + (work in one_more) for work in works}
    for work in works:
        board.fill(work, wanted[work])
    board.even_out()
    missing = {work: wanted[work] - len(board.jurors_of[work]) for work in works}
    return Assignment(frozenset(board.pairs()), {work: count for work, count in missing.items() if count > 0})


class _Board:
    """An assignment while it is being made."""

    def __init__(self, people: Sequence[int], banned: frozenset[Pair], kept: frozenset[Pair]) -> None:
        self._banned = banned
        self._kept = kept
        self.works_of: dict[int, set[int]] = {person: set() for person in people}
        self.jurors_of: dict[int, set[int]] = {}
        for person, work in kept:
            self._give(person, work)

    def pairs(self) -> Iterable[Pair]:
        return ((person, work) for person, works in self.works_of.items() for work in works)

    def fill(self, work: int, per_work: int) -> None:
        taken = self.jurors_of.setdefault(work, set())
        free = [person for person in self.works_of if person not in taken and (person, work) not in self._banned]
        free.sort(key=lambda person: (len(self.works_of[person]), person))
        for person in free[: max(0, per_work - len(taken))]:
            self._give(person, work)

    def even_out(self) -> None:
        while any(self._relieve(person) for person in sorted(self.works_of, key=self._heaviest_first)):
            pass

    def _heaviest_first(self, person: int) -> tuple[int, int]:
        return -len(self.works_of[person]), person

    def _relieve(self, start: int) -> bool:
        """Hand works along the shortest chain from `start` to someone with at least two works fewer."""
        came: dict[int, Pair | None] = {start: None}
        queue = deque([start])
        while queue:
            person = queue.popleft()
            if len(self.works_of[person]) <= len(self.works_of[start]) - 2:
                self._hand_over(person, came)
                return True
            for other, work in self._takers(person):
                if other not in came:
                    came[other] = (person, work)
                    queue.append(other)
        return False

    def _takers(self, person: int) -> Iterable[Pair]:
        for work in sorted(self.works_of[person]):
            if (person, work) in self._kept:
                continue
            for other in self.works_of:
                if other not in self.jurors_of[work] and (other, work) not in self._banned:
                    yield other, work

    def _hand_over(self, last: int, came: dict[int, Pair | None]) -> None:
        while step := came[last]:
            giver, work = step
            self.works_of[giver].remove(work)
            self.jurors_of[work].remove(giver)
            self._give(last, work)
            last = giver

    def _give(self, person: int, work: int) -> None:
        self.works_of[person].add(work)
        self.jurors_of.setdefault(work, set()).add(person)

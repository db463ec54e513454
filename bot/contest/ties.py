"""Ties: what people have decided between equal works by the rule that the event has declared, put into the ranking.

A decision stands only for works that are still equal: when points change, those of it that are equal no more keep
the places that their points give them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.contest.ranking import Ranked


@dataclass(frozen=True, slots=True)
class Order:
    """Equal works as somebody has put them: the best first; those of one level stay equal and share the place."""

    levels: tuple[tuple[int, ...], ...]

    @property
    def works(self) -> frozenset[int]:
        """All of them."""
        return frozenset(work for level in self.levels for work in level)

    def level_of(self, work: int) -> int:
        """At which level a work stands. Raises KeyError if the order lacks it."""
        for index, level in enumerate(self.levels):
            if work in level:
                return index
        raise KeyError(work)


def settled(ranking: Sequence[Ranked], orders: Sequence[Order]) -> tuple[Ranked, ...]:
    """The ranking with the decisions in it; of several about the same works the last one holds."""
    found: list[Ranked] = []
    for place in sorted({ranked.place for ranked in ranking}):
        group = [ranked for ranked in ranking if ranked.place == place]
        order = order_for((ranked.work for ranked in group), orders) if len(group) > 1 else None
        found += group if order is None else _ordered(group, order)
    return tuple(found)


def order_for(works: Iterable[int], orders: Sequence[Order]) -> Order | None:
    """The decision that says how these works stand to each other, or None."""
    wanted = frozenset(works)
    return next((order for order in reversed(orders) if wanted <= order.works), None)


def still_open(
    contested: Iterable[tuple[int, ...]], orders: Sequence[Order], *, by_hand: Collection[int] = ()
) -> tuple[tuple[int, ...], ...]:
    """Of the ties that matter those nobody has decided: neither in an order nor by setting the outcomes `by_hand`.

    An order that leaves works on one level is a decision too: they share the place.
    """
    return tuple(
        group
        for group in contested
        if order_for(group, orders) is None and sum(work not in by_hand for work in group) > 1
    )


def _ordered(group: Sequence[Ranked], order: Order) -> list[Ranked]:
    by_level: dict[int, list[Ranked]] = {}
    for ranked in group:
        by_level.setdefault(order.level_of(ranked.work), []).append(ranked)
    found: list[Ranked] = []
    for level in sorted(by_level):
        place, tied = group[0].place + len(found), len(by_level[level]) > 1
        found += [replace(ranked, place=place, tied=tied) for ranked in by_level[level]]
    return found

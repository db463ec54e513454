"""Equal works: which ties matter, and what a decision between them does to the ranking."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.ranking import Broken, Ranked, Score, broken_ties, rank
from bot.contest.schemes import contested
from bot.contest.ties import Order, order_for, settled, still_open
from tests.rules.test_award_schemes import JURY, LAUREATES, OWN, PLACES, QUOTA, SHARED_PLACES, Scheme, entries, rules


def scored(*points: int) -> tuple[Ranked, ...]:
    return rank(Score(work, Decimal(value)) for work, value in enumerate(points))


def places(ranking: tuple[Ranked, ...]) -> dict[int, int]:
    return {one.work: one.place for one in ranking}


@pytest.mark.parametrize(
    ("scheme", "points", "groups"),
    [
        (PLACES, (9, 9, 7, 6), [(0, 1)]),
        (PLACES, (9, 8, 7, 7), [(2, 3)]),
        (PLACES, (9, 8, 7, 6, 6), []),
        (PLACES, (9, 9, 7, 7, 7), [(0, 1), (2, 3, 4)]),
        ({**PLACES, "least_entries": 9}, (9, 9), []),
        (SHARED_PLACES, (9, 9, 8), [(0, 1)]),
        (LAUREATES, (9.5, 9.5, 8, 8), [(0, 1)]),
        (LAUREATES, (8.5, 8.5), []),
        (JURY, (9, 9, 8, 8, 8), []),
        (JURY, (9, 8, 8, 7), [(1, 2)]),
        (QUOTA, (40, 39, 38, 38, 30, 30, 30, 30, 30, 30), [(2, 3)]),
        (QUOTA, (20, 20, 19, 19), []),
        (OWN, (9, 9, 9), []),
    ],
)
def test_a_tie_matters_where_an_award_hangs_on_it(
    scheme: Scheme, points: tuple[float, ...], groups: list[tuple[int, ...]]
) -> None:
    assert list(contested(rules(scheme), entries(*points))) == groups


def test_an_order_puts_equal_works_one_below_the_other_and_may_leave_some_equal() -> None:
    tie = scored(9, 9, 9, 5)
    assert places(settled(tie, [Order(((2,), (0,), (1,)))])) == {2: 1, 0: 2, 1: 3, 3: 4}
    partly = settled(tie, [Order(((2,), (0, 1)))])
    assert places(partly) == {2: 1, 0: 2, 1: 2, 3: 4}
    assert [one.tied for one in partly] == [False, True, True, False]


def test_the_last_decision_about_the_same_works_holds() -> None:
    first, second = Order(((0,), (1,))), Order(((1,), (0,)))
    assert places(settled(scored(9, 9), [first, second])) == {1: 1, 0: 2}
    assert order_for((0, 1), [first, second]) is second


def test_a_decision_says_nothing_of_works_whose_points_have_changed() -> None:
    order = Order(((1,), (0,), (2,)))
    assert places(settled(scored(9, 7, 9), [order])) == {0: 1, 2: 2, 1: 3}
    assert places(settled(scored(9, 9, 9, 9), [order])) == {0: 1, 1: 1, 2: 1, 3: 1}


def test_a_tie_is_open_until_it_is_decided_in_order_or_by_hand() -> None:
    groups = [(0, 1), (4, 5, 6)]
    assert still_open(groups, []) == ((0, 1), (4, 5, 6))
    assert still_open(groups, [Order(((0, 1),))]) == ((4, 5, 6),)
    assert still_open(groups, [], by_hand={1, 4}) == ((4, 5, 6),)
    assert still_open(groups, [], by_hand={1, 4, 6}) == ()


def test_what_was_decisive_between_equal_works_is_named() -> None:
    scores = [
        Score(1, Decimal(30), (Decimal(8), Decimal(2))),
        Score(2, Decimal(30), (Decimal(8), Decimal(5))),
        Score(3, Decimal(30), (Decimal(9), Decimal(0))),
        Score(4, Decimal(40), (Decimal(0), Decimal(0))),
    ]
    assert [one.work for one in rank(scores)] == [4, 3, 2, 1]
    assert broken_ties(scores) == (Broken(3, 2, 0), Broken(2, 1, 1))
    assert broken_ties([Score(1, Decimal(5)), Score(2, Decimal(5))]) == ()


def test_of_sums_of_places_the_least_is_the_best() -> None:
    sums = [Score(1, Decimal(12), (Decimal(0),)), Score(2, Decimal(9), (Decimal(-5),)),
            Score(3, Decimal(9), (Decimal(-4),))]  # fmt: skip
    assert [(one.work, one.place) for one in rank(sums, less=True)] == [(3, 1), (2, 2), (1, 3)]
    assert broken_ties(sums, less=True) == (Broken(3, 2, 0),)


@given(st.lists(st.integers(0, 4), max_size=12), st.permutations(range(12)))
def test_a_decision_moves_nobody_past_a_work_with_other_points(points: list[int], order: list[int]) -> None:
    before = scored(*points)
    after = settled(before, [Order(tuple((work,) for work in order))])
    assert sorted(one.work for one in after) == sorted(one.work for one in before)
    assert [one.points for one in after] == [one.points for one in before]
    assert [one.place for one in after] == list(range(1, len(points) + 1))
    assert not any(one.tied for one in after)

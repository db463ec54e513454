"""Score sheets, places, and who judges what."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.ranking import Ranked, Score, rank
from bot.contest.refusal import Refusal
from bot.contest.scoring import (
    Scale,
    Sheet,
    conflict_refusal,
    is_far_apart,
    max_total,
    mean_by_criterion,
    mean_of_jury,
    progress,
    read_points,
    score_refusal,
)

ORIGINAL = Scale("original", "Оригинальность", Decimal(5))
DESIGN = Scale("design", "Дизайн", Decimal(8), step=Decimal("0.5"), weight=Decimal(2))
SCALES = (ORIGINAL, DESIGN)
BOUNDS = {"title": "Оригинальность", "least": Decimal(0), "most": Decimal(5)}


def sheet(juror: int, work: int, *points: int, conflict: str | None = None) -> Sheet:
    written = dict(zip(("original", "design"), map(Decimal, points), strict=False))
    return Sheet(juror, work, written, conflict=conflict)


@pytest.mark.parametrize(("typed", "points"), [("4", "4"), (" 0 ", "0"), ("7,5", "7.5"), ("7.5", "7.5"), ("8", "8")])
def test_points_are_read_as_people_type_them(typed: str, points: str) -> None:
    assert read_points(typed, DESIGN) == Decimal(points)


@pytest.mark.parametrize("typed", ["", " ", "отлично", "-1", "1e3", "NaN", "11/10", "٤"])
def test_b24_no_points_are_refused_with_the_scale(typed: str) -> None:
    assert read_points(typed, ORIGINAL) == Refusal("score.expected", BOUNDS)
    assert read_points("5", ORIGINAL) == Decimal(5)


@pytest.mark.parametrize("points", [Decimal(11), Decimal(6), Decimal(-1)])
def test_b24_points_off_the_scale_are_refused(points: Decimal) -> None:
    assert score_refusal(ORIGINAL, points, closed=False, conflict=False) == Refusal("score.out_of_range", BOUNDS)
    assert score_refusal(ORIGINAL, Decimal(5), closed=False, conflict=False) is None


def test_b24_points_between_two_steps_are_refused() -> None:
    refusal = Refusal("score.step", {"title": "Дизайн", "step": Decimal("0.5")})
    assert score_refusal(DESIGN, Decimal("0.3"), closed=False, conflict=False) == refusal
    assert score_refusal(DESIGN, Decimal("0.5"), closed=False, conflict=False) is None


@pytest.mark.parametrize(
    ("closed", "conflict", "assigned", "own", "key"),
    [
        (True, False, True, False, "score.closed"),
        (False, True, True, False, "score.conflict"),
        (False, False, False, False, "score.not_assigned"),
        (False, True, True, True, "score.own_work"),
    ],
)
def test_b24_who_may_not_score_is_told_why(closed: bool, conflict: bool, assigned: bool, own: bool, key: str) -> None:
    refusal = score_refusal(ORIGINAL, Decimal(3), closed=closed, conflict=conflict, assigned=assigned, own=own)
    assert refusal == Refusal(key)


def test_a_conflict_needs_a_reason_and_an_open_protocol() -> None:
    assert conflict_refusal(" ", closed=False) == Refusal("score.conflict_reason_needed")
    assert conflict_refusal("моя ученица", closed=True) == Refusal("score.closed")
    assert conflict_refusal("моя ученица", closed=False) is None


def test_a_total_is_weighted_and_zero_is_a_score() -> None:
    assert sheet(1, 7, 4, 3).total(SCALES) == Decimal(10)
    assert sheet(1, 7, 0, 0).is_complete(SCALES)
    assert sheet(1, 7, 4).missing(SCALES) == (DESIGN,)
    assert not sheet(1, 7, 4, 3, conflict="моя ученица").is_complete(SCALES)
    assert max_total(SCALES) == Decimal(21)


def test_the_mean_counts_complete_sheets_only() -> None:
    sheets = [sheet(1, 7, 4, 3), sheet(2, 7, 5, 3), sheet(3, 7, 5, 3), sheet(4, 7, 0), sheet(5, 7, 0, 0, conflict="да")]
    assert mean_of_jury(sheets, SCALES) == Decimal("10.67")
    assert mean_by_criterion(sheets, SCALES, ["design", "original"]) == (Decimal(3), Decimal("4.67"))
    assert mean_of_jury(sheets[3:], SCALES) is None


@pytest.mark.parametrize(("gap", "apart"), [("3", True), ("4", False)])
def test_two_complete_sheets_further_apart_than_the_gap_call_for_one_more_juror(gap: str, apart: bool) -> None:
    sheets = [sheet(1, 7, 4, 3), sheet(2, 7, 0, 3), sheet(3, 7, 0)]
    assert is_far_apart(sheets, SCALES, Decimal(gap)) is apart
    assert not is_far_apart(sheets[2:], SCALES, Decimal(gap))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 8)), min_size=1, max_size=6))
def test_the_mean_lies_among_the_totals_whatever_the_order(points: list[tuple[int, int]]) -> None:
    sheets = [sheet(juror, 7, *pair) for juror, pair in enumerate(points)]
    totals = [written.total(SCALES) for written in sheets]
    mean = mean_of_jury(sheets, SCALES)
    assert mean is not None
    assert min(totals) <= mean <= max(totals)
    assert mean_of_jury(reversed(sheets), SCALES) == mean


def test_what_is_open_is_shown_by_juror_and_work() -> None:
    assigned = [(1, 7), (1, 8), (2, 7), (2, 8)]
    sheets = [sheet(1, 7, 4, 3), sheet(1, 8, 4), sheet(2, 7, conflict="моя школа")]
    seen = progress(assigned, sheets, SCALES)
    assert (seen.done, seen.total, seen.open) == (1, 3, ((1, 8), (2, 8)))


def ranked(*points: int) -> list[int]:
    return [place.place for place in rank(Score(work, Decimal(value)) for work, value in enumerate(points))]


def test_equal_works_share_a_place_and_the_next_is_left_out() -> None:
    assert ranked(30, 30, 20) == [1, 1, 3]
    assert ranked(30, 20, 20, 10) == [1, 2, 2, 4]
    assert ranked(5, 5, 5) == [1, 1, 1]
    assert rank([]) == ()


def test_a_tie_is_shown_until_a_rule_named_beforehand_breaks_it() -> None:
    tie = [Score(1, Decimal(30)), Score(2, Decimal(30))]
    assert rank(tie) == (Ranked(1, Decimal(30), 1, tied=True), Ranked(2, Decimal(30), 1, tied=True))
    broken = [Score(1, Decimal(30), (Decimal(4),)), Score(2, Decimal(30), (Decimal(5),))]
    assert rank(broken) == (Ranked(2, Decimal(30), 1, tied=False), Ranked(1, Decimal(30), 2, tied=False))


@given(st.lists(st.integers(0, 6), max_size=20))
def test_a_place_is_one_more_than_the_number_of_better_works(points: list[int]) -> None:
    scores = [Score(work, Decimal(value)) for work, value in enumerate(points)]
    for entry in rank(reversed(scores)):
        assert entry.place == 1 + sum(score.points > entry.points for score in scores)
        assert entry.tied == (sum(score.points == entry.points for score in scores) > 1)

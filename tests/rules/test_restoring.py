"""F35: how a start sees that a copy of the database was put in its place."""

from __future__ import annotations

import pytest

from bot.contest.restoring import Mark, Own, Why, is_unknown, why_restored

FRESH = Own(None, None, 0, 0, is_copy=False)
HERE = Own("second", "first", 10, 20, is_copy=False)


@pytest.mark.parametrize(
    ("own", "beside", "why", "unknown"),
    [
        (FRESH, None, None, False),
        (FRESH, Mark("second", 10, 20), None, False),
        (Own(None, None, 3, 0, is_copy=False), None, None, False),
        (Own(None, None, 3, 0, is_copy=False), Mark("second", 10, 20), Why.EPOCH, False),
        (HERE, Mark("second", 10, 20), None, False),
        (HERE, Mark("second", 9, 12), None, False),
        (HERE, Mark("first", 9, 12), None, False),
        (HERE, Mark("third", 11, 21), Why.EPOCH, False),
        (HERE, Mark("second", 11, 20), Why.BEHIND, False),
        (HERE, Mark("second", 10, 21), Why.BEHIND, False),
        (HERE, Mark("first", 11, 20), Why.BEHIND, False),
        (HERE, None, None, True),
        (Own("second", "first", 10, 20, is_copy=True), None, Why.COPY, False),
        (Own("second", "first", 10, 20, is_copy=True), Mark("second", 10, 20), Why.COPY, False),
    ],
)
def test_f35_a_copy_in_the_place_of_the_database_is_noticed(
    own: Own, beside: Mark | None, why: Why | None, *, unknown: bool
) -> None:
    assert why_restored(own, beside) is why
    assert is_unknown(own, beside) is unknown

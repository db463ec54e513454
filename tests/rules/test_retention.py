"""For how long people are remembered."""

from __future__ import annotations

from datetime import date

import pytest

from bot.contest.retention import is_due, keep_until


@pytest.mark.parametrize(
    ("results_on", "months", "until"),
    [
        (date(2026, 5, 12), 12, date(2027, 5, 12)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 31), 60, date(2031, 1, 31)),
    ],
)
def test_the_term_is_counted_in_months_from_the_results(results_on: date, months: int, until: date) -> None:
    assert keep_until(results_on, months) == until
    assert not is_due(results_on, months, today=until)
    assert is_due(results_on, months, today=date.fromordinal(until.toordinal() + 1))

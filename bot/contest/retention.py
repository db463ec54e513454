"""For how long an event's people are remembered (152-ФЗ, article 5: no longer than the purpose needs)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

#: What is counted before it is destroyed, in the order of an act.
COUNTED = ("applications", "participants", "contacts", "works", "signed_consents", "remarks", "papers")
_MONTHS_A_YEAR = 12


def keep_until(results_on: date, keep_months: int) -> date:
    """The last day on which the data of an event are kept whose results came on `results_on`.

    Months as people count them: the same day of the month, or the last one where that month is shorter.
    """
    month = results_on.month - 1 + keep_months
    year, month = results_on.year + month // _MONTHS_A_YEAR, month % _MONTHS_A_YEAR + 1
    return date(year, month, min(results_on.day, monthrange(year, month)[1]))


def is_due(results_on: date, keep_months: int, *, today: date) -> bool:
    """Whether the data are to be destroyed: the term's last day is over."""
    return today > keep_until(results_on, keep_months)

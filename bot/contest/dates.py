"""Reading dates as people type them.

Refusal keys: `date.expected`, `date.impossible` (typed), `birth.future` (date), `birth.too_young` (years),
`birth.too_old` (years).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.contest.refusal import Refusal
from bot.contest.text import clean

YOUNGEST, OLDEST = 3, 120
#: Outside of these ages a date is more often a slip than the truth.
_LIKELY = range(5, 90)
_DATE_LIMIT = 40

_NUMERIC = re.compile(r"([0-9]{1,2})[./\-\s]{1,2}([0-9]{1,2})[./\-\s]{1,2}([0-9]{4}|[0-9]{2})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_WORDED = re.compile(r"([0-9]{1,2})[\s.\-]{1,2}([а-я]{3,8})\.?\s{1,2}([0-9]{4}|[0-9]{2})")
_YEAR_WORD = re.compile(r"\s*(?:года|год|г)?\.?$")
_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_CENTURY = 100


@dataclass(frozen=True, slots=True)
class Unlikely:
    """A birth date that is possible but so rare that the person is asked whether it is right."""

    date: date
    years: int


def read_date(text: str, *, today: date) -> date | Refusal:
    """The date in «12.05.2014», «12.5.14», «12 мая 2014 г.» or «2014-05-12».

    A year of two digits is the latest one that is not after `today`.
    """
    typed = clean(text).strip().lower()
    if len(typed) > _DATE_LIMIT:
        return Refusal("date.expected")
    numbers = _numbers(_YEAR_WORD.sub("", typed))
    if numbers is None:
        return Refusal("date.expected")
    year, month, day = numbers
    if year < _CENTURY:
        this_century = today.year - today.year % _CENTURY + year
        year = this_century if this_century <= today.year else this_century - _CENTURY
    try:
        return date(year, month, day)
    except ValueError:
        return Refusal("date.impossible", {"typed": typed})


def read_birth_date(text: str, *, today: date) -> date | Unlikely | Refusal:
    """A birth date; below 3 and above 120 years it is refused, near those ages it is asked again."""
    born = read_date(text, today=today)
    if isinstance(born, Refusal):
        return born
    years = age(born, today)
    if born > today:
        return Refusal("birth.future", {"date": born})
    if years < YOUNGEST:
        return Refusal("birth.too_young", {"years": years})
    if years > OLDEST:
        return Refusal("birth.too_old", {"years": years})
    return born if years in _LIKELY else Unlikely(born, years)


def age(born: date, today: date) -> int:
    """Full years on the day `today`; born on 29 February, one grows older on 1 March of a common year."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _numbers(typed: str) -> tuple[int, int, int] | None:
    """Year, month and day as typed, not yet known to be a date."""
    if found := _ISO.fullmatch(typed):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _NUMERIC.fullmatch(typed):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _WORDED.fullmatch(typed):
        months = [number for number, stem in enumerate(_MONTHS, 1) if found[2].startswith(stem)]
        return (int(found[3]), months[0], int(found[1])) if months else None
    return None

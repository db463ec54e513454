"""Dates of birth as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.dates import Unlikely, age, read_birth_date, read_date
from bot.contest.refusal import Refusal

TODAY = date(2026, 4, 18)


@pytest.mark.parametrize(
    "typed",
    ["12.05.2014", "12.5.14", "12/05/2014", "12 05 2014", "12-5-2014", "2014-05-12", "12 мая 2014", "12 Мая 2014 г.",
     "12.05.2014 года"],
)  # fmt: skip
def test_a_date_is_read_as_people_type_it(typed: str) -> None:
    assert read_birth_date(typed, today=TODAY) == date(2014, 5, 12)


@pytest.mark.parametrize("typed", ["31.02.2014", "29.02.2023", "32.01.2014", "00.05.2014", "12.13.2014"])
def test_b11_impossible_dates_are_refused(typed: str) -> None:
    assert read_birth_date(typed, today=TODAY) == Refusal("date.impossible", {"typed": typed})
    assert read_birth_date("29.02.2016", today=TODAY) == date(2016, 2, 29)


@pytest.mark.parametrize("typed", ["1.1.1", "завтра", "", "12 05", "двенадцатое мая", "12.05.2014" * 9, "１２.05.2014"])
def test_b11_what_is_no_date_is_refused(typed: str) -> None:
    assert read_birth_date(typed, today=TODAY) == Refusal("date.expected")


def test_b11_a_year_to_come_is_refused() -> None:
    assert read_birth_date("01.01.9999", today=TODAY) == Refusal("birth.future", {"date": date(9999, 1, 1)})


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("19.04.2023", Refusal("birth.too_young", {"years": 2})),
        ("18.04.2023", Unlikely(date(2023, 4, 18), 3)),
        ("18.04.2021", date(2021, 4, 18)),
        ("18.04.1936", Unlikely(date(1936, 4, 18), 90)),
        ("18.04.1906", Unlikely(date(1906, 4, 18), 120)),
        ("18.04.1905", Refusal("birth.too_old", {"years": 121})),
    ],
)
def test_b12_rare_ages_are_asked_about_and_absurd_ones_refused(typed: str, read: object) -> None:
    assert read_birth_date(typed, today=TODAY) == read


def test_a_year_of_two_digits_is_never_in_the_future() -> None:
    assert read_date("12.05.26", today=TODAY) == date(2026, 5, 12)
    assert read_date("12.05.27", today=TODAY) == date(1927, 5, 12)


def test_who_is_born_on_the_leap_day_grows_older_in_march() -> None:
    assert age(date(2012, 2, 29), date(2026, 2, 28)) == 13
    assert age(date(2012, 2, 29), date(2026, 3, 1)) == 14


@given(st.dates(date(1950, 1, 1), date(2020, 1, 1)), st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d %m %Y"]))
def test_every_date_is_read_back(day: date, pattern: str) -> None:
    assert read_birth_date(day.strftime(pattern), today=TODAY) == day

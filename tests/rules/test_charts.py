"""Pictures of an event: distances to the deadline, sums, ranking, what is too much to show, who is strict."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.charts.days import DAY, MOST_SIMILAR, QUARTER, Arrivals, Other, Point, earlier, similar
from bot.contest.charts.jury import FEW_WORKS, Load, abreast, by_load, finding, quantile, strips
from bot.contest.charts.places import Place, Sender, by_municipality
from bot.contest.charts.scales import MOST_TICKS, Chart, first_rows, next_round, offered, ticks

DEADLINE = datetime(2026, 4, 30, 17, tzinfo=UTC)
START = datetime(1970, 1, 1, tzinfo=UTC)
TOWNS = {"gymnasium": "Томск", "lyceum": "Томск", "village": "Асиновский район", "kolpashevo": "Колпашевский район"}


def arrivals(*days_before: float, closes_at: datetime = DEADLINE) -> Arrivals:
    """One application so many days before the deadline, each."""
    quarters: dict[int, int] = {}
    for days in days_before:
        quarter = (closes_at - days * DAY - START) // QUARTER
        quarters[quarter] = quarters.get(quarter, 0) + 1
    return Arrivals(closes_at, quarters)


@pytest.mark.parametrize(
    ("days_left", "count"),
    [(10, 0), (9, 1), (8.5, 1), (5, 3), (1, 3), (0.5, 4), (0, 5), (-3, 5)],
)
def test_applications_are_counted_by_the_distance_to_the_deadline(days_left: float, count: int) -> None:
    late = arrivals(9, 5, 5, 0.5, -0.01)
    assert late.at_distance(days_left * DAY) == count


def test_two_events_of_other_months_lie_upon_each_other() -> None:
    before = DEADLINE - timedelta(days=365, hours=5)
    same = (12.25, 12, 3, 0.1)
    now, then = arrivals(*same), arrivals(*same, closes_at=before)
    assert [now.at_distance(day * DAY) for day in range(14)] == [then.at_distance(day * DAY) for day in range(14)]


def test_the_curve_of_a_running_intake_ends_today_and_that_of_an_old_one_at_the_deadline() -> None:
    found = arrivals(3, 1.5, 0.5)
    assert found.curve(now=DEADLINE - 1.25 * DAY, days=3) == (Point(3, 1), Point(2, 1), Point(1.25, 2))
    assert found.curve(now=DEADLINE + DAY, days=2) == (Point(2, 1), Point(1, 2), Point(0, 3))
    assert arrivals().curve(now=DEADLINE, days=1) == (Point(1, 0), Point(0, 0))


@given(st.lists(st.floats(-5, 200), max_size=30), st.integers(1, 130), st.floats(-10, 130))
def test_a_curve_never_falls_and_ends_with_what_there_is(days: list[float], shown: int, left: float) -> None:
    found = arrivals(*days)
    counts = [point.count for point in found.curve(now=DEADLINE - left * DAY, days=shown)]
    assert counts == sorted(counts)
    assert counts[-1] == found.at_distance(left * DAY)
    assert found.at_distance(timedelta()) == found.total == len(days)


@pytest.mark.parametrize(("days", "first"), [((), 0), ((0.2,), 1), ((3,), 3), ((3.1, 1), 4), ((-2,), 0), ((500,), 120)])
def test_the_first_day(days: tuple[float, ...], first: int) -> None:
    assert arrivals(*days).first_day == first


def other(code: str, days_ago: float = 0, *, module: str | None = None, kind: str = "конкурс") -> Other:
    return Other(code, code.rpartition("-")[0], DEADLINE - days_ago * DAY, module, kind)


def test_earlier_years_of_the_same_event_come_first_and_the_rest_by_likeness() -> None:
    own = other("scratch-2026", module="Дизайн")
    years = [other("scratch-2024", 730), other("scratch-2025", 365), other("scratch-2027", -365)]
    alike = other("blender-2025", 300, module="Дизайн", kind="фестиваль")
    contest, webinar = other("poems-2025", 200), other("talk-2026", 10, kind="вебинар")
    everything = [own, *years, webinar, contest, alike, other("later-2026", -1)]
    assert [one.code for one in earlier(own, everything)] == ["scratch-2025", "scratch-2024"]
    assert [one.code for one in similar(own, everything)] == ["blender-2025", "poems-2025", "talk-2026"]
    assert len(similar(own, [other(f"e{number}-2025", number + 1) for number in range(20)])) == MOST_SIMILAR


def test_organisations_are_put_together_by_municipality_and_the_unknown_stand_apart() -> None:
    found = by_municipality(
        [
            Sender("village", "Школа", 2),
            Sender("gymnasium", "Гимназия", 5),
            Sender("lyceum", "Лицей", 1),
            Sender("kolpashevo", "Школа", 3),
            Sender(None, "Школа «Радуга»", 4),
            Sender("gone", "Была в справочнике", 1),
        ],
        TOWNS.get,
    )
    assert found.known == (Place("Томск", 2, 6), Place("Колпашевский район", 1, 3), Place("Асиновский район", 1, 2))
    assert [one.name for one in found.unknown] == ["Школа «Радуга»", "Была в справочнике"]
    assert (found.organisations, found.applications, found.unknown_applications) == (6, 16, 5)
    assert by_municipality([], TOWNS.get).known == ()


@given(st.lists(st.tuples(st.sampled_from([*TOWNS, None, "gone"]), st.integers(1, 50)), max_size=30))
def test_no_organisation_and_no_application_is_lost(senders: list[tuple[str | None, int]]) -> None:
    found = by_municipality([Sender(code, "x", count) for code, count in senders], TOWNS.get)
    assert found.organisations == len(senders)
    assert found.applications == sum(count for _, count in senders)


def test_the_rest_takes_the_place_of_one_row() -> None:
    assert first_rows(range(12)) == (range(12), ())
    shown, rest = first_rows(range(200))
    assert (len(shown), len(rest)) == (11, 189)


@pytest.mark.parametrize(
    ("most", "marks"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (5, (0, 1, 2, 3, 4, 5)),
        (6, (0, 2, 4, 6)),
        (142, (0, 50, 100, 150)),
        (100_000, (0, 20_000, 40_000, 60_000, 80_000, 100_000)),
    ],
)
def test_marks_of_an_axis_are_round(most: int, marks: tuple[int, ...]) -> None:
    assert ticks(most) == marks


@given(st.integers(0, 10**7))
def test_marks_reach_the_most_and_are_few(most: int) -> None:
    marks = ticks(most)
    assert marks[0] == 0
    assert marks[-1] >= most
    assert 1 <= len(marks) - 1 <= MOST_TICKS


def test_round_numbers_follow_each_other() -> None:
    assert [next_round(one) for one in (1, 2, 5, 10, 200, 5000)] == [2, 5, 10, 20, 500, 10_000]


def test_an_event_without_sheets_has_no_pictures_of_its_jury() -> None:
    assert offered(has_sheets=True) == (Chart.DAYS, Chart.PLACES, Chart.LOAD, Chart.SPREAD)
    assert offered(has_sheets=False) == (Chart.DAYS, Chart.PLACES)


def test_whoever_has_most_left_comes_first() -> None:
    done, idle, busy = Load("Яковлев", 9, 0, 1), Load("Абрамов", 0, 0, 0), Load("Лаптев", 1, 4, 0)
    assert by_load([done, idle, busy]) == (busy, done, idle)
    assert done.assigned == 10


@pytest.mark.parametrize(
    ("points", "quartiles"),
    [([50.0], (50, 50, 50)), ([0.0, 100.0], (25, 50, 75)), ([0.0, 10.0, 20.0, 30.0, 100.0], (10, 20, 30))],
)
def test_quartiles(points: list[float], quartiles: tuple[float, ...]) -> None:
    assert tuple(quantile(points, part) for part in (0.25, 0.5, 0.75)) == quartiles


def test_only_who_has_scored_enough_is_named_and_called_strict() -> None:
    strict, lenient = [40.0, 50.0, 60.0, 45.0, 55.0], [90.0, 80.0, 85.0, 70.0, 95.0]
    few = [0.0] * (FEW_WORKS - 1)
    sheets = [("Мягков", lenient), ("Новиков", few), ("Строгов", strict), ("", [10.0]), ("Пустов", [])]
    found = strips([(name, dict(enumerate(each))) for name, each in sheets])
    assert [(one.name, one.works) for one in found] == [("Строгов", 5), ("Мягков", 5), ("", 4), ("", 1)]
    assert finding(found).extremes == ("Строгов", "Мягков")
    assert finding(found).medians == (50, 85)
    apart = strips([("Мягков", dict(enumerate(lenient, 100))), ("Строгов", dict(enumerate(strict)))])
    assert finding(apart).extremes is None, "they have scored different works"
    assert finding(apart).medians == (50, 85)


@pytest.mark.parametrize(
    ("members", "medians", "is_level"),
    [
        ([50, 59], (50, 59), True),
        ([50, 50], (50, 50), True),
        ([50, 50, 70], (50, 70), False),
        ([50, 70, 70], (50, 70), False),
        ([50], None, False),
        ([], None, False),
    ],
)
def test_near_medians_ties_and_one_alone_make_nobody_strict(
    members: list[int], medians: tuple[int, int] | None, is_level: bool
) -> None:
    said = finding(
        strips([(f"Член {nth}", dict.fromkeys(range(FEW_WORKS), float(median))) for nth, median in enumerate(members)])
    )
    assert (said.medians, said.extremes, said.is_level) == (medians, None, is_level)


def test_equal_points_stand_abreast_but_not_without_end() -> None:
    assert abreast([50.0, 50.2, 49.8, 70.0]) == ((50, 0), (50, 1), (50, -1), (70, 0))
    assert [nth for _, nth in abreast([30.0] * 100)] == [0, 1, -1, 2, -2]

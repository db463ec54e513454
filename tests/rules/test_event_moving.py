"""An event in another year: every moment in it moves, codes follow, and nothing else changes."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contest.event import Event
from bot.contest.event.base import Part
from bot.contest.event.fields import DateField
from bot.contest.event.loading import read_event, read_events
from bot.contest.event.moments import TOMSK
from bot.contest.event.moving import code_of_year, moved_together

HERE = Path(__file__).parents[2] / "bot" / "data" / "events" / "2020-21"
YEAR = tuple(event for event in read_events(sorted(HERE.glob("*.yaml"))) if isinstance(event, Event))
DAYS = st.dates(date(2017, 1, 1), date(2090, 1, 1))


def read(name: str) -> Event:
    event = read_event(HERE / f"{name}.yaml")
    assert isinstance(event, Event)
    return event


def moments(value: object) -> list[date | datetime]:
    """Every moment and day of a part, at any depth, as the clock in Tomsk shows them."""
    match value:
        case datetime():
            return [value.astimezone(TOMSK).replace(tzinfo=None)]
        case date():
            return [value]
        case Part():
            return [found for _, inside in value for found in moments(inside)]
        case tuple():
            return [found for inside in value for found in moments(inside)]
    return []


@pytest.mark.parametrize("event", YEAR, ids=lambda event: event.slug)
@given(start=DAYS)
@settings(max_examples=10)
def test_moving_there_and_back_changes_nothing(event: Event, start: date) -> None:
    by = start - event.opens_at.astimezone(TOMSK).date()
    moved = event.moved_to(start)
    assert moments(moved) == [moment + by for moment in moments(event)]
    assert moved.slug == event.slug
    assert moved.moved_to(event.opens_at.astimezone(TOMSK).date()) == event


def test_days_of_fields_and_moments_of_questions_move_too() -> None:
    moved = read("pupil-projects").moved_to(date(2022, 4, 30))
    _, abstract, finished = moved.fields
    assert isinstance(finished, DateField)
    assert (finished.earliest, finished.latest) == (date(2021, 9, 1), date(2022, 5, 7))
    assert abstract.required_from == datetime(2022, 5, 4, 17, tzinfo=UTC)
    assert abstract.frozen_after == datetime(2022, 5, 7, 16, 59, 59, tzinfo=UTC)


def test_a_family_keeps_its_distances_and_its_codes_over_the_turn_of_a_year() -> None:
    family = [event for event in YEAR if "smart-home" in (event.slug, (event.parent or "").rsplit("-", 1)[0])]
    moved = {event.slug: event for event in moved_together(family, date(2027, 12, 20))}
    home = moved["smart-home"]
    assert home.code == "smart-home-2027"
    assert set(getattr(home.unit, "children", ())) == {one.code for one in moved.values() if one.parent}
    assert {one.parent for one in moved.values() if one.parent} == {"smart-home-2027"}
    projects = moved["smart-home-projects"]
    assert projects.opens_at - home.opens_at == timedelta(days=16)
    assert projects.code == "smart-home-projects-2027"


@pytest.mark.parametrize(
    ("code", "moved"),
    [
        ("scratch-2021", "scratch-2025"),
        ("scratch-2020", "scratch-2024"),
        ("victory-1945", "victory-1945"),
        ("no-year", "no-year"),
    ],
)
def test_only_a_year_of_intake_is_renamed(code: str, moved: str) -> None:
    assert code_of_year(code, near=2021, years=4) == moved

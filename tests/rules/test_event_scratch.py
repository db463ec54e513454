"""The shipped events, asked what the talks and the jury ask them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.event import Category, Event, UnitKind
from bot.contest.event.loading import dump_event, load_stored, read_event
from bot.contest.event.moments import TOMSK

EVENTS = Path(__file__).parents[2] / "bot" / "data" / "events" / "2020-21"


def shipped(name: str) -> Event:
    event = read_event(EVENTS / name)
    assert isinstance(event, Event), "\n".join(map(str, event))
    return event


SCRATCH = shipped("scratch.yaml")
WEBINAR = shipped("webinar-scratch.yaml")


def test_bare_dates_are_the_beginning_and_the_end_of_the_day_in_tomsk() -> None:
    assert SCRATCH.opens_at == datetime(2021, 3, 31, 17, 0, tzinfo=UTC)
    assert SCRATCH.closes_at == datetime(2021, 4, 30, 16, 59, 59, tzinfo=UTC)
    assert SCRATCH.year == 2021


@pytest.mark.parametrize(
    ("category", "grade", "group"),
    [
        (Category.PUPIL, 1, "grades-1-2"),
        (Category.PUPIL, 3, "grades-3-4"),
        (Category.PUPIL, 6, "grades-5-6"),
        (Category.PUPIL, 7, "grades-7-8"),
        (Category.PUPIL, 11, "grades-9-11"),
        (Category.TEACHER, None, "teachers"),
        (Category.PUPIL, None, None),
        (Category.PUPIL, 12, None),
        (Category.STUDENT, None, None),
    ],
)
def test_the_class_decides_the_age_group(category: Category, grade: int | None, group: str | None) -> None:
    found = SCRATCH.age_group_for(category, grade, None)
    assert (found.code if found else None) == group


def test_every_participant_may_choose_any_of_the_four_nominations() -> None:
    codes = ["learning-game", "known-story", "original-game", "eco-project"]
    group = SCRATCH.age_group_for(Category.PUPIL, 3, None)
    assert [leaf.code for leaf in SCRATCH.nominations_for(Category.PUPIL, 3, group)] == codes
    assert [leaf.code for leaf in SCRATCH.nominations_for(Category.TEACHER, None, "teachers")] == codes


def test_a_person_is_judged_out_of_40_and_a_collective_out_of_60() -> None:
    assert SCRATCH.max_points("eco-project", "grades-1-2", UnitKind.PERSON) == 40
    assert SCRATCH.max_points("eco-project", "grades-1-2", UnitKind.COLLECTIVE) == 60
    titles = [line.title for line in SCRATCH.criteria_for("eco-project", "grades-1-2", UnitKind.PERSON)]
    assert titles[0] == "Соответствие номинации"
    assert len(titles) == 7


def test_a_scale_holds_every_value_and_nothing_else() -> None:
    fit = SCRATCH.criteria[0]
    assert fit.scale == (Decimal(0), Decimal(1), Decimal(2))
    assert fit.allows(Decimal(2))
    assert not fit.allows(Decimal(3))
    assert not fit.allows(Decimal(-1))
    assert not fit.allows(Decimal("0.5"))


def test_a_work_is_one_scratch_link_or_one_sb3_file_from_a_participant() -> None:
    rules = SCRATCH.submission_for("original-game")
    assert rules is not None
    assert rules.links[0].hosts == ("scratch.mit.edu",)
    assert rules.files[0].extensions == ("sb3",)
    assert rules.pieces.most == 1
    assert rules.most_per("participant") == 1
    assert rules.most_per("organisation") is None


def test_asking_for_an_unknown_nomination_is_an_error_of_the_program() -> None:
    with pytest.raises(KeyError):
        SCRATCH.nomination("chess")
    assert SCRATCH.nomination_title("eco-project") == "Проект эко-мышления"


def test_the_webinar_takes_registrations_only() -> None:
    assert WEBINAR.submission is None
    assert WEBINAR.criteria == ()
    assert WEBINAR.judging_until is None
    assert WEBINAR.meeting is not None
    assert WEBINAR.meeting.code_word == "спрайт"
    assert len(WEBINAR.meeting.topics) == 4
    role, topic, _ = WEBINAR.fields
    assert role.code == "role"
    assert topic.shown_if is not None
    assert topic.shown_if.equals == ("speaker",)


@pytest.mark.parametrize("event", [SCRATCH, WEBINAR], ids=["scratch", "webinar"])
def test_what_is_stored_comes_back_equal(event: Event) -> None:
    assert load_stored(dump_event(event)) == event


@pytest.mark.parametrize("event", [SCRATCH, WEBINAR], ids=["scratch", "webinar"])
@given(start=st.dates(date(2017, 1, 1), date(2090, 1, 1)))
def test_f39_a_moved_event_keeps_its_length_and_comes_back(event: Event, start: date) -> None:
    moved = event.moved_to(start)
    assert moved.opens_at.astimezone(TOMSK).date() == start
    assert moved.year == start.year
    assert moved.closes_at - moved.opens_at == event.closes_at - event.opens_at
    assert moved.code == f"{event.slug}-{start.year}"
    assert load_stored(dump_event(moved)) == moved
    assert moved.moved_to(event.opens_at.astimezone(TOMSK).date()) == event


def test_moving_takes_the_meeting_along() -> None:
    moved = WEBINAR.moved_to(date(2026, 10, 12))
    assert moved.meeting is not None
    assert WEBINAR.meeting is not None
    assert moved.meeting.starts_at == datetime(2026, 10, 27, 8, 0, tzinfo=UTC)
    assert moved.meeting.ends_at - moved.meeting.starts_at == timedelta(minutes=90)


def test_f39_a_moved_deadline_keeps_its_clock_where_tomsk_changed_its_offset() -> None:
    moved = SCRATCH.moved_to(date(2016, 5, 1))
    assert moved.opens_at == datetime(2016, 4, 30, 18, 0, tzinfo=UTC)
    assert moved.closes_at == datetime(2016, 5, 30, 16, 59, 59, tzinfo=UTC)

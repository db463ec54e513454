"""Until when somebody may act: the event's deadline, a longer one, silent minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.applications import ApplicationState, applying_refusal, editing_refusal
from bot.contest.deadlines import Deadline, Longer, effective_deadline

CLOSES = datetime(2026, 4, 30, 16, 59, 59, tzinfo=UTC)
DAY, MINUTE, SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)
ANNA, NINA = 1, 2
LONGER = (
    Longer(CLOSES + DAY, person_id=ANNA),
    Longer(CLOSES + 3 * DAY, organisation_code="lyceum-7-tomsk"),
    Longer(CLOSES - DAY, person_id=NINA),
)


@pytest.mark.parametrize(
    ("person_id", "school", "later"),
    [
        (ANNA, None, DAY),
        (ANNA, "lyceum-7-tomsk", 3 * DAY),
        (NINA, "lyceum-7-tomsk", 3 * DAY),
        (NINA, None, timedelta()),
        (None, None, timedelta()),
        (3, "gymnasium-13-tomsk", timedelta()),
    ],
)
def test_the_latest_that_was_given_holds(person_id: int | None, school: str | None, later: timedelta) -> None:
    found = effective_deadline(CLOSES, LONGER, person_id=person_id, organisation_code=school)
    assert found == Deadline(CLOSES + later)


def test_silent_minutes_come_after_whatever_deadline_and_are_never_told() -> None:
    found = effective_deadline(CLOSES, LONGER, person_id=ANNA, grace_minutes=15)
    assert (found.at, found.last) == (CLOSES + DAY, CLOSES + DAY + 15 * MINUTE)
    assert not found.is_over(found.last)
    assert found.is_over(found.last + SECOND)
    refusal = applying_refusal("Х", opens_at=CLOSES - DAY, closes_at=CLOSES, now=CLOSES + MINUTE + SECOND, grace_s=60)
    assert refusal is not None
    assert refusal.values["closed_at"] == CLOSES
    assert applying_refusal("Х", opens_at=CLOSES - DAY, closes_at=CLOSES, now=CLOSES + MINUTE, grace_s=60) is None
    state = ApplicationState.SENT
    assert editing_refusal(state, closes_at=CLOSES, now=CLOSES + MINUTE, grace_s=60) is None
    refusal = editing_refusal(state, closes_at=CLOSES, now=CLOSES + MINUTE + SECOND, grace_s=60)
    assert refusal is not None
    assert refusal.values["closed_at"] == CLOSES


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        effective_deadline(datetime(2026, 4, 30))  # noqa: DTZ001


@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(1, 3)), max_size=6), st.integers(1, 3), st.integers(0, 120))
def test_nobody_has_less_time_than_the_event_gives(given_: list[tuple[int, int]], person: int, grace: int) -> None:
    longer = [Longer(CLOSES + days * DAY, person_id=whose) for days, whose in given_]
    found = effective_deadline(CLOSES, longer, person_id=person, grace_minutes=grace)
    own = [days for days, whose in given_ if whose == person]
    assert found.at == CLOSES + max([0, *own]) * DAY
    assert found.last - found.at == grace * MINUTE

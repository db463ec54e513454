"""The phase of an event by the calendar and by what people have done."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.event import Event
from bot.contest.event.loading import read_event
from bot.contest.phases import Phase, is_in_time, phase

ROOT = Path(__file__).parents[2]
SECOND = timedelta(seconds=1)


def read(path: Path) -> Event:
    event = read_event(path)
    assert isinstance(event, Event)
    return event


SCRATCH = read(ROOT / "bot/data/events/2020-21/scratch.yaml")
WEBINAR = read(ROOT / "bot/data/events/2020-21/webinar-scratch.yaml")
RECITERS = read(ROOT / "bot/data/events/2020-21/reciters.yaml")
ORDER = list(Phase)


def tomsk(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2021-03-21T23:59:59", Phase.PREPARATION),
        ("2021-03-22T00:00:00", Phase.ANNOUNCED),
        ("2021-03-31T23:59:59", Phase.ANNOUNCED),
        ("2021-04-01T00:00:00", Phase.INTAKE),
        ("2021-04-30T23:59:58", Phase.INTAKE),
        ("2021-04-30T23:59:59", Phase.INTAKE),
        ("2021-05-01T00:00:00", Phase.JUDGING),
        ("2021-05-07T23:59:59", Phase.JUDGING),
        ("2021-05-08T00:00:00", Phase.PROTOCOL),
        ("2022-05-08T00:00:00", Phase.PROTOCOL),
    ],
)
def test_f38_the_calendar_moves_an_event_on_at_the_exact_second(now: str, expected: Phase) -> None:
    assert phase(SCRATCH, now=tomsk(now)) is expected


@pytest.mark.parametrize(("late_s", "in_time"), [(-1, True), (0, True), (1, False)])
def test_f38_a_message_of_the_deadline_second_is_in_time_and_one_second_later_is_not(
    late_s: int, in_time: bool
) -> None:
    sent_at = SCRATCH.closes_at + late_s * SECOND
    assert is_in_time(sent_at, SCRATCH.closes_at) is in_time
    assert (phase(SCRATCH, now=sent_at) is Phase.INTAKE) is in_time


def test_f38_an_extended_deadline_keeps_the_intake_open() -> None:
    now = tomsk("2021-05-02T12:00:00")
    assert phase(SCRATCH, now=now) is Phase.JUDGING
    assert phase(SCRATCH, now=now, closes_at=tomsk("2021-05-03T23:59:59")) is Phase.INTAKE
    assert phase(SCRATCH, now=now, closes_at=now) is Phase.INTAKE


def test_what_people_did_outweighs_the_calendar() -> None:
    now = tomsk("2021-05-03T12:00:00")
    assert phase(SCRATCH, now=now, protocol_approved_at=now) is Phase.PROTOCOL
    assert phase(SCRATCH, now=now, protocol_approved_at=now, published_at=now) is Phase.PUBLISHED
    assert phase(SCRATCH, now=now, published_at=now, archived_at=now) is Phase.ARCHIVED
    assert phase(SCRATCH, now=now, published_at=now + SECOND) is Phase.JUDGING


def test_a_selection_stands_between_intake_and_judging() -> None:
    assert phase(RECITERS, now=tomsk("2020-10-25T12:00:00")) is Phase.INTAKE
    assert phase(RECITERS, now=tomsk("2020-10-26T12:00:00")) is Phase.SELECTION
    assert phase(RECITERS, now=tomsk("2020-10-29T00:00:00")) is Phase.JUDGING


def test_while_tasks_are_done_nobody_judges_yet() -> None:
    umka = read(ROOT / "bot/data/events/2020-21/umka.yaml")
    assert phase(umka, now=tomsk("2021-04-28T12:00:00")) is Phase.SELECTION
    assert phase(umka, now=tomsk("2021-04-29T13:00:01")) is Phase.JUDGING


def test_a_webinar_is_never_judged() -> None:
    assert phase(WEBINAR, now=tomsk("2020-10-26T23:59:59")) is Phase.INTAKE
    assert phase(WEBINAR, now=tomsk("2020-10-27T15:00:00")) is Phase.PROTOCOL


def test_an_event_without_an_announcement_date_is_announced_before_its_intake() -> None:
    silent = RECITERS.model_copy(update={"announced_at": None})
    assert phase(silent, now=tomsk("2020-01-01T00:00:00")) is Phase.ANNOUNCED


def test_a_moment_without_a_zone_is_an_error_of_the_program() -> None:
    with pytest.raises(ValueError, match="zone"):
        phase(SCRATCH, now=SCRATCH.opens_at.replace(tzinfo=None))
    with pytest.raises(ValueError, match="zone"):
        is_in_time(SCRATCH.opens_at.replace(tzinfo=None), SCRATCH.closes_at)


_MOMENTS = st.integers(0, 365 * 86_400).map(lambda passed_s: tomsk("2021-01-01T00:00:00") + passed_s * SECOND)


@given(first=_MOMENTS, second=_MOMENTS)
def test_time_never_takes_an_event_back(first: datetime, second: datetime) -> None:
    earlier, later = sorted((first, second))
    assert ORDER.index(phase(SCRATCH, now=earlier)) <= ORDER.index(phase(SCRATCH, now=later))

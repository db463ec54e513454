"""One attempt in a time window: when it begins and ends, and what the answers are worth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.attempts import (
    Given,
    ends_at,
    in_order,
    is_late,
    of_application,
    points_of,
    read_answer,
    starting_refusal,
    total,
    unmarked,
)
from bot.contest.event.stages import Attempt, Stage, StageKind, TaskAnswer, TaskOption, TimedTask
from bot.contest.refusal import Refusal

NOON = datetime(2026, 10, 2, 5, tzinfo=UTC)
NUMBER = TimedTask(code="n", title="n", question="?", answer=TaskAnswer.NUMBER, right=("2,5",), points=2)
WORD = TimedTask(code="w", title="w", question="?", answer=TaskAnswer.TEXT, right=("Афины",))
CHOICE = TimedTask(
    code="c",
    title="c",
    question="?",
    answer=TaskAnswer.CHOICE,
    options=(TaskOption(title="да", right=True), TaskOption(title="нет")),
)
FREE = TimedTask(code="f", title="f", question="?", answer=TaskAnswer.TEXT, points=5)
LINK = TimedTask(code="l", title="l", question="?", answer=TaskAnswer.LINK)
ALL = (NUMBER, WORD, CHOICE, FREE)


def stage(minutes: int | None = 10, *, attempts: int = 1, attempt: Attempt = Attempt.TEAM) -> Stage:
    return Stage(
        code="quiz",
        title="Викторина",
        kind=StageKind.TEST,
        opens_at=NOON,
        closes_at=NOON + timedelta(hours=2),
        tasks=ALL,
        minutes=minutes,
        attempts_most=attempts,
        attempt=attempt,
        shuffled=True,
    )


@pytest.mark.parametrize(
    ("after_s", "taken", "takes_part", "key"),
    [
        (-1, 0, True, "attempt.not_open"),
        (0, 0, True, None),
        (7200, 0, True, None),
        (7201, 0, True, "attempt.closed"),
        (60, 1, True, "attempt.taken"),
        (60, 0, False, "attempt.not_in"),
    ],
)
def test_an_attempt_begins_in_the_window_and_once(after_s: int, taken: int, takes_part: bool, key: str | None) -> None:
    said_at = NOON + timedelta(seconds=after_s)
    refusal = starting_refusal(stage(), said_at=said_at, taken=taken, takes_part=takes_part)
    assert (refusal and refusal.key) == key


def test_an_attempt_ends_after_its_minutes_or_with_the_stage() -> None:
    assert ends_at(stage(), NOON) == NOON + timedelta(minutes=10)
    assert ends_at(stage(), NOON + timedelta(minutes=115)) == NOON + timedelta(hours=2)
    assert ends_at(stage(None), NOON) == NOON + timedelta(hours=2)
    assert not is_late(NOON, NOON)
    assert is_late(NOON + timedelta(seconds=1), NOON)


@pytest.mark.parametrize(
    ("task", "given_", "points"),
    [
        (NUMBER, Given("2.50"), 2),
        (NUMBER, Given("3"), 0),
        (WORD, Given(" афины. "), 1),
        (WORD, Given("Афины", late=True), 0),
        (CHOICE, Given(option=0), 1),
        (CHOICE, Given(option=1), 0),
        (CHOICE, Given(option=7), 0),
        (FREE, Given("Чтобы дружить"), None),
        (FREE, None, 0),
    ],
)
def test_closed_questions_are_worth_what_they_are_and_free_ones_wait(
    task: TimedTask, given_: Given | None, points: int | None
) -> None:
    assert points_of(task, given_) == points


def test_points_that_people_gave_outweigh_a_zero_among_them() -> None:
    answers = {"n": Given("2,5"), "f": Given("дружба")}
    assert unmarked(ALL, answers, {}) == ("f",)
    assert total(ALL, answers, {}) == 2
    assert total(ALL, answers, {"f": Decimal(4)}) == 6
    assert total(ALL, answers, {"f": Decimal(4), "n": Decimal(0)}) == 4


@pytest.mark.parametrize(
    ("task", "text", "key"),
    [
        (NUMBER, "пять", "attempt.number_expected"),
        (NUMBER, "1 000,5", None),
        (LINK, "вот", "attempt.link_expected"),
        (LINK, "вот: https://vk.com/video-1_2", None),
        (FREE, "  ", "attempt.text_expected"),
    ],
)
def test_an_answer_of_another_kind_is_refused(task: TimedTask, text: str, key: str | None) -> None:
    read = read_answer(task, text)
    assert (read.key if isinstance(read, Refusal) else None) == key


@given(st.integers(0, 10_000))
def test_each_attempt_has_every_question_once_in_an_order_of_its_own(seed: int) -> None:
    assert sorted(in_order(stage(), seed)) == sorted(task.code for task in ALL)
    assert in_order(stage(), seed) == in_order(stage(), seed)


def test_of_a_team_the_best_attempt_counts_and_of_members_the_mean_of_all() -> None:
    assert of_application(stage(), {None: [Decimal(3), Decimal(5)]}, 7) == 5
    members = stage(attempt=Attempt.MEMBER)
    assert of_application(members, {1: [Decimal(5)], 2: [Decimal(4)]}, 3) == Decimal(3)
    assert of_application(members, {}, 3) == 0

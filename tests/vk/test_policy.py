"""The table of VK's errors, line by line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.vk.policy import TABLE, Action, Attempt, decide, quota_returns_at, wait_s

NOW = datetime(2026, 3, 2, 9, 40, tzinfo=UTC)


def attempt(code: int | None, tries: int = 0, **more: object) -> Attempt:
    return Attempt(code, tries, created_at=NOW, **more)  # type: ignore[arg-type]


def decided(code: int | None, tries: int = 0, jitter: float = 1.0, **more: object) -> tuple[Action, float | None, bool]:
    """The action, in how many seconds it is tried again, and whether the try counts."""
    decision = decide(attempt(code, tries, **more), now=NOW, jitter=lambda: jitter)
    wait = None if decision.retry_at is None else (decision.retry_at - NOW).total_seconds()
    return decision.action, wait, decision.counted


@pytest.mark.parametrize(("tries", "wait"), [(0, 1), (1, 2), (5, 32), (8, 256), (9, 300), (1000, 300)])
def test_f11_an_unknown_outcome_is_tried_again_for_ever_and_burns_no_try(tries: int, wait: float) -> None:
    assert decided(None, tries) == (Action.RETRY, wait, False)


@pytest.mark.parametrize("code", [1, 10, 36, 43, 13])
def test_f11_vks_own_glitches_are_tried_eight_times(code: int) -> None:
    assert decided(code, 6) == (Action.RETRY_FEW, 64, True)
    assert decided(code, 7)[0] is Action.DEAD


def test_f11_too_many_requests_is_no_try() -> None:
    assert decided(6, 7) == (Action.SLOW_DOWN, 1, False)


def test_f11_flood_pauses_the_person_for_an_hour_and_ends_at_the_third_time() -> None:
    assert decided(9, tries=20, floods=1) == (Action.PAUSE_PEER, 3600, True)
    assert decided(9, floods=2)[0] is Action.DEAD


def test_f11_a_spent_quota_pauses_the_method_until_the_hour_then_the_day() -> None:
    assert decided(29) == (Action.PAUSE_METHOD, 20 * 60, False)
    assert quota_returns_at(NOW, 1) == datetime(2026, 3, 3, tzinfo=UTC)


def test_f11_a_restriction_for_spam_stops_announcements_and_burns_no_try() -> None:
    decision = decide(attempt(984, tries=100), now=NOW, jitter=lambda: 1)
    assert (decision.action, decision.counted, decision.alert) == (Action.STOP_BULK, False, True)


def test_f11_a_degraded_messenger_is_waited_for() -> None:
    assert decided(995, tries=100) == (Action.RETRY, 300, False)


@pytest.mark.parametrize("code", [14, 17, 24, 5, 27, 912])
def test_f11_what_concerns_everything_stops_the_sending_and_burns_no_try(code: int) -> None:
    action, _, counted = decided(code, tries=100)
    assert (action, counted) == (Action.STOP, False)


@pytest.mark.parametrize("code", [7, 15])
def test_f11_a_missing_right_stops_the_sending_only_where_every_call_meets_it(code: int) -> None:
    assert decided(code, 1) == (Action.RIGHTS, 2, True)
    assert decided(code, 2)[0] is Action.DEAD
    assert decided(code, 2, everywhere=True)[0] is Action.STOP


@pytest.mark.parametrize("code", [900, 901, 902, 18, 932, 936, 950, 1021])
def test_f11_an_unreachable_person_is_not_tried_again(code: int) -> None:
    assert decided(code) == (Action.UNREACHABLE, None, True)


@pytest.mark.parametrize("code", [917, 922, 945, 946, 925, 927, 962, 983, 993, 1012, 1017])
def test_f11_a_chat_that_is_gone_is_not_tried_again(code: int) -> None:
    assert decided(code) == (Action.CHAT_GONE, None, True)


@pytest.mark.parametrize("code", [3, 8, 100, 113, 910, 911, 914, 913])
def test_f11_our_own_mistake_is_never_sent_again(code: int) -> None:
    decision = decide(attempt(code), now=NOW, jitter=lambda: 1)
    assert (decision.action, decision.retry_at, decision.alert) == (Action.DEAD, None, True)


@pytest.mark.parametrize("code", [2, 104, 99999])
def test_f11_an_unknown_code_is_tried_three_times(code: int) -> None:
    assert code not in TABLE
    assert decided(code, 1) == (Action.RETRY_FEW, 2, True)
    assert decided(code, 2)[0] is Action.DEAD


def test_the_wait_is_anything_between_nothing_and_its_bound() -> None:
    assert (wait_s(3, lambda: 0.0), wait_s(3, lambda: 0.5), wait_s(3, lambda: 1.0)) == (0, 4, 8)


def test_a_message_of_a_week_ago_is_given_up_but_a_closed_gate_waits_on() -> None:
    late = NOW + timedelta(days=7, seconds=1)
    assert decide(attempt(None), now=late, jitter=lambda: 1).action is Action.DEAD
    assert decide(attempt(5), now=late, jitter=lambda: 1).action is Action.STOP

"""F10: never more than the limit in any sliding second."""

from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.vk.pace import Pace, Share, Taken
from tests.vk.world import Clock, Post, until


async def turns(clock: Clock, pace: Pace, count: int, late_s: list[float] | None = None) -> list[float]:
    """When so many turns came; `late_s` is by how much the loop wakes late each time."""
    times = []
    for number in range(count):
        pace.answered(await pace.turn())
        times.append(clock.monotonic())
        if late_s:
            clock.pass_(seconds=late_s[number % len(late_s)])
    return times


def busiest_second(times: list[float]) -> int:
    return max(sum(start <= time < start + 1 for time in times) for start in times)


def paced(clock: Clock, per_second: float) -> Pace:
    return Pace(per_second, monotonic=clock.monotonic, sleep=clock.sleep)


@given(st.lists(st.floats(0, 0.3), min_size=1, max_size=10))
def test_f10_no_second_sees_more_than_twenty_however_late_the_loop_is(late_s: list[float]) -> None:
    clock = Clock()
    times = asyncio.run(turns(clock, paced(clock, 19), 100, late_s))
    assert busiest_second(times) <= 20


async def counted(clock: Clock, pace: Pace, on_the_way_s: list[float]) -> list[float]:
    """When the server counts requests that were held up on the way; each answer comes as late as its request."""
    under_way: list[tuple[float, Taken]] = []
    times = []
    for delay_s in on_the_way_s:
        taken = await pace.turn()
        times.append(clock.monotonic() + delay_s)
        under_way.append((times[-1], taken))
        for at, one in under_way:
            if at <= clock.monotonic() and one.answer_s is None:
                pace.answered(one)
    return times


@settings(max_examples=40)
@given(st.lists(st.sampled_from([0.0, 0.03, 0.06, 0.09]), min_size=40, max_size=120))
def test_f10_no_second_at_the_server_sees_more_than_twenty_though_some_are_held_up(on_the_way_s: list[float]) -> None:
    clock = Clock()
    times = asyncio.run(counted(clock, paced(clock, 19), [0.0, *on_the_way_s]))
    assert busiest_second(times) <= 20


async def sent_late(clock: Clock, pace: Pace, late_s: list[float]) -> list[float]:
    """When requests really go that had to wait after their turn, because the loop was busy; others do not wait."""
    waiting: list[tuple[float, Taken]] = []
    times = []
    for delay_s in late_s:
        waiting.append((clock.monotonic() + delay_s, await pace.turn()))
        for at, one in waiting:
            if at <= clock.monotonic() and one.sent_at is None:
                pace.sent(one)
                times.append(clock.monotonic())
                pace.answered(one)
    return times


@settings(max_examples=40)
@given(st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5]), min_size=40, max_size=120))
def test_f10_no_second_sees_more_than_twenty_though_some_go_long_after_their_turn(late_s: list[float]) -> None:
    clock = Clock()
    assert busiest_second(asyncio.run(sent_late(clock, paced(clock, 19), [0.0, *late_s]))) <= 20


async def test_the_pace_is_kept_to_the_full() -> None:
    clock = Clock()
    times = await turns(clock, paced(clock, 19), 191)
    assert 9.9 < times[-1] - times[0] < 10.1


async def test_f10_too_many_requests_pause_a_second_and_slow_down_for_a_minute() -> None:
    clock = Clock()
    pace = paced(clock, 20)
    await turns(clock, pace, 3)
    refused_at = clock.monotonic()
    pace.refused()
    pace.refused()  # the same moment's
    times = await turns(clock, pace, 19)
    assert times[0] - refused_at >= 1
    assert 0.99 < times[-1] - times[0] < 1.01  # 18 a second
    clock.pass_(seconds=61)
    times = await turns(clock, pace, 21)
    assert 0.99 < times[-1] - times[0] < 1.02  # 20 a second again


async def test_a_lifted_pace_never_waits() -> None:
    clock = Clock()
    await turns(clock, paced(clock, 0), 1000)
    assert clock.monotonic() == 0


async def test_f10_a_storm_of_error_6_loses_nothing_and_counts_no_try(post: Post) -> None:
    refused: list[dict[str, Any]] = [{"error": {"code": 6, "msg": "Too many requests per second"}, "times": 4}]
    refused.append({"peer_errors": {"101": 6}, "times": 2})
    for number, what in enumerate(refused):
        alone = [await post.put(101)]
        await post.fault(**what)
        await post.rounds()
        different = [await post.put(person) for person in range(101, 109)]
        await post.fault(**what)
        await post.rounds()
        equal = await post.put_batch(range(101, 109), "всем")
        await post.fault(**what)
        await post.rounds()
        assert len(await post.ledger()) == 17 * (number + 1)
        assert {row["tries"] for row in await post.rows(*alone, *different, *equal)} == {1}


async def test_f10_the_sandbox_sees_at_most_twenty_in_any_second(post: Post) -> None:
    await post.vk.settings(requests_per_second=20)
    post.api.pace = post.sender._pace = Pace(19)
    for number in range(3):
        for person in range(101, 109):
            await post.put(person, str(number))
    run = asyncio.create_task(post.sender.run())
    calls = [asyncio.create_task(post.api.request("users.get", {"user_ids": "101"})) for _ in range(25)]
    await asyncio.gather(*calls)
    await until(lambda: len(post.settled) == 24)
    post.sender.stop()
    await run
    seen = await post.vk.look("requests")
    assert seen["busiest_second"] <= 20
    assert all(request["answer_code"] == 0 for request in seen["requests"])


async def test_a_share_takes_its_part_of_the_turns_and_leaves_the_others() -> None:
    clock = Clock()
    whole = paced(clock, 20)
    share = Share(whole, 0.5, monotonic=clock.monotonic, sleep=clock.sleep)
    began_at = clock.monotonic()
    waits = []
    for _ in range(20):
        await share.turn()
        asked_at = clock.monotonic()
        await whole.turn()  # somebody's reply, after each of them
        waits.append(clock.monotonic() - asked_at)
    assert max(waits) <= 0.051
    assert 1.9 < clock.monotonic() - began_at < 2.1

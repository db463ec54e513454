"""VK answers nothing but 5xx for ten minutes (docs/faults.md F6)."""

from __future__ import annotations

import pytest

from tests.vk.world import Post

PEOPLE = range(101, 109)
OUTAGE_S, LOOK_S = 600, 10


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_f6_an_outage_is_noticed_within_a_minute_burns_no_try_and_is_made_up_for_at_once(
    post: Post, status: int
) -> None:
    rows = [await post.put(person) for person in PEOPLE]
    await post.fault(http=status, times=0)
    noticed_after_s = None
    for passed_s in range(0, OUTAGE_S, LOOK_S):
        if noticed_after_s is None and post.health():
            noticed_after_s = passed_s
        await post.one_round()
        post.clock.pass_(seconds=LOOK_S)
    assert noticed_after_s is not None
    assert noticed_after_s <= 60
    assert {(row["state"], row["tries"]) for row in await post.rows(*rows)} == {("due", 0)}
    assert len(post.api.requests) < OUTAGE_S  # patience: not even one a second

    await post.vk.session.delete(f"{post.vk.url}/control/faults")
    post.clock.pass_(seconds=30)
    before = len(post.api.requests)
    await post.rounds(most=5)
    assert sorted(message["peer_id"] for message in await post.ledger()) == list(PEOPLE)
    assert len(post.api.requests) - before <= 4
    assert post.health() is None

"""The community's key is withdrawn in the middle of an announcement (docs/faults.md F14)."""

from __future__ import annotations

from collections import Counter

from bot.sandbox.server import Running
from tests.vk.world import Post

PEOPLE = range(1001, 1301)
BATCHES = [PEOPLE[:100], PEOPLE[100:200], PEOPLE[200:]]


async def test_f14_a_key_withdrawn_in_the_middle_of_an_announcement_stops_it_and_a_new_one_goes_on(
    post: Post, sandbox: Running
) -> None:
    for person in PEOPLE:
        sandbox.world.add_person({"id": person, "first_name": "Анна", "last_name": "Ветрова"}).allowed = True
    rows = await post.put_batch(BATCHES[0], "Завтра консультация")
    await post.rounds()
    before = len(post.api.requests)

    await post.vk.settings(token="another")
    for people in BATCHES[1:]:
        rows += await post.put_batch(people, "Завтра консультация")
    await post.one_round()
    post.clock.pass_(seconds=30)
    await post.one_round()
    assert len(post.api.requests) - before <= 2
    assert "token is not valid" in (post.health() or "")
    assert Counter(await post.states(*rows)) == {"sent": 100, "due": 200}

    await post.vk.settings(token="sandbox")
    post.clock.pass_(seconds=61)
    await post.rounds()
    assert Counter(message["peer_id"] for message in await post.ledger()) == Counter(PEOPLE)
    assert {row["tries"] for row in await post.rows(*rows)} == {1}
    assert post.health() is None

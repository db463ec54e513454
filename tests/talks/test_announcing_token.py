"""The community's key is withdrawn in the middle of an announcement."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from tests.talks.chat import Chat
from tests.talks.organizer_scene import scene

#: Each has a text of their own: up to 25 go in a request, so that there is a middle.
READERS = 30
REVOKED = {"error": {"code": 5, "msg": "User authorization failed"}, "times": None}


async def test_f14_a_key_withdrawn_in_the_middle_stops_at_once_and_a_new_one_goes_on(chat: Chat) -> None:
    made = await scene(chat)
    readers = [await chat.person("Нина", f"Орлова-{number}") for number in range(READERS)]
    chat.hasty = True
    for number, reader in enumerate(readers):
        await reader.starts()
        await made.applies(reader, f"Соколова Вера {number}")
    await made.opens("Написать участникам")
    await made.organizer.presses(f"Все заявители: {READERS}")
    await made.organizer.writes("{имя}, завтра консультация")
    world = chat.sandbox.world
    for method in ("execute", "messages.send"):
        world.faults.add({"method": method, "after": 2, **REVOKED})
    await made.organizer.presses(f"Отправить {READERS} людям")

    assert chat.app is not None
    assert not chat.app.sender.health.ok
    refused = [one for one in world.requests.kept if one.answer_code == 5]
    assert len(refused) == 1
    assert 0 < len(got(chat)) < READERS

    world.faults.clear()
    await chat.passes(timedelta(minutes=2))
    assert got(chat) == Counter(reader.id for reader in readers)
    assert chat.app.sender.health.ok
    await made.organizer.looks()
    made.organizer.sees_in(f"Отправлено {READERS} из {READERS}")


def got(chat: Chat) -> Counter[int]:
    """Who has got it, how often."""
    accepted = chat.sandbox.world.ledger.accepted
    return Counter(one.peer_id for one in accepted if "завтра консультация" in one.content.text and one.peer_id != 0)

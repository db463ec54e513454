"""F47: who leaves, blocks or closes their page gets no announcement until they write again."""

from __future__ import annotations

from storage.outbox import Outbox, Tallied
from tests.talks.chat import Chat, Person


async def announced(chat: Chat, people: list[Person], number: int) -> list[Tallied]:
    """An announcement to all of them, and what became of it."""
    app = chat.app
    assert app is not None
    async with app.database.transaction() as connection:
        body = {"text": f"Новость {number}"}
        await Outbox(connection).add_batch(
            [person.id for person in people], body, at=chat.clock(), announcement_id=number
        )
    app.sender.wake()
    await chat.settled()
    async with app.database.transaction() as connection:
        return await Outbox(connection).tally(number)


async def test_f47_who_leaves_is_passed_over_until_they_write_again(chat: Chat) -> None:
    anna, oleg = await chat.person("Анна", "Ветрова"), await chat.person("Олег", "Кедров")
    people = [anna, oleg]
    for person in people:
        await person.starts()
    assert await announced(chat, people, 1) == [Tallied("sent", None, 2)]
    await chat.control(f"people/{oleg.id}/deny", {})
    await chat.settled()
    assert await announced(chat, people, 2) == [Tallied("dropped", 901, 1), Tallied("sent", None, 1)]
    await chat.control(f"people/{oleg.id}/allow", {})
    await chat.settled()
    assert await announced(chat, people, 3) == [Tallied("sent", None, 2)]
    await chat.control("faults", {"peer_errors": {str(oleg.id): 900}, "times": 1})  # put on the blacklist meanwhile
    assert await announced(chat, people, 4) == [Tallied("dropped", 900, 1), Tallied("sent", None, 1)]
    assert await announced(chat, people, 5) == [Tallied("dropped", 900, 1), Tallied("sent", None, 1)]
    await oleg.writes("меню")
    assert await announced(chat, people, 6) == [Tallied("sent", None, 2)]

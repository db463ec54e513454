"""Audiences out of the tables: each person once, page by page; numbers and names of those who are asked for."""

from __future__ import annotations

import pytest

from bot.contest.audiences import Audience, Base
from storage import audiences
from storage.outbox import Sent
from storage.storage import Storage
from tests.storage.world import NOON

HERE = ("scratch",)
CROWD = range(9001, 9061)


@pytest.fixture
async def crowd(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> Storage:
    """Sixty people who have written, of whom the even ones judge; read in pages of seven."""
    monkeypatch.setattr(audiences, "PAGE", 7)
    for person_id in CROWD:
        await storage.people.meet(person_id, at=NOON)
        await storage.people.greeted(person_id, at=NOON)
        await storage.people.set_names({person_id: ("Анна", str(person_id))})
        if person_id % 2 == 0:
            await storage.jury.join(person_id, "scratch", full_name="Член жюри", organisation_code=None, at=NOON)
    return storage


async def test_everybody_who_has_written_is_found_once(crowd: Storage) -> None:
    await crowd.people.known(9999, at=NOON)
    found = await crowd.audiences.people(Audience(Base.EVERYONE))
    assert found == sorted(set(found))
    assert set(CROWD) <= set(found)
    assert 9999 not in found
    assert await crowd.audiences.count_everyone() == len(found)


async def test_the_jury_is_found_and_so_are_the_names_of_many(crowd: Storage) -> None:
    people = await crowd.audiences.people(Audience(Base.JURY, HERE))
    assert set(people) >= {person_id for person_id in CROWD if person_id % 2 == 0}
    names = await crowd.audiences.names([*CROWD, 9999])
    assert names == {person_id: ("Анна", str(person_id)) for person_id in CROWD}


async def test_who_wants_no_news_or_cannot_be_reached_is_told_apart(crowd: Storage) -> None:
    await crowd.people.no_news(9001, since=NOON)
    await crowd.people.unreachable(9002, 901, at=NOON)
    await crowd.people.no_news(9002, since=NOON)
    assert await crowd.audiences.silent([9001, 9002, 9003]) == {9001: None, 9002: 901}
    assert await crowd.audiences.silent(range(9001, 9001 + 3000)) == {9001: None, 9002: 901}
    assert await crowd.audiences.silent([9003]) == {}
    await crowd.people.no_news(9001, since=None)
    assert await crowd.audiences.silent([9001, 9002]) == {9002: 901}


async def test_the_people_of_an_announcement_are_those_who_got_it(crowd: Storage) -> None:
    written = await crowd.announcements.draft(
        event_code="scratch", author_id=9001, text="Да", audience={"key": "jury"}, at=NOON
    )
    rows = [
        await crowd.outbox.add(person_id, {"text": "Да"}, at=NOON, announcement_id=written.id)
        for person_id in (9003, 9002, 9001)
    ]
    await crowd.outbox.sent([Sent(int(row or 0), row, 1) for row in rows[:2]], at=NOON)
    assert await crowd.audiences.people(Audience(Base.SAME, announcement=written.id)) == [9002, 9003]

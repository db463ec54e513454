"""Works and their versions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.conflicts import MissingError
from storage.storage import Storage
from storage.works import WorkVersion
from tests.storage.world import HOUR, NOON, another_world, apply

URL = "https://scratch.mit.edu/projects/612345678"


async def hand_in(storage: Storage, application_id: int, url: str = URL) -> WorkVersion:
    return await storage.works.add_version(application_id, "link", url=url, said_at=NOON, received_at=NOON + HOUR)


async def test_a_link_waits_for_its_check_and_a_file_does_not(storage: Storage) -> None:
    application = await apply(storage)
    link = await hand_in(storage, application.id)
    assert (link.version, link.kind, link.url, link.check_state) == (1, "link", URL, "waiting")
    assert (link.said_at, link.received_at, link.checked_at) == (NOON, NOON + HOUR, None)
    file = await storage.works.add_version(
        application.id,
        "file",
        file_name="река.sb3",
        attachment="doc1_2_key",
        size_bytes=2048,
        said_at=NOON,
        received_at=NOON,
    )
    assert (file.version, file.check_state, file.file_name) == (2, "file", "река.sb3")
    assert (file.attachment, file.size_bytes) == ("doc1_2_key", 2048)
    assert await storage.works.versions(application.id) == [link, file]
    assert await storage.works.current(application.id) == file
    assert await storage.works.get(link.id) == link


async def test_there_is_no_work_before_it_is_handed_in(storage: Storage) -> None:
    application = await apply(storage)
    assert await storage.works.current(application.id) is None
    assert await storage.works.versions(application.id) == []
    assert await storage.works.get(1) is None
    with pytest.raises(MissingError):
        await hand_in(storage, application.id + 1)
    assert (await hand_in(storage, application.id)).version == 1


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 2), max_size=12))
async def test_versions_of_each_work_count_from_one_and_the_last_is_current(handed_in: list[int]) -> None:
    async with another_world() as storage:
        ids = [(await apply(storage, event_code=code)).id for code in ("scratch", "scratch", "webinar")]
        for number, index in enumerate(handed_in):
            await hand_in(storage, ids[index], f"{URL}{number}")
        for index, id_ in enumerate(ids):
            versions = [work.version for work in await storage.works.versions(id_)]
            assert versions == list(range(1, handed_in.count(index) + 1))
        current = {id_: work.version for id_, work in (await storage.works.of_event("scratch")).items()}
        assert current == {ids[index]: handed_in.count(index) for index in (0, 1) if index in handed_in}


async def test_the_same_link_is_found_only_where_it_stands_now_in_this_event(storage: Storage) -> None:
    first, second, replaced = await apply(storage), await apply(storage), await apply(storage)
    elsewhere = await apply(storage, event_code="webinar")
    for application in (first, second, replaced, elsewhere):
        await hand_in(storage, application.id)
    await hand_in(storage, replaced.id, URL + "9")
    assert await storage.works.same_url("scratch", URL) == [first.id, second.id]
    assert await storage.works.same_url("scratch", "https://scratch.mit.edu/projects/1") == []


async def test_a_diagnosis_is_kept_and_the_link_waits_no_more(storage: Storage) -> None:
    application = await apply(storage)
    first, second = await hand_in(storage, application.id), await hand_in(storage, application.id, URL + "9")
    await storage.works.set_receipt(first.id, 41)
    assert [work.id for work in await storage.works.unchecked()] == [first.id, second.id]
    assert [work.id for work in await storage.works.unchecked(limit=1)] == [first.id]
    checked = await storage.works.set_check(first.id, "open", title="Чистая река", at=NOON + HOUR)
    assert checked is not None
    assert (checked.check_state, checked.check_title, checked.checked_at) == ("open", "Чистая река", NOON + HOUR)
    assert (checked.receipt_id, checked.url) == (41, URL)
    assert [work.id for work in await storage.works.unchecked()] == [second.id]
    assert await storage.works.set_check(99, "open", title=None, at=NOON) is None

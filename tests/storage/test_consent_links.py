"""One-time links for parents: the first account that opens one has it, until both consents are decided."""

from __future__ import annotations

from datetime import timedelta

from storage.application_rows import Application
from storage.storage import Storage
from tests.storage.world import HOUR, JUROR, NOON, PARENT, TEACHER, apply

LIFE = timedelta(days=14)


async def made(storage: Storage) -> tuple[Application, int, str]:
    application = await apply(storage)
    child = application.participants[0].id
    assert child is not None
    code = await storage.consent_links.create(application.id, child, by=TEACHER, at=NOON, expires_at=NOON + LIFE)
    return application, child, code


async def test_the_code_itself_is_not_kept(storage: Storage) -> None:
    _, _, code = await made(storage)
    rows = await storage._connection.execute_fetchall("select * from consent_link")
    assert all(code not in str(tuple(row)) for row in rows)
    assert await storage.consent_links.is_known(code)
    assert not await storage.consent_links.is_known("x" * 22)


async def test_it_belongs_to_the_first_who_opens_it_and_ends_when_it_is_answered(storage: Storage) -> None:
    application, child, code = await made(storage)
    links = storage.consent_links
    found = await links.open(code, PARENT, at=NOON + HOUR)
    assert found is not None
    assert (found.application_id, found.participant_id, found.opened_by) == (application.id, child, PARENT)
    assert await links.open(code, JUROR, at=NOON + HOUR) is None
    assert await links.open(code, PARENT, at=NOON + 2 * HOUR) == found
    assert await links.opened(child, PARENT, at=NOON + HOUR) == found
    assert await links.opened(child, JUROR, at=NOON + HOUR) is None
    await links.use(child, PARENT, at=NOON + HOUR)
    assert await links.open(code, PARENT, at=NOON + HOUR) is None
    assert await links.opened(child, PARENT, at=NOON + HOUR) is None


async def test_one_that_a_wrong_hand_opened_and_left_passes_to_the_next_an_hour_later(storage: Storage) -> None:
    _, child, code = await made(storage)
    links = storage.consent_links
    await links.open(code, JUROR, at=NOON)
    assert await links.open(code, PARENT, at=NOON + HOUR - timedelta(milliseconds=1)) is None
    assert await links.open(code, PARENT, at=NOON + HOUR) is not None
    assert await links.opened(child, JUROR, at=NOON + HOUR) is None
    assert await links.opened(child, PARENT, at=NOON + HOUR) is not None


async def test_who_asks_cannot_answer_and_a_late_or_replaced_link_opens_nothing(storage: Storage) -> None:
    application, child, code = await made(storage)
    links = storage.consent_links
    assert await links.open(code, TEACHER, at=NOON) is None
    assert await links.open(code, PARENT, at=NOON + LIFE) is None
    newer = await links.create(application.id, child, by=TEACHER, at=NOON, expires_at=NOON + LIFE)
    assert await links.open(code, PARENT, at=NOON) is None
    assert await links.open(newer, PARENT, at=NOON) is not None
    assert await links.open("x" * 22, PARENT, at=NOON) is None


async def test_whoever_gives_it_back_leaves_it_to_the_right_parent_until_that_was_too_often(storage: Storage) -> None:
    _, child, code = await made(storage)
    links = storage.consent_links
    assert await links.decline(child, JUROR, at=NOON, most=2) is None
    await links.open(code, JUROR, at=NOON)
    given_back = await links.decline(child, JUROR, at=NOON, most=2)
    assert given_back is not None
    assert (given_back.opened_by, given_back.opened_at, given_back.declined) == (None, None, 1)
    assert not await links.was_answered_by(code, JUROR)
    assert await links.open(code, PARENT, at=NOON) is not None
    ended = await links.decline(child, PARENT, at=NOON, most=2)
    assert ended is not None
    assert ended.declined == 2
    assert await links.open(code, PARENT, at=NOON) is None


async def test_who_has_answered_by_it_is_known_to_have(storage: Storage) -> None:
    _, child, code = await made(storage)
    links = storage.consent_links
    await links.open(code, PARENT, at=NOON)
    assert not await links.was_answered_by(code, PARENT)
    await links.use(child, PARENT, at=NOON)
    assert await links.was_answered_by(code, PARENT)
    assert not await links.was_answered_by(code, JUROR)

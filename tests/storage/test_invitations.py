"""One-time codes."""

from __future__ import annotations

from bot.contest.authorize import RoleKind
from storage.invitations import Invitation
from storage.storage import Storage
from tests.storage.world import HOUR, JUROR, NOON, ORGANIZER, OTHER_JUROR


async def invite(storage: Storage) -> str:
    return await storage.invitations.create(
        RoleKind.JURY, "scratch", by=ORGANIZER, at=NOON, expires_at=NOON + 24 * HOUR
    )


async def test_a_code_works_once_and_for_the_same_person_again(storage: Storage) -> None:
    code = await invite(storage)
    used = await storage.invitations.use(code, JUROR, at=NOON + HOUR)
    assert used == Invitation(RoleKind.JURY, "scratch", ORGANIZER, JUROR, NOON + HOUR)
    assert await storage.invitations.use(code, OTHER_JUROR, at=NOON + HOUR) is None
    assert await storage.invitations.use(code, JUROR, at=NOON + 48 * HOUR) == used


async def test_absent_late_and_spent_codes_get_one_answer_and_a_fresh_one_works(storage: Storage) -> None:
    spent, late = await invite(storage), await invite(storage)
    await storage.invitations.use(spent, OTHER_JUROR, at=NOON)
    for code, at in (("no-such-code", NOON), ("", NOON), (late, NOON + 24 * HOUR), (spent, NOON)):
        assert await storage.invitations.use(code, JUROR, at=at) is None
    assert await storage.invitations.use(late, JUROR, at=NOON + 24 * HOUR - HOUR) is not None


async def test_a_code_typed_with_spaces_around_it_works(storage: Storage) -> None:
    assert await storage.invitations.use(f" {await invite(storage)}\n", JUROR, at=NOON) is not None


async def test_codes_have_128_bits_fit_a_link_and_are_not_kept(storage: Storage) -> None:
    codes = [await invite(storage) for _ in range(20)]
    assert len(set(codes)) == 20
    assert all(len(code) == 22 and code.replace("-", "").replace("_", "").isalnum() for code in codes)
    rows = await storage._connection.execute_fetchall("select * from invitation")
    kept = " ".join(str(value) for row in rows for value in tuple(row))
    assert not [code for code in codes if code in kept]


async def test_a_code_remembers_that_it_gave_the_role(storage: Storage) -> None:
    code = await invite(storage)
    await storage.invitations.use(code, JUROR, at=NOON)
    for at in (NOON + HOUR, NOON + 2 * HOUR):
        await storage.invitations.accept(JUROR, RoleKind.JURY, "scratch", at=at)
    used = await storage.invitations.use(code, JUROR, at=NOON + 3 * HOUR)
    assert used is not None
    assert used.accepted_at == NOON + HOUR

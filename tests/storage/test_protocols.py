"""Protocols: versions one after another, sealed, with the names beside them; who is forgotten is not named there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.contest.protocol_facts import entries
from bot.contest.protocol_snapshot import Signers, Snapshot, Word, WordKind
from storage.conflicts import MissingError, StaleError
from storage.protocols import Protocol
from storage.storage import Storage
from tests.documents.jury_made import snapshot
from tests.storage.world import ANYA, BORYA, HOUR, JUROR, NOON, ORGANIZER, apply, form

NUMBER = "СК-2026/{}"


async def about(storage: Storage) -> Snapshot:
    """What a protocol says of a pair; the juror is the account of the tests' world."""
    pair = await apply(storage, form(ANYA, BORYA))
    made = snapshot(works=1, jurors=1)
    (field,) = made.facts.fields
    (entry,) = field.entries
    ids = tuple(one.id or 0 for one in pair.participants)
    sheet = replace(entry.sheets[0], juror=JUROR)
    entry = replace(entry, application=pair.id, members=ids, sheets=(sheet,))
    facts = replace(made.facts, fields=(replace(field, entries=(entry,)),), jury=(JUROR,), orders=())
    words = {
        Word(WordKind.MEMBER, pair.id, ids[0]): "Ветрова Анна Олеговна",
        Word(WordKind.MEMBER, pair.id, ids[1]): "Кедров Борис",
        Word(WordKind.REMARK, pair.id, JUROR): "Анна молодец",
        Word(WordKind.JUROR, of=JUROR): "Лаптев Егор Ильич",
        Word(WordKind.CHAIR): "Громова Инна Павловна",
    }
    return Snapshot(facts, words)


async def add(storage: Storage, made: Snapshot, version: int, reason: str = "") -> Protocol:
    at = NOON + version * HOUR
    number = NUMBER.format(version)
    return await storage.protocols.add(
        "scratch", made, version=version, number=number, by=ORGANIZER, at=at, reason=reason
    )


async def test_versions_follow_each_other_and_the_old_ones_stay_readable(storage: Storage) -> None:
    assert await storage.protocols.latest("scratch") is None
    made = await about(storage)
    first = await add(storage, made, 1)
    assert (first.number, first.approved_at, first.approved_by, first.replaced_by) == (
        "СК-2026/1", NOON + HOUR, ORGANIZER, None,
    )  # fmt: skip
    corrected = replace(made, facts=replace(made.facts, balance=(("Участник", 1),)))
    second = await add(storage, corrected, 2, reason="техническая апелляция")
    assert await storage.protocols.of_event("scratch") == [replace(first, replaced_by=2), second]
    assert await storage.protocols.latest("scratch") == second
    assert await storage.protocols.get("scratch", 1) == replace(first, replaced_by=2)
    assert await storage.protocols.get("scratch", 3) is None
    assert await storage.protocols.snapshot("scratch", 1) == made
    assert await storage.protocols.snapshot("scratch", 2) == corrected
    assert await storage.protocols.snapshot("webinar", 1) is None


async def test_of_two_who_make_a_version_at_once_one_is_too_late(storage: Storage) -> None:
    made = await about(storage)
    await add(storage, made, 1)
    await add(storage, made, 2)
    with pytest.raises(StaleError):
        await add(storage, made, 2)
    assert (await add(storage, made, 3)).version == 3


async def test_i7_a_version_that_was_tampered_with_is_found(storage: Storage) -> None:
    made = await about(storage)
    await add(storage, made, 1)
    await add(storage, made, 2)
    assert await storage.protocols.is_sound("scratch")
    await storage._connection.execute_fetchall(
        "update protocol set content = replace(content, 'Участник', 'Победитель') where version = 1"
    )
    assert not await storage.protocols.is_sound("scratch")


async def test_whoever_is_forgotten_is_named_in_no_version_and_the_decision_stays_sealed(storage: Storage) -> None:
    made = await about(storage)
    await add(storage, made, 1, reason="ошибка в имени Ветровой")
    (entry,) = entries(made.facts)
    await storage.forgetting.participant(entry.members[0], at=NOON, leaves=False)
    seen = await storage.protocols.snapshot("scratch", 1)
    assert seen is not None
    assert (seen.who(entry), seen.juror(JUROR)) == ("Кедров Борис", "Лаптев Егор Ильич")
    await storage.forgetting.application(entry.application, at=NOON)
    await storage.forgetting.person(JUROR, at=NOON)
    seen = await storage.protocols.snapshot("scratch", 1)
    assert seen is not None
    assert (seen.who(entry), seen.juror(JUROR)) == ("участник № 1", f"эксперт № {JUROR}")
    assert seen.facts == made.facts
    assert list(seen.words) == [Word(WordKind.CHAIR)]
    await storage.forgetting.event("scratch", by=None, at=NOON)
    seen, kept = await storage.protocols.snapshot("scratch", 1), await storage.protocols.latest("scratch")
    assert seen is not None
    assert kept is not None
    assert (seen.words, kept.reason) == ({}, "")
    assert await storage.protocols.is_sound("scratch")


async def test_who_signs_is_kept_until_somebody_else_is_named(storage: Storage) -> None:
    assert await storage.protocols.signers("scratch") == Signers()
    await storage.protocols.set_signers("scratch", Signers("Громова Инна Павловна"))
    await storage.protocols.set_signers("scratch", Signers("Громова Инна Павловна", "Рябова Нина Львовна"))
    assert await storage.protocols.signers("scratch") == Signers("Громова Инна Павловна", "Рябова Нина Львовна")
    with pytest.raises(MissingError):
        await storage.protocols.set_signers("nothing", Signers())

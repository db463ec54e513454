"""Forgetting: no name is left in any table, and everything that is counted stays."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.contest.applications import ApplicationState
from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.consents import ConsentKind
from bot.talk.position import Draft, Position, ScreenKey
from storage.application_rows import Application
from storage.inbox import Arrival
from storage.outcomes import Result
from storage.restoring import Said
from storage.storage import Storage
from tests.storage.world import ANYA, BORYA, HOUR, JUROR, NOON, ORGANIZER, PARENT, TEACHER, apply, form

ACCEPTED = ApplicationState.ACCEPTED
LATER = NOON + 48 * HOUR


async def filled(storage: Storage) -> Application:
    """An application that has left traces wherever one can."""
    one = await apply(storage, form(ANYA, BORYA), state=ACCEPTED)
    await storage.works.add_version(
        one.id, "link", said_at=NOON, received_at=NOON, url="https://disk.example/vetrova-anna", file_name="Ветрова.mp4"
    )
    for person in one.participants:
        await storage.consents.record(
            one.id, ConsentKind.PROCESSING, version=2, text_hash="ab", decision="given", channel="link",
            person_id=PARENT, participant_id=person.id, signer="Ветрова Ирина", kinship="mother", at=NOON,
        )  # fmt: skip
    await storage.jury.join(JUROR, "scratch", full_name="Лаптев Егор Ильич", organisation_code=None, at=NOON)
    await storage.jury.assign([(one.id, JUROR)], at=NOON)
    (card,) = await storage.jury.cards("scratch", JUROR)
    await storage.jury.score(card.assignment.id, "idea", Decimal(5), at=NOON)
    await storage.jury.set_comment(card.assignment.id, "Ветрова молодец")
    await storage.outcomes.set(Result(one.id, Outcome(OutcomeKind.WINNER, "")), by=ORGANIZER, at=NOON)
    raw = {"text": "ветрова анна", "again": "Ветрова"}
    await storage.inbox.store([Arrival("e1", TEACHER, 1, raw)], at=NOON)
    await storage.inbox.done([update.id for update in await storage.inbox.waiting(9)], at=NOON)
    await storage.outbox.add(ORGANIZER, {"text": "Заявка: Ветрова Анна"}, at=NOON)
    letter = "Не сдала работу Ветрова Анна"
    await storage.announcements.draft(event_code="scratch", author_id=1, text=letter, audience={"key": "jury"}, at=NOON)
    await storage.outbox.add_batch([TEACHER, PARENT], {"text": letter}, at=NOON, announcement_id=1)
    await storage.jobs.add("make_file", {"about": "Ветрова", "person_id": TEACHER}, at=NOON)
    said = [Said(ORGANIZER, 1, 9, 5, NOON, "Пришла заявка: Ветрова Анна"), Said(TEACHER, 1, 9, 5, NOON, "ветрова")]
    await storage.restoring.keep(said, at=NOON)
    draft = Draft("edit", str(one.id), "name", {"name": "Ветрова"}, kept=True)
    await storage.memory.save(TEACHER, Position(1, (ScreenKey("Ветрова", "go", "x"),), draft), at=NOON)
    return one


async def texts(storage: Storage) -> str:
    """Every text of every table."""
    tables = await storage._connection.execute_fetchall("select name from sqlite_master where type = 'table'")
    rows = [row for (name,) in tables for row in await storage._connection.execute_fetchall(f"select * from {name}")]  # noqa: S608
    return "\n".join(str(value) for row in rows for value in tuple(row) if isinstance(value, str))


async def settle(storage: Storage) -> None:
    """What was on its way has arrived."""
    await storage._connection.execute_fetchall("update outbox set state = 'sent'")
    await storage._connection.execute_fetchall("update job set state = 'done'")


@pytest.mark.parametrize("due", [True, False])
async def test_an_application_is_forgotten_with_every_trace_and_its_counts_stay(storage: Storage, due: bool) -> None:
    one, other = await filled(storage), await apply(storage, form(BORYA))
    if not due:
        await settle(storage)
    assert "Ветрова" in await texts(storage)
    await storage.forgetting.application(one.id, at=LATER)
    await storage.forgetting.talk_of(TEACHER)
    if due:
        await settle(storage)
        await storage.forgetting.traces("Ветрова", "Анна", at=LATER)
    kept = await texts(storage)
    for words in ("Ветрова", "ветрова", "disk.example", "молодец"):
        assert words not in kept, words
    again = await storage.applications.get(one.id)
    assert again is not None
    assert [person.name.formal for person in again.participants] == ["Участник № 1", "Участник № 1-2"]
    assert [person.grade.number for person in again.participants if person.grade] == [3, 7]
    assert (again.state, again.accepted_at, again.anonymised_at) == (ACCEPTED, NOON, LATER)
    assert (await storage.outcomes.get(one.id)) is not None
    assert len(await storage.works.versions(one.id)) == 1
    assert [said.text_hash for said in await storage.consents.history(one.id)] == ["ab", "ab"]
    untouched = await storage.applications.get(other.id)
    assert untouched == other


async def test_one_of_several_leaves_and_an_edit_does_not_bring_them_back(storage: Storage) -> None:
    one = await filled(storage)
    anya, borya = one.participants
    assert anya.id is not None
    await storage.forgetting.participant(anya.id, at=LATER, leaves=True)
    left = await storage.applications.get(one.id)
    assert left is not None
    assert left.participants == (borya,)
    changed = await storage.applications.change(one.id, form(BORYA, ANYA), revision=left.revision, at=LATER)
    assert [person.id == anya.id for person in changed.participants] == [False, False]
    assert len(await storage.consents.history(one.id)) == 2


async def test_an_event_is_destroyed_once_and_what_it_was_is_noted(storage: Storage) -> None:
    await filled(storage)
    await settle(storage)
    counts = await storage.forgetting.counts("scratch")
    assert counts == {
        "applications": 1, "participants": 2, "contacts": 1, "works": 1, "signed_consents": 2, "remarks": 1,
        "papers": 0,
    }  # fmt: skip
    done = await storage.forgetting.event("scratch", by=ORGANIZER, at=LATER)
    assert done.counts == {**counts, "messages": 1}
    kept = await texts(storage)
    for words in ("Ветрова", "ветрова", "Кедров", "Лаптев", "disk.example"):
        assert words not in kept, words
    assert not any((await storage.forgetting.counts("scratch")).values())
    assert await storage.applications.count_by_state("scratch") == {ACCEPTED: 1}
    assert await storage.forgetting.destructions() == [done]

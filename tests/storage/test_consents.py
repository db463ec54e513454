"""Consents: nothing is overwritten, each decision is kept with its text, who, when, how and about whom."""

from __future__ import annotations

import pytest

from bot.contest.consent_states import Category, Decision, Signer
from bot.contest.consents import ConsentKind
from storage.application_rows import Application
from storage.conflicts import MissingError
from storage.consents import Consent
from storage.storage import Storage
from tests.storage.world import ANYA, BORYA, HOUR, NOON, PARENT, TEACHER, apply, form

PROCESSING, PUBLICATION = ConsentKind.PROCESSING, ConsentKind.PUBLICATION


async def record(
    storage: Storage, application_id: int, kind: ConsentKind, decision: Decision, **more: object
) -> Consent:
    values: dict[str, object] = {"channel": "chat", "person_id": TEACHER, **more}
    return await storage.consents.record(
        application_id,
        kind,
        version=2,
        text_hash="ab12",
        decision=decision,
        at=NOON,
        **values,  # type: ignore[arg-type]
    )


def ids(application: Application) -> list[int]:
    return [one.id for one in application.participants if one.id is not None]


async def test_a_decision_is_kept_with_its_text_who_when_and_how(storage: Storage) -> None:
    application = await apply(storage)
    consent = await storage.consents.record(
        application.id,
        PUBLICATION,
        version=2,
        text_hash="cd34",
        decision="given",
        channel="link",
        person_id=PARENT,
        participant_id=ids(application)[0],
        signer="Ветрова Ирина Юрьевна",
        kinship="guardian",
        guardian_paper="постановление от 12.05.2024 № 15",
        categories=[Category.NAME, Category.RESULT],
        at=NOON + HOUR,
    )
    assert consent == Consent(
        application.id, PUBLICATION, 2, "cd34", "given", "link", PARENT, NOON + HOUR, ids(application)[0],
        Signer.PARENT, True, "Ветрова Ирина Юрьевна", "guardian", "постановление от 12.05.2024 № 15",
        frozenset((Category.NAME, Category.RESULT)), None,
    )  # fmt: skip
    assert await storage.consents.history(application.id) == [consent]
    assert await storage.consents.by_guardian(PARENT) == [(application.id, ids(application)[0])]
    assert await storage.consents.guardians(application.id) == {PARENT}
    assert await storage.consents.by_person(PARENT) == [consent]


@pytest.mark.parametrize(
    ("channel", "decision", "by", "own"),
    [
        ("chat", "paper", Signer.PARENT, False),
        ("chat", "given", Signer.PARENT, False),
        ("link", "given", Signer.PARENT, True),
        ("paper", "scan", Signer.PARENT, False),
    ],
)
async def test_a_teacher_reports_what_parents_say(
    storage: Storage, channel: str, decision: Decision, by: Signer, own: bool
) -> None:
    application = await apply(storage)
    consent = await record(storage, application.id, PROCESSING, decision, channel=channel)
    assert (consent.by, consent.own) == (by, own)


async def test_nobody_was_asked_yet(storage: Storage) -> None:
    application = await apply(storage)
    assert await storage.consents.history(application.id) == []
    assert await storage.consents.of_event("scratch") == {}


async def test_a_decision_about_no_application_is_refused(storage: Storage) -> None:
    with pytest.raises(MissingError):
        await record(storage, 1, PROCESSING, "given")


async def test_all_decisions_are_kept_in_order_by_application(storage: Storage) -> None:
    first, second = await apply(storage, form(ANYA, BORYA)), await apply(storage, event_code="webinar")
    for kind, decision in ((PROCESSING, "waiting"), (PUBLICATION, "refused"), (PROCESSING, "given")):
        await record(storage, first.id, kind, decision, participant_id=ids(first)[1])  # type: ignore[arg-type]
    await record(storage, second.id, PROCESSING, "paper")
    history = await storage.consents.history(first.id)
    assert [(one.kind, one.decision) for one in history] == [
        (PROCESSING, "waiting"), (PUBLICATION, "refused"), (PROCESSING, "given"),
    ]  # fmt: skip
    assert await storage.consents.of_event("scratch") == {first.id: history}
    assert set(await storage.consents.of_applicant(TEACHER)) == {first.id, second.id}


async def test_who_stays_in_a_changed_application_keeps_the_consents(storage: Storage) -> None:
    application = await apply(storage, form(ANYA, BORYA))
    await record(storage, application.id, PROCESSING, "given", participant_id=ids(application)[1])
    changed = await storage.applications.change(application.id, form(BORYA), revision=1, at=NOON)
    assert ids(changed) == ids(application)[1:]
    assert len(await storage.consents.history(application.id)) == 1

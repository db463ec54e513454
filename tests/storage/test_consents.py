"""Consents: nothing is overwritten, the latest decides."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contest.consents import ConsentKind
from storage.conflicts import MissingError
from storage.consents import Consent, Decision
from storage.storage import Storage
from tests.storage.world import HOUR, NOON, PARENT, TEACHER, another_world, apply

PROCESSING, PUBLICATION = ConsentKind.PROCESSING, ConsentKind.PUBLICATION
DECISIONS: list[Decision] = ["given", "refused", "paper", "withdrawn"]


async def record(storage: Storage, application_id: int, kind: ConsentKind, decision: Decision) -> Consent:
    return await storage.consents.record(
        application_id,
        kind,
        version=2,
        text_hash="ab12",
        decision=decision,
        channel="chat",
        person_id=TEACHER,
        at=NOON,
    )


async def test_a_decision_is_kept_with_its_text_who_when_and_how(storage: Storage) -> None:
    application = await apply(storage)
    consent = await storage.consents.record(
        application.id,
        PROCESSING,
        version=1,
        text_hash="cd34",
        decision="given",
        channel="chat",
        person_id=PARENT,
        at=NOON + HOUR,
    )
    assert consent == Consent(application.id, PROCESSING, 1, "cd34", "given", "chat", PARENT, NOON + HOUR)
    assert await storage.consents.current(application.id) == {PROCESSING: consent}


async def test_nobody_was_asked_yet(storage: Storage) -> None:
    application = await apply(storage)
    assert await storage.consents.current(application.id) == {}
    assert await storage.consents.of_event("scratch") == {}


async def test_a_decision_about_no_application_is_refused(storage: Storage) -> None:
    with pytest.raises(MissingError):
        await record(storage, 1, PROCESSING, "given")


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from(list(ConsentKind)), st.sampled_from(DECISIONS)), max_size=15)
)
async def test_the_latest_decision_of_each_kind_decides_and_all_are_kept(
    decided: list[tuple[int, ConsentKind, Decision]],
) -> None:
    async with another_world() as storage:
        ids = [(await apply(storage, event_code=code)).id for code in ("scratch", "scratch", "webinar")]
        for index, kind, decision in decided:
            await record(storage, ids[index], kind, decision)
        latest = {(ids[index], kind): decision for index, kind, decision in decided}
        for index, id_ in enumerate(ids):
            held = {kind: consent.decision for kind, consent in (await storage.consents.current(id_)).items()}
            assert held == {kind: decision for (of, kind), decision in latest.items() if of == id_}
            history = [(consent.kind, consent.decision) for consent in await storage.consents.history(id_)]
            assert history == [(kind, decision) for of, kind, decision in decided if of == index]
        listed = {
            (id_, kind): consent.decision
            for id_, kinds in (await storage.consents.of_event("scratch")).items()
            for kind, consent in kinds.items()
        }
        assert listed == {place: decision for place, decision in latest.items() if place[0] != ids[2]}

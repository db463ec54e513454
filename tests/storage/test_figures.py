"""Figures over events, and whom the pipeline still owes something."""

from __future__ import annotations

from dataclasses import replace

from bot.contest.applications import ApplicationState
from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.consents import ConsentKind
from storage.figures import Sizes
from storage.inbox import Arrival
from storage.outcomes import Result
from storage.storage import Storage
from tests.storage.world import ANYA, BORYA, HOUR, NOON, TEACHER, apply, form

ACCEPTED, LEFT = ApplicationState.ACCEPTED, ApplicationState.DROPPED_OUT


async def hand_in(storage: Storage, application_id: int) -> None:
    await storage.works.add_version(
        application_id, "link", said_at=NOON, received_at=NOON, url="https://vk.com/video-1_2"
    )


async def accepted(storage: Storage, state: ApplicationState = ACCEPTED, **more: object) -> int:
    """An application that was accepted and came to `state`."""
    filled = form(*more.pop("people", (ANYA,)), **more)  # type: ignore[misc, arg-type]
    application = await apply(storage, filled)
    await storage.applications.set_state(application.id, ACCEPTED, reason=None, at=NOON)
    if state is not ACCEPTED:
        await storage.applications.set_state(application.id, state, reason=None, at=NOON)
    return application.id


async def test_only_those_who_took_part_are_counted(storage: Storage) -> None:
    await apply(storage)
    await hand_in(storage, await accepted(storage, people=(ANYA, BORYA)))
    await accepted(storage, organisation_code=None, organisation_name="Детский сад «Берёзкин дом»")
    await accepted(storage, LEFT, organisation_code="lyceum-7")
    await hand_in(storage, await accepted(storage, LEFT, people=(BORYA,)))
    absent = Result(await accepted(storage, organisation_code="lyceum-7"), Outcome(OutcomeKind.ABSENT, "Не пришёл"))
    await storage.outcomes.set(absent, by=TEACHER, at=NOON)
    assert await storage.figures.of_events(["scratch"]) == Sizes(6, 3, 2, 4, 2)
    assert await storage.figures.of_events() == Sizes(6, 3, 2, 4, 2)
    assert await storage.figures.of_events(["webinar"]) == Sizes(0, 0, 0, 0, 0)
    assert await storage.figures.different_people() == 3
    assert await storage.figures.different_people(["webinar"]) == 0


async def test_people_without_names_count_by_their_number(storage: Storage) -> None:
    application = await apply(storage, replace(form(), headcount=12))
    await storage.applications.set_state(application.id, ACCEPTED, reason=None, at=NOON)
    assert (await storage.figures.of_events()).people == 12


async def test_who_waits_for_the_bot(storage: Storage) -> None:
    assert await storage.inbox.waited_for() == frozenset()
    await storage.inbox.store([Arrival("e1", 7, None, {})], at=NOON)
    await storage.outbox.add(8, {}, at=NOON)
    await storage.outbox.add(9, {}, at=NOON, due_at=NOON + HOUR)
    assert await storage.inbox.waited_for() == {7}
    assert await storage.outbox.waited_for(now=NOON) == {8}
    assert await storage.outbox.waited_for(now=NOON + HOUR) == {8, 9}


async def test_only_doubtful_consents_are_read_where_it_matters_who_is_hidden(storage: Storage) -> None:
    first, second, third = [(await apply(storage)).id for _ in range(3)]
    for id_, decision, at in ((first, "paper", NOON), (second, "withdrawn", NOON), (third, "paper", NOON - 2 * HOUR)):
        await storage.consents.record(
            id_,
            ConsentKind.PROCESSING,
            version=2,
            text_hash="ab12",
            decision=decision,  # type: ignore[arg-type]
            channel="chat",
            person_id=TEACHER,
            at=at,
        )
    assert set(await storage.consents.hiding("scratch", before=NOON - HOUR)) == {second, third}
    assert await storage.consents.hiding("webinar", before=NOON) == {}

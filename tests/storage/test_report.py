"""A school year as rows, what the coordinator adds to it, and that forgetting keeps the figures."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.contest.applications import ApplicationState
from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.event.loading import dump_event, read_event
from bot.contest.event.model import Event
from bot.contest.event.units import UnitKind
from bot.contest.grades import Grade
from bot.contest.names import FullName
from bot.contest.report.facts import Forgotten
from bot.contest.stages import Going
from storage import report as module
from storage.application_rows import Participant
from storage.outcomes import Result
from storage.storage import Storage
from tests.storage.world import ANYA, BORYA, DEADLINE, HOUR, JUROR, NOON, ORGANIZER, apply, form

FILES = Path(__file__).resolve().parents[2] / "bot/data/events/2020-21"
READERS, MOTHER = "reciters-2020", "my-mother-2020"
ACCEPTED = ApplicationState.ACCEPTED


async def loaded(storage: Storage, *names: str) -> list[Event]:
    events = [event for name in names for event in [read_event(FILES / f"{name}.yaml")] if isinstance(event, Event)]
    for event in events:
        await storage.events.load(event.code, dump_event(event), closes_at=DEADLINE, at=NOON)
    return events


async def accepted(storage: Storage, code: str, *people: Participant, school: str | None = "gymnasium-13-tomsk") -> int:
    application = await apply(storage, form(*people, organisation_code=school), event_code=code)
    await storage.applications.set_state(application.id, ACCEPTED, reason=None, at=NOON)
    return application.id


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several pages even of a few rows."""
    monkeypatch.setattr(module, "PAGE", 2)


async def test_a_year_is_read_page_by_page_with_outcomes_stages_and_people(storage: Storage) -> None:
    events = await loaded(storage, "reciters", "my-mother")
    first = await accepted(storage, READERS, ANYA, BORYA)
    second = await accepted(storage, READERS, BORYA)
    for _ in range(3):
        await accepted(storage, MOTHER)
    await storage.outcomes.set(Result(first, Outcome(OutcomeKind.WINNER, "I место")), by=ORGANIZER, at=NOON)
    await storage.stages.put(second, "selection", Going.NOT_PASSED, host="", by=ORGANIZER, at=NOON)
    await storage.stages.put(first, "selection", Going.PASSED, host="", by=ORGANIZER, at=NOON)
    await storage.works.add_version(first, "link", said_at=NOON, received_at=NOON, url="https://vk.com/video-1_2")
    found = await storage.reports.entries(events)
    assert [one.id for one in found] == sorted(one.id for one in found)
    assert len(found) == 5
    one = found[0]
    assert (one.outcome, one.outcome_title, one.handed_in, one.unit) == (
        OutcomeKind.WINNER,
        "I место",
        True,
        UnitKind.PERSON,
    )
    assert (one.stages, found[1].stages) == (("selection", "final"), ("selection",))
    assert [each.surname for each in one.people] == ["Ветрова", "Кедров"]
    assert await storage.reports.entries(events, organisation="lyceum-7") == ()
    assert await storage.reports.entries(events, person=JUROR) == ()


async def test_experts_come_with_what_they_have_scored(storage: Storage) -> None:
    events = await loaded(storage, "reciters")
    await storage.jury.join(JUROR, READERS, full_name="Соснин Пётр", organisation_code="tpu", at=NOON)
    found = await storage.reports.experts(events, {"tpu": "ТПУ"})
    assert [(one.name, one.organisation, one.scored) for one in found] == [("Соснин Пётр", "ТПУ", 0)]
    assert await storage.reports.documents(events) == ()


async def test_words_keep_their_versions_and_figures_may_be_taken_back(storage: Storage) -> None:
    reports = storage.reports
    await reports.write("2020-21", "tasks", "Первое", by=ORGANIZER, at=NOON)
    await reports.write("2020-21", "tasks", "Второе", by=ORGANIZER, at=NOON + HOUR)
    await reports.write("2019-20", "tasks", "Прошлое", by=ORGANIZER, at=NOON)
    assert await reports.words("2020-21") == {"tasks": "Второе"}
    assert [one.text for one in await reports.versions("2020-21", "tasks")] == ["Второе", "Первое"]
    await reports.type("2019-20", "pupils", 640, by=ORGANIZER, at=NOON)
    await reports.type("2019-20", "works", 5, by=ORGANIZER, at=NOON)
    await reports.type("2019-20", "works", None, by=ORGANIZER, at=NOON + timedelta(minutes=1))
    assert await reports.typed("2019-20") == {"pupils": 640}


async def forgotten(storage: Storage, events: list[Event]) -> list[Forgotten | None]:
    return [one.forgotten for entry in await storage.reports.entries(events) for one in entry.people]


async def test_forgetting_one_event_after_another_counts_a_person_once(storage: Storage) -> None:
    events = await loaded(storage, "reciters", "my-mother", "scratch")
    again = Participant(FullName("Ветрова", "Анна"), Grade(3))
    await accepted(storage, READERS, ANYA, BORYA)
    await accepted(storage, READERS, again)
    await accepted(storage, MOTHER, again)
    await accepted(storage, MOTHER, again, school=None)
    assert await forgotten(storage, events) == [None] * 5
    assert await storage.figures.different_people() == 4
    await storage.forgetting.event(READERS, by=ORGANIZER, at=NOON)
    assert await forgotten(storage, events) == [Forgotten.EVENT, Forgotten.ONLY, Forgotten.YEAR, None, None]
    before = await storage.figures.different_people()
    await storage.forgetting.event(MOTHER, by=ORGANIZER, at=NOON)
    assert (await forgotten(storage, events))[3:] == [Forgotten.ONLY, Forgotten.ONLY]
    assert await storage.figures.different_people() == before == 3


async def test_one_child_of_a_team_is_forgotten_alone_and_still_counts(storage: Storage) -> None:
    events = await loaded(storage, "reciters", "my-mother")
    await accepted(storage, READERS, ANYA, BORYA)
    await accepted(storage, MOTHER, ANYA)
    anya = (await storage.reports.entries(events))[0].people[0]
    await storage.forgetting.participant(anya.id, at=NOON, leaves=False)
    assert await forgotten(storage, events) == [Forgotten.YEAR, None, None]
    assert await storage.figures.different_people() == 2


async def test_who_is_left_by_a_row_that_does_not_count_is_not_lost(storage: Storage) -> None:
    events = await loaded(storage, "reciters", "my-mother")
    application = await accepted(storage, READERS, ANYA)
    await apply(storage, form(ANYA, organisation_code="gymnasium-13-tomsk"), event_code=MOTHER)
    await storage.forgetting.application(application, at=NOON)
    assert await forgotten(storage, events) == [Forgotten.ONLY, None]


async def test_where_somebody_has_to_be_hidden_is_known_without_reading_all(storage: Storage) -> None:
    events = await loaded(storage, "reciters")
    assert await storage.reports.hiding(events, before=NOON) == frozenset()

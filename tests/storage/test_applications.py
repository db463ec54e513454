"""Applications with their participants and contacts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contest.applications import ApplicationState
from bot.contest.consents import Applicant
from bot.contest.grades import Grade, PreschoolGroup
from bot.contest.names import FullName
from storage.application_rows import Contact, Participant
from storage.applications import Entered, OrganisationCount
from storage.conflicts import DuplicateError, MissingError, StaleError
from storage.storage import Storage
from tests.storage.world import (
    ANYA,
    BORYA,
    HOUR,
    NOON,
    PARENT,
    PHONE,
    TEACHER,
    another_world,
    apply,
    form,
)

SENT, ACCEPTED, WITHDRAWN = ApplicationState.SENT, ApplicationState.ACCEPTED, ApplicationState.WITHDRAWN


async def test_an_application_is_read_back_as_it_was_added(storage: Storage) -> None:
    added = await apply(storage, form(ANYA, BORYA))
    assert (added.ordinal, added.number, added.state, added.revision) == (1, "scratch-0001", SENT, 1)
    assert (added.participants, added.answers) == ((ANYA, BORYA), {"title": "Чистая река"})
    assert (added.applicant_role, added.created_at, added.accepted_at) == (Applicant.TEACHER, NOON, None)
    assert await storage.applications.get(added.id) == added
    assert await storage.applications.by_number("scratch-0001") == added
    assert await storage.applications.get(added.id + 1) is None
    assert await storage.applications.by_number("scratch-0002") is None


@pytest.mark.parametrize("grade", [None, Grade(11), Grade(3, "Б"), Grade(group=PreschoolGroup.PREPARATORY)], ids=str)
async def test_every_kind_of_class_comes_back_as_it_was(storage: Storage, grade: Grade | None) -> None:
    person = Participant(FullName("Ветрова", "Анна"), grade)
    assert (await apply(storage, form(person))).participants == (person,)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["scratch", "webinar"]), max_size=12))
async def test_the_ordinals_of_each_event_are_one_two_three_however_they_come(codes: list[str]) -> None:
    async with another_world() as storage:
        added = [await apply(storage, event_code=code) for code in codes]
        for code in ("scratch", "webinar"):
            ordinals = [application.ordinal for application in added if application.event_code == code]
            assert ordinals == list(range(1, codes.count(code) + 1))
        assert len({application.number for application in added}) == len(codes)


async def test_two_events_that_number_alike_are_told_so_and_another_number_is_taken(storage: Storage) -> None:
    await apply(storage, prefix="К")
    with pytest.raises(DuplicateError):
        await apply(storage, event_code="webinar", prefix="К")
    assert (await apply(storage, event_code="webinar", prefix="В")).number.startswith("В-")


async def test_an_application_for_an_unknown_event_or_person_is_refused(storage: Storage) -> None:
    with pytest.raises(MissingError):
        await apply(storage, event_code="poem")
    with pytest.raises(MissingError):
        await apply(storage, person_id=77)


async def test_a_change_replaces_what_was_filled_in_and_raises_the_revision(storage: Storage) -> None:
    added = await apply(storage, form(ANYA, BORYA))
    changed = await storage.applications.change(
        added.id, form(BORYA, nomination="story"), revision=1, at=NOON + HOUR, contact=Contact(phone="+73822111111")
    )
    assert (changed.participants, changed.nomination, changed.revision) == ((BORYA,), "story", 2)
    assert (changed.created_at, changed.updated_at) == (NOON, NOON + HOUR)
    assert await storage.applications.contact(added.id) == Contact(phone="+73822111111", email=None)


async def test_a_stale_change_changes_nothing_and_a_fresh_one_goes_through(storage: Storage) -> None:
    added = await apply(storage)
    await storage.applications.set_state(
        added.id, ApplicationState.CHANGES_ASKED, reason="Уточните фамилию", at=NOON + HOUR
    )
    before = await storage.applications.get(added.id)
    with pytest.raises(StaleError):
        await storage.applications.change(added.id, form(BORYA), revision=added.revision, at=NOON)
    assert await storage.applications.get(added.id) == before
    assert await storage.applications.contact(added.id) == PHONE
    assert before is not None
    changed = await storage.applications.change(added.id, form(BORYA), revision=before.revision, at=NOON)
    assert changed.participants == (BORYA,)
    assert await storage.applications.contact(added.id) == PHONE


async def test_changing_or_moving_an_application_that_is_not_there_is_refused(storage: Storage) -> None:
    with pytest.raises(MissingError):
        await storage.applications.change(1, form(), revision=1, at=NOON)
    with pytest.raises(MissingError):
        await storage.applications.set_state(1, ACCEPTED, reason=None, at=NOON)


async def test_a_read_application_can_be_changed_in_one_field_and_given_back(storage: Storage) -> None:
    added = await apply(storage)
    changed = await storage.applications.change(
        added.id, replace(added, nomination="story"), revision=added.revision, at=NOON
    )
    assert changed == replace(added, nomination="story", revision=2)


async def test_a_state_carries_its_reason_until_the_next_one(storage: Storage) -> None:
    added = await apply(storage)
    await storage.applications.set_state(added.id, ApplicationState.REJECTED, reason="Не тот класс", at=NOON)
    rejected = await storage.applications.get(added.id)
    assert rejected is not None
    assert (rejected.state, rejected.reason) == (ApplicationState.REJECTED, "Не тот класс")
    await storage.applications.set_state(added.id, ACCEPTED, reason=None, at=NOON)
    accepted = await storage.applications.get(added.id)
    assert accepted is not None
    assert (accepted.state, accepted.reason) == (ACCEPTED, None)


async def test_two_organizers_who_decide_at_once_are_told_and_only_the_first_counts(storage: Storage) -> None:
    seen = await apply(storage)
    await storage.applications.set_state(seen.id, ACCEPTED, reason=None, at=NOON, revision=seen.revision)
    with pytest.raises(StaleError):
        await storage.applications.set_state(
            seen.id, ApplicationState.REJECTED, reason="Нет места", at=NOON, revision=seen.revision
        )
    assert await storage.applications.count_by_state("scratch") == {ACCEPTED: 1}


async def test_it_is_remembered_that_an_application_was_accepted_once(storage: Storage) -> None:
    added = await apply(storage)
    await storage.applications.set_state(added.id, ACCEPTED, reason=None, at=NOON + HOUR)
    await storage.applications.set_state(added.id, WITHDRAWN, reason=None, at=NOON + 2 * HOUR)
    gone = await storage.applications.get(added.id)
    assert gone is not None
    assert gone.accepted_at == NOON + HOUR
    assert (await apply(storage, state=ACCEPTED)).accepted_at == NOON


async def test_a_person_sees_their_own_applications_of_one_event_or_of_all(storage: Storage) -> None:
    first = await apply(storage)
    second = await apply(storage, event_code="webinar")
    await apply(storage, person_id=PARENT)
    assert await storage.applications.of_person(TEACHER) == [first, second]
    assert await storage.applications.of_person(TEACHER, "webinar") == [second]
    assert await storage.applications.of_person(9) == []


async def test_an_event_is_listed_by_pages_and_states_with_all_participants(storage: Storage) -> None:
    added = [await apply(storage, form(ANYA, BORYA)) for _ in range(5)]
    await apply(storage, event_code="webinar")
    await storage.applications.set_state(added[1].id, ACCEPTED, reason=None, at=NOON)
    page = await storage.applications.of_event("scratch", limit=2)
    assert [application.ordinal for application in page] == [1, 2]
    assert [application.participants for application in page] == [(ANYA, BORYA)] * 2
    page = await storage.applications.of_event("scratch", limit=2, after=page[-1].ordinal)
    assert page == added[2:4]
    sent = await storage.applications.of_event("scratch", states=[SENT], limit=2)
    assert [application.ordinal for application in sent] == [1, 3]
    both = await storage.applications.of_event("scratch", states={SENT, ACCEPTED})
    assert len(both) == 5
    assert await storage.applications.of_event("scratch", states=()) == []


async def test_states_are_counted_for_their_event_alone(storage: Storage) -> None:
    for state in (SENT, SENT, ACCEPTED):
        await apply(storage, state=state)
    await apply(storage, event_code="webinar")
    assert await storage.applications.count_by_state("scratch") == {ACCEPTED: 1, SENT: 2}


async def test_duplicates_are_found_by_key_within_the_event(storage: Storage) -> None:
    first = await apply(storage, form(duplicate_key="a"))
    await apply(storage, form(duplicate_key="b"))
    await apply(storage, form(duplicate_key="a"), event_code="webinar")
    again = await apply(storage, form(duplicate_key="a"), person_id=PARENT)
    assert await storage.applications.duplicates("scratch", "a") == [first, again]


async def test_those_without_a_work_are_listed_until_they_hand_one_in(storage: Storage) -> None:
    first, second = await apply(storage), await apply(storage, state=ACCEPTED)
    await apply(storage, event_code="webinar")
    assert await storage.applications.of_event_without_work("scratch") == [first, second]
    assert await storage.applications.of_event_without_work("scratch", states=[ACCEPTED]) == [second]
    await storage.works.add_version(first.id, "file", said_at=NOON, received_at=NOON, attachment="doc1_1")
    assert await storage.applications.of_event_without_work("scratch") == [second]


async def test_applicants_come_once_each_with_all_they_sent(storage: Storage) -> None:
    first, second = await apply(storage), await apply(storage, state=ACCEPTED)
    third = await apply(storage, person_id=PARENT)
    await apply(storage, event_code="webinar", person_id=9)
    assert await storage.applications.applicants("scratch") == {
        TEACHER: (first.id, second.id),
        PARENT: (third.id,),
    }
    assert await storage.applications.applicants("scratch", states=[ACCEPTED]) == {TEACHER: (second.id,)}


async def test_organisations_are_counted_with_children_and_those_outside_the_directory_by_name(
    storage: Storage,
) -> None:
    await apply(storage, form(ANYA, BORYA))
    await apply(storage, form(ANYA))
    await apply(storage, form(organisation_code=None, organisation_name="Школа у леса"))
    await apply(storage, form(organisation_code=None, organisation_name="Школа у реки"), state=WITHDRAWN)
    assert await storage.applications.organisations("scratch", states=[SENT]) == [
        OrganisationCount("gymnasium-13", "МАОУ гимназия № 13", applications=2, participants=3),
        OrganisationCount(None, "Школа у леса", applications=1, participants=1),
    ]
    assert len(await storage.applications.organisations("scratch")) == 3


async def test_a_contact_is_kept_apart_from_the_application(storage: Storage) -> None:
    added = await apply(storage)
    assert await storage.applications.contact(added.id) == PHONE
    assert await storage.applications.contact(added.id + 1) is None
    assert PHONE.phone is not None
    assert PHONE.phone not in repr(await storage.applications.of_event("scratch"))


async def test_an_event_is_read_whole_however_many_there_are(storage: Storage) -> None:
    entered = [Entered(replace(form(), duplicate_key=str(number)), ACCEPTED, PHONE) for number in range(10_001)]
    await storage.applications.add_all(
        entered, event_code="scratch", person_id=TEACHER, number=lambda ordinal: f"S-{ordinal}", at=NOON
    )
    assert len(await storage.applications.of_event("scratch")) == len(entered)

"""The jury: members, assignments, points."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contest.applications import ApplicationState
from bot.contest.scoring import Sheet
from storage.conflicts import MissingError
from storage.jury_rows import Juror, JurorProgress
from storage.storage import Storage
from tests.storage.world import (
    ANYA,
    BORYA,
    HOUR,
    JUROR,
    NOON,
    OTHER_JUROR,
    PHONE,
    another_world,
    apply,
    form,
)

ACCEPTED, WITHDRAWN = ApplicationState.ACCEPTED, ApplicationState.WITHDRAWN


async def join(storage: Storage, *people: int, event_code: str = "scratch") -> None:
    for person_id in people:
        await storage.jury.join(
            person_id, event_code, full_name="Лесная Ольга Павловна", organisation_code="school-47", at=NOON
        )


async def assigned(storage: Storage, person_id: int = JUROR) -> int:
    """An assignment of a new application."""
    application = await apply(storage)
    await storage.jury.assign([(application.id, person_id)], at=NOON)
    return (await storage.jury.assignments("scratch"))[-1].id


async def test_a_member_joins_and_may_join_again_under_another_name(storage: Storage) -> None:
    assert await storage.jury.get(JUROR, "scratch") is None
    await join(storage, JUROR)
    await storage.jury.set_digest(JUROR, "scratch", at=NOON + HOUR)
    again = await storage.jury.join(
        JUROR, "scratch", full_name="Лесная Ольга Петровна", organisation_code=None, at=NOON + 2 * HOUR
    )
    assert again == Juror(JUROR, "scratch", "Лесная Ольга Петровна", None, NOON + HOUR, None, NOON)
    assert await storage.jury.get(JUROR, "scratch") == again


async def test_who_leaves_after_scoring_is_remembered_with_what_counts(storage: Storage) -> None:
    await join(storage, JUROR, OTHER_JUROR)
    first = await assigned(storage)
    await assigned(storage)
    await storage.jury.save(first, at=NOON)
    assert await storage.jury.former_scored("scratch") == []
    await storage.jury.leave(JUROR, "scratch")
    await storage.jury.leave(OTHER_JUROR, "scratch")
    assert await storage.jury.former_scored("scratch") == [(JUROR, "Лесная Ольга Павловна", 1)]
    assert await storage.jury.former_scored("another") == []
    await join(storage, JUROR)
    assert await storage.jury.former_scored("scratch") == []


async def test_nobody_joins_the_jury_of_an_unknown_event(storage: Storage) -> None:
    with pytest.raises(MissingError):
        await join(storage, JUROR, event_code="poem")
    await join(storage, JUROR)
    assert [juror.person_id for juror in await storage.jury.members("scratch")] == [JUROR]


async def test_members_and_memberships_are_kept_by_event(storage: Storage) -> None:
    await join(storage, OTHER_JUROR, JUROR)
    await join(storage, JUROR, event_code="webinar")
    assert [juror.person_id for juror in await storage.jury.members("scratch")] == [JUROR, OTHER_JUROR]
    assert [juror.event_code for juror in await storage.jury.memberships(JUROR)] == ["scratch", "webinar"]


async def test_a_member_is_away_for_a_day_and_back(storage: Storage) -> None:
    await join(storage, JUROR, OTHER_JUROR)
    await storage.jury.set_away(JUROR, "scratch", date(2026, 11, 20))
    assert [juror.away_on for juror in await storage.jury.members("scratch")] == [date(2026, 11, 20), None]
    await storage.jury.set_away(JUROR, "scratch", None)
    assert [juror.away_on for juror in await storage.jury.members("scratch")] == [None, None]


async def test_the_same_work_is_given_to_the_same_member_once(storage: Storage) -> None:
    first, second = await apply(storage), await apply(storage)
    assert await storage.jury.assign([(first.id, JUROR), (first.id, OTHER_JUROR)], at=NOON) == 2
    assert await storage.jury.assign([(first.id, JUROR), (second.id, JUROR)], at=NOON + HOUR) == 1
    pairs = [(given.application_id, given.person_id) for given in await storage.jury.assignments("scratch")]
    assert pairs == [(first.id, JUROR), (first.id, OTHER_JUROR), (second.id, JUROR)]
    assert await storage.jury.assignments("webinar") == []
    with pytest.raises(MissingError):
        await storage.jury.assign([(99, JUROR)], at=NOON)


async def test_a_card_shows_the_work_and_nothing_of_who_applied_or_how_to_reach_them(storage: Storage) -> None:
    application = await apply(storage, form(ANYA, BORYA))
    await storage.works.add_version(application.id, "link", url="https://rutube.ru/1", said_at=NOON, received_at=NOON)
    await storage.works.add_version(application.id, "link", url="https://rutube.ru/2", said_at=NOON, received_at=NOON)
    await storage.jury.assign([(application.id, JUROR), (application.id, OTHER_JUROR)], at=NOON)
    (card,) = await storage.jury.cards("scratch", JUROR)
    assert (card.number, card.nomination, card.participants) == (application.number, "eco", (ANYA, BORYA))
    assert (card.organisation_code, card.answers) == ("gymnasium-13", {"title": "Чистая река"})
    assert card.work is not None
    assert (card.work.version, card.work.url) == (2, "https://rutube.ru/2")
    assert await storage.jury.card(card.assignment.id) == card
    assert card.assignment.person_id == JUROR
    assert {field.name for field in fields(card)}.isdisjoint({"person_id", "applicant_role", "supervisor", "contact"})
    for secret in (PHONE.phone, PHONE.email, application.supervisor):
        assert secret is not None
        assert secret not in repr(card)


async def test_a_member_sees_their_own_works_of_the_event_in_order(storage: Storage) -> None:
    mine, others, gone = await apply(storage), await apply(storage), await apply(storage, state=WITHDRAWN)
    elsewhere = await apply(storage, event_code="webinar")
    pairs = [(gone.id, JUROR), (mine.id, JUROR), (others.id, OTHER_JUROR), (elsewhere.id, JUROR)]
    await storage.jury.assign(pairs, at=NOON)
    cards = await storage.jury.cards("scratch", JUROR)
    assert [card.assignment.application_id for card in cards] == [mine.id, gone.id]
    assert [card.work for card in cards] == [None, None]
    kept = await storage.jury.cards("scratch", JUROR, states=[ApplicationState.SENT])
    assert [card.assignment.application_id for card in kept] == [mine.id]
    assert await storage.jury.card(99) is None


async def test_points_are_exact_and_the_replaced_ones_are_told(storage: Storage) -> None:
    id_ = await assigned(storage)
    assert await storage.jury.score(id_, "design", Decimal("4.5"), at=NOON) is None
    assert await storage.jury.score(id_, "idea", Decimal(0), at=NOON) is None
    assert await storage.jury.score(id_, "design", Decimal("0.1"), at=NOON) == Decimal("4.5")
    assert await storage.jury.score(id_, "idea", Decimal(5), at=NOON) == Decimal(0)
    assert await storage.jury.scores(id_) == {"design": Decimal("0.1"), "idea": Decimal(5)}
    with pytest.raises(MissingError):
        await storage.jury.score(99, "idea", Decimal(5), at=NOON)


async def test_a_sheet_is_saved_with_its_comment_and_may_be_saved_again(storage: Storage) -> None:
    id_ = await assigned(storage)
    await storage.jury.set_comment(id_, "Отличная идея")
    await storage.jury.save(id_, at=NOON)
    await storage.jury.save(id_, at=NOON + HOUR)
    (given_,) = await storage.jury.assignments("scratch")
    assert (given_.state, given_.comment, given_.saved_at) == ("scored", "Отличная идея", NOON + HOUR)


async def test_a_conflict_of_interest_stays_one_and_its_points_count_no_more(storage: Storage) -> None:
    id_ = await assigned(storage)
    await storage.jury.score(id_, "idea", Decimal(5), at=NOON)
    await storage.jury.conflict(id_, "мой ученик")
    await storage.jury.save(id_, at=NOON)
    (given_,) = await storage.jury.assignments("scratch")
    assert (given_.state, given_.reason) == ("conflict", "мой ученик")
    ((sheet,),) = (await storage.jury.sheets("scratch")).values()
    assert sheet.conflict == "мой ученик"
    assert not sheet.is_complete([])


async def test_the_sheets_of_an_event_are_what_ranking_takes(storage: Storage) -> None:
    first, bare, gone = await apply(storage), await apply(storage), await apply(storage, state=WITHDRAWN)
    await storage.jury.assign([(first.id, JUROR), (first.id, OTHER_JUROR), (gone.id, JUROR)], at=NOON)
    one, _, _ = await storage.jury.assignments("scratch")
    await storage.jury.score(one.id, "idea", Decimal("4.5"), at=NOON)
    await storage.jury.score(one.id, "design", Decimal(8), at=NOON)
    await storage.jury.set_comment(one.id, "Хорошо")
    points = {"idea": Decimal("4.5"), "design": Decimal(8)}
    assert await storage.jury.sheets("scratch", states=[ApplicationState.SENT]) == {
        first.id: (Sheet(JUROR, first.id, points, "Хорошо"), Sheet(OTHER_JUROR, first.id)),
        bare.id: (),
    }
    assert set(await storage.jury.sheets("scratch")) == {first.id, bare.id, gone.id}
    assert await storage.jury.sheets("webinar") == {}


async def test_what_came_after_the_digest_is_new_until_it_is_scored(storage: Storage) -> None:
    await join(storage, JUROR, OTHER_JUROR)
    await assigned(storage)
    assert (await storage.jury.progress("scratch"))[0] == JurorProgress(JUROR, scored=0, assigned=1, new=1, conflicts=0)
    await storage.jury.set_digest(JUROR, "scratch", at=NOON)
    assert (await storage.jury.progress("scratch"))[0].new == 0
    late = await apply(storage)
    await storage.jury.assign([(late.id, JUROR)], at=NOON + HOUR)
    assert (await storage.jury.progress("scratch"))[0] == JurorProgress(JUROR, scored=0, assigned=2, new=1, conflicts=0)
    await storage.jury.save((await storage.jury.assignments("scratch"))[-1].id, at=NOON + HOUR)
    assert await storage.jury.progress("scratch") == [
        JurorProgress(JUROR, scored=1, assigned=2, new=0, conflicts=0),
        JurorProgress(OTHER_JUROR, scored=0, assigned=0, new=0, conflicts=0),
    ]


Fate = tuple[int, str, ApplicationState]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([JUROR, OTHER_JUROR]),
            st.sampled_from(["assigned", "scored", "conflict"]),
            st.sampled_from([ACCEPTED, WITHDRAWN]),
        ),
        max_size=10,
    )
)
async def test_progress_sums_to_what_was_given_to_each_member(fates: list[Fate]) -> None:
    async with another_world() as storage:
        await join(storage, JUROR, OTHER_JUROR)
        for person_id, fate, state in fates:
            application = await apply(storage, state=state)
            await storage.jury.assign([(application.id, person_id)], at=NOON)
            id_ = max(given_.id for given_ in await storage.jury.assignments("scratch"))
            if fate == "scored":
                await storage.jury.save(id_, at=NOON)
            elif fate == "conflict":
                await storage.jury.conflict(id_, "свой ученик")
        assert len(await storage.jury.assignments("scratch")) == len(fates)
        for progress in await storage.jury.progress("scratch", states=[ACCEPTED]):
            own = [fate for person_id, fate, state in fates if (person_id, state) == (progress.person_id, ACCEPTED)]
            assert progress.scored == own.count("scored")
            assert progress.conflicts == own.count("conflict")
            assert progress.assigned + progress.conflicts == len(own)
            assert progress.new == progress.assigned - progress.scored
        whole = await storage.jury.progress("scratch")
        assert sum(progress.assigned + progress.conflicts for progress in whole) == len(fates)

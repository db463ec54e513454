"""Longer deadlines come with their event; seats, attendance and reminders are kept once."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.applications import ApplicationState
from bot.contest.consents import Applicant
from bot.contest.deadlines import Longer
from bot.contest.event.base import Category
from bot.contest.seats import Seat, SeatState
from bot.contest.suitable import Entered, Interest
from storage.reminders import Reminder
from storage.storage import Storage
from tests.storage.world import DEADLINE, HOUR, NOON, ORGANIZER, PARENT, TEACHER, apply

DAY = timedelta(days=1)


async def test_longer_deadlines_come_with_their_event_and_go(storage: Storage) -> None:
    for_one, for_school = Longer(DEADLINE + DAY, person_id=TEACHER), Longer(DEADLINE + HOUR, None, "gymnasium-13")
    first = await storage.deadlines.give("scratch", for_one, reason="Болезнь", by=ORGANIZER, at=NOON)
    await storage.deadlines.give("scratch", for_school, reason="Карантин", by=ORGANIZER, at=NOON)
    stored = await storage.events.get("scratch")
    assert stored is not None
    assert stored.longer == (for_one, for_school)
    assert [(one.code, len(one.longer)) for one in await storage.events.all()] == [("scratch", 2), ("webinar", 0)]
    assert [one.reason for one in await storage.deadlines.of_event("scratch")] == ["Болезнь", "Карантин"]
    assert (await storage.deadlines.revoke(first), await storage.deadlines.revoke(first)) == (True, False)
    stored = await storage.events.get("scratch")
    assert stored is not None
    assert stored.longer == (for_school,)
    assert await storage.deadlines.get(first) is None


async def test_who_has_left_holds_no_seat_and_who_was_there_before_holds_one(storage: Storage) -> None:
    before = await apply(storage)
    waits = await apply(storage, state=ApplicationState.ACCEPTED)
    await storage.seats.put("scratch", Seat(waits.id, SeatState.WAITING, NOON + HOUR))
    await storage.applications.hold_back(waits.id)
    seated = await storage.seats.of_event("scratch")
    assert seated.seats == (Seat(before.id, SeatState.TAKEN, NOON), Seat(waits.id, SeatState.WAITING, NOON + HOUR))
    assert seated.people == {before.id: TEACHER, waits.id: TEACHER}
    held_back = await storage.applications.get(waits.id)
    assert held_back is not None
    assert (held_back.state, held_back.accepted_at) == (ApplicationState.SENT, None)
    await storage.applications.set_state(before.id, ApplicationState.WITHDRAWN, reason=None, at=NOON)
    assert [one.application_id for one in (await storage.seats.of_event("scratch")).seats] == [waits.id]


async def test_attendance_is_noted_once_for_each_section(storage: Storage) -> None:
    one = await apply(storage)
    marked = [
        await storage.attendance.mark(one.id, section, way="code", by=TEACHER, at=NOON) for section in ("a", "a", "b")
    ]
    assert marked == [True, False, True]
    assert [came.meeting for came in await storage.attendance.of_event("scratch")] == ["a", "b"]
    assert (await storage.attendance.unmark(one.id), await storage.attendance.unmark(one.id)) == (True, False)
    await storage.attendance.set_word("scratch", "", "x" * 64, by=ORGANIZER, at=NOON)
    await storage.attendance.set_word("scratch", "", "y" * 64, by=ORGANIZER, at=NOON)
    assert await storage.attendance.words("scratch") == {"": "y" * 64}


async def test_a_reminder_is_told_once_and_may_be_wished_again(storage: Storage) -> None:
    day, hour = Reminder("scratch", DAY), Reminder("scratch", HOUR)
    for person_id, wanted in ((TEACHER, day), (PARENT, day), (PARENT, hour), (PARENT, day)):
        await storage.reminders.put(person_id, wanted, at=NOON)
    assert await storage.reminders.waiting() == [hour, day]
    assert await storage.reminders.people(day) == [TEACHER, PARENT]
    await storage.reminders.told(PARENT, day, at=NOON)
    assert await storage.reminders.of_person(PARENT) == [hour]
    await storage.reminders.put(PARENT, day, at=NOON)
    assert await storage.reminders.of_person(PARENT) == [day, hour]
    assert (await storage.reminders.drop(PARENT, "scratch"), await storage.reminders.drop(PARENT, "scratch")) == (
        True,
        False,
    )


async def test_for_whom_somebody_looks_is_said_or_seen_from_their_applications(storage: Storage) -> None:
    assert await storage.reminders.interest(TEACHER) is None
    for interest in (Interest(Category.PUPIL, 3), Interest(Category.TEACHER)):
        await storage.reminders.set_interest(TEACHER, interest, at=NOON)
        assert await storage.reminders.interest(TEACHER) == interest
    await apply(storage)
    assert await storage.reminders.applied_for(TEACHER) == [Entered("pupil", 3, Applicant.TEACHER)]

"""Reminders' tables: people are gone through by their ids, each time once; settings and answers stand by event."""

from __future__ import annotations

from bot.contest.applications import ApplicationState
from bot.contest.consents import ConsentKind
from bot.contest.reminders.kinds import Kind
from bot.contest.reminders.rules import Setting
from bot.talk.position import Draft, Position
from storage.application_rows import Application
from storage.consents import Decision
from storage.nudges import Move, Time
from storage.storage import Storage
from tests.storage.world import ANYA, DEADLINE, HOUR, JUROR, NOON, ORGANIZER, OTHER_JUROR, PARENT, TEACHER, apply, form

ALIVE = (ApplicationState.SENT, ApplicationState.ACCEPTED)


async def people(storage: Storage, after: int = 0, most: int = 9) -> list[int]:
    return await storage.nudges.people("scratch", talk="apply", states=ALIVE, after=after, most=most)


async def test_people_come_by_id_each_once_without_those_who_can_not_be_written_to(storage: Storage) -> None:
    for person_id in (7, TEACHER, TEACHER, 5):
        await apply(storage, person_id=person_id)
    await apply(storage, person_id=6, state=ApplicationState.WITHDRAWN)
    await apply(storage, person_id=8, event_code="webinar", prefix="W")
    for person_id, subject, kept in ((TEACHER, "scratch", True), (3, "scratch", True), (4, "scratch", False)):
        draft = Draft("apply", subject, "grade", {}, trail=("name",), kept=kept)
        await storage.memory.save(person_id, Position(1, (), draft), at=NOON)
    await storage.people.unreachable(5, 901, at=NOON)
    assert await people(storage) == [1, 3, 7]
    assert [await people(storage, 0, 2), await people(storage, 3, 2), await people(storage, 7, 2)] == [[1, 3], [7], []]


async def test_a_time_is_gone_through_once_and_a_moved_deadline_has_times_of_its_own(storage: Storage) -> None:
    time = Time("scratch", "deadline", DEADLINE, NOON)
    assert await storage.nudges.reached(time) == 0
    await storage.nudges.set_reached(time, 40, done_at=None)
    assert await storage.nudges.reached(time) == 40
    await storage.nudges.set_reached(time, 60, done_at=NOON)
    assert await storage.nudges.reached(time) is None
    assert await storage.nudges.reached(Time("scratch", "deadline", DEADLINE + HOUR, NOON)) == 0


async def test_the_last_deadline_that_people_know_is_found_of_each_event(storage: Storage) -> None:
    known = [Time("scratch", "moved", DEADLINE + hours * HOUR, NOON + hours * HOUR) for hours in (0, 1)]
    for time in known:
        await storage.nudges.set_reached(time, 0, done_at=NOON if time is known[0] else None)
    await storage.nudges.set_reached(Time("webinar", "moved", DEADLINE, NOON), 0, done_at=NOON)
    await storage.nudges.set_reached(Time("webinar", "deadline", DEADLINE, NOON + HOUR), 0, done_at=NOON)
    assert await storage.nudges.moves("moved") == {
        "scratch": Move(known[1], is_told=False),
        "webinar": Move(Time("webinar", "moved", DEADLINE, NOON), is_told=True),
    }


async def test_settings_and_nods_are_kept_by_event(storage: Storage) -> None:
    await storage.nudges.set("scratch", Kind.WORK, Setting(False, None), by=ORGANIZER, at=NOON)
    await storage.nudges.set("scratch", Kind.WORK, Setting(None, "Ждём"), by=ORGANIZER, at=NOON)
    await storage.nudges.set("webinar", Kind.DRAFT, Setting(True), by=ORGANIZER, at=NOON)
    assert await storage.nudges.settings("scratch") == {("scratch", Kind.WORK): Setting(None, "Ждём")}
    assert len(await storage.nudges.settings()) == 2
    nods = [await storage.nudges.nod("scratch", JUROR, until=DEADLINE, at=NOON) for _ in range(2)]
    assert nods == [True, False]
    assert await storage.nudges.nodded("scratch", until=DEADLINE) == {JUROR}
    assert OTHER_JUROR not in await storage.nudges.nodded("scratch", until=DEADLINE + HOUR)


async def test_children_about_whom_nobody_has_said_a_word_are_found_by_who_entered_them(storage: Storage) -> None:
    silent, agreed = await apply(storage), await apply(storage, form(ANYA), person_id=PARENT)
    said: tuple[tuple[Application, Decision], ...] = ((silent, "waiting"), (agreed, "given"))
    for application, decision in said:
        await storage.consents.record(
            application.id, ConsentKind.PROCESSING, version=1, text_hash="x", decision=decision, channel="chat",
            person_id=application.person_id, at=NOON,
        )  # fmt: skip
    assert await storage.consents.unanswered("scratch", states=ALIVE) == [TEACHER]

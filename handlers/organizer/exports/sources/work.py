"""Meetings, seats, deadlines, letters, the log, roles."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.contest import seats as rules
from bot.contest.audiences import Audience, Base
from bot.documents.exports.cells import Value
from handlers.events import event_of
from handlers.kinds import Desk
from handlers.organizer.announcing.words import audience_of, described
from handlers.organizer.exports.sources.entries import common, entries, row_with
from handlers.organizer.exports.wanted import Rows, Wanted, joined, page_link
from handlers.organizer.people import page_name, reach
from handlers.organizer.time.attendance import PRESENT
from handlers.organizer.time.personal_deadlines import whom
from storage.attendance import Came
from storage.spans import Span


class Names:
    """What pages are called, each asked for once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[int, str] = {}

    async def of(self, person_id: int | None) -> str:
        """The page's name; empty where nobody is meant."""
        if not person_id:
            return ""
        if person_id not in self._known:
            self._known[person_id] = await page_name(self._desk, person_id)
        return self._known[person_id]


async def attendance(wanted: Wanted) -> Rows:
    """A row an application that takes part."""
    storage, code = wanted.desk.storage, wanted.running.code
    meeting = wanted.running.event.meeting
    sections = {one.code: one.title for one in meeting.sections} if meeting else {}
    readers = common(wanted)
    async for page in entries(wanted, PRESENT):
        span = Span(page[0].application.ordinal - 1, page[-1].application.ordinal)
        came: dict[int, list[Came]] = {}
        for mark in await storage.attendance.of_event(code, span):
            came.setdefault(mark.application_id, []).append(mark)
        for entry in page:
            marks = came.get(entry.application.id, [])
            if wanted.filter.code not in ("came", "absent") or bool(marks) == (wanted.filter.code == "came"):
                said = _came(wanted.desk, marks, sections)
                yield row_with(wanted, readers, entry, said)


def _came(desk: Desk, marks: list[Came], sections: Mapping[str, str]) -> dict[str, Value]:
    first = marks[0] if marks else None
    return {
        "came": "да" if marks else "нет",
        "meetings": joined(sections.get(one.meeting, one.meeting) for one in marks),
        "came_at": first.came_at if first else None,
        "way": desk.say(f"exports.way.{first.way}") if first else None,
    }


async def seats(wanted: Wanted) -> Rows:
    """A row an application: who holds a seat, in the order in which they came, and who waits, in the queue's."""
    held = {one.application_id: one for one in (await wanted.desk.storage.seats.of_event(wanted.running.code)).seats}
    queue = {one.application_id: place for place, one in enumerate(rules.queue(held.values()), 1)}
    readers = common(wanted)
    async for page in entries(wanted, PRESENT):
        for entry in page:
            seat = held.get(entry.application.id)
            if seat is None or (wanted.filter.code == "waiting" and seat.state is not rules.SeatState.WAITING):
                continue
            said: dict[str, Value] = {
                "seat": wanted.desk.say(f"exports.seat.{seat.state}"),
                "queue": queue.get(entry.application.id),
                "since": seat.since,
                "until": seat.offered_until,
            }
            yield row_with(wanted, readers, entry, said)


async def deadlines(wanted: Wanted) -> Rows:
    """A row a longer deadline."""
    names = Names(wanted.desk)
    for one in await wanted.desk.storage.deadlines.of_event(wanted.running.code):
        values: dict[str, Value] = {
            "whom": await whom(wanted.desk, one.longer),
            "until": one.longer.until,
            "reason": one.reason,
            "giver": await names.of(one.given_by),
            "given": one.given_at,
        }
        yield [values[column.code] for column in wanted.columns]


async def recipients(wanted: Wanted) -> Rows:
    """A row a person of the audience."""
    desk, code = wanted.desk, wanted.running.code
    wanted_people = Audience(Base(wanted.filter.code or Base.APPLICANTS), events=(code,))
    people = await desk.storage.audiences.people(wanted_people)
    numbers: dict[int, list[str]] = {}
    async for page in entries(wanted):
        for entry in page:
            numbers.setdefault(entry.application.person_id, []).append(entry.application.number)
    pages = await desk.storage.exports.page_names(code)
    reached = await reach(desk, people)
    for person_id in people:
        why = reached.unreachable.get(person_id)
        values: dict[str, Value] = {
            "page": pages.get(person_id) or await page_name(desk, person_id),
            "link": page_link(person_id),
            "applications": joined(numbers.get(person_id, ())),
            "reached": "да" if why is None else why.rpartition("(")[2].rstrip(")"),
        }
        yield [values[column.code] for column in wanted.columns]


async def announcements(wanted: Wanted) -> Rows:
    """A row an announcement, the latest first."""
    names = Names(wanted.desk)
    for one in await wanted.desk.storage.announcements.of_event(wanted.running.code):
        values: dict[str, Value] = {
            "sent": one.started_at,
            "audience": described(wanted.desk, wanted.running, audience_of(one)),
            "recipients": one.recipients,
            "author": await names.of(one.author_id),
            "text": one.text,
        }
        yield [values[column.code] for column in wanted.columns]


async def audit(wanted: Wanted) -> Rows:
    """A row an act, the oldest first."""
    names, texts = Names(wanted.desk), wanted.desk.texts
    async for one in wanted.desk.storage.exports.audit(wanted.running.code):
        key = f"exports.action.{one.action}"
        values: dict[str, Value] = {
            "seq": one.seq,
            "at": one.at,
            "actor": await names.of(one.actor_id),
            "action": texts.say(key) if key in texts else one.action,
            "subject": one.subject,
            "detail": json.dumps(dict(one.detail), ensure_ascii=False, sort_keys=True),
            "hash": one.hash,
        }
        yield [values[column.code] for column in wanted.columns]


async def roles(wanted: Wanted) -> Rows:
    """A row a role, of whatever event."""
    desk, names, directory = wanted.desk, Names(wanted.desk), wanted.desk.facts.directory
    for one in await desk.storage.roles.all():
        code, running = one.role.event, await event_of(desk, one.role.event or "")
        school = one.role.organisation or ""
        values: dict[str, Value] = {
            "page": await names.of(one.person_id),
            "link": page_link(one.person_id),
            "role": one.role.kind.label,
            "event": running.event.title if running else code or desk.say("org.every_event"),
            "school": directory.get(school).name_short if school in directory.codes else None,
            "since": one.granted_at,
            "giver": await names.of(one.granted_by),
        }
        yield [values[column.code] for column in wanted.columns]

"""A parent event as organizers see it: its children, and everybody who takes part, counted as the parent says."""

from __future__ import annotations

from bot.contest.applications import ApplicationState
from bot.contest.bundles import Counted, Part, people_of_bundle
from bot.contest.event.units import Bundle
from bot.talk.model import Button, Reply
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.organizer.wording import back_to_event, lines
from handlers.seeing import applications_seen
from storage.application_rows import Application

#: Who takes part: accepted, or waiting for it.
COUNTED = (ApplicationState.SENT, ApplicationState.CHANGES_ASKED, ApplicationState.ACCEPTED)
#: So many are named in one list.
MOST_NAMED = 60
COLUMNS = 2


async def children(case: Case, running: Running) -> list[Running]:
    """The children that have been loaded, in the parent's order."""
    unit = running.event.unit
    codes = unit.children if isinstance(unit, Bundle) else ()
    found = [await event_of(case, code) for code in codes]
    return [one for one in found if one is not None]


async def counted(case: Case, running: Running) -> Counted | None:
    """How many people take part in the children, and in all; None: the event is no parent."""
    unit = running.event.unit
    if not isinstance(unit, Bundle):
        return None
    parts = [
        part_of(child.code, one)
        for child in await children(case, running)
        for one in await case.storage.applications.of_event(child.code, states=COUNTED)
    ]
    return people_of_bundle(parts, unit.counted_in)


def part_of(event_code: str, application: Application) -> Part:
    """Whom an application brings: the same name from the same organisation is the same person."""
    school = application.organisation_code or application.organisation_name.casefold()
    people = tuple(f"{school}|{person.name.key}" for person in application.participants)
    return Part(event_code, people, max(0, (application.headcount or 0) - len(people)))


async def lines_of(case: Case, running: Running) -> list[str]:
    """«Вебинар: 27», «Всего людей: 45»; nothing where the event is no parent."""
    found = await counted(case, running)
    if found is None:
        return []
    by_child = dict(found.by_child)
    rows = [
        case.say("org.bundle_child", title=child.event.short_title, count=by_child.get(child.code, 0))
        for child in await children(case, running)
    ]
    return [*rows, case.say("org.bundle_total", count=found.total)]


async def came_to_bundle(case: Case, running: Running) -> Reply:
    """One list over all children: who takes part, and where they came."""
    where: dict[str, tuple[str, list[str]]] = {}
    found = await children(case, running)
    for child in found:
        present = {one.application_id for one in await case.storage.attendance.of_event(child.code)}
        for one in await applications_seen(case, child.code, states=COUNTED):
            mark = case.say("org.bundle_came" if one.id in present else "org.bundle_in", title=child.event.short_title)
            for person, key in zip(one.participants, part_of(child.code, one).people, strict=True):
                where.setdefault(key, (person.name.formal, []))[1].append(mark)
    people = sorted(where.values())
    named = [case.say("org.bundle_person", name=name, where=", ".join(marks)) for name, marks in people[:MOST_NAMED]]
    rest = len(people) - MOST_NAMED
    buttons = [Button(label=child.event.short_title, go=f"came:{child.code}") for child in found if child.event.meeting]
    return Reply(
        "org.bundle_list",
        title=running.event.title,
        count=len(people),
        people=lines([*named, case.say("org.and_more", count=rest) if rest > 0 else ""]),
        buttons=[
            *(buttons[start : start + COLUMNS] for start in range(0, len(buttons), COLUMNS)),
            [back_to_event(running.code)],
        ],
    )

"""Thinking a table over, aside: what is known is gathered in one short look, then the rows are judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.talk.incoming import Act, Incoming
from handlers.events import Running, event_of
from handlers.everyone.thinking import ask_thought
from handlers.kinds import Case, Desk, Think
from handlers.participant.applying import entry_limits
from handlers.teacher.apart import Asked, apart
from handlers.teacher.judging import Gathered
from storage.application_rows import Application, Contact
from storage.imports import Import

THINKER = "bulk"
#: Longer tables are judged in a process of their own: one thread of Python works at a time, and everybody else's
#: answers would wait for a second or more. A process takes about a second to begin.
MOST_BESIDE = 80


def ask(case: Case, import_id: int, *, said_at: datetime) -> None:
    """Have a table judged as it would be at `said_at`, the messenger's date of what asks for it."""
    ask_thought(case, THINKER, {"import_id": import_id, "said_at": said_at.isoformat()})


async def consider(desk: Desk, about: Mapping[str, Any]) -> Think | None:
    """Gather what the rows are judged by."""
    kept = await desk.storage.imports.get(int(about["import_id"]))
    running = await event_of(desk, kept.event_code or "") if kept else None
    person = await desk.storage.people.get(kept.person_id) if kept else None
    if kept is None or running is None or person is None or kept.state != "preview":
        return None
    incoming = Incoming(Act.WROTE, person.id, datetime.fromisoformat(about["said_at"]))
    asked = Asked(desk.now, desk.facts, person, incoming, running, await _gather(desk, running, kept), kept)
    if len(kept.content["rows"]) > MOST_BESIDE:
        return lambda: apart(asked)
    return lambda: asked.judged(desk.texts)


async def _gather(desk: Desk, running: Running, kept: Import) -> Gathered:
    mine = await desk.storage.applications.of_person(kept.person_id)
    return Gathered(
        mine,
        await desk.storage.applications.contacts_of(kept.person_id, running.code),
        await desk.storage.applications.keys_of_others(running.code, kept.person_id),
        kept.content.get("given") or await _given(desk, mine),
        await entry_limits.entries(desk, running) if entry_limits.limits_of(running.event) else {},
    )


async def _given(desk: Desk, mine: Sequence[Application]) -> dict[str, object]:
    """What the same teacher has said the last time."""
    last = next((one for one in reversed(mine) if one.applicant_role == "teacher"), None)
    if last is None:
        return {"contact": {}}
    contact = await desk.storage.applications.contact(last.id) or Contact()
    phone = {"phone": contact.phone} if contact.phone else {}
    email = {"email": contact.email} if contact.email else {}
    return {
        "school": {"code": last.organisation_code, "name": last.organisation_name},
        "supervisor": last.supervisor.split(", ") if last.supervisor else [],
        "contact": phone | email,
        **({"phone": phone} if phone else {}),
        **({"email": email} if email else {}),
    }

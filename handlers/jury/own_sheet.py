"""A juror's own score sheet as PDF, once everything is saved: printed and signed."""

from __future__ import annotations

from bot.talk.model import Button, Reply
from handlers.everyone.files import ask_file
from handlers.jury.seat import seat_of
from handlers.kinds import Case
from handlers.organizer.protocols.making import MAKER, OWN, PDF


async def own_sheet(case: Case, event_code: str) -> Reply:
    """Have it made: of the version that holds, or of what stands now."""
    seat = await seat_of(case, event_code)
    if seat is None:
        return Reply("not_available")
    desk = [[Button("jury_desk", f"jury:{event_code}")]]
    if not seat.works or seat.scored < len(seat.works):
        return Reply("jury.sheet_too_soon", scored=seat.scored, total=len(seat.works), buttons=desk)
    last = await case.storage.protocols.latest(event_code)
    version = last.version if last else 0
    about = {"event": event_code, "version": version, "what": OWN, "format": PDF, "juror": case.person.id}
    ask_file(case, MAKER, about, text="jury.sheet_ready", go=f"jury:{event_code}", title=seat.title)
    await case.storage.audit.add(case.person.id, "jury.sheet", f"event:{event_code}", {"version": version}, at=case.now)
    return Reply("jury.sheet_asked", buttons=desk)

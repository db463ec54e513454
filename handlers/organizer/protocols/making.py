"""The files of a protocol: the summary and the score sheets, as PDF and as XLSX; a juror's own sheet for the juror."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.contest.authorize import Action, Target
from bot.contest.protocol_layout import Paper
from bot.contest.protocol_sheets import score_sheet, score_sheets
from bot.contest.protocol_snapshot import Snapshot
from bot.contest.protocol_summary import Issue, summary
from bot.documents.file import File
from bot.documents.jury.pdf import draw_pdf
from bot.documents.jury.xlsx import draw_xlsx
from handlers.events import event_of
from handlers.host.scope import may_person
from handlers.kinds import Desk, Draw
from handlers.organizer.protocols.versions import issue_of, snapshot_seen

MAKER = "protocol"
SUMMARY, SHEETS, SHEET, OWN = "summary", "sheets", "sheet", "own"
WHAT = (SUMMARY, SHEETS, SHEET)
PDF, XLSX = "pdf", "xlsx"
#: What a file's name can't hold.
_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|', "-"))


async def make(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """Gather one file; rights are asked for anew."""
    running, person_id = await event_of(desk, str(about["event"])), int(about["person_id"])
    what, juror = str(about["what"]), int(about["juror"])
    if running is None:
        return None
    own = what == OWN
    action = Action.VIEW_DIGEST if own else Action.VIEW_PROTOCOL
    if not await may_person(desk, person_id, action, Target(event=running.code)) or (own and juror != person_id):
        return None
    version = int(about["version"])
    protocol = await desk.storage.protocols.get(running.code, version) if version else None
    snapshot = await snapshot_seen(desk, running, version)
    if snapshot is None or (what != SUMMARY and not _has_sheets(snapshot, juror if what != SHEETS else None)):
        return None
    issue = issue_of(desk, protocol)
    approved = protocol is not None or what in (SHEET, OWN)
    title = desk.say(
        f"protocol_paper.file.{SHEET if own else what}" if approved else f"protocol_paper.file_of_draft.{what}",
        title=running.event.short_title,
        number=protocol.number if protocol else "",
        name=snapshot.juror(juror),
    )
    return partial(_draw, snapshot, issue, what, juror, str(about["format"]), title.translate(_FORBIDDEN))


def _has_sheets(snapshot: Snapshot, juror: int | None) -> bool:
    """Whether this member, or any, was given a work."""
    return any(
        juror in (None, sheet.juror)
        for field in snapshot.facts.fields
        for entry in field.entries
        for sheet in entry.sheets
    )


def _draw(snapshot: Snapshot, issue: Issue, what: str, juror: int, form: str, title: str) -> File:
    papers = _papers(snapshot, issue, what, juror)
    return (draw_xlsx if form == XLSX else draw_pdf)(papers, title)


def _papers(snapshot: Snapshot, issue: Issue, what: str, juror: int) -> tuple[Paper, ...]:
    if what == SUMMARY:
        return (summary(snapshot, issue),)
    if what == SHEETS:
        return score_sheets(snapshot, issue)
    found = score_sheet(snapshot, juror, issue)
    return () if found is None else (found,)

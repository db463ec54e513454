"""«Протоколы жюри»: the versions of an event's protocol, and the files of each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.contest.protocol_snapshot import Snapshot
from bot.contest.text import shorten
from bot.talk.model import Button, Outcome, Reply
from handlers.events import Running
from handlers.everyone.files import ask_file
from handlers.kinds import Case, Desk
from handlers.organizer.protocols.making import MAKER, PDF, SHEET, SHEETS, SUMMARY, WHAT, XLSX
from handlers.organizer.protocols.versions import snapshot_seen, versions_of
from handlers.organizer.scope import detail, not_available, of_event, whole
from handlers.organizer.wording import back_to_event, bullets
from storage.protocols import Protocol

#: The last versions have a button each; older ones are few, and are counted.
MOST_VERSIONS = 5
#: Members of the jury on a page: beside them the turns of the page and the way back.
PAGE = 7
LABEL = 40


@of_event(Action.VIEW_PROTOCOL)
async def protocols(case: Case, running: Running, _more: str) -> Outcome:
    """Every version with its day and reason; before the approval the draft."""
    found = await versions_of(case, running)
    code = running.code
    if not found:
        return Reply(
            "protocols.none",
            title=running.event.title,
            buttons=[
                [Button("protocols.draft", f"protocol:{code}/0")],
                [Button("protocols.signers", f"protocol_signers:{code}"), back_to_event(code)],
            ],
        )
    last = list(reversed(found))[:MOST_VERSIONS]
    return Reply(
        "protocols.list",
        title=running.event.title,
        lines=bullets(_line(case, one) for one in found),
        buttons=[
            *([Button(label=case.say("protocols.version", number=one.number), go=_go(one))] for one in last),
            [Button("protocols.correct", f"protocol_correct:{code}"), back_to_event(code)],
        ],
    )


def _line(desk: Desk, one: Protocol) -> str:
    """«№ СК-2026/1 от 12 мая, заменён версией 2»; of a correction its reason."""
    return desk.say(
        "protocols.line" if one.replaced_by is None else "protocols.line_replaced",
        number=one.number,
        at=calendar.at(one.approved_at, desk.facts.zone, now=desk.now),
        replaced=one.replaced_by,
        reason=desk.say("protocols.line_reason", reason=one.reason) if one.reason else "",
    )


def _go(one: Protocol) -> str:
    return f"protocol:{one.event_code}/{one.version}"


@of_event(Action.VIEW_PROTOCOL)
async def protocol(case: Case, running: Running, written: str) -> Outcome:
    """One version, or the draft (0), and what can be had of it."""
    version = whole(written)
    if not await _is_there(case, running, version):
        return not_available()
    found = await case.storage.protocols.get(running.code, version) if version else None
    at, judged = f"{running.code}/{version}", running.event.has_sheets
    files = [
        [Button(f"protocols.{what}_{form}", f"protocol_file:{at}/{what}/{form}") for form in (PDF, XLSX)]
        for what in ((SUMMARY, SHEETS) if judged else (SUMMARY,))
    ]
    return Reply(
        "protocols.page" if found else "protocols.page_draft",
        line=_line(case, found) if found else "",
        title=running.event.title,
        buttons=[
            *files,
            [Button("protocols.sheet", f"protocol_jurors:{at}")] if judged else [],
            [Button("protocols.back", f"protocols:{running.code}")],
        ],
    )


async def _is_there(case: Case, running: Running, version: int) -> bool:
    """Whether there is such a version; the draft (0) is there until the approval."""
    if not version:
        return running.stored.approved_at is None
    return await case.storage.protocols.get(running.code, version) is not None


@of_event(Action.VIEW_PROTOCOL)
async def jurors(case: Case, running: Running, more: str) -> Outcome:
    """Whose sheet: `<version>` or `<version>/<page>`."""
    written, _, page = more.partition("/")
    version = whole(written)
    snapshot = await snapshot_seen(case, running, version) if await _is_there(case, running, version) else None
    if snapshot is None:
        return not_available()
    at, judges = f"{running.code}/{version}", _judges(snapshot)
    number = whole(page) if whole(page) * PAGE < len(judges) else 0
    turns = [
        Button(key, f"protocol_jurors:{at}/{to}")
        for key, to in (("jury_earlier", number - 1), ("jury_later", number + 1))
        if 0 <= to * PAGE < len(judges)
    ]
    shown = judges[number * PAGE : (number + 1) * PAGE]
    rows = [
        [Button(label=shorten(snapshot.juror(one), LABEL), go=f"protocol_file:{at}/{SHEET}/{PDF}/{one}")]
        for one in shown
    ]
    back = Button("protocols.back_to_version", f"protocol:{at}")
    key = "protocols.whose_sheet" if judges else "protocols.no_sheets"
    return Reply(key, buttons=[*_paired(rows), [*turns, back]])


def _paired(rows: Sequence[list[Button]]) -> list[list[Button]]:
    """A message has six rows of buttons: names stand two in a row where there are many."""
    flat = [button for row in rows for button in row]
    width = 1 if len(flat) < PAGE - 2 else 2
    return [flat[at : at + width] for at in range(0, len(flat), width)]


def _judges(snapshot: Snapshot) -> list[int]:
    """Who was given a work."""
    given = {sheet.juror for field in snapshot.facts.fields for entry in field.entries for sheet in entry.sheets}
    return [one for one in snapshot.facts.jury if one in given]


@of_event(Action.VIEW_PROTOCOL)
async def file(case: Case, running: Running, more: str) -> Outcome:
    """Have a file made: `<version>/<what>/<format>` or `…/<juror>`. That it was taken away stays in the log."""
    written, what, form, juror = [*more.split("/"), "", "", ""][:4]
    version = whole(written)
    if what not in WHAT or form not in (PDF, XLSX) or not await _is_there(case, running, version):
        return not_available()
    at = f"{running.code}/{version}"
    about = {"event": running.code, "version": version, "what": what, "format": form, "juror": whole(juror)}
    ask_file(case, MAKER, about, text="protocols.file_ready", go=f"protocol:{at}", title=running.event.title)
    await case.storage.audit.add(
        case.person.id,
        Action.VIEW_PROTOCOL,
        f"event:{running.code}",
        detail(version=version, what=what, format=form, juror=whole(juror) or None),
        at=case.now,
    )
    return Reply("protocols.file_asked", buttons=[[Button("protocols.back_to_version", f"protocol:{at}")]])

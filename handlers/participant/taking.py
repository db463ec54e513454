"""Taking a work: a version, a receipt, and the questions about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.contest.refusal import Refusal
from bot.talk.model import Button, Open, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.jury.replaced import work_replaced
from handlers.kinds import Case
from handlers.participant import about_work, checks, hand_in_rules, pieces
from handlers.participant.form import more_buttons
from handlers.participant.organizers import tell_organizers
from handlers.participant.own import ALIVE
from handlers.participant.wording import moment, refusal_reply
from handlers.participant.works_shown import what
from storage.application_rows import Application
from storage.works import WorkVersion


async def read(
    case: Case, running: Running, application: Application, kept: Mapping[str, Any]
) -> pieces.Piece | Refusal:
    """What was sent, by the rules of this application; or why it can't be its work."""
    said_at = pieces.said_at(kept)
    asked = await hand_in_rules.due(case, running, application, said_at=said_at)
    versions = len(await case.storage.works.versions(application.id))
    refusal = await hand_in_rules.refusal(
        running, application, case, versions=versions, said_at=said_at
    ) or await _too_many(case, running, application)
    if refusal is not None or isinstance(asked, Refusal):
        return refusal or Refusal("work_not_needed")
    return pieces.read(case, kept, asked.submission, hand_in_rules.taken(case, asked.submission))


async def take(case: Case, running: Running, application: Application, kept: Mapping[str, Any]) -> Outcome:
    """Keep what was sent as the next version; the receipt, and what else is to be told about the work."""
    piece = await read(case, running, application, kept)
    if isinstance(piece, Refusal):
        return refused(case, application, piece)
    receipt, _ = await put(case, running, application, piece, kept)
    if about_work.is_told(running.event, application):
        return [receipt, await _more(case, running, application)]
    told = about_work.known(running.event, application)
    return Open(about_work.TALK, str(application.id), answers=told, before=receipt)


async def put(
    case: Case,
    running: Running,
    application: Application,
    piece: pieces.Piece,
    kept: Mapping[str, Any],
    *,
    behind: int = 0,
) -> tuple[Reply, bool]:
    """The next version, with its receipt; whether its link is checked at once (`behind` as of `checks.ask`)."""
    version = await case.storage.works.add_version(
        application.id,
        "link" if piece.url else "file",
        said_at=pieces.said_at(kept),
        received_at=case.now,
        url=piece.url,
        file_name=piece.names or None,
        attachment=",".join(file.id for file in piece.files) or None,
        size_bytes=sum(file.size_bytes for file in piece.files) or None,
    )
    await work_replaced(case, running, application)
    if piece.url is not None:
        await _note_double(case, running, application, piece.url)
    if piece.is_first_of_several:
        case.tell(case.person.id, Reply("work_first_link", url=Trusted(piece.url)))
    return await _receipt(case, running, application, version, behind)


def refused(case: Case, application: Application, refusal: Refusal) -> Reply:
    """Why the work is not taken, and how to go on."""
    rows = [(Button("open_application", f"application:{application.id}"),)]
    if not refusal.key.startswith(("work.late", "work.not_", "work_")):
        rows = [(Button("hand_in", f"submit:{application.id}", colour="primary"),), *rows]
    return refusal_reply(case, refusal, *rows)


async def _receipt(
    case: Case, running: Running, application: Application, version: WorkVersion, behind: int
) -> tuple[Reply, bool]:
    """«Принято»; a link's diagnosis takes its place later. Whether it is looked at right now."""
    named = bool((version.file_name or "").strip())
    then, asked = case.say("receipt_file" if named else "receipt_got", what=Trusted(what(case, version))), True
    if version.kind == "link":
        asked = await checks.ask(case, running, application, version, behind=behind)
        then = case.say("receipt_checking" if asked else "receipt_later")
    receipt = Reply(
        "receipt",
        called=checks.receipt_name(version.id),
        number=application.number,
        version=version.version,
        at=moment(case, version.said_at),
        then=Trusted(then),
    )
    return receipt, asked


async def _more(case: Case, running: Running, application: Application) -> Reply:
    """Nothing is left to ask about the work: it was told before, or this event asks nothing."""
    work = await case.storage.works.current(application.id)
    again = work is not None and work.version > 1
    told = about_work.asks(running.event)
    rows = [[button] for button in more_buttons(application)]
    key = "work_in" if not again else "work_replaced" if told else "work_in_again"
    return Reply(key, number=application.number, buttons=[*rows, [Button("applications", "applications")]])


async def _too_many(case: Case, running: Running, application: Application) -> Refusal | None:
    """The limit of works a participant, over all of this person's applications for them.

    Somebody else's application for the same participant is the organizer's to settle: it shuts nobody out.
    """
    most = running.event.submission.most_per("participant") if running.event.submission else None
    if most is None:
        return None
    same = await case.storage.applications.duplicates(application.event_code, application.duplicate_key)
    others = [
        one
        for one in same
        if one.id != application.id
        and one.person_id == case.person.id
        and one.state in ALIVE
        and await case.storage.works.current(one.id) is not None
    ]
    if len(others) < most:
        return None
    return Refusal("work_limit", {"most": most, "number": others[0].number})


async def _note_double(case: Case, running: Running, application: Application, url: str) -> None:
    """The same link in another application: organizers hear of it, nobody is stopped."""
    same = [one for one in await case.storage.works.same_url(running.code, url) if one != application.id]
    other = await case.storage.applications.get(same[0]) if same else None
    if other is None:
        return
    told = Reply(
        "same_work",
        title=Trusted(running.event.short_title),
        number=application.number,
        other=other.number,
        url=Trusted(url),
    )
    await tell_organizers(case, running.code, told, key=f"same_work:{application.id}:{url}")

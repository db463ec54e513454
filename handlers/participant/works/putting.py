"""Putting what was sent into a work: by the rules, as its next version, with a receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.contest.event import Submission
from bot.contest.refusal import Refusal
from bot.contest.work_pieces import Joined, joined
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.jury.replaced import work_replaced
from handlers.kinds import Case
from handlers.participant.organizers import tell_organizers
from handlers.participant.own import ALIVE
from handlers.participant.wording import moment, refusal_reply
from handlers.participant.works import checks, composition, hand_in_rules, pieces
from handlers.participant.works.works_shown import shown
from storage.application_rows import Application
from storage.works import WorkPiece, WorkVersion


@dataclass(frozen=True, slots=True)
class Fitting:
    """What was sent, as the rules of an application take it."""

    piece: pieces.Piece
    asked: hand_in_rules.Due
    #: What of the work stays beside it; None: it is a work by itself and takes the place of the earlier one.
    join: Joined | None = None


async def read(case: Case, running: Running, application: Application, kept: Mapping[str, Any]) -> Fitting | Refusal:
    """What was sent, by the rules of this application; or why it can't be its work."""
    said_at = pieces.said_at(kept)
    asked = await hand_in_rules.due(case, running, application, said_at=said_at)
    versions = len(await case.storage.works.versions(application.id))
    refusal = await hand_in_rules.refusal(
        running, application, case, versions=versions, said_at=said_at
    ) or await _too_many(case, running, application)
    if refusal is not None or isinstance(asked, Refusal):
        return refusal or Refusal("work_not_needed")
    piece = pieces.read(case, kept, asked.submission, hand_in_rules.taken(case, asked.submission))
    if isinstance(piece, Refusal):
        return piece
    if not composition.is_joined(asked.submission):
        return Fitting(piece, asked)
    join = await _join(case, application, asked, piece)
    if isinstance(join, Refusal):
        return join
    if join.gone and not asked.submission.editing_allowed:
        return Refusal("work_no_replacing")
    return Fitting(piece, asked, join)


@dataclass(frozen=True, slots=True)
class Put:
    """What became of what was sent."""

    receipts: tuple[Reply, ...]
    #: How many of its links wait for the next hour to be looked at.
    queued: int
    #: «Добавлено: документ. Есть: …», where a work has several pieces.
    stands: str = ""


async def put(
    case: Case,
    running: Running,
    application: Application,
    fitting: Fitting,
    kept: Mapping[str, Any],
    *,
    behind: int = 0,
) -> Put:
    """The next version, with its receipt; a version for each link and one for the files, where there are several.

    `behind`: so many links that came before these wait to be looked at (`checks.ask`).
    """
    piece, join = fitting.piece, fitting.join
    stays = {one.key for one in join.kept} if join else set()
    before = await hand_in_rules.standing(case, application, fitting.asked)
    standing = tuple(one for one in before if one.key in stays)
    receipts, queued = [], 0
    for part in _apart(piece) if join else (piece,):
        version = await _add(case, application, part, kept, standing)
        receipt, now = await _receipt(case, running, application, version, behind + queued)
        receipts.append(receipt)
        queued += not now
        if part.url is not None:
            await _note_double(case, running, application, part.url)
        standing = version.pieces if join else ()
    await work_replaced(case, running, application)
    if piece.url is not None and join is None and piece.is_first_of_several:
        case.tell(case.person.id, Reply("work_first_link", url=Trusted(piece.url)))
    stands = _stands(case, fitting.asked.submission, before, standing, join) if join else ""
    return Put(tuple(receipts), queued, stands)


def receipts_of(put: Put) -> list[Reply]:
    """The receipts, and how the work stands."""
    stands = [Reply("parts_state", state=Trusted(put.stands))] if put.stands else []
    return [*put.receipts, *stands]


async def _join(
    case: Case, application: Application, asked: hand_in_rules.Due, piece: pieces.Piece
) -> Joined | Refusal:
    """What of the work stays beside `piece`."""
    submission = asked.submission
    new = [composition.link_held(submission, url) for url in piece.links]
    new += [composition.file_held(submission, file.id, pieces.file_name(file)) for file in piece.files]
    here = composition.held(submission, await hand_in_rules.standing(case, application, asked))
    return joined(here, new, composition.slots(submission), submission.pieces.most)


def _apart(piece: pieces.Piece) -> list[pieces.Piece]:
    files = [pieces.Piece(files=piece.files)] if piece.files else []
    return [*(pieces.Piece(url=url) for url in piece.links), *files]


async def _add(
    case: Case,
    application: Application,
    piece: pieces.Piece,
    kept: Mapping[str, Any],
    keeps: Sequence[WorkPiece],
) -> WorkVersion:
    return await case.storage.works.add_version(
        application.id,
        "link" if piece.url else "file",
        said_at=pieces.said_at(kept),
        received_at=case.now,
        url=piece.url,
        file_name=piece.names or None,
        attachment=",".join(file.id for file in piece.files) or None,
        size_bytes=sum(file.size_bytes for file in piece.files) or None,
        keeps=keeps,
    )


def _stands(
    case: Case, submission: Submission, before: Sequence[WorkPiece], after: Sequence[WorkPiece], join: Joined
) -> str:
    """What has changed in a work of several pieces, and how it stands; of the first ones only how it stands."""
    known = {one.key for one in join.kept}
    came = composition.held(submission, [one for one in after if one.key not in known])
    told = []
    if join.gone:
        told.append(case.say("part_replaced", what=Trusted(composition.named(case, submission, join.gone))))
    gone = {one.slot for one in join.gone}
    joining = [one for one in came if one.slot not in gone]
    if before and joining:
        told.append(case.say("part_joined", what=Trusted(composition.named(case, submission, joining))))
    return " ".join([*told, composition.state(case, submission, after)])


def refused(case: Case, application: Application, refusal: Refusal) -> Reply:
    """Why the work is not taken, and how to go on."""
    rows = [(Button("open_application", f"application:{application.id}"),)]
    if refusal.key == "work.full":
        rows = [(Button("work_parts", f"work_parts:{application.id}", colour="primary"),), *rows]
    elif not refusal.key.startswith(("work.late", "work.not_", "work_")):
        rows = [(Button("hand_in", f"submit:{application.id}", colour="primary"),), *rows]
    return refusal_reply(case, refusal, *rows)


async def _receipt(
    case: Case, running: Running, application: Application, version: WorkVersion, behind: int
) -> tuple[Reply, bool]:
    """«Принято»; a link's diagnosis takes its place later. Whether it is looked at right now."""
    named = bool((version.file_name or "").strip())
    then, asked = case.say("receipt_file" if named else "receipt_got", what=Trusted(shown(case, version.own))), True
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

"""«Части работы»: what is in, what is missing, taking a piece out, and «Всё сдано»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.contest.authorize import Action
from bot.contest.refusal import Refusal
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.jury.replaced import work_replaced
from handlers.kinds import Case
from handlers.participant.applications import absent
from handlers.participant.applying.form import more_buttons
from handlers.participant.labels import label
from handlers.participant.own import own_application
from handlers.participant.works import composition, hand_in_rules, putting
from handlers.participant.works.works_shown import shown
from storage.application_rows import Application
from storage.works import WorkPiece

_LIST = [Button("applications", "applications")]


async def work_parts(case: Case, argument: str) -> Outcome:
    """The pieces of a work, each with a way to take it out."""
    found = await _own(case, argument)
    if isinstance(found, Reply):
        return found
    _, application, asked = found
    return await _screen(case, application, asked)


async def part_out(case: Case, argument: str) -> Outcome:
    """Take one piece out: the next version is without it."""
    id_, _, which = argument.partition("/")
    found = await _own(case, id_)
    if isinstance(found, Reply):
        return found
    running, application, asked = found
    pieces = await hand_in_rules.standing(case, application, asked)
    gone = [one for one in pieces if _mark(one) == which]
    if not gone or len(pieces) == 1:
        return await _screen(case, application, asked)
    if not asked.submission.editing_allowed:
        return putting.refused(case, application, Refusal("work_no_replacing"))
    stays = [one for one in pieces if one not in gone]
    await case.storage.works.add_version(
        application.id, "file", said_at=case.incoming.said_at, received_at=case.now, keeps=stays
    )
    await work_replaced(case, running, application)
    told = case.say("part_taken_out", what=Trusted(shown(case, gone)))
    return await _screen(case, application, asked, told=told)


async def work_done(case: Case, argument: str) -> Outcome:
    """«Всё сдано»: so it is, or this is still missing."""
    found = await _own(case, argument)
    if isinstance(found, Reply):
        return found
    _, application, asked = found
    pieces = await hand_in_rules.standing(case, application, asked)
    if not composition.is_whole(asked.submission, pieces):
        return _reply("parts_not_whole", application, composition.state(case, asked.submission, pieces))
    rows = [[button] for button in more_buttons(application)]
    return Reply("work_in", number=application.number, buttons=[*rows, _LIST])


@dataclass(frozen=True, slots=True)
class Stands:
    """How a work of several pieces stands."""

    is_whole: bool
    reply: Reply


async def standing(case: Case, running: Running, application: Application) -> Stands | None:
    """How the work that is due now stands; None where it is of one piece."""
    asked = await hand_in_rules.due(case, running, application)
    if isinstance(asked, Refusal) or not composition.is_joined(asked.submission):
        return None
    pieces = await hand_in_rules.standing(case, application, asked)
    reply = after_putting(application, composition.state(case, asked.submission, pieces))
    return Stands(composition.is_whole(asked.submission, pieces), reply)


def after_putting(application: Application, stands: str) -> Reply:
    """How the work stands after something has come."""
    return _reply("parts_state", application, stands)


def _reply(key: str, application: Application, stands: str) -> Reply:
    rows = [
        [Button("work_done", f"work_done:{application.id}", colour="primary")],
        [Button("add_piece", f"submit:{application.id}"), Button("work_parts", f"work_parts:{application.id}")],
        _LIST,
    ]
    return Reply(key, state=Trusted(stands), buttons=rows)


async def _screen(case: Case, application: Application, asked: hand_in_rules.Due, *, told: str = "") -> Reply:
    pieces = await hand_in_rules.standing(case, application, asked)
    stands = composition.state(case, asked.submission, pieces)
    listed = [
        case.say("part_line", number=number, what=Trusted(shown(case, [one])))
        for number, one in enumerate(pieces, start=1)
    ]
    rows = _outs(case, application, pieces) if asked.submission.editing_allowed else []
    return Reply(
        "parts_state",
        state=Trusted("\n".join(line for line in (f"{told} {stands}".strip(), *listed) if line)),
        buttons=[
            *rows,
            [Button("add_piece", f"submit:{application.id}"), Button("work_done", f"work_done:{application.id}")],
            [Button("open_application", f"application:{application.id}")],
        ],
    )


def _outs(case: Case, application: Application, pieces: Sequence[WorkPiece]) -> list[list[Button]]:
    """A work has one piece at least: that one can only be replaced."""
    if len(pieces) == 1:
        return []
    return [
        [
            Button(
                label=label(case.say("part_out", number=number, what=Trusted(_word(case, one)))),
                go=f"part_out:{application.id}/{_mark(one)}",
            )
        ]
        for number, one in enumerate(pieces, start=1)
    ]


def _word(case: Case, piece: WorkPiece) -> str:
    return case.say("sent_kinds.link") if piece.url else shown(case, [piece])


def _mark(piece: WorkPiece) -> str:
    return f"{piece.came_with}.{piece.number}"


async def _own(case: Case, argument: str) -> tuple[Running, Application, hand_in_rules.Due] | Reply:
    """The person's application with a work of several pieces that may be changed now, or why not."""
    application = await own_application(case, argument, Action.SUBMIT_WORK)
    running = await event_of(case, application.event_code) if application else None
    if application is None or running is None:
        return absent()
    asked = await hand_in_rules.due(case, running, application)
    refusal = await hand_in_rules.refusal(running, application, case, versions=1)
    if isinstance(asked, Refusal) or refusal is not None:
        return putting.refused(case, application, refusal or Refusal("work_not_needed"))
    if not await hand_in_rules.standing(case, application, asked):
        return absent()
    return running, application, asked

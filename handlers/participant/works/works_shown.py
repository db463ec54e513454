"""A handed-in work in a line: its version, its time, and whether its link opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.contest.refusal import Refusal
from bot.contest.works import safe_label
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.kinds import Case, Desk
from handlers.participant.wording import due, moment
from handlers.participant.works import composition, hand_in_rules
from storage.application_rows import Application
from storage.works import WorkPiece, WorkVersion

#: Diagnoses of which a person is told by a line of their own; others need mending.
QUIET = ("waiting", "file", "open", "unchecked")


async def work_line(case: Case, running: Running, application: Application) -> str:
    """What was handed in to the application, or until when it can be."""
    if running.event.submission is None:
        return ""
    work = await case.storage.works.current(application.id)
    if work is not None:
        told = case.say(
            "card_work",
            version=work.version,
            at=moment(case, work.said_at),
            title=case.say("about_title", title=title) if (title := application.answers.get("_title")) else "",
            what=Trusted(what(case, work)),
            state=case.say(f"work_state.{work.state if work.state in QUIET else 'bad'}"),
        )
        return told + await _parts(case, running, application)
    if await hand_in_rules.refusal(running, application, case, versions=0) is None:
        return case.say("card_no_work", closes=due(case, await hand_in_rules.closes(case, running, application)))
    return ""


def what(desk: Desk, work: WorkVersion) -> str:
    """The link without its scheme, the file's name, or what it is if it has none: «фото (3)»; safe to be shown."""
    return shown(desk, work.pieces)


def shown(desk: Desk, pieces: Sequence[WorkPiece]) -> str:
    """The same of these pieces."""
    found = [one.url.removeprefix("https://").rstrip("/") for one in pieces if one.url]
    found += [safe_label(one.name) for one in pieces if one.name.strip()]
    nameless = Counter(kind_of(desk, one) for one in pieces if not one.url and not one.name.strip())
    found += [
        desk.say("sent_several", what=kind, count=count) if count > 1 else kind for kind, count in nameless.items()
    ]
    return "; ".join(found) or desk.say("sent_kinds.doc")


def kind_of(desk: Desk, piece: WorkPiece) -> str:
    """Photos and videos have no names: «фото»."""
    found = composition.KIND.match(piece.attachment or "")
    key = f"sent_kinds.{found[0]}" if found else ""
    return desk.say(key if key in desk.texts else "sent_kinds.doc")


async def _parts(case: Case, running: Running, application: Application) -> str:
    """What is in and what may join, where a work has several pieces and can still be changed."""
    asked = await hand_in_rules.due(case, running, application)
    if isinstance(asked, Refusal) or not composition.is_joined(asked.submission):
        return ""
    if await hand_in_rules.refusal(running, application, case, versions=1) is not None:
        return ""
    pieces = await hand_in_rules.standing(case, application, asked)
    return "\n" + composition.state(case, asked.submission, pieces) if pieces else ""

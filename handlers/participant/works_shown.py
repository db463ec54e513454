"""A handed-in work in a line: its version, its time, and whether its link opens."""

from __future__ import annotations

import re

from bot.contest.works import safe_label
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.kinds import Case, Desk
from handlers.participant import hand_in_rules
from handlers.participant.wording import due, moment
from storage.application_rows import Application
from storage.works import WorkVersion

#: What an attachment's id begins with: «photo» in «photo-1_2».
_KIND = re.compile(r"[a-z_]+(?=-?\d)")
#: Diagnoses of which a person is told by a line of their own; others need mending.
QUIET = ("waiting", "file", "open", "unchecked")


async def work_line(case: Case, running: Running, application: Application) -> str:
    """What was handed in to the application, or until when it can be."""
    if running.event.submission is None:
        return ""
    work = await case.storage.works.current(application.id)
    if work is not None:
        return case.say(
            "card_work",
            version=work.version,
            at=moment(case, work.said_at),
            title=case.say("about_title", title=title) if (title := application.answers.get("_title")) else "",
            what=Trusted(what(case, work)),
            state=case.say(f"work_state.{work.check_state if work.check_state in QUIET else 'bad'}"),
        )
    if await hand_in_rules.refusal(running, application, case, versions=0) is None:
        return case.say("card_no_work", closes=due(case, await hand_in_rules.closes(case, running, application)))
    return ""


def what(desk: Desk, work: WorkVersion) -> str:
    """The link without its scheme, the file's name, or what it is if it has none: «фото (3)»; safe to be shown."""
    if work.url is not None:
        return work.url.removeprefix("https://").rstrip("/")
    names = [name for name in (work.file_name or "").split("\n") if name.strip()]
    return "; ".join(safe_label(name) for name in names) if names else nameless(desk, work)


def nameless(desk: Desk, work: WorkVersion) -> str:
    """Photos and videos have no names: «фото», «фото (3)»."""
    sent = (work.attachment or "").split(",")
    found = _KIND.match(sent[0])
    key = f"sent_kinds.{found[0]}" if found else ""
    kind = desk.say(key if key in desk.texts else "sent_kinds.doc")
    return desk.say("sent_several", what=kind, count=len(sent)) if len(sent) > 1 else kind

"""An announcement to the people of an event: whom, what, how many, then once to each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.contest.refusal import Refusal
from bot.talk.model import Aside, Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.kinds import Case, Desk
from handlers.organizer.desk import desk_event
from handlers.organizer.people import reach
from handlers.organizer.record import ALIVE
from handlers.organizer.scope import detail, event_steps, finish_of_event, of_event, the_event
from handlers.organizer.wording import back_to_event
from handlers.participant.applying.apply import TALK as APPLY
from handlers.participant.wording import deadline
from storage.announcements import Announcement

TALK = "org_announce"
TEXT_LIMIT = 2000
#: The same text to the same people is not sent twice within this time.
SAME_FOR = timedelta(days=1)
#: What organizers may write in braces.
PLACEHOLDERS = ("{название}", "{срок}")
_BRACES = re.compile(r"\{[^{}]*\}")
SEND, TO_MYSELF = "send", "to_myself"


@of_event(Action.ANNOUNCE)
async def announce(case: Case, running: Running, _more: str) -> Outcome:
    """Ask to whom, and what."""
    if not await _audiences(case, {"event": running.code}):
        return Reply("org.announce_nobody", buttons=[[back_to_event(running.code)]])
    return Open(TALK, running.code, answers={"event": running.code}, resume=False)


async def audience(case: Desk, running: Running, key: str) -> list[int]:
    """The people of an event: `applicants`, `without_work`, `drafts` or `jury`."""
    storage, code = case.storage, running.code
    match key:
        case "applicants":
            return sorted(await storage.applications.applicants(code, states=ALIVE))
        case "without_work":
            waiting = await storage.applications.of_event_without_work(code, states=ALIVE)
            return sorted({one.person_id for one in waiting})
        case "drafts":
            return await storage.memory.people_with_draft(APPLY, code)
        case "jury":
            return [one.person_id for one in await storage.jury.members(code)]
    raise ValueError(key)


def filled(case: Case, running: Running, text: str) -> Trusted:
    """The text with its placeholders filled in. It is an organizer's own, so it may hold links."""
    text = text.replace("«{название}»", "{название}")
    values = {"{название}": f"«{running.event.title}»", "{срок}": deadline(case, running.closes_at)}
    return Trusted(_BRACES.sub(lambda found: values.get(found[0], found[0]), text))


async def _audiences(case: Case, answers: Answers) -> Sequence[Option]:
    running = await the_event(case, str(answers["event"]))
    keys = ["applicants"]
    keys += ["without_work"] if running.event.submission is not None else []
    keys += ["drafts", *(["jury"] if running.event.criteria else [])]
    counts = {key: len(await audience(case, running, key)) for key in keys}
    return [Option(case.say(f"org.audience.{key}", count=count), key) for key, count in counts.items() if count]


async def _text(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    if not text.strip():
        return Refusal("org.announce_expected")
    unknown = [found for found in _BRACES.findall(text) if found not in PLACEHOLDERS]
    return Refusal("org.announce_unknown", {"typed": unknown[0]}) if unknown else text


async def _placeholders(_case: Case, _answers: Answers) -> dict[str, object]:
    return {"placeholders": ", ".join(PLACEHOLDERS)}


async def _preview(case: Case, answers: Answers) -> dict[str, object]:
    running = await the_event(case, str(answers["event"]))
    people = await reach(case, await audience(case, running, str(answers["audience"])))
    return {
        "count": len(people.reached),
        "unreachable": people.line(case),
        "title": running.event.title,
        "text": filled(case, running, str(answers["text"])),
    }


async def _send_or_try(case: Case, _answers: Answers) -> Sequence[Option]:
    return [
        Option(case.say("button.org.announce_yes"), SEND, "primary"),
        Option(case.say("button.org.announce_to_myself"), TO_MYSELF),
    ]


async def _tried(case: Case, answers: Answers, value: Any) -> Answers | Aside:
    if value != TO_MYSELF:
        return {**answers, "sure": value}
    running = await the_event(case, str(answers["event"]))
    return Aside(_letter(case, running, str(answers["text"])))


def _letter(case: Case, running: Running, text: str) -> Reply:
    return Reply(
        "org.announcement",
        title=running.event.title,
        text=filled(case, running, text),
        buttons=[[Button("org.to_event", f"event:{running.code}")]],
    )


@finish_of_event(Action.ANNOUNCE)
async def _finish(case: Case, running: Running, answers: Answers) -> Outcome:
    to, text = str(answers["audience"]), str(answers["text"])
    if earlier := await _same(case, running, to, text):
        at = calendar.near(earlier.sent_at, case.now, case.facts.zone)
        return Reply("org.announced_already", at=at, buttons=[[back_to_event(running.code)]])
    people = await reach(case, await audience(case, running, to))
    if not people.reached:
        return Reply("org.announced_nobody", unreachable=people.line(case), buttons=[[back_to_event(running.code)]])
    kept = await case.storage.announcements.add(
        running.code, author_id=case.person.id, audience=to, text=text, recipients=len(people.reached), at=case.now
    )
    for person_id in people.reached:
        letter = _letter(case, running, text)
        case.tell(person_id, letter, key=f"announcement:{kept.id}:{person_id}", bulk=True)
    await case.storage.audit.add(
        case.person.id,
        Action.ANNOUNCE,
        f"event:{running.code}",
        detail(announcement=kept.id, audience=to, recipients=kept.recipients),
        at=case.now,
    )
    return Reply(
        "org.announced",
        count=kept.recipients,
        unreachable=people.line(case),
        buttons=[[back_to_event(running.code)]],
    )


async def _same(case: Case, running: Running, to: str, text: str) -> Announcement | None:
    """The same text that went to the same people a short while ago: two organizers, or one twice."""
    for one in await case.storage.announcements.of_event(running.code):
        if one.audience == to and one.text == text and case.now - one.sent_at < SAME_FOR:
            return one
    return None


ANNOUNCE = Talk(
    TALK,
    event_steps(
        Action.ANNOUNCE,
        Step("audience", options=_audiences),
        Step("text", parse=_text, values=_placeholders, limit=TEXT_LIMIT),
        Step("sure", options=_send_or_try, accept=_tried, values=_preview),
    ),
    _finish,
    cancelled=desk_event,
)

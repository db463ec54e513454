"""«Я здесь»: the word that is said aloud during a meeting, or a button where nothing is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.contest.attendance import has_word, meant_by, window
from bot.contest.authorize import Action, Actor, Target, authorize
from bot.contest.event.stages import Meeting
from bot.contest.refusal import Refusal
from bot.contest.text import inert
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, all_events, event_of
from handlers.kinds import Case
from handlers.participant.applications import who
from handlers.participant.own import ALIVE
from handlers.participant.wording import MENU, refusal_reply
from storage.application_rows import Application
from storage.attendance import Way

#: A code word is no longer than this; longer words are a question to somebody.
MOST_WORDS = 3
#: So long before and after a meeting its word is known as such.
NEAR = timedelta(days=1)
NOTHING = Reply("attend_nothing", buttons=[[Button("events", "events"), MENU]])


async def attend(case: Case, argument: str) -> Outcome:
    """«Отметиться»; `argument`: the event, and after a slash the section that was chosen."""
    code, _, section = argument.partition("/")
    found = await _meeting(case, code)
    if found is None:
        return NOTHING
    running, meeting = found
    if refusal := window(meeting).refusal(case.incoming.said_at):
        return refusal_reply(case, refusal, (_to_event(running),))
    kept = await case.storage.attendance.words(running.code)
    if has_word(meeting, kept):
        return Reply(
            "attend_ask",
            title=Trusted(running.event.short_title),
            buttons=[[_to_event(running)]],
            words=f"attend_word:{running.code}",
        )
    if meeting.sections and section not in {one.code for one in meeting.sections}:
        rows = [[Button(label=one.title, go=f"attend:{code}/{one.code}")] for one in meeting.sections]
        return Reply("attend_section", buttons=[*rows, [_to_event(running)]])
    return await _mark(case, running, section if meeting.sections else "", "button")


async def attend_word(case: Case, code: str) -> Outcome:
    """The word, typed where it was asked for."""
    found = await _meeting(case, code)
    if found is None:
        return NOTHING
    running, meeting = found
    kept = await case.storage.attendance.words(code)
    section = meant_by(code, meeting, case.incoming.text, kept)
    return _wrong(case, running) if section is None else await _take(case, running, meeting, section)


async def catch(case: Case) -> Outcome:
    """The right word, typed where nothing was asked; None: it is something else."""
    if case.incoming.attachments or not case.incoming.text.strip():
        return None
    for running in await all_events(case):
        meeting = running.event.meeting
        if meeting is None or not _is_near(meeting, case.incoming.said_at):
            continue
        kept = await case.storage.attendance.words(running.code)
        section = meant_by(running.code, meeting, case.incoming.text, kept)
        if section is not None and await _mine(case, running):
            return await _take(case, running, meeting, section)
    return None


async def catch_wrong(case: Case) -> Outcome:
    """A word that is nothing else either, from somebody who is waited for just now."""
    if case.person.is_left_to_a_human(case.now):
        return None
    if case.incoming.attachments or not 0 < len(case.incoming.text.split()) <= MOST_WORDS:
        return None
    for running in await all_events(case):
        if await is_awaited(case, running) and running.event.meeting is not None:
            kept = await case.storage.attendance.words(running.code)
            if has_word(running.event.meeting, kept):
                return _wrong(case, running)
    return None


async def is_awaited(case: Case, running: Running) -> bool:
    """Whether the person takes part in a meeting that goes on, and has not said that they are there."""
    meeting = running.event.meeting
    if meeting is None or window(meeting).refusal(case.incoming.said_at) is not None:
        return False
    mine = await _mine(case, running)
    came = {one.application_id for one in await case.storage.attendance.of_event(running.code)} if mine else set()
    return any(one.id not in came for one in mine)


async def _meeting(case: Case, code: str) -> tuple[Running, Meeting] | None:
    """The event with its meeting, for somebody who takes part in it."""
    running = await event_of(case, code)
    if running is None or running.event.meeting is None or not await _mine(case, running):
        return None
    return running, running.event.meeting


async def _mine(case: Case, running: Running) -> Sequence[Application]:
    """The person's own applications that take part."""
    actor = Actor(case.person.id)
    return [
        one
        for one in await case.storage.applications.of_person(case.person.id, running.code)
        if one.state in ALIVE and authorize(actor, Action.ATTEND, Target(running.code, one.person_id))
    ]


async def _take(case: Case, running: Running, meeting: Meeting, section: str) -> Outcome:
    if refusal := window(meeting).refusal(case.incoming.said_at):
        return refusal_reply(case, refusal, (_to_event(running),))
    return await _mark(case, running, section, "code")


async def _mark(case: Case, running: Running, section: str, way: Way) -> Reply:
    if running.stored.approved_at is not None:
        return refusal_reply(case, Refusal("stage.results_stand"), (_to_event(running),))
    mine = await _mine(case, running)
    said_at = case.incoming.said_at
    new = [await case.storage.attendance.mark(one.id, section, way=way, by=case.person.id, at=said_at) for one in mine]
    return Reply(
        "attended" if any(new) else "attended_already",
        title=Trusted(running.event.title),
        who=", ".join(who(one) for one in mine),
        buttons=[[Button("applications", "applications"), MENU]],
    )


def _is_near(meeting: Meeting, said_at: datetime) -> bool:
    """Whether a word may be meant for this meeting, be it too early or too late."""
    taken = window(meeting)
    return taken.opens_at - NEAR <= said_at <= taken.closes_at + NEAR


def _wrong(case: Case, running: Running) -> Reply:
    return Reply(
        "attend.word",
        typed=Trusted(inert(case.incoming.text.strip()[:40])),
        title=Trusted(running.event.short_title),
        buttons=[[_to_event(running)]],
        words=f"attend_word:{running.code}",
    )


def _to_event(running: Running) -> Button:
    return Button("back_to_event", f"event:{running.code}")

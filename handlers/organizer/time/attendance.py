"""Who came: marked by a tap, by a pasted list of names, or by the word that people write themselves."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.applications import ApplicationState
from bot.contest.attendance import WORD_LIMIT, Matched, match_names, word_hash
from bot.contest.authorize import Action
from bot.contest.event.fields import ChoiceField
from bot.contest.event.units import Attendance, Bundle
from bot.contest.refusal import Refusal
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.organizer.scope import (
    detail,
    event_steps,
    finish_of_event,
    of_application,
    of_event,
    the_event,
    whole,
)
from handlers.organizer.time.bundles import came_to_bundle
from handlers.organizer.wording import back_to_event, lines, who
from handlers.paging import paged
from handlers.seeing import applications_seen
from storage.application_rows import Application

PAGE, COLUMNS = 6, 2
LIST, WORD = "org_came", "org_word"
#: A list of a video call.
LIST_LIMIT = 4000
MOST_NAMED = 10
#: Who may have come.
PRESENT = (ApplicationState.SENT, ApplicationState.CHANGES_ASKED, ApplicationState.ACCEPTED)


@of_event(Action.MARK_ATTENDANCE)
async def came(case: Case, running: Running, more: str) -> Outcome:
    """Everybody with a mark; `more`: the page's number."""
    if isinstance(running.event.unit, Bundle):
        return await came_to_bundle(case, running)
    return await _list(case, running, whole(more))


@of_application(Action.MARK_ATTENDANCE)
async def came_mark(case: Case, running: Running, application: Application, more: str) -> Outcome:
    """A tap: they came; one more: they did not."""
    if running.stored.approved_at is not None:
        return _stands(running)
    undone = await case.storage.attendance.unmark(application.id)
    if not undone:
        await case.storage.attendance.mark(application.id, way="organizer", by=case.person.id, at=case.now)
    await _note(case, running, f"application:{application.id}", came=not undone)
    return await _list(case, running, whole(more))


@of_event(Action.MARK_ATTENDANCE)
async def came_paste(_case: Case, running: Running, _more: str) -> Outcome:
    """Ask for a list of names."""
    if running.stored.approved_at is not None:
        return _stands(running)
    return Open(LIST, running.code, resume=False)


@of_event(Action.MARK_ATTENDANCE)
async def came_word(_case: Case, running: Running, _more: str) -> Outcome:
    """Ask for the word that is said aloud."""
    return Open(WORD, running.code, answers={"event": running.code}, resume=False)


def _stands(running: Running) -> Reply:
    """Approved: who came is part of the protocol."""
    return Reply("org.protocol_stands", buttons=[[back_to_event(running.code)]])


async def _list(case: Case, running: Running, page: int) -> Reply:
    people = await applications_seen(case, running.code, states=PRESENT)
    marked = {one.application_id for one in await case.storage.attendance.of_event(running.code)}
    page, shown, turns = paged(people, page, PAGE, f"came:{running.code}/")
    buttons = [
        Button(
            label=case.say("org.came_yes" if one.id in marked else "org.came_no", who=who(one)),
            go=f"came_mark:{one.id}/{page}",
            colour="positive" if one.id in marked else "secondary",
        )
        for one in shown
    ]
    ways = [Button("org.came_list", f"came_paste:{running.code}"), Button("org.came_word", f"came_word:{running.code}")]
    return Reply(
        "org.came",
        title=running.event.title,
        count=sum(one.id in marked for one in people),
        of=len(people),
        roles=lines(_roles(case, running, people, marked)),
        buttons=[
            *(buttons[start : start + COLUMNS] for start in range(0, len(buttons), COLUMNS)),
            turns,
            ways,
            [back_to_event(running.code)],
        ],
        callback=case.incoming.shows_callback,
        edits=True,
    )


def _roles(case: Case, running: Running, people: Sequence[Application], marked: set[int]) -> list[str]:
    """«Докладчик: 2 из 3», where the event tells roles apart."""
    unit = running.event.unit
    code = unit.role_field if isinstance(unit, Attendance) else None
    field = next((one for one in running.event.fields if one.code == code and isinstance(one, ChoiceField)), None)
    if not isinstance(field, ChoiceField):
        return []
    found = []
    for option in field.options:
        of_role = [one for one in people if one.answers.get(field.code) == option.code]
        present = sum(one.id in marked for one in of_role)
        found.append(case.say("org.came_role", role=option.title, count=present, of=len(of_role)))
    return found


async def _read_list(_case: Case, _answers: Answers, text: str) -> list[str] | Refusal:
    found = [line.strip() for line in text.replace(";", "\n").splitlines() if line.strip()]
    return found or Refusal("org.came_list_expected")


@finish_of_event(Action.MARK_ATTENDANCE)
async def _listed(case: Case, running: Running, answers: Answers) -> Outcome:
    if running.stored.approved_at is not None:
        return _stands(running)
    people = await applications_seen(case, running.code, states=PRESENT)
    names = [(one.id, person.name.formal) for one in people for person in one.participants]
    matched = match_names(answers["names"], names)
    for application_id in matched.found:
        await case.storage.attendance.mark(application_id, way="list", by=case.person.id, at=case.now)
    await _note(case, running, f"event:{running.code}", listed=len(matched.found))
    said = Reply("org.came_listed", count=len(matched.found), rest=lines(_rest(case, matched)))
    return [said, await _list(case, running, 0)]


def _rest(case: Case, matched: Matched) -> list[str]:
    parts = (("org.came_unknown", matched.unknown), ("org.came_unclear", matched.unclear))
    return [
        case.say(key, names="; ".join(named[:MOST_NAMED]), more=case.say("org.and_more", count=rest) if rest else "")
        for key, named in parts
        if named
        for rest in [max(0, len(named) - MOST_NAMED)]
    ]


async def _sections(case: Case, answers: Answers) -> Sequence[Option]:
    running = await the_event(case, str(answers["event"]))
    sections = running.event.meeting.sections if running.event.meeting else ()
    return [Option(case.say("org.whole_meeting"), ""), *(Option(one.title, one.code) for one in sections)]


async def _word_steps(case: Case, code: str) -> Sequence[Step]:
    running = await event_of(case, code)
    meeting = running.event.meeting if running else None
    sections = [Step("section", options=_sections)] if meeting and meeting.sections else []
    steps = event_steps(Action.MARK_ATTENDANCE, *sections, Step("word", parse=_read_word, limit=WORD_LIMIT))
    return await steps(case, code)


async def _read_word(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    return text if any(char.isalpha() for char in text) else Refusal("org.word_expected")


@finish_of_event(Action.MARK_ATTENDANCE)
async def _worded(case: Case, running: Running, answers: Answers) -> Outcome:
    section, word = str(answers.get("section", "")), str(answers["word"])
    hashed = word_hash(running.code, word)
    await case.storage.attendance.set_word(running.code, section, hashed, by=case.person.id, at=case.now)
    await _note(case, running, f"event:{running.code}", word_set=True)
    return [Reply("org.word_set", word=word), await _list(case, running, 0)]


async def _note(case: Case, running: Running, subject: str, **facts: object) -> None:
    await case.storage.audit.add(
        case.person.id, Action.MARK_ATTENDANCE, subject, detail(event=running.code, **facts), at=case.now
    )


CAME_LIST = Talk(
    LIST,
    event_steps(Action.MARK_ATTENDANCE, Step("names", parse=_read_list, limit=LIST_LIMIT)),
    _listed,
    cancelled=came,
)
CAME_WORD = Talk(WORD, _word_steps, _worded, cancelled=came)

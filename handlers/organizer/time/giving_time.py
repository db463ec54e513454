"""Giving more time: to one person or one school, until when, for what reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.contest.deadlines import Longer
from bot.contest.refusal import Refusal
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.organizer.people import page_name
from handlers.organizer.roles import read_page
from handlers.organizer.scope import (
    event_for,
    event_steps,
    finish_of_event,
    not_available,
    of_application,
    of_event,
    the_event,
)
from handlers.organizer.time.extending import QUICK_DAYS, end_of_day, too_late
from handlers.organizer.time.moments import LIMIT, read_coming
from handlers.organizer.time.personal_deadlines import concerned, listed, note, whom
from handlers.organizer.wording import back_to_event
from handlers.participant.wording import deadline
from handlers.reminding.occasions import was_told
from storage.application_rows import Application

TALK = "org_longer"
REASON_LIMIT, WHO_LIMIT = 500, 200
PERSON, SCHOOL = "person", "school"


@of_event(Action.EXTEND_FOR_ONE)
async def longer_give(_case: Case, running: Running, _more: str) -> Outcome:
    """Ask to whom."""
    if running.stored.approved_at is not None:
        return Reply("org.extend_closed", buttons=[[back_to_event(running.code)]])
    return Open(TALK, running.code, answers={"event": running.code}, resume=False)


@of_application(Action.EXTEND_FOR_ONE)
async def longer_for(_case: Case, running: Running, application: Application, _more: str) -> Outcome:
    """«Дать больше времени» on the card of an application: to its applicant, or to the whole school."""
    if running.stored.approved_at is not None:
        return Reply("org.extend_closed", buttons=[[back_to_event(running.code)]])
    answers = {"event": running.code, "application": application.id}
    return Open(TALK, running.code, answers=answers, resume=False)


async def _who_options(case: Case, answers: Answers) -> Sequence[Option]:
    """Of an application its applicant and its school; of typed words the schools that may be meant."""
    if typed := answers.get("typed"):
        matches = case.facts.directory.find(str(typed))
        return [Option(match.organisation.name_short, {SCHOOL: match.organisation.code}) for match in matches]
    application = await case.storage.applications.get(int(answers.get("application", 0)))
    if application is None or application.event_code != answers["event"]:
        return []
    found = [Option(await page_name(case, application.person_id), {PERSON: application.person_id})]
    code = application.organisation_code
    if code is not None and code in case.facts.directory.codes:
        found.append(Option(case.say("org.longer_school", name=application.organisation_name), {SCHOOL: code}))
    return found


async def _who_typed(_case: Case, _answers: Answers, text: str) -> Any:
    page = read_page(text)
    if page is not None:
        return {PERSON: page}
    return {"typed": text} if text.strip() else Refusal("org.longer_who_expected")


async def _who_taken(case: Case, answers: Answers, value: Any) -> Answers | Refusal:
    match value:
        case {"typed": str(typed)}:
            if not case.facts.directory.find(typed):
                return Refusal("org.longer_who_expected")
            return {**answers, "typed": typed}
        case {"school": str(code)} if code in case.facts.directory.codes:
            return {**answers, "who": value}
        case {"person": int(person_id)}:
            if await case.storage.people.get(person_id) is None:
                return Refusal("org.longer_stranger")
            return {**answers, "who": value}
    return Refusal("org.longer_who_expected")


async def _who_values(case: Case, answers: Answers) -> dict[str, object]:
    running = await the_event(case, str(answers["event"]))
    ask = "org.longer_ask.found" if answers.get("typed") else "org.longer_ask.who"
    return {"title": running.event.title, "ask": case.say(ask)}


async def _quick(case: Case, answers: Answers) -> Sequence[Option]:
    """A few days more than they have, or than today if that has passed."""
    running = await the_event(case, str(answers["event"]))
    zone = case.facts.zone
    base = max(_until(running, answers), end_of_day(case.now, zone))
    options = []
    for days in QUICK_DAYS:
        later = base.astimezone(zone) + timedelta(days=days)
        if too_late(case, running, later) is None:
            label = case.say("org.extend_by", days=days, day=calendar.day(later, zone, now=case.now))
            options.append(Option(label, later.astimezone(UTC).isoformat()))
    return options


async def _parse(case: Case, _answers: Answers, text: str) -> str | Refusal:
    moment = read_coming(text, now=case.now, zone=case.facts.zone)
    return moment if isinstance(moment, Refusal) else moment.astimezone(UTC).isoformat()


async def _later(case: Case, answers: Answers, value: str) -> Answers | Refusal:
    running = await the_event(case, str(answers["event"]))
    moment, until = datetime.fromisoformat(value), _until(running, answers)
    if moment <= until:
        return Refusal("org.moment.not_later", {"until": deadline(case, until)})
    if refusal := too_late(case, running, moment):
        return refusal
    return {**answers, "moment": value}


async def _whose(case: Case, answers: Answers) -> dict[str, object]:
    running = await the_event(case, str(answers["event"]))
    return {"whom": await whom(case, _wanted(answers)), "until": deadline(case, _until(running, answers))}


async def _reason(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    return text if text.strip() else Refusal("org.reason_expected")


async def _plan(case: Case, answers: Answers) -> dict[str, object]:
    running, wanted = await the_event(case, str(answers["event"])), _wanted(answers)
    return {
        "whom": await whom(case, wanted),
        "until": deadline(case, wanted.until),
        "reason": answers["reason"],
        "count": len(await concerned(case, running, wanted)),
    }


async def _yes(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(case.say("button.org.longer_yes"), "yes", "primary")]


@finish_of_event(Action.EXTEND_FOR_ONE)
async def _finish(case: Case, running: Running, answers: Answers) -> Outcome:
    wanted = _wanted(answers)
    if running.stored.approved_at is not None:
        return Reply("org.extend_closed", buttons=[[back_to_event(running.code)]])
    if refusal := too_late(case, running, wanted.until):
        return Reply(refusal, buttons=[[back_to_event(running.code)]])
    given = await case.storage.deadlines.give(
        running.code, wanted, reason=str(answers["reason"]), by=case.person.id, at=case.now
    )
    await note(case, running, wanted, until=wanted.until.isoformat())
    await was_told(case, running.code, wanted.until)
    people = await concerned(case, running, wanted)
    key = "org.told.longer" if wanted.person_id is not None else "org.told.longer_school"
    for person_id in people:
        rows = [[Button("applications", "applications"), Button("org.to_event", f"event:{running.code}")]]
        told = Reply(key, title=running.event.title, until=deadline(case, wanted.until), buttons=rows)
        case.tell(person_id, told, key=f"longer:{given}:{person_id}")
    return Reply(
        "org.longer_given",
        whom=await whom(case, wanted),
        until=deadline(case, wanted.until),
        count=len(people),
        buttons=[[Button("org.longer", f"longer:{running.code}"), back_to_event(running.code)]],
    )


def _until(running: Running, answers: Answers) -> datetime:
    """Until when they have time now."""
    who = answers["who"]
    return running.until(who.get(PERSON), who.get(SCHOOL)).at


def _wanted(answers: Answers) -> Longer:
    who, moment = answers["who"], answers.get("moment")
    until = datetime.fromisoformat(str(moment)) if moment else datetime.max.replace(tzinfo=UTC)
    return Longer(until, who.get(PERSON), who.get(SCHOOL))


async def _cancelled(case: Case, code: str) -> Outcome:
    running = await event_of(case, code)
    allowed = running and await event_for(case, code, Action.EXTEND_FOR_ONE)
    return await listed(case, allowed, 0) if allowed else not_available()


LONGER = Talk(
    TALK,
    event_steps(
        Action.EXTEND_FOR_ONE,
        Step("who", parse=_who_typed, options=_who_options, accept=_who_taken, values=_who_values, limit=WHO_LIMIT),
        Step("moment", parse=_parse, options=_quick, accept=_later, values=_whose, limit=LIMIT),
        Step("reason", parse=_reason, limit=REASON_LIMIT),
        Step("sure", options=_yes, values=_plan),
    ),
    _finish,
    cancelled=_cancelled,
)

"""Moving an event's deadline: everybody with something unfinished is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.contest.refusal import Refusal
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.moments import DAY_END, LIMIT, read_coming
from handlers.organizer.people import reach
from handlers.organizer.record import ALIVE
from handlers.organizer.scope import detail, event_for, event_steps, finish_of_event, not_available, of_event, the_event
from handlers.organizer.wording import back_to_event, deadline
from handlers.participant.apply import TALK as APPLY

TALK = "org_extend"
QUICK_DAYS = (1, 3, 7)


@of_event(Action.EXTEND_DEADLINE)
async def extend(_case: Case, running: Running, _more: str) -> Outcome:
    """Ask until when."""
    if refused := _refusal(running):
        return refused
    return Open(TALK, running.code, answers={"event": running.code}, resume=False)


async def concerned(case: Case, running: Running) -> list[int]:
    """Who has begun an application and not sent it, or has sent one and handed in no work."""
    found = set(await case.storage.memory.people_with_draft(APPLY, running.code))
    if running.event.submission is not None:
        waiting = await case.storage.applications.of_event_without_work(running.code, states=ALIVE)
        found |= {one.person_id for one in waiting}
    return sorted(found)


def _refusal(running: Running) -> Reply | None:
    if running.stored.approved_at is None:
        return None
    return Reply("org.extend_closed", buttons=[[back_to_event(running.code)]])


async def _quick(case: Case, answers: Answers) -> Sequence[Option]:
    """A few days more than it is, or than today if the deadline has passed."""
    running = await the_event(case, str(answers["event"]))
    zone = case.facts.zone
    base = max(running.closes_at, _end_of_day(case.now, zone))
    options = []
    for days in QUICK_DAYS:
        later = base.astimezone(zone) + timedelta(days=days)
        label = case.say("org.extend_by", days=days, day=calendar.day(later, zone, now=case.now))
        options.append(Option(label, later.astimezone(UTC).isoformat()))
    return options


def _end_of_day(moment: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(calendar.local(moment, zone).date(), DAY_END, zone)


async def _parse(case: Case, _answers: Answers, text: str) -> str | Refusal:
    moment = read_coming(text, now=case.now, zone=case.facts.zone)
    return moment if isinstance(moment, Refusal) else moment.astimezone(UTC).isoformat()


async def _later(case: Case, answers: Answers, value: str) -> Answers | Refusal:
    running = await the_event(case, str(answers["event"]))
    if datetime.fromisoformat(value) <= running.closes_at:
        return Refusal("org.moment.not_later", {"until": deadline(case, running.closes_at)})
    return {**answers, "moment": value}


async def _now(case: Case, answers: Answers) -> dict[str, object]:
    running = await the_event(case, str(answers["event"]))
    return {"title": running.event.title, "until": deadline(case, running.closes_at)}


async def _plan(case: Case, answers: Answers) -> dict[str, object]:
    running = await the_event(case, str(answers["event"]))
    people = await reach(case, await concerned(case, running))
    return {
        "until": deadline(case, datetime.fromisoformat(str(answers["moment"]))),
        "count": len(people.reached),
        "unreachable": people.line(case),
    }


async def _yes(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(case.say("button.org.extend_yes"), "yes", "primary")]


@finish_of_event(Action.EXTEND_DEADLINE)
async def _finish(case: Case, running: Running, answers: Answers) -> Outcome:
    if refused := _refusal(running):
        return refused
    moment = datetime.fromisoformat(str(answers["moment"]))
    until = deadline(case, moment)
    if moment <= running.closes_at:
        already = deadline(case, running.closes_at)
        return Reply("org.extend_already", until=already, buttons=[[back_to_event(running.code)]])
    people = await reach(case, await concerned(case, running))
    await case.storage.events.extend(running.code, moment, by=case.person.id)
    await case.storage.audit.add(
        case.person.id,
        Action.EXTEND_DEADLINE,
        f"event:{running.code}",
        detail(before=running.closes_at.isoformat(), after=moment.isoformat(), told=len(people.reached)),
        at=case.now,
    )
    for person_id in people.reached:
        case.tell(
            person_id,
            Reply(
                "org.told.extended",
                title=running.event.title,
                until=until,
                buttons=[[Button("applications", "applications"), Button("org.to_event", f"event:{running.code}")]],
            ),
            key=f"deadline:{running.code}:{int(moment.timestamp())}:{person_id}",
            bulk=True,
        )
    return Reply("org.extended", until=until, count=len(people.reached), buttons=[[back_to_event(running.code)]])


async def _cancelled(case: Case, code: str) -> Outcome:
    if await event_for(case, code, Action.EXTEND_DEADLINE) is None:
        return not_available()
    return Reply("cancelled", buttons=[[back_to_event(code)]])


EXTEND = Talk(
    TALK,
    event_steps(
        Action.EXTEND_DEADLINE,
        Step("moment", parse=_parse, options=_quick, accept=_later, values=_now, limit=LIMIT),
        Step("sure", options=_yes, values=_plan),
    ),
    _finish,
    cancelled=_cancelled,
)

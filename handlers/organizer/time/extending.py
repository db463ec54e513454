"""Moving an event's deadline: everybody with something unfinished is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.contest.event.model import ConsentKind
from bot.contest.refusal import Refusal
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.desk import desk_event
from handlers.organizer.people import reach
from handlers.organizer.record import ALIVE
from handlers.organizer.scope import detail, event_steps, finish_of_event, of_event, the_event
from handlers.organizer.time.moments import DAY_END, LIMIT, read_coming
from handlers.organizer.wording import back_to_event
from handlers.participant.applying.apply import TALK as APPLY
from handlers.participant.wording import deadline
from handlers.reminding.occasions import was_told

TALK = "org_extend"
QUICK_DAYS = (1, 3, 7)


@of_event(Action.EXTEND_DEADLINE)
async def extend(case: Case, running: Running, _more: str) -> Outcome:
    """Ask until when."""
    if refused := _refusal(case, running):
        return refused
    return Open(TALK, running.code, answers={"event": running.code}, resume=False)


async def concerned(case: Case, running: Running) -> list[int]:
    """Who has begun an application and not sent it, or has sent one and handed in no work, or waits for a consent."""
    found = set(await case.storage.memory.people_with_draft(APPLY, running.code))
    if ConsentKind.PROCESSING in running.event.consents:
        found |= set(await case.storage.consents.unanswered(running.code, states=ALIVE))
    if running.event.submission is not None:
        waiting = await case.storage.applications.of_event_without_work(running.code, states=ALIVE)
        found |= {one.person_id for one in waiting}
    return sorted(found)


def _latest(case: Case, running: Running) -> datetime | None:
    """The last deadline that leaves the jury a day; None where nobody judges by a date."""
    until = running.event.judging_until
    if until is None:
        return None
    day_before = calendar.local(until, case.facts.zone).date() - timedelta(days=1)
    return datetime.combine(day_before, DAY_END, case.facts.zone)


def _refusal(case: Case, running: Running) -> Reply | None:
    """Why no other deadline can be set at all."""
    rows = [[back_to_event(running.code)]]
    if running.stored.approved_at is not None:
        return Reply("org.extend_closed", buttons=rows)
    until, latest = running.event.judging_until, _latest(case, running)
    if until is None or latest is None or latest > max(running.closes_at, case.now):
        return None
    return Reply("org.extend_judged", judging=deadline(case, until), buttons=rows)


def too_late(case: Case, running: Running, moment: datetime) -> Refusal | None:
    until, latest = running.event.judging_until, _latest(case, running)
    if until is None or latest is None or moment <= latest:
        return None
    return Refusal("org.moment.after_judging", {"judging": deadline(case, until), "latest": deadline(case, latest)})


async def _quick(case: Case, answers: Answers) -> Sequence[Option]:
    """A few days more than it is, or than today if the deadline has passed."""
    running = await the_event(case, str(answers["event"]))
    zone = case.facts.zone
    base = max(running.closes_at, end_of_day(case.now, zone))
    options = []
    for days in QUICK_DAYS:
        later = base.astimezone(zone) + timedelta(days=days)
        if too_late(case, running, later):
            continue
        label = case.say("org.extend_by", days=days, day=calendar.day(later, zone, now=case.now))
        options.append(Option(label, later.astimezone(UTC).isoformat()))
    return options


def end_of_day(moment: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(calendar.local(moment, zone).date(), DAY_END, zone)


async def _parse(case: Case, _answers: Answers, text: str) -> str | Refusal:
    moment = read_coming(text, now=case.now, zone=case.facts.zone)
    return moment if isinstance(moment, Refusal) else moment.astimezone(UTC).isoformat()


async def _later(case: Case, answers: Answers, value: str) -> Answers | Refusal:
    running = await the_event(case, str(answers["event"]))
    moment = datetime.fromisoformat(value)
    if moment <= running.closes_at:
        return Refusal("org.moment.not_later", {"until": deadline(case, running.closes_at)})
    if refusal := too_late(case, running, moment):
        return refusal
    return {**answers, "moment": value}


async def _now(case: Case, answers: Answers) -> dict[str, object]:
    running = await the_event(case, str(answers["event"]))
    return {"title": running.event.title, "until": deadline(case, running.closes_at)}


async def _plan(case: Case, answers: Answers) -> dict[str, object]:
    running = await the_event(case, str(answers["event"]))
    people = await reach(case, await concerned(case, running))
    moment, judging = datetime.fromisoformat(str(answers["moment"])), running.event.judging_until
    left = (judging - moment) // timedelta(days=1) if judging else 0
    return {
        "until": deadline(case, moment),
        "judging": case.say("org.extend_judging", days=left, until=deadline(case, judging)) if judging else "",
        "count": len(people.reached),
        "unreachable": people.line(case),
    }


async def _yes(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(case.say("button.org.extend_yes"), "yes", "primary")]


@finish_of_event(Action.EXTEND_DEADLINE)
async def _finish(case: Case, running: Running, answers: Answers) -> Outcome:
    if refused := _refusal(case, running):
        return refused
    moment = datetime.fromisoformat(str(answers["moment"]))
    until = deadline(case, moment)
    if moment <= running.closes_at:
        already = deadline(case, running.closes_at)
        return Reply("org.extend_already", until=already, buttons=[[back_to_event(running.code)]])
    if refusal := too_late(case, running, moment):
        return Reply(refusal, buttons=[[back_to_event(running.code)]])
    people = await reach(case, await concerned(case, running))
    await case.storage.events.extend(running.code, moment, by=case.person.id)
    await was_told(case, running.code, moment)
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


EXTEND = Talk(
    TALK,
    event_steps(
        Action.EXTEND_DEADLINE,
        Step("moment", parse=_parse, options=_quick, accept=_later, values=_now, limit=LIMIT),
        Step("sure", options=_yes, values=_plan),
    ),
    _finish,
    cancelled=desk_event,
)

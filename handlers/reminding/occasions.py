"""What there is to be reminded of at an event, by when, and by which rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.contest import calendar
from bot.contest.reminders.kinds import BY_DEADLINE, Kind
from bot.contest.reminders.moments import Moment, moments
from bot.contest.reminders.rules import Rule, gathering, rules_of, stages_of_works
from handlers.events import Running, event_of
from handlers.kinds import Desk
from storage.nudges import Time

DEADLINE, FINAL, JURY, MOVED = "deadline", "final", "jury", "moved"
#: What goes out in time says «3 часа», not «2 часа» for the seconds that it took.
IN_TIME = timedelta(minutes=10)
Plan = Mapping[Kind, tuple[timedelta, ...]]


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that comes to an end, or begins, for some people of an event."""

    name: str
    until: datetime
    #: How long before each kind is told.
    plan: Plan
    #: Whom alone it is about; None: anybody of the event.
    people: tuple[int, ...] | None = None

    def moments(self, zone: ZoneInfo) -> tuple[Moment, ...]:
        """When people are told, the earliest first."""
        return moments(self.until, self.plan, zone)


async def rules_at(desk: Desk, running: Running) -> dict[Kind, Rule]:
    """The rules of one event as they stand now."""
    changed = await desk.storage.nudges.settings(running.code)
    return rules_of(running.event, {kind: one for (_, kind), one in changed.items()})


def time_left(desk: Desk, until: datetime, at: datetime) -> str:
    """«осталось 3 часа», for what was to be told at `at`."""
    return calendar.left(until, at if desk.now - at < IN_TIME else desk.now)


def is_over(running: Running) -> bool:
    """Whether nobody is reminded of anything there any more, whatever its dates say."""
    stored = running.stored
    return (stored.approved_at or stored.published_at or stored.archived_at) is not None


def occasions(running: Running, rules: Mapping[Kind, Rule]) -> list[Occasion]:
    """Everything that people (not the jury) are reminded of there, each deadline that somebody has by itself."""
    befores = {kind: rule.befores for kind, rule in rules.items() if rule.is_on}
    plan = {kind: befores[kind] for kind in BY_DEADLINE if kind in befores}
    found = [Occasion(DEADLINE, until, plan, people) for until, people in _deadlines(running).items()]
    if Kind.WORK in plan:
        known = {one.until for one in found}
        ends = [one.closes_at for one in stages_of_works(running.event) if one.closes_at not in known]
        found += [Occasion(DEADLINE, at, {Kind.WORK: plan[Kind.WORK]}) for at in dict.fromkeys(ends)]
    begins = gathering(running.event)
    if begins is not None and Kind.FINAL in befores:
        found.append(Occasion(FINAL, begins.starts_at, {Kind.FINAL: befores[Kind.FINAL]}))
    return found


async def was_told(desk: Desk, event_code: str, until: datetime) -> None:
    """People have just heard of this deadline: the reminder of it whose time has come would say the same again."""
    running = await event_of(desk, event_code)
    for one in occasions(running, await rules_at(desk, running)) if running else []:
        passed = [moment.at for moment in one.moments(desk.facts.zone) if moment.at <= desk.now]
        if one.name == DEADLINE and one.until == until and passed:
            time = Time(event_code, DEADLINE, until, passed[-1])
            await desk.storage.nudges.set_reached(time, 0, done_at=desk.now)


def _deadlines(running: Running) -> dict[datetime, tuple[int, ...] | None]:
    """The event's own, and each that was given beyond it, with the people where it was given to people alone."""
    found: dict[datetime, tuple[int, ...] | None] = {running.closes_at: None}
    for one in running.stored.longer:
        if one.until <= running.closes_at:
            continue
        before = found.get(one.until, ())
        if one.person_id is None or before is None:
            found[one.until] = None
        else:
            found[one.until] = tuple(sorted({*before, one.person_id}))
    return found

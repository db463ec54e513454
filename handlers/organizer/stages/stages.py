"""The stages of an event as organizers see them: how many are where, who holds what, what is left to do."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bot.contest import calendar
from bot.contest.authorize import Action, RoleKind
from bot.contest.event.stages import HostedBy, Stage
from bot.contest.stages import NOBODY, Going
from bot.contest.trials import trials_of
from bot.talk.model import Button, Outcome, Reply
from handlers.events import Running
from handlers.host.desk import counts, rules
from handlers.host.round import FINAL, Round, round_of
from handlers.host.scope import host_name, place
from handlers.kinds import Case
from handlers.organizer.scope import not_available, of_event, whole
from handlers.organizer.wording import back_to_event, lines
from handlers.paging import paged

#: Stages on one screen; hosts on one screen.
MOST, PAGE = 5, 3


@of_event(Action.VIEW_STAGE)
async def stages(case: Case, running: Running, _more: str) -> Outcome:
    """All stages with their counts, a button each."""
    shown = running.event.stages[:MOST]
    return Reply(
        "stages.list" if shown else "stages.none",
        title=running.event.title,
        lines=lines([await _line(case, running, number) for number in range(len(shown))]),
        buttons=[
            *([Button(label=one.title, go=f"stage:{running.code}/{number}")] for number, one in enumerate(shown)),
            [back_to_event(running.code)],
        ],
    )


@of_event(Action.VIEW_STAGE)
async def stage(case: Case, running: Running, more: str) -> Outcome:
    """One stage; `more`: its number, perhaps with the page of its hosts."""
    number, _, page = more.partition("/")
    if whole(number) >= len(running.event.stages) or not number.isdecimal():
        return not_available()
    return await screen(case, running, whole(number), whole(page))


async def screen(case: Case, running: Running, number: int, page: int = 0) -> Reply:
    """What happens at the stage, and the way to each part."""
    one = running.event.stages[number]
    where = f"{running.code}/{number}"
    found = await round_of(case, running, one, NOBODY) if one.is_cut else None
    hosts = _hosts(found) if found else []
    _, shown, turns = paged(hosts, page, PAGE, f"stage:{where}/")
    last = [*turns, Button("stages.back", f"stages:{running.code}"), back_to_event(running.code)]
    return Reply(
        "stages.one",
        stage=one.title,
        title=running.event.title,
        lines=lines(
            [
                _when(case, one),
                *(_rounds(case, found, hosts, await _represented(case, running)) if found else []),
                *await _tasks(case, running, one),
            ]
        ),
        buttons=[
            *([Button(label=host_name(case, host), go=f"hosted:{place(running, number, host)}")] for host in shown),
            *_acts(running, one, where, found),
            last,
        ],
    )


def _acts(running: Running, one: Stage, where: str, found: Round | None) -> list[list[Button]]:
    rows: list[list[Button]] = []
    if (one.is_cut or trials_of(running.event, one)) and one.hosted_by is not HostedBy.ORGANISER:
        areas = [Button("stages.areas", f"stage_area:{where}")] if one.hosted_by is HostedBy.HOSTS else []
        rows.append([Button("stages.invite", f"stage_hosts:{where}"), *areas])
    if found is not None and any(standing.state in FINAL for standing in found.standings.values()):
        rows.append([Button("stages.fix", f"stage_fix:{where}")])
    results = [Button("stages.trials", f"trials:{where}")] if trials_of(running.event, one) else []
    answers = [Button("stages.answers", f"answers:{where}")] if one.questions else []
    return [*rows, *([[*results, *answers]] if results or answers else [])]


def _hosts(found: Round) -> list[str]:
    """Who holds the stage: whoever has participants first, the organiser among them, then the others of the file."""
    having = [host for host in dict.fromkeys(found.hosts.values()) if host != NOBODY]
    nobody = [NOBODY] if NOBODY in found.hosts.values() or found.stage.hosted_by is HostedBy.ORGANISER else []
    return list(dict.fromkeys((*having, *nobody, *found.stage.hosts)))


async def _represented(case: Case, running: Running) -> frozenset[str]:
    """The schools that somebody was invited for and acts for."""
    return frozenset(
        one.role.organisation or NOBODY
        for one in await case.storage.roles.all()
        if one.role.kind is RoleKind.HOST and one.role.event == running.code
    )


def _rounds(case: Case, found: Round, hosts: list[str], represented: frozenset[str]) -> list[str]:
    said = [*rules(case, found), _total(case, found)]
    busy = set(found.hosts.values())
    for host in hosts:
        if host not in busy:
            continue
        own = replace(found, host=host)
        state = "confirmed" if own.protocol.confirmed_at else "open"
        said.append(
            case.say(
                f"stages.host_{state}",
                host=host_name(case, host),
                counts=counts(case, own),
                alone="" if host in represented or host == NOBODY else case.say("stages.host_alone"),
            )
            if host != NOBODY or found.stage.hosted_by is HostedBy.ORGANISER
            else case.say("stages.unassigned", count=len(own.own))
        )
    idle = len([host for host in hosts if host not in busy and host != NOBODY])
    return [*said, case.say("stages.empty_hosts", count=idle) if idle else ""]


def _total(case: Case, found: Round) -> str:
    going = Counter(found.going(one.id) for one in found.reached)
    waiting = going[None] + going[Going.CHOSEN]
    return case.say(
        "stages.total", all=len(found.reached), passed=going[Going.PASSED], out=going[Going.NOT_PASSED], waiting=waiting
    )


async def _line(case: Case, running: Running, number: int) -> str:
    one = running.event.stages[number]
    told = ""
    if one.is_cut:
        told = case.say("stages.line_counts", counts=_total(case, await round_of(case, running, one, NOBODY)))
    return case.say("stages.line", number=number + 1, title=one.title, when=_when(case, one), counts=told)


def _when(case: Case, one: Stage) -> str:
    return calendar.period(one.opens_at, one.closes_at, case.facts.zone, now=case.now)


async def _tasks(case: Case, running: Running, one: Stage) -> list[str]:
    """How far trials and tests are."""
    said = []
    if trials := trials_of(running.event, one):
        results = await case.storage.trials.results(running.code, one.code)
        filled = sum(len(found) for found in results.values())
        said.append(case.say("stages.trials_line", trials=len(trials), teams=len(results), results=filled))
    if one.questions:
        tries = await case.storage.attempts.of_event(running.code, one.code)
        done = sum(attempt.finished_at is not None for attempt in tries)
        said.append(case.say("stages.tries_line", questions=len(one.questions), begun=len(tries), done=done))
    return said

"""The desk of a host school: its stages, and one stage with what is left to do."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest import calendar
from bot.contest.authorize import Action, RoleKind
from bot.contest.event.stages import HostedBy, Stage, StageQuota
from bot.contest.quotas import most_by_share, rule
from bot.contest.stages import NOBODY, Going
from bot.contest.trials import trials_of
from bot.talk.model import Button, Outcome, Reply
from handlers.access import actor_of
from handlers.events import Running, event_of
from handlers.host.heats import heat_of
from handlers.host.round import Round, confirming_refusal, round_of
from handlers.host.scope import host_name, of_round, organizes, place, place_of
from handlers.host.trials import team_list
from handlers.kinds import Case, Desk
from handlers.organizer.scope import not_available, whole
from handlers.organizer.wording import MENU, back_to_event, lines
from handlers.paging import paged
from handlers.participant.wording import moment

#: An event, the number of a stage, the school that holds it.
Held = tuple[Running, int, str]
#: A menu of stages has room for so many.
PAGE = 5


async def host(case: Case, page: str) -> Outcome:
    """The stages that the one who acts holds; a single one is opened at once."""
    found = await _held(case)
    if not found:
        if not await _is_host(case):
            return not_available()
        return Reply("host.none", buttons=[[Button("school_year", "school_year"), MENU]])
    if len(found) == 1:
        return await _opened(case, *found[0])
    _, shown, turns = paged(found, whole(page), PAGE, "host:")
    rows = [[Button(label=_label(case, found, one), go=_way(*one))] for one in shown]
    return Reply("host.which", buttons=[*rows, [*turns, Button("school_year", "school_year"), MENU]])


@of_round(Action.VIEW_STAGE)
async def hosted(case: Case, found: Round, _more: str) -> Outcome:
    """One stage."""
    return await card(case, found)


async def _opened(case: Case, running: Running, number: int, school: str) -> Reply:
    """A stage from which only some go on has a card; where results are only measured, the teams are shown at once."""
    stage = running.event.stages[number]
    if not stage.is_cut and (heat := await heat_of(case, running, number, school)) is not None:
        return team_list(case, heat)
    return await card(case, await round_of(case, running, stage, school))


def _way(running: Running, number: int, school: str) -> str:
    return f"{'hosted' if running.event.stages[number].is_cut else 'trials'}:{place(running, number, school)}"


def _label(desk: Desk, all_: Sequence[Held], one: Held) -> str:
    """The stage; with the school, where somebody holds it for more than one."""
    running, number, school = one
    stage = running.event.stages[number].title
    if len({held for event, at, held in all_ if (event.code, at) == (running.code, number)}) > 1:
        return desk.say("host.stage_label", title=stage, stage=host_name(desk, school))
    return desk.say("host.stage_label", title=running.event.short_title, stage=stage)


async def card(case: Case, found: Round) -> Reply:
    """How far the stage is, its rules, and the way to each part."""
    stage, where = found.stage, place_of(found)
    protocol = found.protocol
    by_organizer = await organizes(case, found)
    ready = confirming_refusal(case, found) is None
    rows = [
        [Button("host.pick", f"host_pick:{where}", colour="primary"), Button("host.people", f"host_people:{where}")],
        [Button("host.write", f"host_write:{where}"), Button("host.file", f"host_file:{where}")],
        [Button("host.send_file", f"host_upload:{where}"), *_measured(found)],
        [Button("host.confirm", f"host_confirm:{where}", colour="positive" if ready else "secondary")],
        [Button("host.to_stages", f"stages:{found.running.code}"), back_to_event(found.running.code)]
        if by_organizer
        else [Button("school_year", "school_year"), MENU],
    ]
    if not found.own:
        rows = rows[-1:]
    elif not found.undecided:
        rows = [rows[0][1:], [*rows[1][1:], *_measured(found)], rows[-1]]
    return Reply(
        "host.card",
        stage=stage.title,
        title=found.running.event.title,
        host=host_name(case, found.host),
        lines=lines(
            [
                case.say(
                    "host.dates", when=calendar.period(stage.opens_at, stage.closes_at, case.facts.zone, now=case.now)
                ),
                *rules(case, found),
                counts(case, found),
                protocol_line(case, found),
                case.say("host.confirmed", at=moment(case, protocol.confirmed_at)) if protocol.confirmed_at else "",
                case.say("host.left", count=len(found.undecided)) if protocol.confirmed_at and found.undecided else "",
            ]
        ),
        buttons=rows,
    )


def _measured(found: Round) -> list[Button]:
    """The way to the raw results, where this very stage measures anything."""
    there = trials_of(found.running.event, found.stage) and found.host != NOBODY
    return [Button("stages.trials", f"trials:{place_of(found)}")] if there else []


def rules(desk: Desk, found: Round) -> list[str]:
    """The quotas in words."""
    share = most_by_share(found.stage, len(found.candidates))
    said = [desk.say("host.quota", rule=rule(quota), only=_only(desk, found, quota)) for quota in found.stage.quotas]
    if share is not None:
        percent, total = found.stage.share_percent, len(found.candidates)
        out_of = desk.say("host.share_of", most=share, total=total) if total else ""
        said.append(desk.say("host.share", percent=percent, out_of=out_of))
    return said


def counts(desk: Desk, found: Round) -> str:
    """«Участников 8, отмечено 3»."""
    going = [found.going(one.id) for one in found.own]
    passed, out = going.count(Going.PASSED), going.count(Going.NOT_PASSED)
    if passed or out:
        return desk.say("host.counts_decided", all=len(going), passed=passed, out=out)
    return desk.say("host.counts", all=len(going), chosen=going.count(Going.CHOSEN))


def protocol_line(desk: Desk, found: Round) -> str:
    """What the protocol says so far."""
    one = found.protocol
    if not one.is_written:
        return desk.say("host.protocol_none")
    return desk.say("host.protocol", day=one.held_on, place=one.place, members=", ".join(one.members))


def _only(desk: Desk, found: Round, quota: StageQuota) -> str:
    """Where a quota is about some nominations or groups only."""
    event = found.running.event
    names = [event.nomination_title(code) for code in quota.nominations]
    names += [event.age_group(code).title for code in quota.groups]
    return desk.say("host.quota_only", names=", ".join(names)) if names else ""


async def _is_host(case: Case) -> bool:
    return any(role.kind is RoleKind.HOST for role in (await actor_of(case)).roles)


async def _held(case: Case) -> list[Held]:
    """Every stage that the one who acts holds for a school, of events whose results are not published."""
    found = []
    roles = [role for role in (await actor_of(case)).roles if role.kind is RoleKind.HOST and role.event]
    for role in sorted(roles, key=lambda one: (one.event or "", one.organisation or "")):
        running = await event_of(case, role.event or "")
        if running is None or running.stored.published_at is not None or not role.organisation:
            continue
        for number, stage in enumerate(running.event.stages):
            if _is_held(running, stage, role.organisation):
                found.append((running, number, role.organisation))
    return found


def _is_held(running: Running, stage: Stage, school: str) -> bool:
    """Whether a school decides or measures anything at the stage."""
    mine = stage.hosted_by is HostedBy.OWN_SCHOOL or school in stage.hosts
    return mine and (stage.is_cut or bool(trials_of(running.event, stage)))

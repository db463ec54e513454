"""The desk of a host school: its stages, and one stage with what is left to do."""

from __future__ import annotations

from bot.contest import calendar
from bot.contest.authorize import Action, RoleKind
from bot.contest.event.stages import HostedBy
from bot.contest.quotas import most_by_share, rule
from bot.contest.stages import NOBODY, Going, cuts
from bot.talk.model import Button, Outcome, Reply
from handlers.access import actor_of
from handlers.events import Running, event_of
from handlers.host.round import Round, confirming_refusal, round_of
from handlers.host.scope import of_round, organizes, place, place_of
from handlers.kinds import Case, Desk
from handlers.organizer.scope import not_available
from handlers.organizer.wording import MENU, back_to_event, lines
from handlers.participant.wording import moment

#: A menu of stages has room for so many.
MOST_STAGES = 5


async def host(case: Case, _argument: str) -> Outcome:
    """The stages that the one who acts holds; a single one is opened at once."""
    found = await _held(case)
    if not found:
        return not_available() if not await _is_host(case) else Reply("host.none", buttons=[[MENU]])
    if len(found) == 1:
        running, number, school = found[0]
        return await card(case, await round_of(case, running, running.event.stages[number], school))
    rows = [
        [Button(label=case.say("host.stage_label", title=one.event.short_title, stage=one.event.stages[number].title),
                go=f"hosted:{place(one, number, school)}")]
        for one, number, school in found[:MOST_STAGES]
    ]  # fmt: skip
    return Reply("host.which", buttons=[*rows, [MENU]])


@of_round(Action.VIEW_STAGE)
async def hosted(case: Case, found: Round, _more: str) -> Outcome:
    """One stage."""
    return await card(case, found)


async def card(case: Case, found: Round) -> Reply:
    """How far the stage is, its rules, and the way to each part."""
    stage, where = found.stage, place_of(found)
    protocol = found.protocol
    by_organizer = await organizes(case, found)
    ready = confirming_refusal(case, found) is None
    rows = [
        [Button("host.pick", f"host_pick:{where}", colour="primary"), Button("host.people", f"host_people:{where}")],
        [Button("host.write", f"host_write:{where}"), Button("host.file", f"host_file:{where}")],
        [Button("host.send_file", f"host_upload:{where}")],
        [Button("host.confirm", f"host_confirm:{where}", colour="positive" if ready else "secondary")],
        [Button("host.to_stages", f"stages:{found.running.code}"), back_to_event(found.running.code)]
        if by_organizer
        else [MENU],
    ]
    if not found.own:
        rows = rows[-1:]
    elif not found.undecided:
        rows = [rows[0][1:], rows[1][1:], rows[-1]]
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


def rules(desk: Desk, found: Round) -> list[str]:
    """The quotas in words."""
    share = most_by_share(found.stage, len(found.candidates))
    said = [desk.say("host.quota", rule=rule(quota), only=_only(desk, found, quota)) for quota in found.stage.quotas]
    if share is not None:
        percent, total = found.stage.share_percent, len(found.candidates)
        said.append(desk.say("host.share", percent=percent, most=share, total=total))
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


def host_name(desk: Desk, code: str) -> str:
    """The host as people call it."""
    if code == NOBODY:
        return desk.say("host.organiser")
    directory = desk.facts.directory
    return directory.get(code).name_short if code in directory.codes else code


def _only(desk: Desk, found: Round, quota: object) -> str:
    """Where a quota is about some nominations or groups only."""
    event = found.running.event
    names = [event.nomination_title(code) for code in getattr(quota, "nominations", ())]
    names += [event.age_group(code).title for code in getattr(quota, "groups", ())]
    return desk.say("host.quota_only", names=", ".join(names)) if names else ""


async def _is_host(case: Case) -> bool:
    return any(role.kind is RoleKind.HOST for role in (await actor_of(case)).roles)


async def _held(case: Case) -> list[tuple[Running, int, str]]:
    """Every cut that the one who acts holds, the unpublished events only."""
    found = []
    roles = [role for role in (await actor_of(case)).roles if role.kind is RoleKind.HOST and role.event]
    for role in sorted(roles, key=lambda one: (one.event or "", one.organisation or "")):
        running = await event_of(case, role.event or "")
        if running is None or running.stored.published_at is not None:
            continue
        for stage in cuts(running.event):
            mine = stage.hosted_by is HostedBy.OWN_SCHOOL or role.organisation in stage.hosts
            if mine and role.organisation:
                found.append((running, running.event.stages.index(stage), role.organisation))
    return found

"""A stage is over and a host has not confirmed its protocol: it is asked to, once, and organizers are told."""

from __future__ import annotations

from bot.contest.authorize import RoleKind
from bot.contest.event.stages import Stage
from bot.contest.quiet import is_quiet
from bot.contest.stages import NOBODY, cuts
from bot.talk.model import Button, Reply
from handlers.events import Running, all_events
from handlers.host.round import FINAL, round_of
from handlers.host.scope import host_name, place
from handlers.kinds import Desk
from handlers.reminding.occasions import is_over


async def remind_hosts(desk: Desk) -> None:
    """Look for stages that have ended with participants nobody has decided about; a stage that ends at midnight waits
    for the morning.
    """
    if is_quiet(desk.now, desk.facts.zone):
        return
    for running in await all_events(desk):
        for stage in [] if is_over(running) else cuts(running.event):
            if stage.closes_at < desk.now and not stage.optional:
                await _remind(desk, running, stage)


async def _remind(desk: Desk, running: Running, stage: Stage) -> None:
    key = f"stage_late:{running.code}:{stage.code}"
    if await desk.storage.settings.get(key) is not None:
        return
    await desk.storage.settings.set(key, desk.now.isoformat())
    found = await round_of(desk, running, stage, NOBODY)
    hosts = {found.hosts[one.id] for one in found.reached if found.going(one.id) not in FINAL}
    number = running.event.stages.index(stage)
    grants = [one for one in await desk.storage.roles.all() if one.role.kind is RoleKind.HOST]
    for one in grants:
        school = one.role.organisation or NOBODY
        if one.role.event == running.code and school in hosts:
            desk.tell(
                one.person_id, _reply(desk, running, stage, number, school), key=f"{key}:{one.person_id}:{school}"
            )
    if hosts:
        names = ", ".join(sorted(host_name(desk, host) for host in hosts))
        rows = [[Button("host.to_stages", f"stages:{running.code}")]]
        told = Reply("host.late_organizer", title=running.event.title, stage=stage.title, hosts=names, buttons=rows)
        for person_id in await desk.storage.roles.with_role(RoleKind.ORGANIZER, running.code):
            desk.tell(person_id, told, key=f"{key}:{person_id}")


def _reply(desk: Desk, running: Running, stage: Stage, number: int, school: str) -> Reply:
    go = f"hosted:{place(running, number, school)}"
    return Reply(
        "host.late",
        title=running.event.title,
        stage=stage.title,
        host=host_name(desk, school),
        buttons=[[Button("host.back", go, colour="primary")]],
    )

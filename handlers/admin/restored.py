"""After a copy of the database was put back: what administrators see, and the button with which all goes on."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.authorize import Action, Target
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.access import may
from handlers.admin.people import admins
from handlers.kinds import Case, Desk
from handlers.organizer.scope import detail, not_available, whole
from storage.restoring import Line, Restored

#: So many messages fit on a screen.
LINES = 10
#: Nothing says the same again so late.
KEPT = timedelta(days=30)


async def tell_of_copy(desk: Desk) -> None:
    """Tell administrators, once of each restore and when its dialogs have been read."""
    state = await desk.storage.restoring.state()
    if state is None or state.searched is False:
        return
    summary = await _summary(desk, state)
    for admin in await admins(desk):
        desk.tell(admin, summary, key=f"restored:{state.started_ms}:{admin}")


async def forget_old(desk: Desk) -> None:
    """What was sent after a copy is kept no longer than somebody could say it again."""
    await desk.storage.restoring.forget_before(desk.now - KEPT)


async def restored(case: Case, _argument: str) -> Reply:
    """How it stands."""
    if not await may(case, Action.VIEW_HEALTH, Target()):
        return not_available()
    state = await case.storage.restoring.state()
    return Reply("restored.over") if state is None else await _summary(case, state)


async def restored_list(case: Case, argument: str) -> Reply:
    """What the community had sent after the copy was made; the argument: how many were shown."""
    state = await case.storage.restoring.state()
    if not await may(case, Action.VIEW_HEALTH, Target()):
        return not_available()
    if state is None:
        return Reply("restored.over")
    start = whole(argument)
    lines = await case.storage.restoring.newest(LINES, start)
    count = await case.storage.restoring.count()
    more = [Button("restored.more", f"restored_list:{start + LINES}")] if count > start + LINES else []
    return Reply(
        "restored.list" if lines else "restored.list_none",
        count=count,
        shown=start + len(lines),
        lines=Trusted("\n".join([await _line(case, line) for line in lines])),
        buttons=[more, [Button("restored.look", "restored:")]],
    )


async def restored_confirm(case: Case, argument: str) -> Reply:
    """All is well: bulk messages go on. The argument names the restore that was seen."""
    if not await may(case, Action.CONFIRM_RESTORED, Target()):
        return not_available()
    state = await case.storage.restoring.state()
    if state is None or state.started_ms != whole(argument):
        return Reply("restored.over") if state is None else await _summary(case, state)
    await case.storage.restoring.confirm()
    facts = detail(copy_at=state.copy_at.isoformat(), found=state.found, answered=state.answered)
    await case.storage.audit.add(case.person.id, Action.CONFIRM_RESTORED, "database", facts, at=case.now)
    return Reply("restored.confirmed")


async def _summary(desk: Desk, state: Restored) -> Reply:
    sent = await desk.storage.restoring.count()
    return Reply(
        "restored.found" if state.searched else "restored.unread",
        at=f"{state.copy_at.astimezone(desk.facts.zone):%d.%m.%Y %H:%M}",
        found=state.found,
        answered=state.answered,
        sent=sent,
        buttons=[
            [Button("restored.list", "restored_list:0")] if sent else [],
            [Button("restored.confirm", f"restored_confirm:{state.started_ms}")],
        ],
    )


async def _line(case: Case, line: Line) -> str:
    person = await case.storage.people.get(line.peer_id)
    return case.say(
        "restored.line",
        at=f"{line.at.astimezone(case.facts.zone):%d.%m %H:%M}",
        who=(person.page_name if person else "") or str(line.peer_id),
        said=" ".join(line.said.split()),
    )

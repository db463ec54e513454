"""The end of keeping: whose term is over, what would be destroyed, and destroying it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.contest.authorize import Action, RoleKind, Target
from bot.contest.retention import COUNTED, is_due, keep_until
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.access import may
from handlers.events import Running, all_events, event_of
from handlers.kinds import Case, Desk
from handlers.organizer.scope import not_available
from storage.forgetting import Destruction

#: So many events are listed.
MOST_EVENTS = 5


@dataclass(frozen=True, slots=True)
class Term:
    """An event with the last day on which its people are remembered."""

    running: Running
    until: date
    due: bool


def term_of(desk: Desk, running: Running) -> Term:
    """Counted from the results: published, or else as the event's file promises them."""
    stored, event = running.stored, running.event
    results_at = stored.published_at or event.results_until or running.closes_at
    zone = desk.facts.zone
    results_on, today = results_at.astimezone(zone).date(), desk.now.astimezone(zone).date()
    due = is_due(results_on, event.keep_months, today=today)
    return Term(running, keep_until(results_on, event.keep_months), due)


async def kept(desk: Desk) -> list[tuple[Term, dict[str, int]]]:
    """The events of which something is kept, the term that ends first before the others."""
    found = []
    for running in await all_events(desk):
        counts = await desk.storage.forgetting.counts(running.code)
        if any(counts.values()):
            found.append((term_of(desk, running), counts))
    return sorted(found, key=lambda one: (one[0].until, one[0].running.code))


async def retention(case: Case, _argument: str) -> Outcome:
    """Every event with its term."""
    if not await may(case, Action.DESTROY_DATA, Target()):
        return not_available()
    found = await kept(case)
    lines = [_line(case, term) for term, _ in found[:MOST_EVENTS]]
    rows = [
        [Button(label=term.running.event.short_title, go=f"retention_event:{term.running.code}")]
        for term, _ in found[:MOST_EVENTS]
    ]
    key = "retention" if found else "retention_nothing"
    return Reply(key, lines=Trusted("\n".join(lines)), buttons=[*rows, [Button("to_menu", "menu")]])


def _line(desk: Desk, term: Term) -> str:
    key = "retention_line_due" if term.due else "retention_line"
    return desk.say(key, title=Trusted(term.running.event.title), until=f"{term.until:%d.%m.%Y}")


async def retention_event(case: Case, code: str) -> Outcome:
    """What would be destroyed, without destroying it."""
    found = await _of(case, code)
    if found is None:
        return not_available()
    counts = await case.storage.forgetting.counts(code)
    rows = [[Button("destroy", f"retention_destroy:{code}", colour="negative")]] if found.due else []
    return Reply(
        "retention_event" if found.due else "retention_early",
        title=Trusted(found.running.event.title),
        until=f"{found.until:%d.%m.%Y}",
        counts=Trusted(counted(case, counts)),
        buttons=[*rows, [Button("retention", "retention")]],
    )


async def retention_destroy(case: Case, code: str) -> Outcome:
    """Destroy it; there is no way back."""
    found = await _of(case, code)
    if found is None or not found.due:
        return not_available()
    done = await destroy(case, code, by=case.person.id)
    act = Reply("retention_act", act=Trusted(act_of(case, found, done)), buttons=[[Button("retention", "retention")]])
    return [Reply("retention_done", title=Trusted(found.running.event.title)), act]


async def destroy(desk: Desk, code: str, *, by: int | None) -> Destruction:
    """Destroy an event's personal data, and note it in the audit log."""
    done = await desk.storage.forgetting.event(code, by=by, at=desk.now)
    await desk.storage.audit.add(by or 0, Action.DESTROY_DATA, f"event:{code}", dict(done.counts), at=desk.now)
    return done


def act_of(desk: Desk, term: Term, done: Destruction) -> str:
    """The act, without a name in it."""
    return desk.say(
        "destruction_act",
        number=done.id,
        at=f"{done.destroyed_at.astimezone(desk.facts.zone):%d.%m.%Y %H:%M}",
        operator=Trusted(desk.facts.operator.name),
        title=Trusted(term.running.event.title),
        until=f"{term.until:%d.%m.%Y}",
        counts=Trusted(counted(desk, done.counts)),
        by=desk.say("destruction_by_person", person=done.decided_by)
        if done.decided_by
        else desk.say("destruction_by_command"),
    )


def counted(desk: Desk, counts: Mapping[str, int]) -> str:
    """«• участников: 12», a line each."""
    names = [*(name for name in COUNTED if name in counts), *(["messages"] if "messages" in counts else [])]
    return "\n".join(
        desk.say("retention_count", what=desk.say(f"retention_what.{name}"), count=counts[name]) for name in names
    )


async def remind_admins(desk: Desk) -> None:
    """Tell administrators, once of each event, that its term is over."""
    for running in await all_events(desk):
        term = term_of(desk, running)
        if not term.due or not await desk.storage.forgetting.is_kept(running.code):
            continue
        admins = set(desk.facts.admins) | set(await desk.storage.roles.with_role(RoleKind.ADMIN, running.code))
        for admin in sorted(admins):
            told = Reply(
                "retention_due",
                title=Trusted(running.event.title),
                until=f"{term.until:%d.%m.%Y}",
                buttons=[[Button("retention_look", f"retention_event:{running.code}")]],
            )
            desk.tell(admin, told, key=f"retention:{running.code}:{admin}")


async def _of(case: Case, code: str) -> Term | None:
    running = await event_of(case, code)
    if running is None or not await may(case, Action.DESTROY_DATA, Target(event=code)):
        return None
    return term_of(case, running)

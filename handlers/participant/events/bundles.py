"""A parent event: one chooses its children, and what is common is entered once."""

from __future__ import annotations

from typing import Any

from bot.contest.event import Event
from bot.contest.event.base import Category
from bot.contest.event.units import Bundle
from bot.talk.model import Button, Open, Outcome, Reply
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.kinds import Case, Desk
from handlers.participant import deadlines
from handlers.participant.applying import drafts, units
from handlers.participant.applying.contact_steps import contact_answers
from handlers.participant.applying.form import answers_of
from handlers.participant.applying.roles import role_of
from storage.application_rows import Application, Contact

#: Where the answers of an application keep what is to be applied for after it.
THEN = "_then"
#: What is about the person and not about the event.
COMMON = ("role", "name", "grade", "letter", "school", "_position", "_subject", "_age", "_birth_date", "_gender")


def is_bundle(running: Running) -> bool:
    """Whether one takes part in its children only."""
    return isinstance(running.event.unit, Bundle)


async def children(desk: Desk, running: Running) -> list[Running]:
    """The children that have been loaded, in the parent's order."""
    unit = running.event.unit
    codes = unit.children if isinstance(unit, Bundle) else ()
    found = [await event_of(desk, code) for code in codes]
    return [one for one in found if one is not None]


async def open_children(case: Case, running: Running) -> list[Running]:
    """Those to which one may apply now."""
    return [
        one
        for one in await children(case, running)
        if deadlines.may_apply(case, one) and units.supported(one.event) and one.stored.archived_at is None
    ]


async def join(case: Case, argument: str) -> Reply:
    """Choose one child or several; `argument`: the parent, and the numbers of what is chosen."""
    found = await _asked(case, argument)
    if found is None:
        return Reply("no_event", buttons=[[Button("events", "events")]])
    running, offered, chosen = found
    if not offered:
        return Reply("join_closed", buttons=[[Button("back_to_event", f"event:{running.code}")]])
    rows = [
        [
            Button(
                label=case.say("join_on" if number in chosen else "join_off", title=Trusted(one.event.short_title)),
                go=f"join:{running.code}/{_marks(chosen ^ {number})}",
                colour="positive" if number in chosen else "secondary",
            )
        ]
        for number, one in enumerate(offered)
    ]
    go = [[Button("go_on", f"join_go:{running.code}/{_marks(chosen)}", colour="primary")]] if chosen else []
    return Reply(
        "join",
        title=Trusted(running.event.short_title),
        buttons=[*rows, *go, [Button("back_to_event", f"event:{running.code}")]],
        callback=case.incoming.shows_callback,
        edits=True,
    )


async def join_go(case: Case, argument: str) -> Outcome:
    """Apply to the first; the others follow by themselves."""
    found = await _asked(case, argument)
    if found is None or not found[2]:
        return Reply("no_event", buttons=[[Button("events", "events")]])
    _, offered, chosen = found
    first, *rest = [one.code for number, one in enumerate(offered) if number in chosen]
    return Open(drafts.APPLY, first, answers={THEN: rest} if rest else {}, resume=False)


async def after(case: Case, running: Running, application: Application, answers: Answers, sent: Reply) -> Outcome:
    """The next child that was chosen, with what is known already; where none is left, just what was sent."""
    for number, code in enumerate(rest := list(answers.get(THEN, ()))):
        child = await event_of(case, str(code))
        if child is None or deadlines.applying(case, child) is not None or not units.supported(child.event):
            continue
        contact = await case.storage.applications.contact(application.id)
        carried = carry(running.event, child.event, application, contact or Contact())
        left = {THEN: rest[number + 1 :]} if rest[number + 1 :] else {}
        before = Reply(
            "bundle_next",
            number=application.number,
            state=application.state.label,
            title=Trusted(child.event.short_title),
        )
        return Open(drafts.APPLY, child.code, answers={**carried, **left}, resume=False, before=before)
    return sent


def carry(of: Event, to: Event, application: Application, contact: Contact) -> dict[str, Any]:
    """The answers of an application to `of` that are as good at `to`: who applies, for whom, from where."""
    role = role_of(application.applicant_role, application.category)
    known = answers_of(of, application, contact)
    grade = application.participants[0].grade if application.participants else None
    fits = to.audience.admits(Category(application.category), grade=grade.number if grade else None)
    names = COMMON if role in units.possible(to) and fits else ("school",)
    carried = {name: known[name] for name in names if name in known}
    supervisor = {"supervisor": known["supervisor"]} if known.get("supervisor") else {}
    return {**carried, **supervisor, **contact_answers(to, contact)}


async def _asked(case: Case, argument: str) -> tuple[Running, list[Running], frozenset[int]] | None:
    code, _, marks = argument.partition("/")
    running = await event_of(case, code)
    if running is None or not is_bundle(running):
        return None
    offered = await open_children(case, running)
    chosen = frozenset(int(mark) for mark in marks.split("-") if mark.isdecimal() and int(mark[:3]) < len(offered))
    return running, offered, chosen


def _marks(chosen: frozenset[int]) -> str:
    return "-".join(str(number) for number in sorted(chosen))

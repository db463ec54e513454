"""The desk of who has entered many: everything by event, what is missing, and one tap to the next gap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.contest.naming import short_name
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.participant import deadlines
from handlers.participant.applying import drafts
from handlers.participant.labels import label
from handlers.participant.wording import MENU, due
from handlers.teacher.columns import possible
from handlers.teacher.gaps import OF_OTHERS, Lack, Standing, gaps_of, standings
from handlers.teacher.walking import parents

#: So many applications stand on a page, so many events on the first screen.
PAGE, MOST_EVENTS = 10, 5
#: A screen has so many buttons, the last row so many of them.
MOST_BUTTONS, LAST = 10, 3
WORDS = ("стол педагога", "стол учителя", "стол")


async def teacher_desk(case: Case, argument: str) -> Reply:
    """All events, or one: `<event>`, `<event>/<page>`."""
    code, _, page = argument.partition("/")
    if not code:
        return await _events(case)
    running = await event_of(case, code)
    found = await standings(case, code) if running else []
    if running is None or not found:
        return await _events(case)
    return _event(case, running, found, int(page) if page.isdecimal() and len(page) < PAGE else 0)


async def phrase(case: Case, text: str) -> Outcome:
    """«стол педагога», typed where no question is open."""
    return await teacher_desk(case, "") if text.strip().lower() in WORDS else None


async def _events(case: Case) -> Reply:
    found = await standings(case)
    begun, rows = await drafts.shown(case)
    if not found:
        row = [Button("events", "events", colour="primary")]
        told = Trusted("\n".join(begun))
        return Reply("desk_only_drafts", lines=told, buttons=[*rows, row, [MENU]]) if begun else _nothing()
    by_event: dict[str, list[Standing]] = {}
    for one in found:
        by_event.setdefault(one.running.code, []).append(one)
    lines = [_event_line(case, of_event) for of_event in by_event.values()]
    going = [Button("next_gap", "next_gap:", colour="primary")] if gaps_of(found) else []
    rows.append([*going, *([parents("")] if _await_parents(found) else [])])
    room = min(MOST_EVENTS, MOST_BUTTONS - LAST - sum(map(len, rows)))
    for code, of_event in list(by_event.items())[:room]:
        title = of_event[0].running.event.short_title
        rows.append([Button(label=label(f"{title} ({len(of_event)})"), go=f"teacher_desk:{code}")])
    return Reply(
        "teacher_desk",
        count=len(found),
        lines=Trusted("\n".join([*begun, *lines])),
        buttons=[*rows, [Button("all_applications", "applications"), Button("my_year", "my_year"), MENU]],
    )


def _nothing() -> Reply:
    return Reply("no_applications", buttons=[[Button("events", "events", colour="primary")], [MENU]])


def _event_line(case: Case, found: Sequence[Standing]) -> str:
    counts = Counter(lack for one in found for lack in one.lacks)
    lacks = [case.say(f"desk_counts.{lack}", count=counts[lack]) for lack in Lack if counts[lack]]
    return case.say(
        "desk_event_line",
        title=Trusted(found[0].running.event.short_title),
        count=len(found),
        lacks=", ".join(lacks) or case.say("desk_all_there"),
    )


def _event(case: Case, running: Running, found: Sequence[Standing], page: int) -> Reply:
    page = page if page * PAGE < len(found) else 0
    part = found[page * PAGE : (page + 1) * PAGE]
    first = next(iter(gaps_of(found)), None)
    rows = []
    if first is not None:
        what = case.say(f"desk_do.{first.lack}", who=short_name(first.application))
        rows.append([Button(label=label(what), go=f"next_gap:{running.code}", colour="primary")])
    if sum(Lack.WORK in one.lacks for one in found) > 1:
        rows.append([Button("works_at_once", f"works_at_once:{running.code}")])
    if _await_parents(found):
        rows.append([parents(running.code)])
    if possible(running.event) and deadlines.may_apply(case, running):
        rows.append([Button("blank", f"blank:{running.code}"), Button("paste_list", f"paste_list:{running.code}")])
    turns = [
        Button(label=sign, go=f"teacher_desk:{running.code}/{to}")
        for sign, to in (("‹", page - 1), ("Ещё ›", page + 1))
        if 0 <= to * PAGE < len(found)
    ]
    until = min((running.until_for(one.application).at for one in found if set(one.lacks) - OF_OTHERS), default=None)
    return Reply(
        "desk_event",
        title=Trusted(running.event.short_title),
        head=Trusted(_event_line(case, found)),
        until=case.say("desk_until", at=due(case, until)) if until else "",
        lines=Trusted("\n".join(_line(case, one) for one in part)),
        buttons=[*rows, *([turns] if turns else []), [Button("all_events_desk", "teacher_desk"), MENU]],
    )


def _await_parents(found: Sequence[Standing]) -> bool:
    """Whether a consent is still to come, asked for or not."""
    return any({Lack.CONSENT, Lack.PARENT, Lack.REFUSED} & set(one.lacks) for one in found)


def _line(case: Case, one: Standing) -> str:
    lacks = ", ".join(case.say(f"desk_lacks.{lack}") for lack in one.lacks)
    return case.say(
        "desk_line",
        number=one.application.number,
        who=short_name(one.application) or case.say("desk_unnamed"),
        what=lacks or one.application.state.label,
    )

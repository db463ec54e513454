"""The card of one event: how far it is, what is wrong, what is left to do, and the way to each part."""

from __future__ import annotations

from bot.contest.applications import ApplicationState
from bot.contest.phases import Phase
from bot.talk.model import Button, Reply
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.gaps import gaps, numbers
from handlers.organizer.jury.judging import owed, owed_by_juror, without_jury
from handlers.organizer.record import Record, record_of
from handlers.organizer.time.bundles import lines_of as bundle_lines
from handlers.organizer.wording import BROKEN, NEEDS_LOGIN, UNKNOWN, bullets, lines, phase

#: So many schools are named on the card.
MOST_SCHOOLS = 8


async def card(case: Case, running: Running) -> Reply:
    """How far the event is, what is wrong, what is left to do, and the way to each part."""
    record = await record_of(case, running)
    todo = [] if running.stored.published_at else _todo(case, record)
    return Reply(
        "org.desk_event",
        title=running.event.title,
        phase=phase(case, running),
        lines=lines(
            [
                _applications(case, record),
                *_works(case, record),
                *_jury(case, record),
                await _schools(case, running),
                *await bundle_lines(case, running),
                "\n" + case.say("org.todo") if todo else "",
                bullets(todo),
            ]
        ),
        buttons=_buttons(case, record),
    )


def _applications(case: Case, record: Record) -> str:
    if not record.applications:
        return case.say("org.no_applications")
    counts = {state: sum(one.state is state for one in record.applications) for state in ApplicationState}
    parts = [case.say(f"org.count.{state}", count=count) for state, count in counts.items() if count]
    return case.say("org.applications_line", total=len(record.applications), parts=", ".join(parts))


def _works(case: Case, record: Record) -> list[str]:
    if record.running.event.submission is None:
        return []
    due = [one for one in record.applications if one.state not in (ApplicationState.REJECTED, ApplicationState.DRAFT)]
    found = [case.say("org.works_line", works=sum(one.id in record.works for one in due), of=len(due))] if due else []
    troubles = (("broken", BROKEN), ("needs_login", (NEEDS_LOGIN,)), ("unknown", UNKNOWN))
    for key, states in troubles:
        bad = [one for one in due if one.id in record.works and record.works[one.id].state in states]
        if bad:
            found.append(case.say(f"org.links.{key}", count=len(bad), numbers=numbers(bad)))
    return found


def _jury(case: Case, record: Record) -> list[str]:
    if not record.running.event.has_sheets:
        return []
    if not record.jury:
        return [case.say("org.jury_none")]
    owing = owed_by_juror(record)
    scored = sum(one.state == "scored" for one in record.assignments)
    found = [case.say("org.jury_line", jurors=len(record.jury), scored=scored, of=scored + owing.total())]
    found += [case.say("org.jury_owes", name=record.juror_name(id_), count=count) for id_, count in owing.items()]
    return found


async def _schools(case: Case, running: Running) -> str:
    found = await case.storage.applications.organisations(running.code)
    if not found:
        return ""
    named = ", ".join(f"{one.name} ({one.applications})" for one in found[:MOST_SCHOOLS])
    more = len(found) - MOST_SCHOOLS
    return case.say("org.schools_line", count=len(found), named=named, more=f" и ещё {more}" if more > 0 else "")


def _todo(case: Case, record: Record) -> list[str]:
    """What an organizer can do now; before the deadline the protocol is not spoken of yet."""
    running = record.running
    if running.phase(case.now) not in (Phase.PREPARATION, Phase.ANNOUNCED, Phase.INTAKE):
        return [] if running.stored.approved_at else gaps(case, record)
    waiting = sum(one.state is ApplicationState.SENT for one in record.applications)
    found = [case.say("org.todo_moderate", count=waiting)] if waiting else []
    if running.event.has_sheets and not record.jury:
        found.append(case.say("org.todo_invite"))
    elif without := without_jury(record):
        found.append(case.say("org.todo_assign", count=len(without)))
    return found


def _buttons(case: Case, record: Record) -> list[list[Button]]:
    """The way to each part; the one where the next thing is to be done stands out."""
    running = record.running
    code, stored, next_part = running.code, running.stored, _next(case, record)

    def part(key: str, route: str) -> Button:
        return Button(f"org.{key}", f"{route}:{code}", colour="primary" if key == next_part else "secondary")

    rows = [[part("apps", "apps"), part("announce", "announce")]]
    if running.event.has_sheets:
        rows.append([part("jury", "jurors")])
        if stored.approved_at is None:
            rows[-1].append(part("assign", "assign"))
    rows.append([part("ranking", "ranking")])
    if stored.approved_at is None:
        rows[-1].append(part("approve", "approve"))
    else:
        rows[-1].append(part("wall", "wall") if stored.published_at else part("publish", "publish"))
    seen = [part("charts", "charts")]
    if stored.approved_at is None:
        seen.insert(0, part("extend", "extend"))
    elif stored.published_at is not None:
        seen.insert(0, part("papers", "papers"))
    return [*rows, seen, [part("more", "desk_more"), Button("org.desk", "desk")]]


def _next(case: Case, record: Record) -> str:
    """Where an organizer is needed now; empty where nothing but time is missing."""
    running, stored = record.running, record.running.stored
    early = running.phase(case.now) in (Phase.PREPARATION, Phase.ANNOUNCED, Phase.INTAKE, Phase.SELECTION)
    ways = (
        ("wall", stored.published_at is not None),
        ("publish", stored.approved_at is not None),
        ("apps", any(one.state is ApplicationState.SENT for one in record.applications)),
        ("jury", running.event.has_sheets and not record.jury),
        ("", early),
        ("assign", bool(without_jury(record))),
        ("", bool(owed(record))),
        ("ranking", any(one.id not in record.decisions for one in record.staying)),
    )
    return next((way for way, is_next in ways if is_next), "approve")

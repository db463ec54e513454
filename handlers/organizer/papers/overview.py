"""The screen «Документы»: what will be made, what stands in the way, how far the delivery is.

Planning the papers of a big event takes a second, so it is worked out aside; the step answers at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.everyone.thinking import ask_thought
from handlers.kinds import Case, Desk
from handlers.organizer.papers.considering import SCREEN
from handlers.organizer.people import reach
from handlers.organizer.scope import event_for, not_available, of_event
from handlers.organizer.wording import back_to_event, bullets, lines
from storage.paper_runs import ON_THE_WAY, Run, Way

#: To be handed over on paper.
BY_HAND = (Way.UNREACHABLE, Way.FAILED)


@of_event(Action.MAKE_PAPERS)
async def papers(case: Case, running: Running, _more: str) -> Outcome:
    """What the event's papers are, and how far they have come."""
    return ask_screen(case, running)


def ask_screen(case: Case, running: Running, *, sure: bool = False) -> Reply:
    """Have it worked out; what it comes to takes the place of this answer. `sure`: what issuing would do."""
    name = f"papers_screen/{case.person.id}/{case.incoming.number}" if case.incoming.number else None
    ask_thought(case, SCREEN, {"event": running.code, "called": name, "sure": sure})
    return Reply("papers.counting", title=running.event.title, called=name, buttons=[[back_to_event(running.code)]])


async def thought(case: Case, _argument: str) -> Outcome:
    """It is worked out, or could not be."""
    result = case.incoming.result or {}
    about = result.get("about") or {}
    running = await event_for(case, str(about.get("event")), Action.MAKE_PAPERS)
    if running is None:
        return not_available()
    case.tell(case.person.id, await _shown(case, running, result), edits=about.get("called"))
    return None


async def _shown(case: Case, running: Running, result: Mapping[str, Any]) -> Reply:
    said = result.get("thought")
    if result.get("failed") or said is None:
        rows = [[Button("try_again", f"papers:{running.code}"), back_to_event(running.code)]]
        return Reply("papers.not_counted", title=running.event.title, buttons=rows)
    sure = said["sure"]
    return await _screen(case, running, said) if sure is None else await _issue_sure(case, running, sure)


async def _screen(case: Case, running: Running, said: Mapping[str, Any]) -> Reply:
    ways = await case.storage.paper_runs.counts_of_event(running.code)
    troubles = list(map(Trusted, said["troubles"]))
    if running.stored.published_at is None:
        troubles.insert(0, Trusted(case.say("papers.way.unpublished")))
    if line := (await reach(case, said["unreachable"])).line(case):
        troubles.append(Trusted(line))
    in_the_way = ["\n" + case.say("papers.way.title"), bullets(troubles)] if troubles else []
    return Reply(
        "papers.screen",
        title=running.event.title,
        lines=lines([said["due"], _register(case, ways), *said["todo"], *in_the_way]),
        buttons=await _buttons(case, running, said, ways),
    )


async def _issue_sure(case: Case, running: Running, sure: Mapping[str, Any]) -> Reply:
    last = await case.storage.paper_runs.last_of_event(running.code)
    return Reply(
        "papers.issue_sure",
        title=running.event.title,
        parts=Trusted(sure["parts"]),
        letters=sure["letters"],
        further=Trusted("".join(f"\n{line}" for line in sure["further"])),
        buttons=[
            [Button("papers.issue_yes", f"papers_issue_yes:{running.code}/{last.id if last else 0}", colour="primary")],
            [Button("org.not_now", f"papers:{running.code}")],
        ],
    )


def _register(case: Case, ways: Mapping[Way | None, int]) -> str:
    issued = sum(ways.values())
    if not issued:
        return ""
    by_hand = sum(ways.get(way, 0) for way in BY_HAND)
    going = sum(ways.get(way, 0) for way in ON_THE_WAY)
    parts = [
        case.say("papers.sent", count=ways.get(Way.SENT, 0)),
        case.say("papers.going", count=going) if going else "",
        case.say("papers.by_hand", count=by_hand) if by_hand else "",
    ]
    return case.say("papers.issued", count=issued, parts=", ".join(part for part in parts if part))


async def _buttons(
    case: Case, running: Running, said: Mapping[str, Any], ways: Mapping[Way | None, int]
) -> list[list[Button]]:
    code, run = running.code, await case.storage.paper_runs.last_of_event(running.code)
    rows = [[Button("papers.looks", f"looks:{code}")]]
    if said["samples"]:
        rows[0].insert(0, Button("papers.samples", f"papers_samples:{code}/{'.'.join(said['samples'])}"))
    if run is not None and run.state == "paused":
        rows.append([Button("papers.go_on", f"papers_go_on:{code}/{run.id}", colour="primary")])
    elif running.stored.published_at is not None and (said["any"] or ways.get(None)) and not _is_going(run):
        key = "papers.issue_missing" if ways else "papers.issue"
        rows.append([Button(key, f"papers_issue:{code}", colour="primary")])
    if any(ways.get(way) for way in BY_HAND):
        rows.append([Button("papers.print", f"papers_print:{code}")])
    return [*rows, [back_to_event(code)]]


def _is_going(run: Run | None) -> bool:
    return run is not None and run.state in ("issuing", "delivering")


def when(case: Desk, run: Run) -> str:
    """«12:03» of today, «30 апреля, 12:03» of another day."""
    zone = case.facts.zone
    today = calendar.local(run.started_at, zone).date() == calendar.local(case.now, zone).date()
    return calendar.clock(run.started_at, zone) if today else calendar.at(run.started_at, zone, now=case.now)

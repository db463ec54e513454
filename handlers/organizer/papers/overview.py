"""The screen «Документы»: what will be made, what stands in the way, how far the delivery is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.contest.papers.changes import Changes
from bot.contest.papers.content import PaperKind, Planned
from bot.documents.papers.designs import unsettable
from bot.talk.model import Button, Outcome, Reply
from handlers.events import Running
from handlers.kinds import Case, Desk
from handlers.organizer.gaps import MOST_NAMED
from handlers.organizer.papers.comparing import Compared, compared
from handlers.organizer.people import reach
from handlers.organizer.scope import of_event
from handlers.organizer.wording import back_to_event, bullets, lines
from storage.paper_runs import ON_THE_WAY, Run, Way

#: To be handed over on paper.
BY_HAND = (Way.UNREACHABLE, Way.FAILED)


@of_event(Action.MAKE_PAPERS)
async def papers(case: Case, running: Running, _more: str) -> Outcome:
    """What the event's papers are, and how far they have come."""
    return await overview(case, running)


async def overview(case: Case, running: Running) -> Reply:
    """The screen as it is now."""
    found = await compared(case, running)
    due = found.gathered.papers()
    todo = found.changes_to(due)
    ways = await case.storage.paper_runs.counts_of_event(running.code)
    run = await case.storage.paper_runs.last_of_event(running.code)
    return Reply(
        "papers.screen",
        title=running.event.title,
        lines=lines(
            [
                case.say("papers.due", parts=counted(case, (one.kind for one in due)), count=len(due))
                if due
                else case.say("papers.nothing_due"),
                _register(case, ways),
                *(_todo(case, todo) if found.held else []),
                *await _in_the_way(case, running, found, due),
            ]
        ),
        buttons=_buttons(running, due, todo, ways, run),
    )


def counted(case: Desk, kinds: Iterable[PaperKind]) -> str:
    """«17 дипломов, 34 сертификата участника, 12 благодарностей»."""
    counts = Counter(kinds)
    return ", ".join(case.say(f"papers.count.{kind}", count=counts[kind]) for kind in PaperKind if counts[kind])


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


def _todo(case: Case, todo: Changes) -> list[str]:
    found = {"missing": len(todo.missing), "changed": len(todo.changed), "overdue": len(todo.overdue)}
    return [case.say(f"papers.todo.{what}", count=count) for what, count in found.items() if count]


async def _in_the_way(case: Case, running: Running, found: Compared, due: list[Planned]) -> list[str]:
    gathered = found.gathered
    troubles = []
    if running.stored.published_at is None:
        troubles.append(case.say("papers.way.unpublished"))
    if undecided := gathered.undecided:
        troubles.append(case.say("papers.way.undecided", count=len(undecided), numbers=some(undecided)))
    troubles += _letters(case, gathered.numbers, due)
    if nameless := gathered.nameless:
        troubles.append(case.say("papers.way.nameless", numbers=some(nameless)))
    whose = {one.person_id for one in due if one.person_id is not None}
    if line := (await reach(case, whose)).line(case):
        troubles.append(line)
    if nobodys := sum(one.person_id is None for one in due):
        troubles.append(case.say("papers.way.nobodys", count=nobodys))
    return ["\n" + case.say("papers.way.title"), bullets(troubles)] if troubles else []


def _letters(case: Case, numbers: Mapping[int, str], due: list[Planned]) -> list[str]:
    """Names with letters that the font lacks, by the numbers of their applications."""
    names = {name: one for one in due for name in (one.content.name, *one.content.people)}
    found = unsettable(names)
    if not found:
        return []
    whose = sorted({numbers.get(names[name].application_id or 0, name) for name in found})
    letters = sorted({letter for missing in found.values() for letter in missing})
    return [case.say("papers.way.letters", letters=" ".join(letters), numbers=some(whose))]


def some(names: list[str]) -> str:
    """«СК-2026-0001, СК-2026-0004 и ещё 3»."""
    more = f" и ещё {len(names) - MOST_NAMED}" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


def _buttons(
    running: Running, due: list[Planned], todo: Changes, ways: Mapping[Way | None, int], run: Run | None
) -> list[list[Button]]:
    code = running.code
    rows = [[Button("papers.looks", f"looks:{code}")]]
    if due:
        rows[0].insert(0, Button("papers.samples", f"papers_samples:{code}"))
    if run is not None and run.state == "paused":
        rows.append([Button("papers.go_on", f"papers_go_on:{code}/{run.id}", colour="primary")])
    elif running.stored.published_at is not None and (todo.any or ways.get(None)) and not _is_going(run):
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

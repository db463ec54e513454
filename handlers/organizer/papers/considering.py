"""What issuing an event's papers would do, worked out aside: thousands of them are planned in a second or so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.contest.authorize import Action, Target, authorize
from bot.contest.papers.changes import Changes
from bot.contest.papers.content import PaperKind, Planned
from bot.contest.papers.parcels import Due, Form, letters
from bot.contest.papers.samples import samples
from bot.documents.papers.designs import unsettable
from handlers.access import actor_for
from handlers.events import event_of
from handlers.kinds import Desk, Think, Thought
from handlers.organizer.gaps import MOST_NAMED
from handlers.organizer.papers.comparing import Compared, compared
from storage.paper_rows import Paper

SCREEN = "papers_screen"


@dataclass(frozen=True, slots=True)
class Seen:
    """All that the screen «Документы» follows from."""

    compared: Compared
    #: In the register, on their way to nobody yet.
    waiting: tuple[Paper, ...]
    #: Accounts that can't be written to.
    cut_off: frozenset[int]


async def consider(desk: Desk, about: Mapping[str, Any]) -> Think | None:
    """Gather it; rights are asked for anew."""
    running = await event_of(desk, str(about["event"]))
    actor = await actor_for(desk, int(about["person_id"]))
    if running is None or not authorize(actor, Action.MAKE_PAPERS, Target(event=running.code)):
        return None
    found = await compared(desk, running)
    waiting = await desk.storage.paper_runs.undelivered(running.code)
    people = {one.person_id for one in found.gathered.entries} | {one.person_id for one in found.gathered.jurors}
    cut_off = await desk.storage.people.unreachable_of(sorted(people))
    return partial(_thought, desk, Seen(found, tuple(waiting), frozenset(cut_off)), sure=bool(about.get("sure")))


def counted(desk: Desk, kinds: Iterable[PaperKind]) -> str:
    """«17 дипломов, 34 сертификата участника, 12 благодарностей»."""
    counts = Counter(kinds)
    return ", ".join(desk.say(f"papers.count.{kind}", count=counts[kind]) for kind in PaperKind if counts[kind])


def _thought(desk: Desk, seen: Seen, *, sure: bool) -> Thought:
    due = seen.compared.gathered.papers()
    todo = seen.compared.changes_to(due)
    asks = sure and (bool(seen.waiting) or todo.any)
    return Thought(
        {
            "due": _due(desk, due),
            "todo": _todo(desk, todo) if seen.compared.held else [],
            "any": todo.any,
            "samples": [sample.value for sample in samples(due)],
            "troubles": _troubles(desk, seen, due),
            "unreachable": sorted(seen.cut_off & {one.person_id for one in due}),
            "sure": _sure(desk, seen, todo) if asks else None,
        }
    )


def _due(desk: Desk, due: Sequence[Planned]) -> str:
    if not due:
        return desk.say("papers.nothing_due")
    return desk.say("papers.due", parts=counted(desk, (one.kind for one in due)), count=len(due))


def _todo(desk: Desk, todo: Changes) -> list[str]:
    found = {"missing": len(todo.missing), "changed": len(todo.changed), "overdue": len(todo.overdue)}
    return [desk.say(f"papers.todo.{what}", count=count) for what, count in found.items() if count]


def _troubles(desk: Desk, seen: Seen, due: Sequence[Planned]) -> list[str]:
    gathered, troubles = seen.compared.gathered, []
    if undecided := gathered.undecided:
        troubles.append(desk.say("papers.way.undecided", count=len(undecided), numbers=some(undecided)))
    if hidden := [gathered.numbers[id_] for id_ in gathered.hidden]:
        troubles.append(desk.say("papers.way.hidden", count=len(hidden), numbers=some(hidden)))
    troubles += _letters(desk, gathered.numbers, due)
    if nameless := gathered.nameless:
        troubles.append(desk.say("papers.way.nameless", numbers=some(nameless)))
    if nobodys := sum(one.person_id is None for one in due):
        troubles.append(desk.say("papers.way.nobodys", count=nobodys))
    return troubles


def _letters(desk: Desk, numbers: Mapping[int, str], due: Sequence[Planned]) -> list[str]:
    """Names with letters that the font lacks, by the numbers of their applications."""
    names = {name: one for one in due for name in (one.content.name, *one.content.people)}
    found = unsettable(names)
    if not found:
        return []
    whose = sorted({numbers.get(names[name].application_id or 0, name) for name in found})
    missing = sorted({letter for lacking in found.values() for letter in lacking})
    return [desk.say("papers.way.letters", letters=" ".join(missing), numbers=some(whose))]


def _sure(desk: Desk, seen: Seen, todo: Changes) -> dict[str, Any]:
    """What the second tap would begin."""
    fresh: list[Planned | Paper] = [*todo.missing, *seen.waiting]
    going = letters([Due(0, 1, one.person_id) for one in fresh], unreachable=seen.cut_off)
    by_hand = sum(len(one.parts) for one in going if one.form is Form.BY_HAND)
    further = {"changed": len(todo.changed), "overdue": len(todo.overdue), "by_hand": by_hand}
    return {
        "parts": counted(desk, (one.kind for one in fresh)) or desk.say("papers.no_new"),
        "letters": sum(one.form is not Form.BY_HAND for one in going),
        "further": [desk.say(f"papers.sure.{what}", count=count) for what, count in further.items() if count],
    }


def some(names: Sequence[str]) -> str:
    """«СК-2026-0001, СК-2026-0004 и ещё 3»."""
    more = f" и ещё {len(names) - MOST_NAMED}" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more

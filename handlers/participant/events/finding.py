"""Which events there are: what is open, what is coming, and the ways to find one among many.

A list in text and not a carousel: on a phone a carousel shows one card at a time, so sixteen events are sixteen
swipes, and its cards hold no more than two short lines; here five are seen at once with their dates, and may be
opened by a number too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from babel.dates import get_month_names

from bot.contest.event.base import Category
from bot.contest.grades import read_grade
from bot.contest.phases import Phase
from bot.contest.refusal import Refusal
from bot.contest.suitable import Interest, derived, is_suitable, months
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, all_events
from handlers.kinds import Case
from handlers.participant.wording import MENU, briefly

#: So many events fit on one screen beside the ways on and back.
PAGE = 5
#: More than so many events are worth a search.
FEW = 3
COLUMNS = 2
#: Months and modules to choose from, beside the way back.
MOST_CHOICES = 8
#: What is shown of an event's life to those who only look around.
PARTS = (
    ("events_open", (Phase.INTAKE,)),
    ("events_coming", (Phase.ANNOUNCED,)),
    ("events_over", (Phase.SELECTION, Phase.JUDGING, Phase.PROTOCOL)),
    ("events_past", (Phase.PUBLISHED, Phase.ARCHIVED)),
)
PAST = PARTS[-1][1]
#: For whom one may look, in the order of the buttons.
CATEGORIES = (Category.PUPIL, Category.PRESCHOOLER, Category.TEACHER, Category.STUDENT)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which events are meant: a line above them, and the condition."""

    head: str
    meant: Callable[[Running], bool]


async def events(case: Case, argument: str) -> Reply:
    """The list; `argument`: what is meant (`fit`, `past`, `m1`: a module, `2021-04`: a month) and the page."""
    which, _, written = ("", "", argument) if argument.isdecimal() else argument.partition("/")
    known = [one for one in await all_events(case) if one.phase(case.now) is not Phase.PREPARATION]
    choice = await _choice(case, which, known)
    shown = _in_order(case, _without_children([one for one in known if choice.meant(one)]))
    is_searched = bool(which) or len(known) > FEW
    if not shown:
        find = [[Button("find", "events_find")]] if is_searched else []
        back = Button("events", "events") if which else Button("applications", "applications")
        return Reply("events_none" if which else "no_events", buttons=[[back], *find, [MENU]])
    page = int(written[:6]) if written.isdecimal() and int(written[:6]) * PAGE < len(shown) else 0
    part = shown[page * PAGE : (page + 1) * PAGE]
    turns = [
        Button(label=label, go=f"events:{which}/{to}" if which else f"events:{to}")
        for label, to in (("‹", page - 1), ("Ещё ›", page + 1))
        if 0 <= to * PAGE < len(shown)
    ]
    last = [*turns, *([Button("find", "events_find")] if is_searched else []), MENU]
    rows = [[Button(label=one.event.short_title, go=f"event:{one.code}")] for one in part]
    return Reply("events", parts=Trusted("\n\n".join(_parts(case, choice, part))), buttons=[*rows, last])


async def events_find(_case: Case, _argument: str) -> Reply:
    """The ways to find one among many."""
    return Reply(
        "events_find",
        buttons=[
            [Button("suitable", "suitable", colour="primary")],
            [Button("by_module", "events_modules"), Button("by_month", "events_months")],
            [Button("past_events", "events:past"), Button("reminders", "reminders")],
            [Button("my_calendar", "ics")],
            [Button("all_events", "events"), MENU],
        ],
    )


async def events_modules(case: Case, _argument: str) -> Reply:
    """Which module."""
    known = await _current(case)
    buttons = [Button(label=name, go=f"events:m{number}") for number, name in enumerate(_modules(known))]
    return _choosing("events_modules" if buttons else "events_no_modules", buttons)


async def events_months(case: Case, _argument: str) -> Reply:
    """Which month: those in which something is, from this one on."""
    found = sorted({month for one in await _current(case) for month in _months(case, one)})
    today = case.now.astimezone(case.facts.zone)
    coming = [month for month in found if month >= (today.year, today.month)]
    buttons = [Button(label=_month(*month), go=f"events:{month[0]}-{month[1]:02}") for month in coming]
    return _choosing("events_months" if buttons else "events_no_months", buttons[:MOST_CHOICES])


async def suitable(case: Case, _argument: str) -> Reply:
    """«Что мне подходит»: asked once, or known from earlier applications."""
    return await events(case, "fit") if await _interests(case) else await suit(case, "")


async def suit(case: Case, category: str) -> Reply:
    """For whom: asked, or answered by a button; of a pupil the class is asked too."""
    if category not in {one.value for one in CATEGORIES}:
        buttons = [Button(f"suit_{one.value}", f"suit:{one.value}") for one in CATEGORIES]
        return Reply("suit_who", buttons=[*([button] for button in buttons), [Button("all_events", "events")]])
    if category == Category.PUPIL:
        rows = [[Button("suit_any_grade", "suit_grade:any")], [Button("all_events", "events")]]
        return Reply("suit_ask_grade", words="suit_grade", buttons=rows)
    return await _keep(case, Interest(Category(category)))


async def suit_grade(case: Case, argument: str) -> Reply:
    """The class as it was typed; any class by the button."""
    if argument == "any":
        return await _keep(case, Interest(Category.PUPIL))
    grade = read_grade(case.incoming.text)
    if isinstance(grade, Refusal):
        return Reply(grade, words="suit_grade", buttons=[[Button("suit_any_grade", "suit_grade:any")]])
    if grade.group is not None:
        return await _keep(case, Interest(Category.PRESCHOOLER))
    return await _keep(case, Interest(Category.PUPIL, grade.number))


async def _keep(case: Case, interest: Interest) -> Reply:
    await case.storage.reminders.set_interest(case.person.id, interest, at=case.now)
    return await events(case, "fit")


async def _interests(case: Case) -> Sequence[Interest]:
    said = await case.storage.reminders.interest(case.person.id)
    return [said] if said else derived(await case.storage.reminders.applied_for(case.person.id))


async def _choice(case: Case, which: str, known: Sequence[Running]) -> Choice:
    if which == "past":
        return Choice("", lambda one: one.phase(case.now) in PAST)
    if which == "fit":
        interests = await _interests(case)
        head = case.say("events_for", whom=", ".join(_whom(case, one) for one in interests))
        return Choice(head, lambda one: _is_current(case, one) and is_suitable(one.event, interests))
    if which.startswith("m") and which[1:].isdecimal():
        named = dict(enumerate(_modules([one for one in known if _is_current(case, one)])))
        module = named.get(int(which[1:4]))
        return Choice(
            case.say("events_of_module", title=Trusted(module or "")),
            lambda one: module is not None and one.event.module == module and _is_current(case, one),
        )
    if which:
        head = case.say("events_of_month", month=next((_month(*one) for one in [_read_month(which)] if one), ""))
        return Choice(head, lambda one: _read_month(which) in _months(case, one) and _is_current(case, one))
    return Choice("", lambda one: _is_current(case, one))


async def _current(case: Case) -> list[Running]:
    return [one for one in await all_events(case) if _is_current(case, one)]


def _is_current(case: Case, running: Running) -> bool:
    return running.phase(case.now) not in (*PAST, Phase.PREPARATION)


def _in_order(case: Case, found: Sequence[Running]) -> list[Running]:
    """What is open first; within a part the nearest deadline first, of what has passed the latest."""
    places = {phase: place for place, (_, phases) in enumerate(PARTS) for phase in phases}
    ordered = sorted(found, key=lambda one: places[one.phase(case.now)])
    return ordered[::-1] if all(one.phase(case.now) in PAST for one in ordered) else ordered


def _without_children(found: Sequence[Running]) -> list[Running]:
    """Children are reached by their parent's card, where that is in the list."""
    codes = {one.code for one in found}
    return [one for one in found if one.event.parent not in codes]


def _parts(case: Case, choice: Choice, part: Sequence[Running]) -> list[str]:
    groups = [(key, [one for one in part if one.phase(case.now) in phases]) for key, phases in PARTS]
    texts = ["\n".join([case.say(key), *(_line(case, one) for one in group)]) for key, group in groups if group]
    return [*([choice.head] if choice.head else []), *texts]


def _line(case: Case, running: Running) -> str:
    return case.say("events_line", title=Trusted(running.event.title), when=briefly(case, running))


def _choosing(key: str, buttons: Sequence[Button]) -> Reply:
    shown = list(buttons[:MOST_CHOICES])
    rows = [shown[start : start + COLUMNS] for start in range(0, len(shown), COLUMNS)]
    return Reply(key, buttons=[*rows, [Button("find", "events_find"), MENU]])


def _modules(known: Sequence[Running]) -> list[str]:
    return sorted({one.event.module for one in known if one.event.module})


def _months(case: Case, running: Running) -> tuple[tuple[int, int], ...]:
    return months(running.event, running.closes_at, case.facts.zone)


def _read_month(which: str) -> tuple[int, int] | None:
    year, _, month = which.partition("-")
    valid = year.isdecimal() and month.isdecimal() and len(which) == len("2021-04") and 1 <= int(month) <= 12  # noqa: PLR2004
    return (int(year), int(month)) if valid else None


def _month(year: int, month: int) -> str:
    return f"{get_month_names('wide', context='stand-alone', locale='ru')[month].capitalize()} {year}"


def _whom(case: Case, interest: Interest) -> str:
    if interest.grade is not None:
        return case.say("suit_grade_of", grade=interest.grade)
    return case.say(f"suit_of.{interest.category.value}")

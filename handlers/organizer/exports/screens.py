"""The way to a file: which list, which rows, which columns, what kind of file."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.authorize import Action, authorize
from bot.contest.authorize import Target as Of
from bot.contest.exports.listings import listings_of
from bot.contest.exports.model import Choice, Ready, is_personal
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.access import actor_of
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.exports.asking import Asking, asking_of, back, of_list
from handlers.organizer.exports.sources.all import COUNTED, rows_at_most
from handlers.organizer.exports.wanted import Filter
from handlers.organizer.scope import not_available, of_event, whole
from handlers.organizer.wording import back_to_event
from handlers.paging import paged

#: Lists, columns and filters on one screen, two in a row.
LISTS, COLUMNS_SHOWN, IN_ROW = 8, 6, 2
#: So many columns are named.
MOST_NAMED = 8


@of_event(Action.EXPORT)
async def exports(case: Case, running: Running, more: str) -> Outcome:
    """All lists of the event that may be taken away; `more`: the page's number."""
    actor = await actor_of(case)
    found = [one for one in listings_of(running.event) if authorize(actor, one.action, Of(event=running.code))]
    _, there, turns = paged(found, whole(more), LISTS, f"exports:{running.code}/")
    shown = [Button(label=one.title, go=f"export:-/{running.code}/{one.code}/") for one in there]
    last = [*turns, back_to_event(running.code)]
    return Reply("exports.lists", title=running.event.title, buttons=[*_rows(shown), last])


@of_list
async def export(case: Case, asking: Asking, _more: str) -> Outcome:
    """One list: what the file will hold, and the ways to change that."""
    return await screen(case, asking)


@of_list
async def ready(case: Case, asking: Asking, wanted: str) -> Outcome:
    """Columns that are chosen with one tap."""
    if wanted in set(Ready):
        await _choose(case, asking, Choice(Ready(wanted)))
    changed = await asking_of(case, asking.where)
    return not_available() if changed is None else await screen(case, changed)


@of_list
async def columns(case: Case, asking: Asking, page: str) -> Outcome:
    """Every column with whether it is taken; `page`: the page's number."""
    return await _columns(case, asking, whole(page))


@of_list
async def switch(case: Case, asking: Asking, number: str) -> Outcome:
    """A tap: the column of this number is taken, or no longer."""
    known = asking.listing.columns
    if whole(number) < len(known):
        await _choose(case, asking, asking.choice.switch(known[whole(number)].code))
    changed = await asking_of(case, asking.where)
    return not_available() if changed is None else await _columns(case, changed, whole(number) // COLUMNS_SHOWN)


@of_list
async def rows(case: Case, asking: Asking, _more: str) -> Outcome:
    """Which rows."""
    filters = asking.listing.filters
    shown = [
        Button(label=_capital(filter_name(case, asking, Filter(one))), go=f"export:-/{_with(asking, one)}")
        for one in filters[: LISTS + 1]
    ]
    return Reply("exports.rows", list=asking.listing.title, buttons=[*_rows(shown), [_to_list(asking)]])


async def screen(case: Case, asking: Asking) -> Reply:
    """One list with its filter and columns."""
    chosen, listing = asking.columns, asking.listing
    names = ", ".join(one.title for one in chosen[:MOST_NAMED])
    rest = len(chosen) - MOST_NAMED
    return Reply(
        "exports.list",
        list=listing.title,
        title=Trusted(f" · «{asking.running.event.title}»") if asking.running else "",
        lost=Trusted(case.say("exports.search_lost") + "\n") if asking.search_lost else "",
        filter=filter_name(case, asking, asking.filter),
        count=await _count(case, asking),
        row=Trusted(listing.row),
        set=_set_name(case, asking.choice),
        taken=len(chosen),
        of=len(listing.columns),
        names=Trusted(names + (f" и ещё {rest}" if rest > 0 else "")),
        personal=case.say("exports.personal" if is_personal(chosen) else "exports.plain"),
        buttons=[
            [_file(asking, "xlsx"), _file(asking, "csv")],
            [_ready(asking, Ready.ALL), _ready(asking, Ready.PLAIN)],
            [_ready(asking, Ready.PRINT), Button("exports.columns", f"export_cols:0/{asking.where}")],
            [*([Button("exports.rows", f"export_rows:-/{asking.where}")] if len(listing.filters) > 1 else []),
             back(asking)],
        ],
        callback=case.incoming.shows_callback,
        edits=True,
    )  # fmt: skip


def filter_name(case: Case, asking: Asking, chosen: Filter) -> str:
    """«на исправлении»; «найденные по запросу „вера“»."""
    if chosen.searched:
        return case.say("exports.searched", words=chosen.searched)
    if chosen.code in ("", "all"):
        return case.say("exports.all")
    key = f"exports.filter.{asking.listing.code}.{chosen.code}"
    return case.say(key) if key in case.texts else case.say(f"org.filter.{chosen.code}")


async def _columns(case: Case, asking: Asking, page: int) -> Reply:
    known = asking.listing.columns
    page, there, turns = paged(known, page, COLUMNS_SHOWN, "export_cols:", f"/{asking.where}")
    shown = []
    for number, one in enumerate(there, page * COLUMNS_SHOWN):
        taken = asking.choice.takes(one)
        label = case.say("exports.taken" if taken else "exports.left", title=Trusted(one.title))
        go = f"export_col:{number}/{asking.where}"
        shown.append(Button(label=label, go=go, colour="positive" if taken else "secondary"))
    return Reply(
        "exports.which_columns",
        list=asking.listing.title,
        taken=len(asking.columns),
        of=len(known),
        buttons=[*_rows(shown), [*turns, _to_list(asking)]],
        callback=case.incoming.shows_callback,
        edits=True,
    )


async def _choose(case: Case, asking: Asking, choice: Choice) -> None:
    await case.storage.exports.choose(case.person.id, asking.listing.code, choice.written())


async def _count(case: Case, asking: Asking) -> str:
    """How many rows, where that is known before they are read."""
    if asking.filter.searched or asking.listing.code not in COUNTED:
        return ""
    return case.say("exports.count", count=await rows_at_most(case, asking.running, asking.listing.code, asking.filter))


def _set_name(case: Case, choice: Choice) -> str:
    return case.say("exports.own_set") if choice.switched else choice.ready.label


def _with(asking: Asking, mark: str) -> str:
    return f"{asking.code}/{asking.listing.code}/{mark}"


def _to_list(asking: Asking) -> Button:
    return Button("exports.back", f"export:-/{asking.where}")


def _file(asking: Asking, kind: str) -> Button:
    return Button(f"exports.{kind}", f"export_make:{kind}/{asking.where}", colour="primary")


def _ready(asking: Asking, wanted: Ready) -> Button:
    return Button(f"exports.{wanted.value}", f"export_set:{wanted.value}/{asking.where}")


def _rows(buttons: Sequence[Button]) -> list[Sequence[Button]]:
    return [buttons[start : start + IN_ROW] for start in range(0, len(buttons), IN_ROW)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

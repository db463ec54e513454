"""What an organizer asks for: which list of which event, which rows, and whether they may."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps

from bot.contest.authorize import Action, Target, authorize
from bot.contest.exports.listings import listing_of
from bot.contest.exports.model import Choice, Column, Listing, is_withheld
from bot.talk.model import Button, Outcome, Reply, Route
from handlers.access import actor_for
from handlers.events import Running, event_of
from handlers.kinds import Case, Desk
from handlers.organizer.exports.wanted import SEARCH, Filter, mark_of
from handlers.organizer.scope import not_available
from storage.exports import Kept

ListAct = Callable[[Case, "Asking", str], Awaitable[Outcome]]
#: What stands for no event in a button.
NO_EVENT = "-"


@dataclass(frozen=True, slots=True)
class Asking:
    """A list as this person may take it away, with what they chose of it."""

    #: None: a list of no event.
    running: Running | None
    listing: Listing
    filter: Filter
    choice: Choice
    #: Whether a search is meant that is no longer known: its rows are not those on the screen any more.
    search_lost: bool = False

    @property
    def code(self) -> str:
        """What names the event in a button."""
        return self.running.code if self.running else NO_EVENT

    @property
    def columns(self) -> tuple[Column, ...]:
        """The chosen columns."""
        return self.choice.of(self.listing)

    @property
    def where(self) -> str:
        """What names the list with its filter in a button."""
        mark = mark_of(self.filter.searched) if self.filter.searched else self.filter.code
        return f"{self.code}/{self.listing.code}/{mark}"


async def listed(desk: Desk, person_id: int, code: str, listing_code: str) -> tuple[Running | None, Listing] | None:
    """The list as this person may take it away; None: there is none, or it is not for them."""
    running = None if code == NO_EVENT else await event_of(desk, code)
    listing = listing_of(running.event if running else None, listing_code)
    if listing is None or (running is None) != (code == NO_EVENT):
        return None
    actor, target = await actor_for(desk, person_id), Target(event=running.code if running else None)
    if not all(authorize(actor, action, target) for action in (Action.EXPORT, listing.action)):
        return None
    return running, listing.seen(contacts=authorize(actor, Action.VIEW_CONTACTS, target))


async def withheld(desk: Desk, person_id: int, running: Running | None, listing: Listing) -> bool:
    """Whether the list waits for the protocol, because this person still scores there."""
    if running is None:
        return False
    judges = await desk.storage.jury.get(person_id, running.code) is not None
    return is_withheld(listing, judges=judges, approved=running.stored.approved_at is not None)


async def asking_of(case: Case, argument: str) -> Asking | None:
    """What a button asks for: `<event>/<list>/<filter>`; None: not for this person."""
    code, _, rest = argument.partition("/")
    listing_code, _, mark = rest.partition("/")
    found = await listed(case, case.person.id, code, listing_code)
    if found is None:
        return None
    running, listing = found
    kept = await case.storage.exports.kept(case.person.id, listing.code)
    chosen = _filter(listing, mark, kept)
    if kept.searched is not None and not mark.startswith(SEARCH):
        await case.storage.exports.search(case.person.id, listing.code, None)  # it may be a name: kept no longer
    return Asking(running, listing, chosen or Filter(), Choice.read(kept.columns), search_lost=chosen is None)


def _filter(listing: Listing, mark: str, kept: Kept) -> Filter | None:
    """The filter that a button names; None: a search of which the words are gone."""
    if mark.startswith(SEARCH):
        known = kept.searched is not None and mark_of(kept.searched) == mark
        return Filter(searched=kept.searched or "") if known else None
    usual = listing.filters[0] if listing.filters else ""
    return Filter(mark if mark in listing.filters else usual)


def of_list(act: ListAct) -> Route:
    """A route whose argument is `<more>/<event>/<list>/<filter>`."""

    @wraps(act)
    async def route(case: Case, argument: str) -> Outcome:
        more, _, rest = argument.partition("/")
        asking = await asking_of(case, rest)
        if asking is None:
            return not_available()
        if await withheld(case, case.person.id, asking.running, asking.listing):
            return Reply("exports.withheld", list=asking.listing.title, buttons=[[back(asking)]])
        return await act(case, asking, more)

    return route


def back(asking: Asking) -> Button:
    """Where all lists of the event are."""
    return Button("exports.lists", f"exports:{asking.code}") if asking.running else Button("org.roles", "roles")

"""The doors of announcements: an event's are its organizers', those of the whole programme the administrators'."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import wraps

from bot.contest.announcing.model import Announcement
from bot.contest.audiences import Audience
from bot.contest.authorize import Action, Target, authorize
from bot.talk.model import Outcome, Route, Step
from handlers.access import actor_for
from handlers.events import Running, event_of
from handlers.kinds import Case, Desk
from handlers.organizer.announcing.words import PROGRAMME, audience_of
from handlers.organizer.scope import detail, not_available, whole


@dataclass(frozen=True, slots=True)
class Opened:
    """An announcement that the one who asks may deal with; `running` None: of the whole programme."""

    announcement: Announcement
    running: Running | None

    @property
    def audience(self) -> Audience:
        """Whom it is for."""
        return audience_of(self.announcement)

    @property
    def version(self) -> str:
        """What a button names, so that it acts on what was seen."""
        return f"{self.announcement.id}/{self.announcement.version}"


PlaceAct = Callable[[Case, Running | None, str], Awaitable[Outcome]]
Act = Callable[[Case, Opened, str], Awaitable[Outcome]]


async def may_write(desk: Desk, person_id: int, code: str | None) -> bool:
    """Whether this person may write to the people of the event, or (None) of the whole programme."""
    action = Action.ANNOUNCE if code else Action.ANNOUNCE_TO_ALL
    return authorize(await actor_for(desk, person_id), action, Target(event=code or None))


async def place_for(case: Case, place: str) -> tuple[Running | None] | None:
    """The event that a route names, alone in a tuple; (None,) is the programme; None: not theirs, or not there."""
    code = None if place == PROGRAMME else place
    if not await may_write(case, case.person.id, code):
        return None
    running = await event_of(case, place) if code else None
    return None if code and running is None else (running,)


async def announcement_for(desk: Desk, written_id: str, person_id: int) -> Opened | None:
    """The announcement, for one who may deal with it; else None."""
    announcement = await desk.storage.announcements.get(whole(written_id))
    if announcement is None or not await may_write(desk, person_id, announcement.event_code):
        return None
    running = await event_of(desk, announcement.event_code) if announcement.event_code else None
    return None if announcement.event_code and running is None else Opened(announcement, running)


def of_place(act: PlaceAct) -> Route:
    """A route whose argument is `<event>` or `<event>/<more>`; `-` is the programme."""

    @wraps(act)
    async def route(case: Case, argument: str) -> Outcome:
        place, _, more = argument.partition("/")
        found = await place_for(case, place)
        return not_available() if found is None else await act(case, found[0], more)

    return route


def of_announcement(act: Act) -> Route:
    """A route whose argument is `<announcement>` or `<announcement>/<more>`."""

    @wraps(act)
    async def route(case: Case, argument: str) -> Outcome:
        written_id, _, more = argument.partition("/")
        found = await announcement_for(case, written_id, case.person.id)
        return not_available() if found is None else await act(case, found, more)

    return route


def place_steps(*steps: Step) -> Callable[[Case, str], Awaitable[Sequence[Step]]]:
    """The steps of a talk about an event or the programme; who may not (any more) comes to its end at once."""

    async def allowed(case: Case, place: str) -> Sequence[Step]:
        return () if await place_for(case, place.partition("/")[0]) is None else steps

    return allowed


def announcement_steps(*steps: Step) -> Callable[[Case, str], Awaitable[Sequence[Step]]]:
    """The same of a talk about an announcement, whose subject begins with its id."""

    async def allowed(case: Case, subject: str) -> Sequence[Step]:
        found = await announcement_for(case, subject.partition("/")[0], case.person.id)
        return () if found is None else steps

    return allowed


async def note(case: Case, announcement: Announcement, act: str, **facts: object) -> None:
    """The audit log: who did what to which announcement."""
    action = Action.ANNOUNCE if announcement.event_code else Action.ANNOUNCE_TO_ALL
    subject = f"event:{announcement.event_code}" if announcement.event_code else "programme"
    about = detail(announcement=announcement.id, act=act, **facts)
    await case.storage.audit.add(case.person.id, action, subject, about, at=case.now)

"""The organizer's desk: their events, those first where something goes on; found by typing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.contest import calendar
from bot.contest.applications import ApplicationState
from bot.contest.authorize import Action, Target, authorize
from bot.contest.phases import Phase
from bot.contest.text import fold, shorten
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.access import actor_of, may
from handlers.events import Running, all_events
from handlers.helping.queue import question_button
from handlers.kinds import Case
from handlers.organizer.announcing.words import PROGRAMME
from handlers.organizer.moderation.event_card import card
from handlers.organizer.papers.mistakes import desk_buttons
from handlers.organizer.scope import not_available, of_event, whole
from handlers.organizer.wording import MENU, lines, phase
from handlers.paging import paged

PAGE = 5
#: A screen has so many buttons; two of them turn pages.
MOST_BUTTONS, TURNS = 10, 2
#: The page of events whose results are out.
PAST = "past"
#: A longer text names no event.
MOST_TYPED = 100
#: A label has 40 characters: so many of a name, where a date follows.
MOST_OF_LABEL = 28


async def desk(case: Case, argument: str) -> Reply:
    """The events of the one who asks; `argument`: the number of the page, `past` and such a number for those over."""
    which, _, page = argument.partition("/")
    known, administers = await _mine(case), await may(case, Action.GRANT_ROLE, Target())
    if not known and not administers:
        return not_available()
    over = [one for one in known if _is_over(one)]
    current = [one for one in known if not _is_over(one)]
    if which == PAST:
        return await _list(case, known, over, "org.desk_past", whole(page), f"{PAST}/", [Button("org.desk", "desk")])
    more = [Button("org.desk_past", f"desk:{PAST}")] if over else []
    more += [Button("org.roles", "roles")] if administers else []
    more.append(Button("report.open", "report") if administers else Button("school_year", "school_year"))
    more += await desk_buttons(case) or [MENU]
    key = "org.desk" if current else "org.desk_none"
    first = list(await question_button(case))
    first += [Button("org.announce_all", f"announce:{PROGRAMME}")] if administers else []
    return await _list(case, known, current, key, whole(argument), "", more, first=first)


async def desk_typed(case: Case, _argument: str) -> Outcome:
    """A part of an event's name, written in sight of the desk."""
    known, typed = await _mine(case), case.incoming.text.strip()[:MOST_TYPED]
    if not known:
        return await desk(case, "")
    wanted = fold(typed)
    found = [one for one in known if wanted and wanted in fold(f"{one.event.title} {one.event.short_title}")]
    if len(found) == 1:
        return await card(case, found[0])
    key = "org.desk_found" if found else "org.desk_not_found"
    return await _list(case, known, found[:PAGE], key, 0, "", [Button("org.desk", "desk")], typed=typed)


async def _mine(case: Case) -> list[Running]:
    """What they organize: first what goes on, the nearest end first; then what waits for results; then what comes."""
    actor = await actor_of(case)
    known = [one for one in await all_events(case) if authorize(actor, Action.VIEW_COUNTS, Target(event=one.code))]

    def order(one: Running) -> tuple[int, float]:
        match one.phase(case.now):
            case Phase.INTAKE | Phase.SELECTION | Phase.JUDGING:
                later = [at for at in _ends(one) if at >= case.now]
                return 0, min(later, default=case.now).timestamp()
            case Phase.PROTOCOL:
                return 1, -one.closes_at.timestamp()
            case Phase.PREPARATION | Phase.ANNOUNCED:
                return 2, one.event.opens_at.timestamp()
        return 3, -one.closes_at.timestamp()

    return sorted(known, key=order)


def _ends(running: Running) -> list[datetime]:
    """When something of it ends: intake, the stages, judging."""
    until = running.event.judging_until
    return [running.closes_at, *(stage.closes_at for stage in running.event.stages), *([until] if until else [])]


def _is_over(running: Running) -> bool:
    return running.stored.published_at is not None or running.stored.archived_at is not None


async def _list(
    case: Case, known: Sequence[Running], found: Sequence[Running], key: str, page: int, before: str,
    last: Sequence[Button], first: Sequence[Button] = (), **values: object,
) -> Reply:  # fmt: skip
    """A page of events, a line and a button each; who writes a name finds the event at once."""
    size = min(PAGE - bool(first), MOST_BUTTONS - TURNS - len(last) - len(first))
    _, shown, turns = paged(found, page, size, f"desk:{before}")
    return Reply(
        key,
        events=lines([await _line(case, one) for one in shown]),
        hint=case.say("org.desk_hint") if len(known) > size else "",
        buttons=[
            [*first],
            *([Button(label=_label(case, one, known), go=f"desk_event:{one.code}")] for one in shown),
            [*turns, *last],
        ],
        words="desk_typed",
        **values,  # type: ignore[arg-type]
    )


def _label(case: Case, running: Running, mine: Sequence[Running]) -> str:
    """The event's short name; of several of one name, with its deadline too."""
    name = running.event.short_title
    if sum(one.event.short_title == name for one in mine) == 1:
        return name
    return case.say("org.desk_label", title=shorten(name, MOST_OF_LABEL), day=_day(case, running))


def _day(case: Case, running: Running) -> str:
    """«30.04.2026»: the last day of intake."""
    return f"{calendar.local(running.closes_at, case.facts.zone):%d.%m.%Y}"


async def _line(case: Case, running: Running) -> str:
    counts = await case.storage.applications.count_by_state(running.code)
    works = len(await case.storage.works.of_event(running.code)) if running.event.submission is not None else 0
    parts = [
        case.say(f"org.desk_count.{key}", count=count)
        for key, count in (
            ("applications", sum(counts.values())),
            ("waiting", counts.get(ApplicationState.SENT, 0)),
            ("works", works),
        )
        if count
    ]
    return case.say(
        "org.desk_line",
        title=running.event.short_title,
        phase=phase(case, running, briefly=True),
        counts=Trusted("\n" + ", ".join(parts)) if parts else "",
    )


@of_event(Action.VIEW_COUNTS)
async def desk_event(case: Case, running: Running, _more: str) -> Outcome:
    """The card of one event."""
    return await card(case, running)

"""What a picture is drawn from: gathered in one short look, worked out and drawn aside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from bot.contest.authorize import Action, Target
from bot.contest.charts.days import MOST_EARLIER, Arrivals, Other, earlier, similar
from bot.contest.charts.places import Sender
from bot.contest.charts.scales import Chart
from handlers.events import Running, all_events, event_of
from handlers.host.scope import may_person
from handlers.kinds import Desk, Think
from handlers.organizer.charts.days import Held, by_day
from handlers.organizer.charts.jury import by_juror, by_strictness
from handlers.organizer.charts.places import by_place
from handlers.organizer.charts.said import Said, thought_of
from handlers.organizer.record import record_of

THINKER = "charts"
Saying = Callable[[], Said]
Gather = Callable[[Desk, Running, Mapping[str, Any]], Awaitable[Saying]]


async def consider(desk: Desk, about: Mapping[str, Any]) -> Think | None:
    """Gather what the picture is drawn from; rights are asked for anew."""
    running, chart = await event_of(desk, str(about["event"])), Chart(about["chart"])
    if running is None or not await may_see(desk, int(about["person_id"]), running, chart):
        return None
    say = await _GATHERS[chart](desk, running, about)
    return lambda: thought_of(desk, running, say(), chart=chart.value)


async def may_see(desk: Desk, person_id: int, running: Running, chart: Chart) -> bool:
    """Scores are seen before the protocol is approved only by those who may see the sheets."""
    target = Target(event=running.code)
    hidden = chart is Chart.SPREAD and running.stored.approved_at is None
    actions = (Action.VIEW_CHARTS, *((Action.VIEW_SHEETS,) if hidden else ()))
    return all([await may_person(desk, person_id, action, target) for action in actions])


async def comparable(desk: Desk, person_id: int, running: Running) -> tuple[list[Running], list[Running]]:
    """The same event's earlier years, and other events like it. Those without applications are left out.

    Sums of the same event are no secret of its organizer's; another event's are for those who may see its pictures.
    """
    totals = await desk.storage.charts.totals()
    events = {one.code: one for one in await all_events(desk) if one.code in totals or one.code == running.code}
    own = other_of(running)
    others = [other_of(one) for one in events.values()]
    seen = [
        events[one.code]
        for one in similar(own, others)
        if await may_person(desk, person_id, Action.VIEW_CHARTS, Target(event=one.code))
    ]
    return [events[one.code] for one in earlier(own, others)[:MOST_EARLIER]], seen


def other_of(running: Running) -> Other:
    """What the rules of comparing need to know of an event."""
    event = running.event
    return Other(event.code, event.slug, running.closes_at, event.module, event.kind)


async def _days(desk: Desk, running: Running, about: Mapping[str, Any]) -> Saying:
    years, others = await comparable(desk, int(about["person_id"]), running)
    chosen = [one for one in (*years, *others) if one.code == about.get("other")] or years
    return partial(by_day, desk, await _held(desk, running), [await _held(desk, one) for one in chosen])


async def _held(desk: Desk, running: Running) -> Held:
    return Held(running, Arrivals(running.closes_at, await desk.storage.charts.quarters(running.code)))


async def _places(desk: Desk, running: Running, _about: Mapping[str, Any]) -> Saying:
    found = await desk.storage.applications.organisations(running.code)
    return partial(by_place, desk, running, [Sender(one.code, one.name, one.applications) for one in found])


async def _load(desk: Desk, running: Running, _about: Mapping[str, Any]) -> Saying:
    return partial(by_juror, desk, await record_of(desk, running))


async def _spread(desk: Desk, running: Running, _about: Mapping[str, Any]) -> Saying:
    return partial(by_strictness, desk, await record_of(desk, running))


_GATHERS: Mapping[Chart, Gather] = {
    Chart.DAYS: _days,
    Chart.PLACES: _places,
    Chart.LOAD: _load,
    Chart.SPREAD: _spread,
}

"""Pictures of an event in its organizer's chat: one tap a picture, from the event's card on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.contest.authorize import Action
from bot.contest.charts.scales import Chart, offered
from bot.contest.text import shorten
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.everyone.thinking import ask_thought
from handlers.kinds import Case
from handlers.organizer.charts.gathering import THINKER, comparable, may_see
from handlers.organizer.scope import not_available, of_event
from handlers.organizer.wording import back_to_event

#: Buttons stand two in a row.
COLUMNS = 2


@of_event(Action.VIEW_CHARTS)
async def charts(case: Case, running: Running, more: str) -> Outcome:
    """Have a picture drawn; `more`: `<chart>/<event to compare with>`, the first picture where none is named."""
    written, _, other = more.partition("/")
    own = offered(has_sheets=running.event.has_sheets)
    chart = Chart(written) if written in own else own[0]
    if not await case.storage.charts.has_any(running.code):
        return Reply("charts.empty", title=running.event.short_title, buttons=[[back_to_event(running.code)]])
    if not await may_see(case, case.person.id, running, chart):
        return Reply("charts.scores_hidden", buttons=await _buttons(case, running, chart, other))
    name = f"chart/{case.person.id}/{case.incoming.number}" if case.incoming.number else None
    about = {"event": running.code, "chart": chart.value, "other": other, "called": name}
    ask_thought(case, THINKER, about)
    return Reply("charts.drawing", called=name, buttons=[[back_to_event(running.code)]])


@of_event(Action.VIEW_CHARTS)
async def compare(case: Case, running: Running, _more: str) -> Outcome:
    """Offer what to compare with: earlier years of the same event, and others like it."""
    years, others = await comparable(case, case.person.id, running)
    rows = [[Button(label=_label(case, one), go=_go(running, Chart.DAYS, one.code))] for one in (*years, *others)]
    return Reply(
        "charts.compare_ask" if rows else "charts.compare_none",
        title=running.event.short_title,
        buttons=[*rows, [Button("charts.back", _go(running, Chart.DAYS)), back_to_event(running.code)]],
    )


async def thought(case: Case, _argument: str) -> Reply | None:
    """The picture is drawn, or it could not be. Nothing was asked for where somebody presses their way here."""
    result = case.incoming.result or {}
    about = result.get("about") or {}
    running = await event_of(case, str(about.get("event")))
    if running is None:
        return not_available()
    reply = await _drawn(case, running, Chart(about["chart"]), str(about["other"]), result)
    case.tell(case.person.id, reply, edits=about.get("called"))
    return None


async def _drawn(case: Case, running: Running, chart: Chart, other: str, result: Mapping[str, Any]) -> Reply:
    if result.get("failed"):
        again = [Button("try_again", _go(running, chart, other)), back_to_event(running.code)]
        return Reply("charts.failed", buttons=[again])
    said = result.get("thought")
    if said is None:
        return not_available()
    picture = result.get("attachment")
    return Reply(
        "charts.shown",
        title=Trusted(said["title"]),
        lines=Trusted(said["lines"]),
        attachments=[str(picture)] if picture else [],
        buttons=await _buttons(case, running, chart, other),
    )


async def _buttons(case: Case, running: Running, chart: Chart, other: str) -> list[list[Button]]:
    """The other pictures, two in a row, and this one anew."""
    others = [one for one in offered(has_sheets=running.event.has_sheets) if one is not chart]
    found = [Button(f"charts.{one}", _go(running, one)) for one in others]
    rows = [found[start : start + COLUMNS] for start in range(0, len(found), COLUMNS)]
    last = [Button("charts.refresh", _go(running, chart, other)), back_to_event(running.code)]
    if chart is Chart.DAYS and any(await comparable(case, case.person.id, running)):
        rows.append([Button("charts.compare", f"charts_compare:{running.code}")])
    return [*rows, last]


def _label(case: Case, running: Running) -> str:
    return case.say("charts.compare_label", title=shorten(running.event.short_title, 30), year=running.event.year)


def _go(running: Running, chart: Chart, other: str = "") -> str:
    return "/".join((f"charts:{running.code}", chart.value, *((other,) if other else ())))

"""What a picture comes to: the figure, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.contest import calendar
from bot.documents.charts.drawing import draw
from bot.documents.charts.figure import Bars, Figure, Lines, Spreads
from handlers.events import Running
from handlers.kinds import Desk, Thought


@dataclass(frozen=True, slots=True)
class Said:
    """A picture before it is drawn; `lines` are its main numbers for who reads instead. No body: only words."""

    title: str
    lines: Sequence[str] = ()
    body: Lines | Bars | Spreads | None = None
    note: str = ""


def thought_of(desk: Desk, running: Running, said: Said, *, chart: str) -> Thought:
    """The picture with the words that go beside it; runs in a thread."""
    result = {"title": said.title, "lines": "\n".join(said.lines)}
    if said.body is None:
        return Thought(result)
    figure = Figure(said.title, about(desk, running), said.note, said.body)
    return Thought(result, draw(figure, name=f"{running.code}-{chart}"))


def about(desk: Desk, running: Running) -> str:
    """«Создавай со Scratch», 18.04.2026, 10:00."""
    here = calendar.local(desk.now, desk.facts.zone)
    return desk.say("charts.about", title=running.event.short_title, day=f"{here:%d.%m.%Y}", clock=f"{here:%H:%M}")

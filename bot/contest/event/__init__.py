"""Events as data: what an event's YAML file may say, and how it is read."""

from __future__ import annotations

from bot.contest.event.base import Category
from bot.contest.event.model import ConsentKind, Event
from bot.contest.event.people import AgeGroup, Audience, Nomination
from bot.contest.event.scoring import Aggregation, Criterion, Jury
from bot.contest.event.units import UnitKind
from bot.contest.event.works import Submission, WorkKind

__all__ = [
    "AgeGroup",
    "Aggregation",
    "Audience",
    "Category",
    "ConsentKind",
    "Criterion",
    "Event",
    "Jury",
    "Nomination",
    "Submission",
    "UnitKind",
    "WorkKind",
]

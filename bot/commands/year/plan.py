"""The plan of the year: sizes and shape of each event, as `bot/data/demo/year.yaml` has them; no results."""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

Whole = Annotated[int, Field(ge=0)]
Who = Literal["pupil", "preschooler", "student", "teacher"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Printed(_Part):
    """The figures of the year's report; None where it names none."""

    applications: Whole | None = None
    organisations: Whole | None = None
    people: Whole | None = None
    teams: Whole | None = None
    works: Whole | None = None
    awarded: Whole | None = None


class Leaving(_Part):
    """So many end otherwise than by the jury's word."""

    #: After they were accepted, before they hand anything in.
    dropped_out: Whole = 0
    #: After the selection: finalists who do not come.
    finalists_dropped_out: Whole = 0
    #: Of a meeting.
    absent: Whole = 0


class Group(_Part):
    """Applications of one kind."""

    count: Annotated[int, Field(ge=1)]
    who: Who = "pupil"
    #: Teachers enter their pupils unless the applicants take part themselves.
    by: Literal["teacher", "parent", "self"] = "teacher"
    #: `file`: the teacher fills in the event's XLSX form.
    way: Literal["chat", "file"] = "chat"
    #: Which of the event's units, where it has several.
    unit: str | None = None
    #: All people of these applications together; None: one each.
    people: Whole | None = None
    #: Codes of organisations, or names of such as are in no directory; empty: those of the event.
    organisations: tuple[str, ...] = ()
    grades: tuple[int, int] | None = None
    ages: tuple[int, int] = (6, 7)
    #: Branches or leaves of the event's tree of nominations; empty: all that fit, in turn.
    branches: tuple[str, ...] = ()
    #: Answers to own fields, by the field's code; the others are answered as their type allows.
    fields: dict[str, str] = {}


class Year(_Part):
    """One event: its file and how it goes."""

    #: Events of one row are counted together, under the first of them.
    row: str
    file: str
    printed: Printed = Printed()
    organisations: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    jurors: Whole = 0
    #: How the jury finds the works, from the best down: shares of all works at each level.
    levels: tuple[float, ...] = (0.1, 0.2, 0.3, 0.4)
    #: How far a work may be better or worse by one criterion than on the whole (0..10): more of it, fewer ties.
    spread: float = 0
    #: Equal works share their place; else the chair puts them in order.
    ties_shared: bool = True
    leaving: Leaving = Leaving()
    #: Special nominations that the jury names after scoring.
    special: Whole = 0
    #: How many go on from a selection; the hosts name them by what the work is worth.
    finalists: Whole | None = None


class Plan(_Part):
    """The whole year."""

    seed: str
    #: Organisations that the directory does not have.
    others: dict[str, tuple[str, ...]] = {}
    events: tuple[Year, ...]


def plan(text: str | None = None) -> Plan:
    """The plan in `text`, or the one that ships with the bot."""
    text = text or files("bot.data").joinpath("demo", "year.yaml").read_text(encoding="utf-8")
    return Plan.model_validate(yaml.safe_load(text))


def split(total: int, parts: int) -> list[int]:
    """`total` as evenly as it goes: `split(7, 3)` is [3, 2, 2]."""
    each, more = divmod(total, parts)
    return [each + (place < more) for place in range(parts)]

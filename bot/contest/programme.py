"""The programme whose events these are: what heads its papers and reports. The data: `bot/data/programme.yaml`."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Annotated

import yaml
from pydantic import Field

from bot.contest.event.base import Code, Line, Part, Text


class Direction(Part):
    """One of the directions of the programme; its events are told by their module or by their number's letter."""

    code: Code
    title: Line
    modules: Annotated[tuple[Line, ...], Field(min_length=1)]
    #: Numbers of its events in the report begin so: «У».
    letter: Line


class Programme(Part):
    """Whose diplomas and reports they are."""

    title: Line
    short_title: Line
    #: The first letters of every paper's number (domain.md §3.5): `ОЧК-2026-У5-0147`.
    paper_prefix: Line
    #: The town that stands beside a paper's date.
    city: Line
    #: The coordinating centre, by its code in the directory.
    coordinator: Code
    #: What the coordinating centre does.
    coordinator_does: tuple[Line, ...] = ()
    #: The centre that brings innovations in (РВЦИ), by its code in the directory.
    resource_centre: Code
    #: Regulations and agreements; `{years}` in them is the two years of the school year.
    legal_basis: tuple[Text, ...]
    goal: Text
    directions: Annotated[tuple[Direction, ...], Field(min_length=1)]
    council: Text
    #: Pages and groups where the programme is found.
    information: tuple[Line, ...] = ()

    @classmethod
    @cache
    def load(cls) -> Programme:
        """As `bot/data/programme.yaml` says."""
        text = resources.files("bot.data").joinpath("programme.yaml").read_text(encoding="utf-8")
        return cls.model_validate_json(json.dumps(yaml.safe_load(text)))

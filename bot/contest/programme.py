"""The programme whose events these are: what heads its papers and reports. The data: `bot/data/programme.yaml`."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml

from bot.contest.event.base import Code, Line, Part


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

    @classmethod
    @cache
    def load(cls) -> Programme:
        """As `bot/data/programme.yaml` says."""
        text = resources.files("bot.data").joinpath("programme.yaml").read_text(encoding="utf-8")
        return cls.model_validate(yaml.safe_load(text))

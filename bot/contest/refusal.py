"""Refusals: what a person is told when a rule says no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not happen, as a key of the texts catalogue with the values its text needs.

    A refusal is returned, never raised: it is an ordinary outcome that is shown to a person.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

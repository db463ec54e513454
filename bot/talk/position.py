"""Where a person is: small values that are saved with every reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.talk.message import Colour

#: Answers given so far, by the name of the step; only what JSON can hold.
Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """A talk that has been begun: which, about what, where it stands."""

    talk: str
    subject: str
    step: str
    answers: Answers = field(default_factory=dict)
    #: Steps in the order in which they were answered; «Назад» goes along it.
    trail: tuple[str, ...] = ()
    #: Offered again when the person comes back.
    kept: bool = False
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ScreenKey:
    """A button in sight: typing its label, or its number, does what pressing does.

    `kind`: "option" (value: what the step gets), "quick" (the same, beside a question answered in words: typed
    numbers are words), "go" (value: the route), "page" (value: the page's number), "words" (no button: whatever
    else is typed goes to the route `value`, numbers too).
    """

    label: str
    kind: str
    value: Any
    colour: Colour = "secondary"

    def to_json(self) -> list[Any]:
        """The stored form."""
        return [self.label, self.kind, self.value, self.colour]


@dataclass(frozen=True, slots=True)
class Position:
    """Where the person is. `version` grows with every screen, so that a button of an older one is known as such."""

    version: int = 0
    screen: tuple[ScreenKey, ...] = ()
    draft: Draft | None = None
    shown_at: datetime | None = None

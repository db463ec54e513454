"""A story as data: who is there, what the database begins with, who does what."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from tests.faults.hands import Hands, Making


@cache
def at_noon() -> str:
    """A time zone in which it was noon at the first look: at night the bot keeps its news to itself.

    One for the whole run: what a story led to is compared with what it leads to hours later.
    """
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+}"


@dataclass(frozen=True)
class Act:
    """Somebody does something."""

    person: int
    does: Callable[[Hands], None]


@dataclass(frozen=True)
class Story:
    """Who, where and what; the last act of everyone is «меню», which may be repeated and changes nothing."""

    cast: Mapping[int, tuple[str, str]]
    prepare: Callable[[Path], Awaitable[None]]
    acts: Sequence[Act]
    admins: frozenset[int] = frozenset()
    #: What stands for `{name}` in what people write.
    words: Mapping[str, str] = field(default_factory=lambda: {"surname": "Соснина"})
    #: Tables that something else than people's acts writes: their rows are counted at the end alone.
    beside: frozenset[str] = frozenset()

    @property
    def settings(self) -> Mapping[str, str]:
        """The bot's settings in this story."""
        return {"ADMIN_IDS": ",".join(map(str, sorted(self.admins))), "TIMEZONE": at_noon()}

    @property
    def ending(self) -> tuple[Act, ...]:
        """Everyone goes back to the menu."""
        return tuple(writes(person, "меню") for person in self.cast)

    @property
    def all(self) -> tuple[Act, ...]:
        """Every act, the ending too."""
        return (*self.acts, *self.ending)


def writes(person: int, text: str) -> Act:
    """They write this."""
    return Act(person, lambda hands: hands.write(text))


def starts(person: int, ref: str | None = None) -> Act:
    """They press «Начать», perhaps by a link with a word."""
    return Act(person, lambda hands: hands.start(ref))


def presses(person: int, *labels: str) -> list[Act]:
    """They press one button after the other."""
    return [Act(person, lambda hands, label=label: hands.press(label)) for label in labels]  # type: ignore[misc]


def presses_beginning(person: int, label: str) -> Act:
    """They press the button whose label begins so."""
    return Act(person, lambda hands: hands.press(label, begins=True))


def attaches(person: int, title: str, *, sent_at: int | None = None) -> Act:
    """They send a document of this name, perhaps at this very second by the messenger."""
    return Act(person, lambda hands: hands.attach(title, sent_at=sent_at))


def sends_file(person: int, name: str, made: Making) -> Act:
    """They send what they have made from the bot's newest file."""
    return Act(person, lambda hands: hands.send_file(name, made))

"""Calls for a human as values, and how they are read from rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.times import from_ms

#: Only administrators may answer.
ADMINS_ONLY = "|"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something attached: `id` is what the messenger resends it by, empty where it can't."""

    kind: str
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpCall:
    """One call for a human."""

    id: int
    person_id: int
    #: Whose organizers may answer: «|scratch|umka|»; empty: those of any event, «|»: administrators alone.
    events: str
    #: What it is about, as far as can be told.
    event_code: str | None
    #: Where the person stood, in words.
    step: str
    #: When an update of theirs was set aside, if one was.
    failed_at: datetime | None
    is_open: bool
    #: Whether the bot keeps silent for the person because of it.
    silent: bool
    urgent: bool
    opened_at: datetime
    #: Since when the person waits for a word; None: they were answered.
    waiting_at: datetime | None
    last_word_at: datetime
    taken_by: int | None
    taken_at: datetime | None
    closed_by: int | None

    @property
    def codes(self) -> tuple[str, ...]:
        """The events whose organizers may answer; none where it is everybody's or administrators' alone."""
        return tuple(code for code in self.events.split("|") if code)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call in the queue, with the person's page and the first words that wait."""

    call: HelpCall
    first_name: str | None
    last_name: str | None
    first_words: str

    @property
    def page_name(self) -> str:
        """How the person's page is called."""
        return " ".join(part for part in (self.first_name, self.last_name) if part) or f"id{self.call.person_id}"


@dataclass(frozen=True, slots=True)
class HelpWord:
    """What one of the two sides has said."""

    id: int
    call_id: int
    author_id: int
    text: str
    things: tuple[Thing, ...]
    said_at: datetime


def events_of(codes: Collection[str]) -> str:
    """The form in which a call names its events; none: those of any event may answer."""
    return f"|{'|'.join(sorted(codes))}|" if codes else ""


def things_to_json(things: Sequence[Thing]) -> str:
    """What was attached, as it is stored."""
    return json.dumps([[one.kind, one.id] for one in things])


def things_from_json(stored: str) -> tuple[Thing, ...]:
    """The same read back."""
    return tuple(Thing(kind, id_) for kind, id_ in json.loads(stored))


def call_of(row: Mapping[str, Any]) -> HelpCall:
    """One row of `help_call`."""
    return HelpCall(
        id=row["id"],
        person_id=row["person_id"],
        events=row["events"],
        event_code=row["event_code"],
        step=row["step"],
        failed_at=from_ms(row["failed_at"]),
        is_open=row["state"] == "open",
        silent=bool(row["silent"]),
        urgent=bool(row["urgent"]),
        opened_at=from_ms(row["opened_at"]),
        waiting_at=from_ms(row["waiting_at"]),
        last_word_at=from_ms(row["last_word_at"]),
        taken_by=row["taken_by"],
        taken_at=from_ms(row["taken_at"]),
        closed_by=row["closed_by"],
    )


def word_of(row: Mapping[str, Any]) -> HelpWord:
    """One row of `help_word`."""
    return HelpWord(
        row["id"], row["call_id"], row["author_id"], row["text"], things_from_json(row["attachments"]),
        from_ms(row["said_at"]),
    )  # fmt: skip

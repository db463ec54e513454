"""Calls for a human and what was said in them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.connection import Connection
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("help_calls")
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
    """A call in the queue, with the person's page and first words."""

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


class HelpCalls:
    """The `help_call` and `help_word` tables; nothing else writes them, but for forgetting. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def open(
        self,
        person_id: int,
        *,
        events: str,
        event_code: str | None,
        step: str,
        failed_at: datetime | None,
        at: datetime,
        silent: bool = True,
        urgent: bool = False,
    ) -> HelpCall | None:
        """A call of this person; None where one is open."""
        row = await QUERIES.open(
            self._connection,
            person_id=person_id,
            events=events,
            event_code=event_code,
            step=step,
            failed_at=None if failed_at is None else to_ms(failed_at),
            silent=int(silent),
            urgent=int(urgent),
            at=to_ms(at),
        )
        return None if row is None else _call(row)

    async def get(self, call_id: int) -> HelpCall | None:
        """One call, or None."""
        row = await QUERIES.get(self._connection, id=call_id)
        return None if row is None else _call(row)

    async def open_of(self, person_id: int) -> HelpCall | None:
        """The open call of a person, or None."""
        row = await QUERIES.open_of(self._connection, person_id=person_id)
        return None if row is None else _call(row)

    async def waiting(self, most: int = 500) -> list[Waiting]:
        """Who waits for a word: what is urgent first, then whoever waits longest."""
        return [
            Waiting(_call(row), row["first_name"], row["last_name"], row["first_words"] or "")
            async for row in QUERIES.waiting(self._connection, most=most)
        ]

    async def failed_at(self, person_id: int, *, since: datetime) -> datetime | None:
        """When an update of this person was last set aside."""
        found: int | None = await QUERIES.failed_at(self._connection, person_id=person_id, since=to_ms(since))
        return from_ms(found)

    async def ask(self, call: HelpCall, text: str, things: Sequence[Thing], *, at: datetime) -> int:
        """A word of the person, who waits from now on; its id."""
        word = await self._say(call.id, call.person_id, text, things, at=at, told=False)
        await QUERIES.asked(self._connection, id=call.id, at=to_ms(at))
        return word

    async def answer(
        self, call: HelpCall, by: int, text: str, things: Sequence[Thing], *, seen: int, at: datetime
    ) -> int:
        """A word of an organizer, who has the call now and has seen its words up to `seen`; its id."""
        word = await self._say(call.id, by, text, things, at=at, told=True)
        await QUERIES.answered(self._connection, id=call.id, by=by, seen=seen, at=to_ms(at))
        return word

    async def words(self, call_id: int) -> list[HelpWord]:
        """What was said, in its order."""
        return [_word(row) async for row in QUERIES.words(self._connection, call_id=call_id)]

    async def last_answer(self, call_id: int, *, after: int = 0) -> HelpWord | None:
        """The last word of an organizer that came after this one, or None."""
        row = await QUERIES.last_answer(self._connection, call_id=call_id, after=after)
        return None if row is None else _word(row)

    async def untold(self, most: int = 1000) -> dict[int, list[HelpWord]]:
        """By call, the words of people that no organizer has been told."""
        found: dict[int, list[HelpWord]] = {}
        async for row in QUERIES.untold(self._connection, most=most):
            found.setdefault(row["call_id"], []).append(_word(row))
        return found

    async def told(self, last: HelpWord, *, at: datetime) -> None:
        """This word and those before it were passed on."""
        await QUERIES.told(self._connection, call_id=last.call_id, last_id=last.id, at=to_ms(at))

    async def take(self, call_id: int, by: int, *, seen: int, at: datetime) -> bool:
        """Have the call; `seen`: who had it when the button was shown, 0: nobody. False: that has changed."""
        return bool(await QUERIES.take(self._connection, id=call_id, by=by, seen=seen, at=to_ms(at)))

    async def pass_on(self, call_id: int, *, events: str, event_code: str | None) -> bool:
        """To whom it belongs from now on; False if it is closed."""
        return bool(await QUERIES.pass_on(self._connection, id=call_id, events=events, event_code=event_code))

    async def close(self, call_id: int, *, by: int | None, at: datetime) -> bool:
        """It is over; False if it was."""
        return bool(await QUERIES.close(self._connection, id=call_id, by=by, at=to_ms(at)))

    async def set_silent(self, call_id: int, *, silent: bool) -> None:
        """Whether the bot keeps silent because of it."""
        await QUERIES.set_silent(self._connection, id=call_id, silent=int(silent))

    async def set_urgent(self, call_id: int) -> None:
        """It can't wait."""
        await QUERIES.set_urgent(self._connection, id=call_id)

    async def quiet_since(self, before: datetime, most: int = 200) -> list[HelpCall]:
        """For whom the bot keeps silent though neither side has said a word since `before`."""
        rows = QUERIES.quiet_since(self._connection, before=to_ms(before), most=most)
        return [_call(row) async for row in rows]

    async def unanswered_since(self, before: datetime, most: int = 200) -> list[HelpCall]:
        """Who has waited since `before`, and the organizers were not reminded of it."""
        rows = QUERIES.unanswered_since(self._connection, before=to_ms(before), most=most)
        return [_call(row) async for row in rows]

    async def reminded(self, call_id: int, *, at: datetime) -> None:
        """The organizers were reminded."""
        await QUERIES.reminded(self._connection, id=call_id, at=to_ms(at))

    async def _say(
        self, call_id: int, author: int, text: str, things: Sequence[Thing], *, at: datetime, told: bool
    ) -> int:
        return int(
            await QUERIES.say(
                self._connection,
                call_id=call_id,
                author_id=author,
                text=text,
                attachments=things_to_json(things),
                at=to_ms(at),
                told_at=to_ms(at) if told else None,
            )
        )


def things_to_json(things: Sequence[Thing]) -> str:
    """What was attached, as it is stored."""
    return json.dumps([[one.kind, one.id] for one in things])


def things_from_json(stored: str) -> tuple[Thing, ...]:
    """The same read back."""
    return tuple(Thing(kind, id_) for kind, id_ in json.loads(stored))


def _call(row: Mapping[str, Any]) -> HelpCall:
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


def _word(row: Mapping[str, Any]) -> HelpWord:
    return HelpWord(
        row["id"], row["call_id"], row["author_id"], row["text"], things_from_json(row["attachments"]),
        from_ms(row["said_at"]),
    )  # fmt: skip

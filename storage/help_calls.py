"""Calls for a human and what was said in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from storage.connection import Connection
from storage.help_rows import HelpCall, HelpWord, Thing, Waiting, call_of, things_to_json, word_of
from storage.sql import load
from storage.times import to_ms

QUERIES = load("help_calls")


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
        return None if row is None else call_of(row)

    async def get(self, call_id: int) -> HelpCall | None:
        """One call, or None."""
        row = await QUERIES.get(self._connection, id=call_id)
        return None if row is None else call_of(row)

    async def open_of(self, person_id: int) -> HelpCall | None:
        """The open call of a person, or None."""
        row = await QUERIES.open_of(self._connection, person_id=person_id)
        return None if row is None else call_of(row)

    async def waiting(self, most: int = 5000) -> list[Waiting]:
        """Who waits for a word of anybody: what is urgent first, then whoever waits longest; 10 µs each."""
        return [
            Waiting(call_of(row), row["first_name"], row["last_name"], row["first_words"] or "")
            async for row in QUERIES.waiting(self._connection, most=most)
        ]

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
        return [word_of(row) async for row in QUERIES.words(self._connection, call_id=call_id)]

    async def last_answer(self, call_id: int, *, after: int = 0) -> HelpWord | None:
        """The last word of an organizer that came after this one, or None."""
        row = await QUERIES.last_answer(self._connection, call_id=call_id, after=after)
        return None if row is None else word_of(row)

    async def untold(self, most: int = 1000) -> dict[int, list[HelpWord]]:
        """By call, the words of people that no organizer has been told."""
        found: dict[int, list[HelpWord]] = {}
        async for row in QUERIES.untold(self._connection, most=most):
            found.setdefault(row["call_id"], []).append(word_of(row))
        return found

    async def told(self, last: HelpWord, *, at: datetime) -> None:
        """This word and those before it were passed on."""
        await QUERIES.told(self._connection, call_id=last.call_id, last_id=last.id, at=to_ms(at))

    async def take(self, call_id: int, by: int, *, seen: int, at: datetime) -> bool:
        """Have the call; `seen`: who had it when the button was shown, 0: nobody. False: that has changed."""
        return bool(await QUERIES.take(self._connection, id=call_id, by=by, seen=seen, at=to_ms(at)))

    async def pass_on(self, call_id: int, *, events: str, event_code: str | None) -> bool:
        """To whom it belongs from now on; False if it is closed, or theirs already."""
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
        return [call_of(row) async for row in rows]

    async def unanswered_since(self, before: datetime, most: int = 200) -> list[HelpCall]:
        """Who has waited since `before`, and the organizers were not reminded of it."""
        rows = QUERIES.unanswered_since(self._connection, before=to_ms(before), most=most)
        return [call_of(row) async for row in rows]

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

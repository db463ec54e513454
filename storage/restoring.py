"""What is kept of a database that was put back: since when it knows nothing, and what was said after that."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256

from bot.contest.restoring import Mark, Own
from storage.connection import Connection
from storage.settings import Settings
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("restoring")
#: Keys of `setting`: the copy's own mark (written into it by `backup`), the starts, the state after a restore.
COPIED_KEY, EPOCH_KEY, BEFORE_KEY, RESTORED_KEY = "copied_at", "epoch", "epoch_before", "restored"
#: So much of a message is shown to administrators.
SAID_CHARS = 80
_WHOLE_WORDS = re.compile(rf".{{0,{SAID_CHARS}}}(?=\s|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Restored:
    """The state after a copy was put back, until an administrator says that all is well."""

    #: `bot.contest.restoring.Why`.
    why: str
    #: The last thing that the copy knows of, and when the bot was started with it, in milliseconds.
    copy_ms: int
    started_ms: int
    #: Whether the dialogs have been read; None: VK would not let them be read.
    searched: bool | None = False
    #: People's messages found after the copy, and how many of them the bot had answered already.
    found: int = 0
    answered: int = 0

    @property
    def copy_at(self) -> datetime:
        """The last thing that the copy knows of."""
        return from_ms(self.copy_ms)

    @property
    def started_at(self) -> datetime:
        """When the bot was first started with the copy."""
        return from_ms(self.started_ms)


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the community, as the dialog has it."""

    peer_id: int
    cmid: int
    message_id: int | None
    random_id: int
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Known:
    """A message that the person had after the copy: its row here, its id and its number in the dialog."""

    id: int
    message_id: int | None
    cmid: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the administrators' list."""

    peer_id: int
    at: datetime
    said: str


class Restoring:
    """The table `sent_after_copy` and its settings; nothing else writes them. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._settings = Settings(connection)

    async def own(self) -> Own:
        """What the database says of itself."""
        bounds = await QUERIES.bounds(self._connection)
        return Own(
            await self._settings.get(EPOCH_KEY),
            await self._settings.get(BEFORE_KEY),
            bounds["inbox"],
            bounds["outbox"],
            await self._settings.get(COPIED_KEY) is not None,
        )

    async def last_known_at(self) -> datetime | None:
        """When the database last heard or said anything; for a copy, when it was made. None: never."""
        bounds = await QUERIES.bounds(self._connection)
        copied = await self._settings.get(COPIED_KEY)
        times = [bounds["heard_at"], bounds["said_at"], int(copied) if copied else None]
        return from_ms(max((one for one in times if one is not None), default=None))

    async def mark_as_copy(self, *, at: datetime | None) -> None:
        """Let the file say that it is a copy made then (None: nobody knows when); what it says already stands."""
        if at is not None or await self._settings.get(COPIED_KEY) is None:
            await self._settings.set(COPIED_KEY, "" if at is None else str(to_ms(at)))

    async def begin_epoch(self) -> str:
        """A new start; what names it."""
        epoch = secrets.token_hex(8)
        await self._settings.set(BEFORE_KEY, await self._settings.get(EPOCH_KEY) or "")
        await self._settings.set(EPOCH_KEY, epoch)
        return epoch

    async def mark(self) -> Mark:
        """How far the database has come, and in which start."""
        bounds = await QUERIES.bounds(self._connection)
        return Mark(await self._settings.get(EPOCH_KEY) or "", bounds["inbox"], bounds["outbox"])

    async def state(self) -> Restored | None:
        """The state after a restore; None: nothing was put back, or it has been looked at."""
        text = await self._settings.get(RESTORED_KEY)
        return Restored(**json.loads(text)) if text else None

    async def begin(self, why: str, *, copy_at: datetime, at: datetime) -> Restored:
        """From now on this is a database that was put back."""
        state = Restored(why, to_ms(copy_at), to_ms(at))
        await self._keep(state)
        await self._settings.forget(COPIED_KEY)
        return state

    async def searched(self, *, fully: bool) -> Restored:
        """The dialogs have been read, or VK will not let them be read. Raises LookupError outside of the state."""
        state = replace(await self._needed(), searched=True if fully else None)
        await self._keep(state)
        return state

    async def found(self, messages: int, answered: int) -> None:
        """So many messages of people more were found in the dialogs. Raises LookupError outside of the state."""
        state = await self._needed()
        await self._keep(replace(state, found=state.found + messages, answered=state.answered + answered))

    async def confirm(self) -> Restored | None:
        """An administrator has looked: all goes on. The state that it was; None: somebody did so before."""
        state = await self.state()
        if state is not None:
            await self._settings.forget(RESTORED_KEY)
            await QUERIES.forget_words(self._connection)
        return state

    async def known(self, since: datetime) -> Mapping[int, int]:
        """Of each dialog the number of the last message that is known, whoever wrote it; `since`: of our own."""
        found = {row["person_id"]: int(row["cmid"]) async for row in QUERIES.known_heard(self._connection)}
        async for row in QUERIES.known_said(self._connection, since=to_ms(since)):
            found[row["person_id"]] = max(found.get(row["person_id"], 0), int(row["cmid"]))
        return found

    async def mute(self, answered: Mapping[int, int]) -> None:
        """What waits of these people up to these messages has been answered already."""
        values = [{"person_id": person, "cmid": cmid} for person, cmid in answered.items()]
        if values:
            await QUERIES.mute(self._connection, values)

    async def keep(self, said: Sequence[Said], *, at: datetime) -> None:
        """The community has said this: rows that wait with the same `random_id` are sent, the rest is remembered."""
        news = [_row(one) for one in said if not await self._arrived(one, at)]
        if news:
            await QUERIES.keep(self._connection, news)

    async def _arrived(self, one: Said, at: datetime) -> bool:
        rows = await QUERIES.arrived(
            self._connection,
            peer_id=one.peer_id,
            random_id=one.random_id,
            message_id=one.message_id,
            cmid=one.cmid,
            at=to_ms(at),
        )
        return bool(rows)

    async def said_already(self, peer_id: int, text: str) -> Known | None:
        """The first message of this text that the person had after the copy and that no row has said again."""
        row = await QUERIES.said_already(self._connection, peer_id=peer_id, digest=digest(text))
        return None if row is None else Known(row["id"], row["message_id"], row["cmid"])

    async def take(self, id_: int, outbox_id: int) -> None:
        """This row of the outbox is what said it."""
        await QUERIES.take(self._connection, id=id_, outbox_id=outbox_id)

    async def had(self, text: str) -> frozenset[int]:
        """Who has had a message of this text after the copy: an announcement does not go to them again."""
        return frozenset([row["peer_id"] async for row in QUERIES.had(self._connection, digest=digest(text))])

    async def count(self) -> int:
        """How many messages the community had sent after the copy."""
        return int(await QUERIES.count(self._connection))

    async def newest(self, most: int, offset: int = 0) -> list[Line]:
        """Some of them, newest first."""
        rows = QUERIES.newest(self._connection, most=most, offset=offset)
        return [Line(row["peer_id"], from_ms(row["sent_at"]), row["said"]) async for row in rows]

    async def forget_before(self, at: datetime) -> None:
        """Drop what was sent before then."""
        await QUERIES.forget_before(self._connection, at=to_ms(at))

    async def _needed(self) -> Restored:
        state = await self.state()
        if state is None:
            raise LookupError("no database was put back")
        return state

    async def _keep(self, state: Restored) -> None:
        await self._settings.set(RESTORED_KEY, json.dumps(asdict(state)))


def _row(one: Said) -> dict[str, object]:
    return {
        "peer_id": one.peer_id,
        "cmid": one.cmid,
        "message_id": one.message_id,
        "sent_at": to_ms(one.at),
        "digest": digest(one.text) if one.text.strip() else "",  # a message without words is like no other
        "said": _beginning(one.text),
    }


def _beginning(text: str) -> str:
    """Never half a word: a name is there, and found when somebody is to be forgotten, or it is not."""
    found = _WHOLE_WORDS.match(text)
    return found[0].rstrip() if found else ""


def digest(text: str) -> str:
    """What is kept of a text to know it again."""
    return sha256(text.strip().encode("utf-8", "replace")).hexdigest()

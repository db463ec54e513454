"""The words that handlers share: a case on our storage."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.documents.file import File
from bot.talk.case import Case as TalkCase
from bot.talk.case import Desk as TalkDesk
from storage.storage import Storage

Case = TalkCase[Storage]
Desk = TalkDesk[Storage]
#: Looks for what is due now and puts it on the desk. A missed or doubled look must not matter. True: there is more.
Chore = Callable[[Desk], Awaitable[bool | None]]
#: Draws a file from values; runs in a thread, so it touches neither the storage nor the network.
Draw = Callable[[], File]
#: Gathers what a file is drawn from, out of a snapshot that takes no writes; None: there is nothing (any more) to
#: draw. Rights are checked here too, because between the wish and the file they may have been taken. `about` has the
#: one who asked under `person_id`.
Maker = Callable[[Desk, Mapping[str, Any]], Awaitable[Draw | None]]


@dataclass(frozen=True, slots=True)
class Thought:
    """What thinking came to: something that JSON can hold, and perhaps a file that goes with it."""

    result: Mapping[str, Any]
    file: File | None = None


#: Works something out from values; runs in a thread, so it touches neither the storage nor the network.
Think = Callable[[], Thought]
#: Gathers what is to be thought over; None: there is nothing (any more).
Thinker = Callable[[Desk, Mapping[str, Any]], Awaitable[Think | None]]

"""The words that handlers share: a case on our storage."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.talk.case import Case as TalkCase
from bot.talk.case import Desk as TalkDesk
from storage.storage import Storage

Case = TalkCase[Storage]
Desk = TalkDesk[Storage]
#: Looks for what is due now and puts it on the desk. A missed or doubled look must not matter.
Chore = Callable[[Desk], Awaitable[None]]

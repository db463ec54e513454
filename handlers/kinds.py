"""The words that handlers share: a case on our storage."""

from __future__ import annotations

from bot.talk.case import Case as TalkCase
from bot.talk.case import Desk as TalkDesk
from storage.storage import Storage

Case = TalkCase[Storage]
Desk = TalkDesk[Storage]

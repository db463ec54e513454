"""Announcements on their way: recipients are gathered, the outbox is fed a little ahead, progress is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.contest.announcing.model import Announcement, Figures
from bot.talk.case import Desk
from bot.talk.model import Reply
from storage.storage import Storage


class Letters(Protocol):
    """What the handlers know of announcements; each is called on a snapshot, which takes no writes."""

    async def audience(self, desk: Desk[Storage], announcement: Announcement) -> Sequence[int]:
        """Who is meant, in any order, by `announcement.audience`; doubles, unreachable and opted-out people are
        sorted out by the caller.
        """
        ...

    async def values(
        self, desk: Desk[Storage], announcement: Announcement, people: Sequence[int]
    ) -> Mapping[int, Mapping[str, str]]:
        """What {имя} and {номер} are for each of some hundreds of people; what is not known is left out."""
        ...

    async def letter(self, desk: Desk[Storage], announcement: Announcement, values: Mapping[str, str]) -> Reply:
        """The message as a reader gets it, `values` put in (see `placeholders.filled`); {название} and {срок} are
        filled by it too. Its buttons lead where anybody may go. Without `{имя}` and `{номер}` it is drawn once.
        """
        ...

    async def progress(self, desk: Desk[Storage], announcement: Announcement, figures: Figures) -> Reply:
        """How far it is, and at the end the report: for its author and those who watch. Takes its own place."""
        ...

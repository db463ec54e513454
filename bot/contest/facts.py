"""What every talk may know of the place it runs at: settings and the directory, not the database."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.contest.consents import Operator
from bot.contest.organisations import Directory


@dataclass(frozen=True, slots=True)
class Facts:
    """Fixed while the bot runs."""

    zone: ZoneInfo
    operator: Operator
    directory: Directory
    #: The community's short name, for links into the chat: `vk.me/<name>?ref=…`.
    community: str
    #: Who is an administrator by the settings, whatever the database says.
    admins: frozenset[int] = frozenset()

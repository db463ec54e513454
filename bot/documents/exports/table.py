"""A long table as it is to be written: what it is, its columns, what is to be said about it."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.contest.exports.model import Column


@dataclass(frozen=True, slots=True)
class Table:
    """All but the rows, which come one by one."""

    #: «Заявки»: the name of the sheet.
    title: str
    columns: tuple[Column, ...]
    #: What the sheet «О выгрузке» says: a name and a text each; the number of rows is put in by the writer.
    about: tuple[tuple[str, str], ...]
    #: In which people read times.
    zone: ZoneInfo

"""What stands in a cell, as a person would read it out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from bot.contest.text import clean
from bot.documents.tables.limits import CELL_CHARS

#: So far whole numbers survive in a spreadsheet, which counts in floating point.
EXACT = 2**53
Row = tuple[str | None, ...]


def shown(value: object) -> str | None:
    """The cell's text: `8.9131234567E+10` is «89131234567», a day «04.03.2015», half past four «4:30».

    None where nothing is to be read.
    """
    match value:
        case None | "":
            told = ""
        case bool():
            told = "да" if value else "нет"
        case float() | int():
            told = _number(value)
        case datetime() if value.time() != time():
            told = f"{value:%d.%m.%Y %H:%M}"
        case date():
            told = f"{value:%d.%m.%Y}"
        case time():
            told = _clock(value.hour * 3600 + value.minute * 60 + value.second)
        case timedelta():
            told = _clock(round(value.total_seconds()))
        case _:
            told = str(value)
    return text(told)


def text(typed: str) -> str | None:
    """Typed words in their kept form, blanks of all kinds as one; too long a text stays recognizably too long."""
    lines = (" ".join(line.split()) for line in clean(typed[: CELL_CHARS * 2]).split("\n"))
    return "\n".join(line for line in lines if line)[:CELL_CHARS] or None


def trimmed(rows: Sequence[Sequence[str | None]]) -> tuple[Row, ...]:
    """The rows without the empty ones below and the empty cells on the right; row numbers stay."""
    kept = [_without_tail(row) for row in rows]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _without_tail(row: Sequence[str | None]) -> Row:
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return tuple(row[:end])


def _number(value: float) -> str:
    if float(value).is_integer() and abs(value) < EXACT:
        return str(int(value))
    return f"{value:.10g}"


def _clock(seconds: int) -> str:
    """«4:35», whether minutes and seconds were meant or hours and minutes: what was typed looked so."""
    hours, rest = divmod(abs(seconds), 3600)
    minutes, left = divmod(rest, 60)
    if not hours:
        return f"{minutes}:{left:02}"
    return f"{hours}:{minutes:02}" if not left else f"{hours}:{minutes:02}:{left:02}"

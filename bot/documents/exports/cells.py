"""What stands in a cell, and how it is written so that no table program takes it for a formula or another number."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.contest.exports.model import Kind
from bot.contest.text import shorten

Value = str | int | float | Decimal | datetime | date | bool | None
#: A cell of Excel holds so many UTF-16 units; a longer text is cut, because Excel calls the file damaged otherwise.
MOST_CHARS = 32_767
#: What XML can't hold: control characters, halves of characters, the two that are none.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: What begins a formula in a cell that is opened as plain text (OWASP ASVS 1.2.10); full-width twins too.
_BEGINS_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
#: Digits that a table program would round, or whose leading zero it would drop.
_LONG_NUMBER = re.compile(r"0\d+|\d{12,}")
_SECONDS_IN_DAY = 86_400
#: Values that many rows share, as the day on which a whole class was entered, are written down once.
_REMEMBERED = 4_096
_FIRST_DAY = date(1899, 12, 30)


def text_of(value: Value) -> str:
    """The value as text that any file can hold."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    found = value if isinstance(value, str) else str(value)
    if not found.isprintable():
        found = _NO_XML.sub("", found)
    return found if len(found) <= MOST_CHARS // 2 else shorten(found, MOST_CHARS)


@lru_cache(maxsize=_REMEMBERED, typed=True)
def serial(value: Value, zone: ZoneInfo) -> str | None:
    """The day as Excel counts it, from 30 December 1899; a moment as its day in `zone` and the part of it.

    None: the value is no day, and stands as text.
    """
    if isinstance(value, datetime):
        local = value.astimezone(zone)
        seconds = local.hour * 3600 + local.minute * 60 + local.second
        return f"{(local.date() - _FIRST_DAY).days + seconds / _SECONDS_IN_DAY:.10f}"
    return str((value - _FIRST_DAY).days) if isinstance(value, date) else None


def number_of(value: Value) -> str | None:
    """A number with a decimal point; None: the value is none, and stands as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    exact = Decimal(str(value))
    return f"{exact.normalize():f}" if exact.is_finite() else None


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a table program would take it for a formula or for a number."""
    if text[:1].isalpha():
        return text
    bare = text.lstrip(" \u00a0\u200b\ufeff")
    is_risky = (bare and bare[0] in _BEGINS_FORMULA) or _LONG_NUMBER.fullmatch(bare)
    return f"'{text}" if is_risky else text


def plain(kind: Kind, zone: ZoneInfo) -> Callable[[Value], str]:
    """How cells of a kind are written in a text file for a Russian table program: decimal comma, `18.04.2026 12:20`."""
    if kind is Kind.NUMBER:
        return _plain_number
    if kind in (Kind.MOMENT, Kind.DAY):
        return lambda value: _plain_day(value, zone)
    return _plain_text


@lru_cache(maxsize=_REMEMBERED, typed=True)
def _plain_text(value: Value) -> str:
    return guarded(text_of(value))


def _plain_number(value: Value) -> str:
    number = number_of(value)
    return guarded(text_of(value)) if number is None else number.replace(".", ",")


@lru_cache(maxsize=_REMEMBERED, typed=True)
def _plain_day(value: Value, zone: ZoneInfo) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%d.%m.%Y %H:%M}"
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else guarded(text_of(value))

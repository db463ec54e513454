"""Reading what is typed about a new event: each answer becomes a value or says what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from bot.contest.event.base import Category
from bot.contest.grades import FIRST_GRADE, LAST_GRADE
from bot.contest.organisations import Directory

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PREFIX = re.compile(r"[А-ЯЁ]{1,4}")
_SPAN = re.compile(r"(\d{1,2})(?:\s*[-–—]\s*(\d{1,2}))?")
_LINE_MOST, _SHORT_MOST, _CODE_MOST = 200, 40, 50
_LATIN: dict[int, int | str] = {
    **str.maketrans("абвгдеёзийклмнопрстуфхыэ", "abvgdeeziyklmnoprstufhye"),
    **{ord(letter): latin for letter, latin in (("ж", "zh"), ("ц", "ts"), ("ч", "ch"), ("ш", "sh"), ("щ", "sch"))},
    **{ord(letter): latin for letter, latin in (("ю", "yu"), ("я", "ya"), ("ъ", ""), ("ь", ""))},
}


class NotUnderstoodError(ValueError):
    """The answer cannot be taken; the message says what is expected."""


def line(text: str) -> str:
    """A line of words."""
    if not text or len(text) > _LINE_MOST:
        raise NotUnderstoodError(f"нужна строка до {_LINE_MOST} знаков")
    return text


def short_line(text: str) -> str:
    """A line that a button can hold."""
    if not text or len(text) > _SHORT_MOST:
        raise NotUnderstoodError(f"нужна строка до {_SHORT_MOST} знаков")
    return text


def code(text: str) -> str:
    """A code of an event."""
    if not _CODE.fullmatch(text):
        raise NotUnderstoodError("нужны латинские строчные буквы, цифры и дефисы, например my-mother-2026")
    return text


def prefix(text: str) -> str:
    """The letters of the numbers of applications."""
    if not _PREFIX.fullmatch(text.upper()):
        raise NotUnderstoodError("нужны 1–4 русские буквы, например СК")
    return text.upper()


def day(text: str) -> date:
    """A date as `2026-04-30` or `30.04.2026`."""
    found = re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", text)
    try:
        return date.fromisoformat("-".join(reversed(found.groups())) if found else text)
    except ValueError:
        raise NotUnderstoodError("нужна дата вида 30.04.2026 или 2026-04-30") from None


def day_from(first: date) -> Callable[[str], date]:
    """A date that is not before `first`."""

    def read(text: str) -> date:
        found = day(text)
        if found < first:
            raise NotUnderstoodError(f"нужна дата не раньше {first:%d.%m.%Y}")
        return found

    return read


def grades(text: str) -> tuple[int, int]:
    """Classes as `1-4` or `6`."""
    found = _SPAN.fullmatch(text)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not FIRST_GRADE <= first <= last <= LAST_GRADE:
        raise NotUnderstoodError(f"нужны классы от {FIRST_GRADE} до {LAST_GRADE}, например 1-4")
    return first, last


def one_of(choices: Mapping[str, str]) -> Callable[[str], str]:
    """A choice by its number, by its word or by what it means."""

    def read(text: str) -> str:
        codes = list(choices)
        if text.isdecimal() and 1 <= int(text) <= len(codes):
            return codes[int(text) - 1]
        for word, meaning in choices.items():
            if text.casefold() in (word, meaning.casefold()):
                return word
        raise NotUnderstoodError(f"нужен номер от 1 до {len(codes)} или слово: {', '.join(codes)}")

    return read


def some_of(choices: Mapping[str, str]) -> Callable[[str], tuple[Category, ...]]:
    """Several categories with commas between them, in the order of the choices."""
    one = one_of(choices)

    def read(text: str) -> tuple[Category, ...]:
        named = {one(part.strip()) for part in text.split(",")}
        return tuple(Category(word) for word in choices if word in named)

    return read


def organisation(text: str) -> str:
    """The code of an organisation by its code or by what people call it."""
    directory = Directory.load()
    if text in directory.codes:
        return text
    matches = directory.find(text)
    if len(matches) == 1 or (matches and matches[0].certain):
        return matches[0].organisation.code
    if not matches:
        raise NotUnderstoodError("в справочнике не нашлось; попробуйте номер школы или село")
    offered = "\n".join(f"  {match.organisation.code} — {match.organisation.name_short}" for match in matches)
    raise NotUnderstoodError(f"нашлось несколько, введите код:\n{offered}")


def prefix_from(title: str) -> str:
    """«ДЮМ» of «Дни юности мятежной»."""
    letters = "".join(word[0] for word in re.findall(r"[а-яё]+", title.lower()))
    return letters[:4].upper() or "С"


def code_from(title: str, year: int) -> str:
    """`noch-nauki-2026` of «Ночь науки»."""
    words = re.findall(r"[a-z0-9]+", title.lower().translate(_LATIN))
    return f"{'-'.join(words)[:_CODE_MOST].strip('-') or 'event'}-{year}"

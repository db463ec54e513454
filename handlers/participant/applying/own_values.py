"""Reading what is typed for a field of an event: numbers, days, lengths of time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from bot.contest.dates import Unlikely, read_birth_date, read_date
from bot.contest.event.fields import DateField, DurationField, EventField, NumberField, TextField
from bot.contest.event.works import read_duration
from bot.contest.refusal import Refusal
from bot.contest.text import fold, picture
from bot.contest.work_links import read_link
from bot.talk.texts import Trusted
from handlers.kinds import Case

#: Reads a text for a case; what JSON can hold, or why not.
Parse = Callable[[Case, str], object]
LINE = 200
NO = frozenset(("нет", "не нужно", "не нужна", "не надо", "без буквы", "нету", "пропустить", ""))
AGES = range(3, 100)
YEARS_OF_WORK = range(71)
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?")


def parser(field: EventField) -> Parse:
    """What reads the words typed for this field."""
    match field:
        case TextField(example=str(example)) if "://" in example:
            return lambda _case, text: _with_link(field, text)
        case NumberField():
            return lambda _case, text: _number(field, text)
        case DateField():
            return lambda case, text: _day(field, case, text)
        case DurationField():
            return lambda _case, text: _duration(field, text)
    return line


def says_no(text: str) -> bool:
    """Whether somebody types in words what the button «Пропустить» or «Без…» says."""
    return fold(text).strip(" .!-—") in NO


def line(_case: Case, text: str) -> object:
    """Words of any kind, but not signs alone."""
    return text if any(char.isalnum() for char in text) else Refusal("field_text_expected")


def words(_case: Case, text: str) -> object:
    """Words, not a number, that can be printed."""
    if refusal := picture(text):
        return refusal
    return text if any(char.isalpha() for char in text) else Refusal("field_text_expected")


def _with_link(field: TextField, text: str) -> object:
    """An answer that must hold a link, as the field's example does."""
    if isinstance(read_link(text, ()), Refusal):
        return Refusal("field_link_expected", {"example": Trusted(field.example or "")})
    return text


def _number(field: NumberField, text: str) -> object:
    typed = text.replace(",", ".").replace(" ", "")
    if not (_WHOLE if field.whole else _NUMBER).fullmatch(typed):
        return Refusal("field_number_expected", {"what": "целое число" if field.whole else "число"})
    number = Decimal(typed)
    if (field.least is not None and number < field.least) or (field.most is not None and number > field.most):
        ends = (("от", field.least), ("до", field.most))
        span = " ".join(f"{word} {end:f}" for word, end in ends if end is not None)
        return Refusal("field_number_range", {"span": span})
    return int(number) if field.whole else float(number)


def _day(field: DateField, case: Case, text: str) -> object:
    day = read_date(text, today=_today(case))
    if isinstance(day, Refusal):
        return day
    if (field.earliest and day < field.earliest) or (field.latest and day > field.latest):
        return Refusal("field_date_range")
    return day.isoformat()


def _duration(field: DurationField, text: str) -> object:
    seconds = read_duration(text.strip())
    if seconds is None:
        return Refusal("field_duration_expected")
    most = read_duration(field.most) if field.most else None
    if most is not None and seconds > most + field.tolerance_s:
        return Refusal("field_duration_range", {"most": field.most})
    return text.strip()


def read_age(_case: Case, text: str) -> object:
    """Full years."""
    typed = text.removesuffix("лет").strip()[:4]
    number = int(typed) if typed.isascii() and typed.isdecimal() else 0
    return number if number in AGES else Refusal("age_expected")


def read_years(_case: Case, text: str) -> object:
    """Full years of work."""
    typed = re.sub(r"\s*(?:лет|года|год)$", "", text.strip().casefold())[:4]
    number = int(typed) if typed.isascii() and typed.isdecimal() else -1
    return number if number in YEARS_OF_WORK else Refusal("years_expected")


def birth_date(case: Case, text: str) -> object:
    """An ISO date; one that is hardly possible comes with the years that it would mean, to be asked about."""
    born = read_birth_date(text, today=_today(case))
    match born:
        case Refusal():
            return born
        case Unlikely(day, years):
            return {"date": day.isoformat(), "years": years}
    return born.isoformat()


def _today(case: Case) -> date:
    return case.incoming.said_at.astimezone(case.facts.zone).date()

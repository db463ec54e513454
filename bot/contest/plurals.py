"""Russian nouns that go with numbers: 1 работа, 3 работы, 5 работ; из 21 школы, из 5 школ."""

from __future__ import annotations

from functools import cache

from babel import Locale

#: Keeps a number and its noun on one line.
NBSP = "\u00a0"
#: Figures from here on are written with spaces between their thousands (GOST 8.417-2002 leaves four together).
_SPACED_FROM = 10_000
Forms = tuple[str, str, str]


def plural(count: int, one: str, few: str, many: str) -> str:
    """The form of a Russian noun that goes with `count`: 1 работа, 3 работы, 5 работ."""
    return {"one": one, "few": few}.get(_russian().plural_form(abs(count)), many)


def number(value: int) -> str:
    """«1400», «12 500»."""
    return f"{value:,}".replace(",", NBSP) if abs(value) >= _SPACED_FROM else str(value)


def counted(count: int, forms: Forms) -> str:
    """«21 заявка», «3 заявки», «20 заявок»: the number keeps to its noun."""
    return f"{number(count)}{NBSP}{plural(count, *forms)}"


def of_so_many(count: int, one: str, many: str) -> str:
    """«21 организации», «20 организаций»: the genitive, which has two forms, as after «из»."""
    return f"{number(count)}{NBSP}{plural(count, one, many, many)}"


@cache
def _russian() -> Locale:
    return Locale("ru")

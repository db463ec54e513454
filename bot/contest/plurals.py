"""Russian nouns that go with numbers: 1 работа, 3 работы, 5 работ; из 21 школы, из 5 школ."""

from __future__ import annotations

from functools import cache

from babel import Locale

#: Keeps a number and its noun on one line.
NBSP = "\u00a0"


def plural(count: int, one: str, few: str, many: str) -> str:
    """The form of a Russian noun that goes with `count`: 1 работа, 3 работы, 5 работ."""
    return {"one": one, "few": few}.get(_russian().plural_form(abs(count)), many)


@cache
def _russian() -> Locale:
    return Locale("ru")

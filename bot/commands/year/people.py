"""Invented people of a school: who they are called is drawn from words, the same for the same seed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.contest.organisations import Directory
from bot.contest.yaml_text import read_yaml

Gender = Literal["female", "male"]
#: Of people of Kazakhstan and of Tuva some have Russian names.
OWN_NAMES_SHARE = 0.7
WITHOUT_PATRONYMIC, DOUBLE_SURNAME = 0.08, 0.03
NATIONS = {"Казахстан": "kazakh", "Республика Тыва": "tuvan"}


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody invented."""

    name: str
    gender: Gender


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    surnames: tuple[str, ...] = ()
    invariable: tuple[str, ...] = ()
    fathers: tuple[tuple[str, str, str], ...]
    men: tuple[str, ...]
    women: tuple[str, ...]


class Names:
    """Draws people of one organisation; nobody's surname and name come twice there."""

    def __init__(self, seed: str, organisation_code: str | None) -> None:
        """`organisation_code` says which letters the names have; None: Russian ones."""
        self._random = random.Random(f"{seed} {organisation_code}")  # noqa: S311 - people of a play
        self._nation = _nation(organisation_code)
        self._given: set[str] = set()

    def person(self, *, adult: bool = False) -> Named:
        """One more."""
        while True:
            found = self._draw(adult=adult)
            known = " ".join(found.name.split()[:2])
            if known not in self._given:
                self._given.add(known)
                return found

    def _draw(self, *, adult: bool) -> Named:
        draw = self._random
        words = _words()[self._nation if draw.random() < OWN_NAMES_SHARE else "russian"]
        female = draw.random() < (0.85 if adult else 0.5)
        surname = self._surname(words, female=female)
        if draw.random() < DOUBLE_SURNAME and words.surnames:
            surname = f"{surname}-{self._surname(words, female=female)}"
        name = draw.choice(words.women if female else words.men)
        father = draw.choice(words.fathers)[2 if female else 1]
        parts = [surname, name] if draw.random() < WITHOUT_PATRONYMIC and not adult else [surname, name, father]
        return Named(" ".join(parts), "female" if female else "male")

    def _surname(self, words: _Words, *, female: bool) -> str:
        one = self._random.choice([*words.surnames, *words.invariable])
        return feminine(one) if female and one in words.surnames else one


def feminine(surname: str) -> str:
    """«Соколов» as «Соколова», «Залесский» as «Залесская»; what has no such form stays."""
    if surname.endswith(("ский", "цкий")):
        return f"{surname[:-2]}ая"
    return f"{surname}а" if surname.endswith(("ов", "ев", "ёв", "ин", "ын")) else surname


@lru_cache(maxsize=1)
def _words() -> dict[str, _Words]:
    text = files("bot.data").joinpath("demo", "names.yaml").read_text(encoding="utf-8")
    return {nation: _Words.model_validate(words) for nation, words in read_yaml(text).items()}


def _nation(code: str | None) -> str:
    directory = Directory.load()
    if code is None or code not in directory.codes:
        return "russian"
    place = directory.place(code)
    return NATIONS.get(place.country) or NATIONS.get(place.region) or "russian"

"""Whether a name is a man's or a woman's, where it says so itself.

Nobody is asked: only the patronymic tells it for certain. A name without one gets words that fit everybody.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bot.contest.names import FullName


class Sex(StrEnum):
    """As far as the words around a name need it."""

    MALE = "male"
    FEMALE = "female"


#: «Ильинична», «Ай-ооловна»; «Мурат кызы», «Маратқызы».
_FEMALE = re.compile(r"(?:овна|евна|ична)$|(?:^|[\s-]|\w{2})(?:кызы|гызы|кизи|қызы)$", re.IGNORECASE)
#: «Петрович», «Ильич»; «Рашид оглы», «Серікұлы».
_MALE = re.compile(r"\wич$|(?:^|[\s-]|\w{2})(?:оглы|оглу|огли|улы|уулу|ұлы|ұғлы)$", re.IGNORECASE)


def sex_of(name: FullName) -> Sex | None:
    """What the patronymic says; None: there is none, or it says nothing."""
    patronymic = name.patronymic or ""
    if _FEMALE.search(patronymic):
        return Sex.FEMALE
    return Sex.MALE if _MALE.search(patronymic) else None


def by_sex(sex: Sex | None, male: str, female: str, anybody: str) -> str:
    """The word that fits."""
    return {Sex.MALE: male, Sex.FEMALE: female, None: anybody}[sex]

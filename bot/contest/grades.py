"""Reading a pupil's class or a preschooler's group.

Refusal keys: `grade.expected`, `grade.out_of_range` (number), `grade.letter` (letter), and `text.too_long`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.contest.refusal import Refusal
from bot.contest.text import clean, inert, too_long

GRADE_LIMIT = 60
FIRST_GRADE, LAST_GRADE = 1, 11

_ORDINALS = (
    "перв",
    "втор",
    "трет",
    "четверт",
    "пят",
    "шест",
    "седьм",
    "восьм",
    "девят",
    "десят",
    "одиннадцат",
)
_ENDING = r"(?:ый|ой|ий|ого|его|ом|ем|ьего|ьем|ая|ья|ом)"
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)}){_ENDING}\b")
_NOISE = re.compile(
    r"\b(?:класс[аеу]?|кл|ученик|ученица|учится|группа|гр|параллель|буква)\b|^в\s|[.«»\"'„“”(),]|(?<=\w)\s*[-–—]"
)
_GRADE = re.compile(r"([0-9]{1,4})\s*([^\W\d_]?)")
_LETTERS = frozenset("абвгдежзиклмнопрстуфхцчшщэюя")
_TWINS = str.maketrans("abcehkmoptxy", "авсенкмортху")


class PreschoolGroup(StrEnum):
    """A group of a kindergarten, by the age of its children."""

    NURSERY = "nursery"
    YOUNGER = "younger"
    MIDDLE = "middle"
    OLDER = "older"
    PREPARATORY = "preparatory"

    @property
    def label(self) -> str:
        """«подготовительная группа»."""
        return f"{_GROUPS[self][1]} группа"


_GROUPS = {
    PreschoolGroup.NURSERY: ("ясел", "ясельная"),
    PreschoolGroup.YOUNGER: ("младш", "младшая"),
    PreschoolGroup.MIDDLE: ("средн", "средняя"),
    PreschoolGroup.OLDER: ("старш", "старшая"),
    PreschoolGroup.PREPARATORY: ("подготов", "подготовительная"),
}


@dataclass(frozen=True, slots=True)
class Grade:
    """Either a class of a school (`number`, perhaps with a `letter`) or a group of a kindergarten."""

    number: int | None = None
    letter: str = ""
    group: PreschoolGroup | None = None

    @property
    def label(self) -> str:
        """«3Б класс», «3 класс», «подготовительная группа»."""
        return self.group.label if self.group else f"{self.number}{self.letter} класс"


def read_grade(text: str) -> Grade | Refusal:
    """The class in «3Б», «3 "б"», «третий», «3 класс» or the group in «подготовительная группа»."""
    text = clean(text).strip().lower().replace("ё", "е")
    if refusal := too_long(text, GRADE_LIMIT):
        return refusal
    for group, (stem, _) in _GROUPS.items():
        if re.search(rf"\b{stem}", text) and not re.search(r"\d", text):
            return Grade(group=group)
    words = _ORDINAL.sub(lambda found: str(_ORDINALS.index(found[1]) + 1), text)
    bare = " ".join(_NOISE.sub(" ", words).split())
    found = _GRADE.fullmatch(bare)
    return _grade(int(found[1]), found[2]) if found else Refusal("grade.expected")


def read_letter(text: str) -> str | Refusal:
    """The letter of a class, asked for by itself: «б» as «Б»."""
    bare = _NOISE.sub("", clean(text).lower()).strip()
    letter = bare.translate(_TWINS)
    if len(letter) == 1 and letter in _LETTERS:
        return letter.upper()
    return Refusal("grade.letter", {"letter": inert(bare[:10])})


def _grade(number: int, letter: str) -> Grade | Refusal:
    if not FIRST_GRADE <= number <= LAST_GRADE:
        return Refusal("grade.out_of_range", {"number": number})
    if not letter:
        return Grade(number)
    known = read_letter(letter)
    return known if isinstance(known, Refusal) else Grade(number, known)

"""Names of organisations as people type them, taken apart into words and numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import zip_longest

_LENGTH_MOST = 200
_TOKEN = re.compile(r"[^\W\d_]+|\d{1,6}")
#: Words that name the kind of an organisation, by what people type.
KINDS: dict[str, str] = {
    typed: kind
    for kind, words in {
        "школа": "школа школы школе школу шк сош оош сш нош ш",
        "гимназия": "гимназия гимназии гимназию гимн",
        "лицей": "лицей лицея лицее",
        "сад": "сад сада садик детсад доу дс",
        "университет": "университет университета вуз",
    }.items()
    for typed in words.split()
}
#: A single letter means a kind only beside a number: «г13», but «г. Томск».
_LETTERS = {"г": "гимназия", "л": "лицей", "ш": "школа"}
#: Legal forms and words that every name has.
_IDLE_TEXT = (
    "маоу мбоу мбдоу мадоу моу мкоу огбу огаоу огкоу кгу оу до имени им город города гор село поселок "
    "поселка район района рн областное областного муниципальное муниципального автономное автономного "
    "бюджетное бюджетного общеобразовательное общеобразовательного государственное учреждение учреждения "
    "средняя средней основная основной общеобразовательная общеобразовательной образовательное "
    "образовательного дополнительного дошкольное образования детский детского номер но и no n"
)
_IDLE = frozenset(_IDLE_TEXT.split())


@dataclass(frozen=True, slots=True)
class Wording:
    """What a name says: kinds («школа»), numbers, and the words that are its own."""

    kinds: frozenset[str]
    numbers: frozenset[int]
    names: frozenset[str]

    @property
    def empty(self) -> bool:
        """Whether nothing in it tells one organisation from another."""
        return not self.numbers and not self.names


def wording(text: str) -> Wording:
    """The words of a name, or of what somebody typed for it; anything may come in."""
    plain = unicodedata.normalize("NFKC", text[:_LENGTH_MOST]).casefold().replace("ё", "е")
    tokens = _TOKEN.findall(plain)
    kinds: set[str] = set()
    numbers: set[int] = set()
    names: set[str] = set()
    for token, following in zip_longest(tokens, tokens[1:], fillvalue=""):
        if token.isdigit():
            numbers.add(int(token))
        elif token in KINDS:
            kinds.add(KINDS[token])
        elif len(token) == 1:
            if token in _LETTERS and following.isdigit():
                kinds.add(_LETTERS[token])
        elif token not in _IDLE:
            names.add(token)
    return Wording(frozenset(kinds), frozenset(numbers), frozenset(names))

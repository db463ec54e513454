"""What a protocol of the jury says: the facts, with how people are called and what they wrote.

Such words stand beside the facts, and go when somebody is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from bot.contest.protocol_facts import Entry, Facts


class WordKind(StrEnum):
    """What a word is; `of` of its key is the id of a participant or of a member, or which of several."""

    MEMBER = "member"
    GRADE = "grade"
    TITLE = "title"
    WORK = "work"
    SUPERVISOR = "supervisor"
    JUROR = "juror"
    REMARK = "remark"
    CONFLICT = "conflict"
    TIE = "tie"
    COMMISSION = "commission"
    CHAIR = "chair"
    SECRETARY = "secretary"


class Word(NamedTuple):
    """The key of a word: what it is, of which application (0: of none), and whose or which."""

    kind: WordKind
    application: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Signers:
    """Who signs beside the members of the jury; empty: a line is left for it."""

    chair: str = ""
    secretary: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The facts with the words that are still known."""

    facts: Facts
    words: Mapping[Word, str] = field(default_factory=dict)

    def word(self, kind: WordKind, application: int = 0, of: int = 0) -> str:
        """The word, or nothing: it was never said, or is forgotten."""
        return self.words.get(Word(kind, application, of), "")

    def who(self, entry: Entry) -> str:
        """«Соколова Вера Ильинична», «„Ракета“ (7 чел.)»; «участник № 5» where nobody is known (any more)."""
        title = self.word(WordKind.TITLE, entry.application)
        if entry.titled and title:
            return title
        names = [self.word(WordKind.MEMBER, entry.application, one) for one in entry.members]
        return ", ".join(name for name in names if name) or f"участник № {entry.ordinal}"

    def grades(self, entry: Entry) -> str:
        """«3Б», «3Б, 4»: each class once."""
        found = [self.word(WordKind.GRADE, entry.application, one) for one in entry.members]
        return ", ".join(dict.fromkeys(grade for grade in found if grade))

    def juror(self, person_id: int) -> str:
        """The member's name, or a number."""
        return self.word(WordKind.JUROR, of=person_id) or f"эксперт № {person_id}"

    def without(self, hidden: Mapping[int, frozenset[int] | None]) -> Snapshot:
        """Less the words about those who may not be named: by application, its participants (None: everything)."""
        kept = {word: text for word, text in self.words.items() if not _is_hidden(word, hidden)}
        return self if len(kept) == len(self.words) else replace(self, words=kept)


def _is_hidden(word: Word, hidden: Mapping[int, frozenset[int] | None]) -> bool:
    if word.application not in hidden:
        return False
    people = hidden[word.application]
    return people is None or (word.kind in (WordKind.MEMBER, WordKind.GRADE) and word.of in people)


def number_of(prefix: str, year: int, version: int) -> str:
    """«СК-2026/1»: how a protocol is called on its paper and on those that rest on it."""
    return f"{prefix}-{year}/{version}"

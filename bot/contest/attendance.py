"""Who came to a meeting: the word that is said aloud, the time in which it is taken, lists of names.

Refusal keys: `attend.early` (starts_at), `attend.late` (until), `attend.word`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from bot.contest.event.stages import Meeting
from bot.contest.refusal import Refusal
from bot.contest.text import fold

#: A code word is said and typed in one breath.
WORD_LIMIT = 60
_PUNCTUATION = re.compile(r"[^\w\s]")
_MARK = re.compile(r"^\s*(?:[-–—•*✓+]|\d{1,3}[.)])?\s*")


def folded_word(text: str) -> str:
    """A code word as it is compared: case, ё, quotes and full stops make no difference."""
    return fold(_PUNCTUATION.sub(" ", text))


def word_hash(event_code: str, word: str) -> str:
    """What is kept of a code word that was set in the chat."""
    return sha256(f"{event_code}|{folded_word(word)}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Window:
    """When people may say that they are there."""

    opens_at: datetime
    closes_at: datetime

    def refusal(self, said_at: datetime) -> Refusal | None:
        """Why it is not taken now, or None; both ends are in time."""
        if said_at < self.opens_at:
            return Refusal("attend.early", {"starts_at": self.opens_at})
        return Refusal("attend.late", {"until": self.closes_at}) if said_at > self.closes_at else None


def window(meeting: Meeting) -> Window:
    """From the beginning of the meeting until some minutes after its end."""
    return Window(meeting.starts_at, meeting.ends_at + timedelta(minutes=meeting.attendance_grace_minutes))


def meant_by(event_code: str, meeting: Meeting, text: str, kept: Mapping[str, str]) -> str | None:
    """The section whose word this is ('' for the whole meeting), or None: it is no word of this meeting.

    `kept`: hashes of words set in the chat, by section; they take the place of the file's own.
    """
    typed = folded_word(text)
    if not typed or len(text) > WORD_LIMIT:
        return None
    hashed = word_hash(event_code, text)
    own = {section.code: section.code_word for section in meeting.sections} | {"": meeting.code_word}
    for section, word in sorted(own.items(), reverse=True):
        is_it = kept[section] == hashed if section in kept else bool(word) and folded_word(str(word)) == typed
        if is_it:
            return section
    return None


def has_word(meeting: Meeting, kept: Mapping[str, str]) -> bool:
    """Whether anything is said aloud; without it a button is enough."""
    return bool(kept or meeting.code_word or any(section.code_word for section in meeting.sections))


@dataclass(frozen=True, slots=True)
class Matched:
    """What came of a pasted list of names."""

    #: Applications that are meant.
    found: tuple[int, ...]
    #: Lines that name nobody of the event.
    unknown: tuple[str, ...]
    #: Lines that may mean several.
    unclear: tuple[str, ...]


def match_names(lines: Iterable[str], people: Sequence[tuple[int, str]]) -> Matched:
    """Whom a list means; `people`: applications with the full names in them.

    Every word of a line must be a word of the name («Орлова Нина» is «Орлова Нина Петровна»), in any order: lists of
    a video call have names as their owners wrote them. A single word must be a surname.
    """
    known = [(id_, fold(name).split()) for id_, name in people]
    found: dict[int, None] = {}
    unknown: list[str] = []
    unclear: list[str] = []
    for line in lines:
        bare = _MARK.sub("", line).strip()
        words = fold(_PUNCTUATION.sub(" ", bare)).split()
        if not words:
            continue
        meant = {id_ for id_, name in known if _is_meant(words, name)}
        if len(meant) == 1:
            found[meant.pop()] = None
        else:
            (unclear if meant else unknown).append(bare)
    return Matched(tuple(found), tuple(unknown), tuple(unclear))


def _is_meant(words: Sequence[str], name: Sequence[str]) -> bool:
    if len(words) == 1:
        return name[:1] == list(words)
    return set(words) <= set(name)

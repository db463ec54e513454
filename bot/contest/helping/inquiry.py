"""A question of a juror to the author of a work, and the answer: neither learns who the other is.

Refusal keys: `inquiry.empty`, `inquiry.contacts`, `inquiry.names`, `inquiry.many` (most), `inquiry.named`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.contest.refusal import Refusal
from bot.contest.text import fold

#: A question is read on a phone, an answer may be an explanation.
QUESTION_LIMIT, ANSWER_LIMIT = 500, 1500
#: So many questions of a juror to one author may wait for an answer.
MOST_OPEN = 3
_CONTACT = re.compile(
    r"@\w|\w@|://|\bid\d{3}|\bwww\.|\b(?:vk|t|wa)\.(?:com|ru|me|cc)\b|\b(?:телеграм|ватсап|вацап|telegram|whatsapp)"
    r"|(?:\d[\s()\-–—]*){10,}",
    re.IGNORECASE,
)
#: Shorter surnames are words like any other.
_SHORTEST = 4
_WORD = re.compile(r"\w+")


def question_refusal(text: str, *, own_names: Iterable[str], waiting: int) -> Refusal | None:
    """Why this can't be asked, or None.

    `own_names`: how the juror is called; `waiting`: how many of their questions to this author are not answered.
    """
    if waiting >= MOST_OPEN:
        return Refusal("inquiry.many", {"most": MOST_OPEN})
    if not text.strip():
        return Refusal("inquiry.empty")
    if _CONTACT.search(text):
        return Refusal("inquiry.contacts")
    return Refusal("inquiry.names") if is_named(text, own_names) else None


def answer_refusal(text: str, *, names: Iterable[str], blind: bool) -> Refusal | None:
    """Why this can't go to the jury, or None; `names`: of everybody behind the work, whom a blind jury may not know."""
    return Refusal("inquiry.named") if blind and is_named(text, names) else None


def is_named(text: str, names: Iterable[str]) -> bool:
    """Whether the surname (the first word) of one of `names` stands in the text, declined or not."""
    words = [fold(word) for word in _WORD.findall(text)]
    return any(
        word.startswith(stem) and len(word) <= len(stem) + 4 for stem in map(_stem, names) if stem for word in words
    )


def _stem(name: str) -> str:
    """«Соколова Вера» as «соколов»; empty for what is too short to tell."""
    surname = fold((name.split() or [""])[0])
    stem = surname.rstrip("аяыийоеуюь") or surname
    return stem if len(stem) >= _SHORTEST else ""

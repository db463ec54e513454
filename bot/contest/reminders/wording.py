"""Own words of a reminder: what may stand in braces, and what is put in its place."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.contest.placeholders import filled
from bot.contest.reminders.kinds import Kind

NAME, TITLE, UNTIL, LEFT, LIST, WORKS = "имя", "название", "срок", "осталось", "список", "работы"
#: What each kind knows. «список»: who or what is unfinished; «работы»: how many are left to score.
WORDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.DRAFT: (NAME, TITLE, UNTIL, LEFT, LIST),
    Kind.CONSENT: (NAME, TITLE, UNTIL, LEFT, LIST),
    Kind.WORK: (NAME, TITLE, UNTIL, LEFT, LIST),
    Kind.FINAL: (NAME, TITLE, UNTIL, LIST),
    Kind.JURY: (NAME, TITLE, UNTIL, LEFT, WORKS),
}
#: Three of them fit into one message with room for what is put in.
TEXT_LIMIT = 1000
_BRACES = re.compile(r"\{([^{}]*)\}")


def named(kind: Kind) -> str:
    """«{имя}, {название}, {срок}»."""
    return ", ".join(f"{{{word}}}" for word in WORDS[kind])


def unknown(text: str, kind: Kind) -> str | None:
    """The first thing in braces that means nothing here, as it was written; a brace alone is one too; else None."""
    for found in _BRACES.finditer(text):
        if found[1] not in WORDS[kind]:
            return found[0]
    alone = re.search(r"[{}]", _BRACES.sub("", text))
    return alone[0] if alone else None


def in_own_words(text: str, values: Mapping[str, str]) -> str:
    """The text with its values. A name that is not known leaves no gap; «{название}» gets no second pair of quotes."""
    return filled(text.replace("«{название}»", "{название}"), values)

"""Where a text may be cut: never inside what a person sees as one character."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

ZWNJ = "\u200c"
ZWJ = "\u200d"
EMOJI_PRESENTATION = "\ufe0f"

_PREPENDED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f")


def is_mark(char: str) -> bool:
    """Whether `char` is a combining mark: it is drawn on the character before it."""
    return unicodedata.category(char)[0] == "M"


def is_skin_tone(char: str) -> bool:
    """Whether `char` is one of the five modifiers that colour the emoji before them."""
    return "\U0001f3fb" <= char <= "\U0001f3ff"


def is_pictograph(char: str) -> bool:
    """Whether `char` can be a part of an emoji joined by U+200D.

    Symbols of the category So stand for Unicode's Extended_Pictographic, which the standard library lacks;
    the two differ only in signs that nobody joins.
    """
    return unicodedata.category(char) == "So" or is_skin_tone(char) or "\U0001f000" <= char <= "\U0001faff"


def is_boundary(text: str, index: int) -> bool:
    """Whether `text` may be cut before `text[index]`, by the rules of UAX #29 for extended clusters."""
    if index <= 0 or index >= len(text):
        return True
    before, after = text[index - 1], text[index]
    if "\n" in (before, after):
        return (before, after) != ("\r", "\n")
    if _extends(after) or before in _PREPENDED or _continues_hangul(before, after):
        return False
    if before == ZWJ:
        return not is_pictograph(after)
    if _is_regional(before) and _is_regional(after):
        return _regional_run(text, index) % 2 == 0
    return True


def graphemes(text: str) -> Iterator[str]:
    """The characters of `text` as a person counts them: a family emoji or a flag is one."""
    start = 0
    for index in range(1, len(text) + 1):
        if is_boundary(text, index):
            yield text[start:index]
            start = index


def _extends(char: str) -> bool:
    return is_mark(char) or char in (ZWJ, ZWNJ) or is_skin_tone(char) or "\U000e0020" <= char <= "\U000e007f"


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _regional_run(text: str, end: int) -> int:
    """How many regional indicators stand right before `end`: two of them make one flag."""
    start = end
    while start and _is_regional(text[start - 1]):
        start -= 1
    return end - start


def _continues_hangul(before: str, after: str) -> bool:
    leading = "\u1100" <= before <= "\u115f"
    if "\u1160" <= after <= "\u11ff":
        return leading or "\u1160" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7a3"
    return leading and ("\u1100" <= after <= "\u115f" or "\uac00" <= after <= "\ud7a3")

"""What an author may write in braces, and what becomes of it.

`{название}` and `{срок}` are the event's: the text stays the same for everyone. `{имя}` and `{номер}` are each
person's own: such a text is drawn for each of them. Whose name is not known gets the text without the address («{имя},
завтра» is «Завтра»); whoever has no number is left out, since a text about their application says nothing to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from bot.contest.text import inert


class Placeholder(StrEnum):
    """A word that stands for a value; it is written in braces."""

    NAME = "имя"
    TITLE = "название"
    NUMBER = "номер"
    DEADLINE = "срок"

    @property
    def written(self) -> str:
        """«{имя}»."""
        return f"{{{self.value}}}"


PERSONAL = frozenset({Placeholder.NAME, Placeholder.NUMBER})
#: Without these a text is of no use to its reader.
NEEDED = frozenset({Placeholder.NUMBER})
#: What an announcement of the whole programme can't know.
OF_EVENT = frozenset({Placeholder.TITLE, Placeholder.NUMBER, Placeholder.DEADLINE})
#: One message carries it whole, with whatever is put in.
TEXT_LIMIT = 3000
_BRACES = re.compile(r"\{([^{}\n]*)\}")
#: «Добрый день, {имя}!»; «{имя}, завтра» at the beginning of a sentence; anywhere else.
_AFTER_COMMA = re.compile(r",[ ]?\{имя\}")
_FIRST = re.compile(r"(^|[.!?…\n][ ]*)\{имя\}[ ]?[,!.:—-]*\s*(\w?)")
_ANYWHERE = re.compile(r"[ ]?\{имя\}")


def used(text: str) -> frozenset[Placeholder]:
    """The placeholders that the text has."""
    words = {one.value: one for one in Placeholder}
    return frozenset(words[word] for word in _BRACES.findall(text) if word in words)


def known(*, of_event: bool) -> tuple[Placeholder, ...]:
    """What may be written; `of_event`: whether there is an event."""
    return tuple(one for one in Placeholder if of_event or one not in OF_EVENT)


def respelled(text: str) -> str:
    """The text with its placeholders as they are known: «{Имя}» and «{ имя }» mean `{имя}`."""
    words = {one.value: one.written for one in Placeholder}
    return _BRACES.sub(lambda found: words.get(found[1].strip().casefold(), found[0]), text)


def unknown(text: str, *, of_event: bool = True) -> tuple[str, ...]:
    """What stands in braces and means nothing, as it was written, each once; `of_event`: whether there is an event."""
    words = {one.value for one in known(of_event=of_event)}
    return tuple(dict.fromkeys(f"{{{word}}}" for word in _BRACES.findall(text) if word not in words))


def is_personal(text: str) -> bool:
    """Whether each reader's text is their own."""
    return not used(text).isdisjoint(PERSONAL)


def lacks(text: str, values: Mapping[str, str]) -> frozenset[Placeholder]:
    """What the text would need to be of use to the person of these values."""
    return frozenset(one for one in used(text) & NEEDED if not values.get(one))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its values, by the words of the placeholders; a name is data: it makes no link and no mention.

    What has no value stays as it is, but for the name.
    """
    name = Placeholder.NAME
    if not values.get(name):
        text = _unaddressed(text)
    ready = {**values, name: inert(values.get(name, ""))}
    return _BRACES.sub(lambda found: ready.get(found[1]) or found[0], text)


def named(words: Iterable[Placeholder]) -> str:
    """«{название}, {срок}», in their own order."""
    chosen = frozenset(words)
    return ", ".join(one.written for one in Placeholder if one in chosen)


def _unaddressed(text: str) -> str:
    """Without the address; what follows it begins as a sentence does."""
    text = _AFTER_COMMA.sub("", text)
    text = _FIRST.sub(lambda found: found[1] + found[2].upper(), text)
    return _ANYWHERE.sub("", text)

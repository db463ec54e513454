"""Texts as they are compared: without what is learnt beside the talks, and without what the clock says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from bot.contest.text import WORD_JOINER
from bot.sandbox.people import Person
from bot.sandbox.world import World

_CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")
_DAY = re.compile(
    r"\b\d{1,2} (?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)(?: \d{4})?"
)
_NUMBER = re.compile(r"\b[А-ЯЁ]{1,4}-\d{4}-\d{4}\b")


def plain(text: str, people: Iterable[Person]) -> str:
    """The text as it is read, without names: they are learnt at no certain moment; and without times."""
    text = text.replace(WORD_JOINER, "")
    for person in people:
        text = text.replace(f"{person.first_name} {person.last_name}", f"id{person.id}")
        text = text.replace(f", {person.first_name}!", "!")
    return _DAY.sub("день", _CLOCK.sub("час", text))


def blurred(text: str, words: Mapping[str, str]) -> str:
    """A plain text without what is one person's own: their words, and numbers that depend on who was faster."""
    for name, word in words.items():
        text = text.replace(word, f"{{{name}}}")
    return _NUMBER.sub("№", text)


def seen(world: World, person: int, known: Iterable[Person] | None = None) -> list[str]:
    """The bot's messages to somebody as they stand, oldest first; `known`: whose names may be in them (everyone's)."""
    people = list(world.people.values()) if known is None else list(known)
    messages = world.dialog(person).messages
    return [plain(message.content.text, people) for message in messages if message.out and not message.deleted]


def difference(found: Sequence[str], wanted: Sequence[str]) -> str:
    """Where two dialogs part, for the message of an assertion; empty where they do not."""
    for nth, (one, other) in enumerate(zip_longest(found, wanted)):
        if one != other:
            return f"message {nth + 1} of {len(found)}, {len(wanted)} wanted\nfound:  {one!r}\nwanted: {other!r}"
    return ""

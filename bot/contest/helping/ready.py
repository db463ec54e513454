"""Ready answers: those that ship with the bot are data, `bot/data/ready_answers.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from bot.contest.placeholders import Placeholder, used
from bot.contest.refusal import Refusal
from bot.contest.text import too_long

#: A title stands on a button.
TITLE_LIMIT = 40
TEXT_LIMIT = 1500
#: So many of an event, or of all: they have to be found on a phone.
MOST = 30
#: What may stand in braces.
KNOWN = (Placeholder.NAME, Placeholder.TITLE, Placeholder.DEADLINE)


@dataclass(frozen=True, slots=True)
class Preset:
    """A ready answer that ships with the bot."""

    code: str
    title: str
    text: str


@cache
def presets() -> Sequence[Preset]:
    """Those that ship with the bot, in their order. Raises ValueError where one is not fit to be sent."""
    loaded = yaml.safe_load((files("bot.data") / "ready_answers.yaml").read_text(encoding="utf-8"))
    found = [Preset(code, one["title"], one["text"].strip()) for code, one in loaded.items()]
    for one in found:
        if refusal := title_refusal(one.title) or text_refusal(one.text):
            raise ValueError(f"ready_answers.yaml: {one.code}: {refusal.key}")
    return tuple(found)


def title_refusal(title: str) -> Refusal | None:
    """Why this can't be the name of a ready answer, or None."""
    if not title.strip():
        return Refusal("ready.title_expected")
    return too_long(title, TITLE_LIMIT)


def text_refusal(text: str) -> Refusal | None:
    """Why this can't be a ready answer, or None."""
    if not text.strip():
        return Refusal("ready.text_expected")
    if refusal := too_long(text, TEXT_LIMIT):
        return refusal
    allowed = {one.value for one in KNOWN}
    foreign = [word for word in _braces(text) if word not in allowed]
    return Refusal("ready.unknown", {"typed": f"{{{foreign[0]}}}"}) if foreign else None


def missing(text: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """Which placeholders can't be filled, as they are written. A name that is not known is left out by itself."""
    needed = used(text) - {Placeholder.NAME}
    return tuple(one.written for one in KNOWN if one in needed and not values.get(one))


def _braces(text: str) -> list[str]:
    """What stands in braces."""
    return [part.partition("}")[0] for part in text.split("{")[1:] if "}" in part]

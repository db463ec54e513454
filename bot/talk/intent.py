"""What a person means by an act, seen from where they are in their talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.contest.text import fold
from bot.talk.case import Case
from bot.talk.incoming import Attachment
from bot.talk.position import Position, ScreenKey
from bot.talk.seal import EVERYBODY, Seal

#: A second tap on the same button so soon is the same tap.
DOUBLE_TAP = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Command:
    """«Меню», «Назад», «Отмена», «Помощь»."""

    name: str


@dataclass(frozen=True, slots=True)
class Start:
    """The person came: by «Начать» or by a link with a word in it."""

    ref: str


@dataclass(frozen=True, slots=True)
class Go:
    """A button that leads somewhere: the route with its argument."""

    to: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A button of the screen in sight."""

    key: ScreenKey


@dataclass(frozen=True, slots=True)
class Said:
    """Words or things, to be taken by the step."""

    text: str
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Stale:
    """A button of an older screen; `repeated`: the second tap of a double one."""

    repeated: bool


@dataclass(frozen=True, slots=True)
class Forged:
    """A payload that we did not make for this person."""


Intent = Command | Start | Go | Chosen | Said | Stale | Forged


def read_intent(
    case: Case[Any],
    position: Position,
    seal: Seal,
    *,
    commands: Mapping[str, str],
    doors: Mapping[str, str],
) -> Intent:
    """What the act means.

    `commands`: folded words to names of commands; `doors`: folded labels that lead somewhere from anywhere.
    """
    incoming = case.incoming
    word = fold(incoming.text)
    if incoming.started or commands.get(word) == "start" or (incoming.ref and position.version == 0):
        return Start(incoming.ref)
    if incoming.payload is not None:
        return _pressed(case, position, seal, incoming.payload)
    meant = None if incoming.attachments else _meant(position, word, commands=commands, doors=doors)
    if meant is not None:
        return meant
    taker = words_key(position.screen)
    return Chosen(taker) if taker else Said(incoming.text, incoming.attachments)


def _meant(
    position: Position, word: str, *, commands: Mapping[str, str], doors: Mapping[str, str]
) -> Chosen | Command | Go | None:
    """What a typed word names: a button in sight, a command, a door of the menu."""
    if not word:
        return None
    if key := _named(position.screen, word):
        return Chosen(key)
    if word in commands:
        return Command(commands[word])
    return Go(doors[word]) if word in doors else None


def words_key(screen: Sequence[ScreenKey]) -> ScreenKey | None:
    """What takes the words that are typed in sight of this screen, numbers too; None where nothing does."""
    return next((key for key in screen if key.kind == "words"), None)


def _pressed(case: Case[Any], position: Position, seal: Seal, payload: Mapping[str, Any]) -> Intent:
    match dict(payload):
        case {"c": str(name)} if name in ("menu", "back", "cancel", "help"):
            return Command(name)
        case {"g": str(go), "k": str(mark)} if any(seal.fits(whose, go, mark) for whose in (case.person.id, EVERYBODY)):
            return Go(go)
        case {"v": int(version), "n": int(number)} if 0 < version <= position.version and number >= 0:
            if version == position.version and number < len(position.screen):
                return Chosen(position.screen[number])
            return Stale(repeated=version == position.version - 1 and _just_shown(case, position))
    return Forged()


def _just_shown(case: Case[Any], position: Position) -> bool:
    return position.shown_at is not None and case.now - position.shown_at < DOUBLE_TAP


def _named(screen: Sequence[ScreenKey], word: str) -> ScreenKey | None:
    named = next((key for key in screen if fold(key.label) == word), None)
    if words_key(screen) is not None:
        # Folding makes «-1» the same as «1»: whoever takes numbers reads them as they were typed.
        return None if word[0].isdecimal() else named
    if named is not None:
        return named
    # Beside a question that is answered in words a number is an answer: it turns no page.
    typed_too = any(key.kind == "quick" for key in screen)
    numbered = [key for key in screen if key.kind not in (("quick", "page") if typed_too else ("quick",))]
    if word.isdecimal() and word[0] != "0" and int(word[:4]) <= len(numbered):
        return numbered[int(word[:4]) - 1]
    return None

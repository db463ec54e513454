"""Screens: replies and questions turned into messages with buttons, within what a messenger can show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.contest.text import length, shorten, split_message
from bot.talk.message import ButtonKind, Card, Key, Message, Span
from bot.talk.model import Button, Element, Option, Reply
from bot.talk.position import ScreenKey
from bot.talk.seal import Seal
from bot.talk.texts import Text, Texts

#: VK: 40 characters on a button, 80 in a line of a card, 10 buttons in 6 rows under a message.
MOST_LABEL = 40
MOST_CARD_LINE = 80
MOST_BUTTONS = 10
MOST_ROWS = 6
#: So many options, and rows of them, fit beside «Назад», «Отмена» and the two page buttons.
MOST_OPTIONS = 6
MOST_OPTION_ROWS = 5


@dataclass(frozen=True, slots=True)
class Screen:
    """Messages to one person, and the keys that typing may name."""

    messages: tuple[Message, ...]
    keys: tuple[ScreenKey, ...] = ()


class Screens:
    """Draws screens for a person: labels from the catalogue, buttons sealed for that person."""

    def __init__(self, texts: Texts, seal: Seal, menu: Sequence[Sequence[Button]]) -> None:
        self._texts = texts
        self._seal = seal
        self._menu = menu
        #: Labels of the catalogue, by the button's key.
        self._labels: dict[str, str] = {}

    def of_reply(self, person_id: int, reply: Reply, *, cmid: int | None = None) -> Screen:
        """A reply: its buttons under it; the menu under the input where it has none."""
        text = self._texts.render(reply.key, reply.values)
        kind: ButtonKind = "callback" if reply.callback else "text"
        rows = tuple(tuple(self.key(person_id, button, kind) for button in row) for row in reply.buttons)
        cards = tuple(self._card(person_id, card, kind) for card in reply.cards)
        flat = [button for row in reply.buttons for button in row]
        flat += [button for card in reply.cards for button in card.buttons]
        keys = tuple(ScreenKey(self.label(button), "go", button.go) for button in flat if button.go)
        if reply.words:
            keys = (*keys, ScreenKey("", "words", reply.words))
        bare = not rows and not cards
        message = Message(
            text=text.text,
            bold=text.bold,
            keys=self.menu(person_id) if bare and cmid is None else rows,
            inline=not bare,
            cards=cards,
            attachments=reply.attachments,
            cmid=cmid,
        )
        return Screen(_split(message), keys)

    def of_question(
        self,
        text: Text,
        options: Sequence[Option],
        *,
        version: int,
        page: int,
        columns: int,
        quick: bool,
    ) -> Screen:
        """A question: its options under it, a page at a time, and the way back and out.

        `quick`: the options only help to answer in words, so a typed number is an answer, not an option's number.
        """
        most = min(MOST_OPTIONS, MOST_OPTION_ROWS * columns)
        pages = [options[start : start + most] for start in range(0, len(options), most)] or [()]
        page = page if 0 <= page < len(pages) else 0
        keys = [
            ScreenKey(_short(option.label), "quick" if quick else "option", option.value, option.colour)
            for option in pages[page]
        ]
        turns = (("‹", page - 1), ("Ещё ›", page + 1))
        keys += [ScreenKey(label, "page", to) for label, to in turns if 0 <= to < len(pages)]
        return self.of_keys(text, keys, version=version, columns=columns)

    def of_keys(self, text: Text, keys: Sequence[ScreenKey], *, version: int, columns: int) -> Screen:
        """A text above these keys of the screen `version`, with the way back and out below them."""
        drawn = [Key(key.label, {"v": version, "n": number}, colour=key.colour) for number, key in enumerate(keys)]
        turns = [key for key, screen_key in zip(drawn, keys, strict=True) if screen_key.kind == "page"]
        options = [key for key, screen_key in zip(drawn, keys, strict=True) if screen_key.kind != "page"]
        rows = [tuple(options[start : start + columns]) for start in range(0, len(options), columns)]
        rows.append((self._command("back"), *turns, self._command("cancel")))
        return Screen(_split(Message(text.text, text.bold, tuple(rows))), tuple(keys))

    def menu(self, person_id: int) -> tuple[tuple[Key, ...], ...]:
        """The keyboard under the input, which stays there whatever else is shown."""
        return tuple(tuple(self.key(person_id, button, "text") for button in row) for row in self._menu)

    def key(self, person_id: int, button: Button, kind: ButtonKind) -> Key:
        """A button sealed for this person."""
        label = self.label(button)
        if button.url:
            return Key(label, {}, "link", url=button.url)
        payload = {"g": button.go, "k": self._seal.of(person_id, button.go)}
        return Key(label, payload, kind, button.colour)

    def label(self, button: Button) -> str:
        """What stands on the button."""
        if button.label:
            return _short(button.label)
        label = self._labels.get(button.key)
        if label is None:
            label = self._labels[button.key] = _short(self._texts.say(f"button.{button.key}"))
        return label

    def _command(self, name: str) -> Key:
        return Key(self._texts.say(f"button.{name}"), {"c": name})

    def _card(self, person_id: int, card: Element, kind: ButtonKind) -> Card:
        keys = tuple(self.key(person_id, button, kind) for button in card.buttons)
        return Card(shorten(card.title, MOST_CARD_LINE), shorten(card.description, MOST_CARD_LINE), keys)


def overflows(screen: Screen) -> bool:
    """Whether a message has more buttons under it than a messenger shows: it would not be sent at all."""
    return any(
        message.inline and (len(message.keys) > MOST_ROWS or sum(map(len, message.keys)) > MOST_BUTTONS)
        for message in screen.messages
    )


def after(first: Text, second: Text) -> Text:
    """One text below the other."""
    offset = length(first.text) + 2
    moved = tuple(replace(span, offset=span.offset + offset) for span in second.bold)
    return Text(f"{first.text}\n\n{second.text}", first.bold + moved)


def spelled_out(screen: Screen, *, numbered: bool = True) -> Screen:
    """For a client that shows no buttons under a message: the options as a list, to answer by number or label.

    Not `numbered` where a typed number means something else: beside a question that is answered in words, and on a
    screen by the way, which leaves the one before it in sight.
    """
    lines, number = [], 0
    for key in screen.keys:
        counts = key.kind not in ("quick", "words")
        number += counts
        if key.label:
            lines.append(f"{number}. {key.label}" if counts and numbered else f"• {key.label}")
    *first, last = screen.messages
    if not last.inline or not lines:
        return screen
    return replace(screen, messages=(*first, replace(last, text="\n".join([last.text, "", *lines]), keys=())))


def _short(label: str) -> str:
    return shorten(label, MOST_LABEL)


def _split(message: Message) -> tuple[Message, ...]:
    """Messages no longer than one may be; buttons and attachments go with the last."""
    parts = split_message(message.text)
    if len(parts) == 1:
        return (message,)
    found, messages = 0, []
    for part in parts:
        found = message.text.index(part, found)
        start = length(message.text[:found])
        messages.append(Message(part, _within(message.bold, start, length(part)), inline=message.inline))
        found += len(part)
    messages[-1] = replace(message, text=messages[-1].text, bold=messages[-1].bold)
    return tuple(messages)


def _within(spans: Sequence[Span], start: int, units: int) -> tuple[Span, ...]:
    cut = []
    for span in spans:
        begin, end = max(span.offset, start), min(span.offset + span.length, start + units)
        if begin < end:
            cut.append(Span(begin - start, end - begin))
    return tuple(cut)

"""Messages on their way to a person, in a form that no messenger dictates.

They are stored as JSON in the outbox; `bot.vk` turns them into VK's parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

ButtonKind = Literal["text", "callback", "link"]
Colour = Literal["primary", "secondary", "positive", "negative"]


@dataclass(frozen=True, slots=True)
class Key:
    """A button as it is sent: `payload` comes back when it is pressed."""

    label: str
    payload: Mapping[str, Any]
    kind: ButtonKind = "text"
    colour: Colour = "secondary"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of bold text; offset and length in UTF-16 units, as messengers count."""

    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Card:
    """One card of a carousel."""

    title: str
    description: str
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """What a person is to see. `inline` keys stand under the message, others under the input."""

    text: str
    bold: tuple[Span, ...] = ()
    keys: tuple[tuple[Key, ...], ...] = ()
    inline: bool = True
    cards: tuple[Card, ...] = ()
    #: Things the messenger stores already, as it names them (`doc5_65_key`).
    attachments: tuple[str, ...] = ()
    #: An edit: the number of the message in its dialog, where it is known; else the outbox row's target tells.
    cmid: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The outbox's form; what is empty is left out."""
        body: dict[str, Any] = {"text": self.text}
        if self.bold:
            body["bold"] = [[span.offset, span.length] for span in self.bold]
        if self.keys:
            body["keys"] = [[_key_to_json(key) for key in row] for row in self.keys]
            body["inline"] = self.inline
        if self.cards:
            body["cards"] = [
                {"title": card.title, "text": card.description, "keys": [_key_to_json(key) for key in card.keys]}
                for card in self.cards
            ]
        if self.attachments:
            body["attachments"] = list(self.attachments)
        if self.cmid is not None:
            body["cmid"] = self.cmid
        return body

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Message:
        """The message of an outbox row."""
        return cls(
            text=body["text"],
            bold=tuple(Span(offset, length) for offset, length in body.get("bold", ())),
            keys=tuple(tuple(_key_from_json(key) for key in row) for row in body.get("keys", ())),
            inline=body.get("inline", True),
            cards=tuple(
                Card(card["title"], card["text"], tuple(_key_from_json(key) for key in card["keys"]))
                for card in body.get("cards", ())
            ),
            attachments=tuple(body.get("attachments", ())),
            cmid=body.get("cmid"),
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a pressed callback button: a short text that pops up, or none (the waiting mark goes away)."""

    event_id: str
    text: str = ""

    def to_json(self) -> dict[str, Any]:
        """The outbox's form."""
        return {"event_id": self.event_id, "text": self.text}

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Answer:
        """The answer of an outbox row."""
        return cls(body["event_id"], body["text"])


def _key_to_json(key: Key) -> dict[str, Any]:
    body: dict[str, Any] = {"label": key.label}
    if key.payload:
        body["payload"] = dict(key.payload)
    if key.kind != "text":
        body["kind"] = key.kind
    if key.colour != "secondary":
        body["colour"] = key.colour
    if key.url:
        body["url"] = key.url
    return body


def _key_from_json(body: Mapping[str, Any]) -> Key:
    return Key(
        label=body["label"],
        payload=body.get("payload", {}),
        kind=body.get("kind", "text"),
        colour=body.get("colour", "secondary"),
        url=body.get("url", ""),
    )

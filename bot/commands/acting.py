"""People who act in a played chat, and what they see there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.commands.playing import ACT, Play
from bot.contest.text import WORD_JOINER


@dataclass(frozen=True)
class Message:
    """A message of the bot as a person sees it."""

    cmid: int
    text: str
    buttons: tuple[tuple[str, ...], ...]
    bold: tuple[str, ...]
    carousel: Sequence[Mapping[str, Any]]
    attachments: Sequence[Mapping[str, Any]]
    edited: bool

    @property
    def keyboard(self) -> str:
        """`[Да] [Нет] / [Отмена]`."""
        return " / ".join(" ".join(f"[{label}]" for label in row) for row in self.buttons)


@dataclass
class Actor:
    """Somebody of the cast, with what they see in their dialog."""

    play: Play
    id: int
    _acted_at: int = 0
    _dialog: Mapping[str, Any] = field(default_factory=dict)

    async def writes(self, text: str = "", **more: Any) -> None:
        """Write a message (`attachments`, `ref`, `payload`, `date` as the control API has them) and read the answer."""
        await self._act("write", {"text": text, **more})

    async def starts(self, ref: str = "") -> None:
        """Press «Начать», perhaps by a link with a word."""
        await self.writes("Начать", payload={"command": "start"}, **({"ref": ref} if ref else {}))

    async def presses(self, label: str, **more: Any) -> None:
        """Press the newest visible button of this label and read the answer."""
        await self._act("press", {"label": label, **more})

    async def attaches(self, kind: str, text: str = "", **fields: Any) -> None:
        """Send a thing of this kind, as `/control/people/{id}/attachment` makes it."""
        thing = await self.play.control(f"people/{self.id}/attachment", {"kind": kind, **fields})
        await self.writes(text, attachments=[thing])

    async def _act(self, what: str, body: Mapping[str, Any]) -> None:
        if not self.play.hasty:
            self.play.moves_on(ACT)
        self._acted_at = self.views[-1]["cmid"] if self.views else 0
        await self.play.control(f"people/{self.id}/{what}", body)
        await self.play.settled()
        await self.looks()

    async def looks(self) -> None:
        """Look at the dialog again: somebody else's act may have written to it."""
        found = await self.play.control(f"people/{self.id}/dialog?since={self._dialog.get('revision', 0)}")
        known = {message["cmid"]: message for message in self._dialog["messages"]} if found["since"] else {}
        known |= {message["cmid"]: message for message in found["messages"]}
        self._dialog = {**found, "messages": list(known.values())}

    @property
    def views(self) -> Sequence[Mapping[str, Any]]:
        """The whole dialog, both sides, as the control API shows it."""
        views: Sequence[Mapping[str, Any]] = self._dialog.get("messages", ())
        return views

    @property
    def all(self) -> list[Message]:
        """Every message of the bot, oldest first."""
        return [_message(one) for one in self.views if _stands(one)]

    @property
    def new(self) -> list[Message]:
        """The bot's messages since the person's last act."""
        return [_message(one) for one in self.views if _stands(one) and one["cmid"] > self._acted_at]

    @property
    def last(self) -> Message:
        """The bot's newest message."""
        return _message(next(one for one in reversed(self.views) if _stands(one)))

    @property
    def under_input(self) -> str:
        """The keyboard under the input."""
        rows = (self._dialog["keyboard"] or {"buttons": []})["buttons"]
        return " / ".join(" ".join(f"[{key['action']['label']}]" for key in row) for row in rows)

    @property
    def popups(self) -> list[str]:
        """What popped up on callback buttons, oldest first."""
        return [popup["text"] for popup in self._dialog["snackbars"]]


def _stands(view: Mapping[str, Any]) -> bool:
    """Whether the bot has said it and it is still there."""
    return bool(view["out"] and not view["deleted"])


def _message(view: Mapping[str, Any]) -> Message:
    rows = (view["keyboard"] or {"buttons": []})["buttons"]
    text = view["text"]
    units = text.encode("utf-16-le")
    bold = [
        units[2 * item["offset"] : 2 * (item["offset"] + item["length"])].decode("utf-16-le")
        for item in view["format"]
        if item["type"] == "bold"
    ]
    return Message(
        cmid=view["cmid"],
        text=text.replace(WORD_JOINER, ""),
        buttons=tuple(tuple(key["action"]["label"] for key in row) for row in rows),
        bold=tuple(part.replace(WORD_JOINER, "") for part in bold),
        carousel=(view["carousel"] or {}).get("elements", []),
        attachments=view["attachments"],
        edited=view["edited_at"] is not None,
    )

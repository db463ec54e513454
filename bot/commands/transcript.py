"""A played contest as a text that one reads: who wrote what, what the bot answered, with its buttons."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from bot.commands.acting import Actor
from bot.commands.common import say
from bot.contest.text import WORD_JOINER

WIDTH = 100
INDENT = "   "


class Transcript:
    """Prints chapters and the part of a dialog that is new since it was last shown."""

    def __init__(self) -> None:
        self._shown: dict[int, dict[int, str]] = {}

    def chapter(self, title: str) -> None:
        """A new part of the story."""
        say()
        say(f"── {title} " + "─" * max(0, WIDTH - len(title) - 4))

    def remark(self, text: str) -> None:
        """The narrator's words."""
        for line in textwrap.wrap(text, WIDTH):
            say(line)

    async def show(self, actor: Actor, name: str, *, last: int | None = None) -> None:
        """What is new in a person's dialog, or the newest `last` messages of it; edits are marked ⟳."""
        await actor.looks()
        seen = self._shown.setdefault(actor.id, {})
        views = [view for view in actor.views if seen.get(view["cmid"]) != view["text"]]
        for view in views[-last:] if last else views:
            self._message(view, name, edited=view["cmid"] in seen)
        seen.update({view["cmid"]: view["text"] for view in actor.views})

    async def skip(self, actor: Actor) -> None:
        """Count everything so far as shown."""
        await actor.looks()
        self._shown[actor.id] = {view["cmid"]: view["text"] for view in actor.views}

    def _message(self, view: Mapping[str, Any], name: str, *, edited: bool) -> None:
        who = ("⟳ " if edited else "🤖 ") if view["out"] else f"👤 {name}: "
        text = view["text"].replace(WORD_JOINER, "") or _attached(view)
        first, *rest = [line for part in text.split("\n") for line in _lines(part)]
        say(who + first)
        for line in rest:
            say(INDENT + line if line else "")
        rows = ((view["keyboard"] or {}).get("buttons") or []) if view["out"] else []
        for row in rows:
            say(INDENT + " ".join(f"[{key['action']['label']}]" for key in row))


def _lines(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH - len(INDENT), break_long_words=False, break_on_hyphens=False) or [""]


def _attached(view: Mapping[str, Any]) -> str:
    return ", ".join(f"({one['type']})" for one in view["attachments"]) or "(пусто)"

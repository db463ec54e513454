"""Finding the button that a person means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.sandbox.control.requests import ControlError, typed
from bot.sandbox.dialogs import Dialog
from bot.sandbox.wire import Wire


@dataclass(frozen=True, slots=True)
class Place:
    """A visible button and where it is."""

    button: Wire
    cmid: int
    from_dialog: bool  # under the input field, not under a message

    @property
    def label(self) -> str:
        action = self.button["action"]
        return str(action.get("label") or f"<{action['type']}>")


def find_button(dialog: Dialog, given: Wire) -> tuple[Wire, int, bool]:
    """The button, the cmid of its message, and whether it is the dialog keyboard's.

    Raises ControlError listing the labels that are there where it is not.
    """
    cmid = typed(given, "cmid", int)
    label = typed(given, "label", str)
    found = _by_label(dialog, label, cmid) if label is not None else _by_place(dialog, given, cmid)
    if found is None:
        there = ", ".join(f"«{place.label}»" for place in visible(dialog, cmid)) or "none"
        raise ControlError(f"no such button; there are: {there}", kind="no_button")
    return found.button, found.cmid, found.from_dialog


def visible(dialog: Dialog, cmid: int | None = None) -> Iterator[Place]:
    """The buttons that can be pressed, the newest first; of one message where `cmid` names it."""
    if dialog.keyboard is not None and cmid in (None, dialog.keyboard_cmid):
        yield from _of_rows(dialog.keyboard["buttons"], dialog.keyboard_cmid, from_dialog=True)
    for message in reversed(dialog.messages) if cmid is None else filter(None, [dialog.message(cmid)]):
        if message.deleted:
            continue
        keyboard = message.content.keyboard
        if keyboard is not None and keyboard["inline"]:
            yield from _of_rows(keyboard["buttons"], message.cmid, from_dialog=False)
        if message.content.template is not None:
            rows = [element["buttons"] for element in message.content.template["elements"]]
            yield from _of_rows(rows, message.cmid, from_dialog=False)


def _of_rows(rows: list[list[Wire]], cmid: int, *, from_dialog: bool) -> Iterator[Place]:
    for row in rows:
        for button in row:
            yield Place(button, cmid, from_dialog)


def _by_label(dialog: Dialog, label: str, cmid: int | None) -> Place | None:
    """The newest one: an inline button of a later message wins over the dialog keyboard."""
    found = [place for place in visible(dialog, cmid) if place.label == label]
    return max(found, key=lambda place: place.cmid, default=None)


def _by_place(dialog: Dialog, given: Wire, cmid: int | None) -> Place | None:
    in_carousel = "element" in given or "button" in given
    row = typed(given, "element" if in_carousel else "row", int, 0)
    column = typed(given, "button" if in_carousel else "column", int, 0)
    if cmid is None:
        rows, place_cmid = (dialog.keyboard or {}).get("buttons", []), dialog.keyboard_cmid
    else:
        rows, place_cmid = _rows_of_message(dialog, cmid, in_carousel=in_carousel), cmid
    if not 0 <= row < len(rows) or not 0 <= column < len(rows[row]):
        return None
    return Place(rows[row][column], place_cmid, from_dialog=cmid is None)


def _rows_of_message(dialog: Dialog, cmid: int, *, in_carousel: bool) -> list[list[Wire]]:
    message = dialog.message(cmid)
    if message is None or message.deleted:
        return []
    content = message.content
    if in_carousel:
        return [element["buttons"] for element in content.template["elements"]] if content.template else []
    return content.keyboard["buttons"] if content.keyboard is not None and content.keyboard["inline"] else []

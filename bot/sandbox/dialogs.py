"""Messages and the dialogs they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox.bell import Bell
from bot.sandbox.wire import CHATS_FROM, Wire

ANSWER_WITHIN_S = 60
"""A pressed callback button waits a minute for its answer."""
REPEAT_WINDOW_S = 3600
REPEAT_WINDOW_MESSAGES = 100
"""A repeated `random_id` is noticed for an hour, but not beyond the last 100 messages of the dialog."""


@dataclass(slots=True)
class Content:
    """What a message says, apart from who says it to whom."""

    text: str = ""
    format_items: list[Wire] = field(default_factory=list)
    attachments: list[Wire] = field(default_factory=list)
    keyboard: Wire | None = None
    template: Wire | None = None
    payload: str | None = None
    reply_to: int | None = None  # cmid
    forwards: list[Wire] = field(default_factory=list)
    geo: Wire | None = None
    ref: str | None = None
    ref_source: str | None = None
    attachment_text: str | None = None  # the parameter as the bot wrote it, for the ledger


@dataclass(slots=True)
class Message:
    id: int  # ascending over the whole community, chats too; what VK shows is `shown_id`
    cmid: int
    peer_id: int
    from_id: int
    sent_at: int  # Unix seconds
    content: Content
    random_id: int = 0
    edited_at: int | None = None
    deleted: bool = False
    revision: int = 0  # the dialog's, with which it came or last changed

    @property
    def out(self) -> bool:
        return self.from_id < 0

    @property
    def shown_id(self) -> int:
        return 0 if self.peer_id >= CHATS_FROM else self.id


@dataclass(slots=True)
class Snackbar:
    id: int
    cmid: int
    text: str
    at: float


@dataclass(slots=True)
class Press:
    """A pressed callback button that waits for its answer."""

    event_id: str
    user_id: int
    cmid: int
    pressed_at: float
    answered: bool = False

    def waits(self, now: float) -> bool:
        """Does the button still show that it waits?"""
        return not self.answered and now - self.pressed_at <= ANSWER_WITHIN_S


@dataclass(slots=True)
class Dialog:
    """One peer's messages: cmid n is `messages[n - 1]`."""

    peer_id: int
    messages: list[Message] = field(default_factory=list)
    by_random_id: dict[int, Message] = field(default_factory=dict)
    keyboard: Wire | None = None  # the one under the input field
    keyboard_cmid: int = 0  # the message that brought it
    in_read: int = 0  # the last cmid of the person's that the community has read
    out_read: int = 0  # the last cmid of the community's that the person has read
    unread: int = 0  # the person's messages that the community has not read
    news: int = 0  # the community's messages that nobody has looked at in the chat page
    snackbars: list[Snackbar] = field(default_factory=list)
    links: list[Wire] = field(default_factory=list)
    presses: dict[str, Press] = field(default_factory=dict)
    typing_until: float = 0.0
    revision: int = 0
    changed: Bell = field(default_factory=Bell)

    @property
    def is_chat(self) -> bool:
        return self.peer_id >= CHATS_FROM

    def touch(self, message: Message | None = None) -> None:
        """Count a change, of this message if one is given, and wake those who watch this dialog."""
        self.revision += 1
        if message is not None:
            message.revision = self.revision
        self.changed.ring()

    def message(self, cmid: int) -> Message | None:
        """The message with this cmid, deleted ones too, or None."""
        return self.messages[cmid - 1] if 0 < cmid <= len(self.messages) else None

    def last(self) -> Message | None:
        """The newest message that is not deleted."""
        return next((message for message in reversed(self.messages) if not message.deleted), None)

    def repeat_of(self, random_id: int, now: float) -> Message | None:
        """The message that already carries this `random_id`, where VK would still notice."""
        if not random_id or (found := self.by_random_id.get(random_id)) is None:
            return None
        fresh = now - found.sent_at <= REPEAT_WINDOW_S
        near = len(self.messages) - found.cmid < REPEAT_WINDOW_MESSAGES
        return found if fresh and near else None

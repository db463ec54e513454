"""What a person did, in a form that no messenger dictates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Act(StrEnum):
    """What happened."""

    WROTE = "wrote"  # a message, a pressed text button, «Начать»
    PRESSED = "pressed"  # a callback button
    ALLOWED = "allowed"  # the person lets us write again
    DENIED = "denied"
    JOB_DONE = "job_done"  # the result of work on the network


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something attached: `kind` is VK's word (photo, video, doc, link, wall, sticker, audio_message, geo, …)."""

    kind: str
    #: What the messenger resends it by (`doc5_65_key`); empty where it can't be resent.
    id: str = ""
    url: str = ""
    title: str = ""
    #: Without the dot, lower case; of documents.
    extension: str = ""
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Quoted:
    """A message that was forwarded, or that is answered: what it says and what goes with it."""

    text: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """One act of one person."""

    act: Act
    person_id: int
    #: The messenger's own time of the act: what a deadline is judged by.
    said_at: datetime
    text: str = ""
    #: The payload of the pressed button; user input like any other. None: no button.
    payload: Mapping[str, Any] | None = None
    attachments: tuple[Attachment, ...] = ()
    #: Somebody's message that came with it; nobody's answer to a question.
    quoted: Quoted | None = None
    #: The deep link's word, on the message that a person came with.
    ref: str = ""
    #: «Начать» was pressed.
    started: bool = False
    #: PRESSED: what the answer goes to, and the message of the button.
    event_id: str = ""
    cmid: int | None = None
    #: The message's own number in its dialog.
    number: int | None = None
    #: JOB_DONE: kind and result.
    job: str = ""
    result: Mapping[str, Any] | None = None
    #: What the person's client can show.
    shows_inline: bool = True
    shows_callback: bool = True

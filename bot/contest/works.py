"""What may be handed in: files by the event's rules, the deadline, and the names that files are shown by.

Links are read by `bot.contest.work_links`.

Refusal keys: `work.not_open` (opens_at), `work.late` (closed_at), `work.not_accepted`, `work.kind` (kind,
allowed), `work.extension` (extension, allowed), `work.empty`, `work.too_big` (size_bytes, limit_bytes),
`work.too_many` (limit).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.contest.applications import ApplicationState
from bot.contest.refusal import Refusal
from bot.contest.text import clean, inert, shorten
from bot.contest.work_links import Link, Service, read_link

__all__ = [
    "Attachment",
    "Limits",
    "Link",
    "Service",
    "attachment_refusal",
    "handing_in_refusal",
    "in_time",
    "read_link",
    "safe_label",
]

LABEL_LIMIT = 100
_EXTENSION_LIMIT = 10

_FORBIDDEN = re.compile(r'[<>:"|?*\n\t]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
_KINDS = {"photo": "фото", "video": "видео", "doc": "файл", "link": "ссылка", "wall": "запись"}


@dataclass(frozen=True, slots=True)
class Attachment:
    """What came with a message. `kind` is VK's word for it: photo, video, doc and so on."""

    kind: str
    #: The name that its owner gave it; a photo or a video may have none.
    name: str = ""
    #: None where VK does not say.
    size_bytes: int | None = None

    @property
    def extension(self) -> str:
        """The last extension in lower case without a dot: the one by which a file is opened."""
        _, dot, extension = clean(self.name).strip().rpartition(".")
        return extension.lower() if dot else ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an event takes, and how much of it."""

    kinds: frozenset[str]
    #: Lower case, without dots; judged for `doc` only. Empty: any.
    extensions: frozenset[str] = field(default_factory=frozenset)
    max_bytes: int = 100 * 1024 * 1024
    max_count: int = 1


def attachment_refusal(attachment: Attachment, limits: Limits, *, already: int = 0) -> Refusal | None:
    """Why `attachment` can't be a part of a work that has `already` as many, or None."""
    if attachment.kind not in limits.kinds:
        allowed = ", ".join(sorted(_KINDS.get(kind, kind) for kind in limits.kinds))
        return Refusal("work.kind", {"kind": _KINDS.get(attachment.kind, attachment.kind), "allowed": allowed})
    if attachment.kind == "doc" and limits.extensions and attachment.extension not in limits.extensions:
        allowed = ", ".join(f".{extension}" for extension in sorted(limits.extensions))
        extension = inert(f".{attachment.extension[:_EXTENSION_LIMIT]}") if attachment.extension else "без расширения"
        return Refusal("work.extension", {"extension": extension, "allowed": allowed})
    if attachment.size_bytes == 0:
        return Refusal("work.empty")
    if attachment.size_bytes is not None and attachment.size_bytes > limits.max_bytes:
        return Refusal("work.too_big", {"size_bytes": attachment.size_bytes, "limit_bytes": limits.max_bytes})
    return Refusal("work.too_many", {"limit": limits.max_count}) if already >= limits.max_count else None


def in_time(said_at: datetime, closes_at: datetime, grace_s: int = 0) -> bool:
    """Whether a work came in time: `said_at` is VK's own date of its message, not when the bot read it.

    At `closes_at` itself it is still in time.
    """
    return said_at <= closes_at + timedelta(seconds=grace_s)


def handing_in_refusal(
    state: ApplicationState, *, said_at: datetime, opens_at: datetime, closes_at: datetime, grace_s: int = 0
) -> Refusal | None:
    """Why a work can't be handed in to an application in `state` at `said_at`, or None."""
    if state not in (ApplicationState.SENT, ApplicationState.CHANGES_ASKED, ApplicationState.ACCEPTED):
        return Refusal("work.not_accepted", {"state": state.label})
    if said_at < opens_at:
        return Refusal("work.not_open", {"opens_at": opens_at})
    return None if in_time(said_at, closes_at, grace_s) else Refusal("work.late", {"closed_at": closes_at})


def safe_label(name: str) -> str:
    """A file's name as it may be shown or offered for saving; on disk a file has a name of our own.

    No folders, no order of letters turned round, no names that Windows keeps for itself; at most 100 units,
    the extension kept.
    """
    label = _FORBIDDEN.sub("_", re.split(r"[\\/]", clean(name))[-1]).strip(" .")
    if not label:
        return "файл"
    if _RESERVED.match(label):
        label = f"_{label}"
    stem, dot, extension = label.rpartition(".")
    if not dot or len(extension) > _EXTENSION_LIMIT:
        return shorten(label, LABEL_LIMIT)
    return f"{shorten(stem, LABEL_LIMIT - len(extension) - 1)}.{extension}"

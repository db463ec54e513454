"""Works as rows: a version brings a link or files, and keeps pieces that came with the versions before it."""

from __future__ import annotations

from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from storage.times import from_ms

Kind = Literal["link", "file"]
#: The worse a diagnosis is, the later it stands; one that is not here is worse still.
_STATES = ("file", "open", "waiting", "unchecked")


@dataclass(frozen=True, slots=True)
class WorkPiece:
    """A link or one file of a work."""

    #: The version that it came with, whose link it is and whose diagnosis it has.
    came_with: int
    #: Which of the files that came with that version, from 0; 0 for a link.
    number: int
    url: str | None
    name: str
    #: What the messenger resends the file by.
    attachment: str | None
    said_at: datetime
    check_state: str

    @property
    def key(self) -> str:
        """What it is the same by."""
        return self.url or self.attachment or self.name


@dataclass(frozen=True, slots=True)
class WorkVersion:
    """One version of an application's work."""

    id: int
    application_id: int
    #: Counts from 1.
    version: int
    kind: Kind
    #: The link or the files that came with this very version; nothing where it only takes a piece out.
    url: str | None
    file_name: str | None
    #: What the messenger resends the files by, with commas between.
    attachment: str | None
    size_bytes: int | None
    #: The messenger's own date of the message: what the deadline is judged by.
    said_at: datetime
    received_at: datetime
    #: A link's diagnosis; `waiting` until there is one, `file` for a file.
    check_state: str
    #: What the page behind the link calls itself.
    check_title: str | None
    checked_at: datetime | None
    #: The outbox row of the receipt, which the diagnosis edits.
    receipt_id: int | None
    #: What it has of the versions before it.
    kept: tuple[WorkPiece, ...] = ()

    @property
    def own(self) -> tuple[WorkPiece, ...]:
        """What came with this version."""
        return own_pieces(
            self.id, self.said_at, self.url, self.file_name, self.attachment, check_state=self.check_state
        )

    @property
    def pieces(self) -> tuple[WorkPiece, ...]:
        """The whole work, the oldest piece first."""
        return (*self.kept, *self.own)

    @property
    def links(self) -> tuple[str, ...]:
        """All its links."""
        return tuple(one.url for one in self.pieces if one.url)

    @property
    def attachments(self) -> tuple[str, ...]:
        """All that the messenger can resend."""
        return tuple(one.attachment for one in self.pieces if one.attachment)

    @property
    def state(self) -> str:
        """The diagnosis of its worst link; `file` where there are only files."""
        states = [one.check_state for one in self.pieces] or [self.check_state]
        return max(states, key=lambda state: _STATES.index(state) if state in _STATES else len(_STATES))


def own_pieces(
    version_id: int,
    said_at: datetime,
    url: str | None,
    file_name: str | None,
    attachment: str | None,
    *,
    check_state: str,
) -> tuple[WorkPiece, ...]:
    """What one version brought, a piece each."""
    if url:
        return (WorkPiece(version_id, 0, url, "", None, said_at, check_state),)
    files = attachment.split(",") if attachment else []
    names = (file_name or "").split("\n") if file_name or files else []
    return tuple(
        WorkPiece(
            version_id,
            number,
            None,
            names[number] if number < len(names) else "",
            files[number] if number < len(files) else None,
            said_at,
            "file",
        )
        for number in range(max(len(files), len(names)))
    )


async def kept_pieces(rows: AsyncIterable[Mapping[str, Any]]) -> dict[int, tuple[WorkPiece, ...]]:
    """Rows of pieces that stay, by the version in which they stand."""
    found: dict[int, tuple[WorkPiece, ...]] = {}
    async for row in rows:
        pieces = own_pieces(
            row["id"],
            from_ms(row["said_at"]),
            row["url"],
            row["file_name"],
            row["attachment"],
            check_state=row["check_state"],
        )
        there = tuple(one for one in pieces if one.number == row["piece"])
        found[row["stands_in"]] = (*found.get(row["stands_in"], ()), *there)
    return found


def version(row: Mapping[str, Any], kept: tuple[WorkPiece, ...] = ()) -> WorkVersion:
    """One row of `work_version`."""
    return WorkVersion(
        id=row["id"],
        application_id=row["application_id"],
        version=row["version"],
        kind=row["kind"],
        url=row["url"],
        file_name=row["file_name"],
        attachment=row["attachment"],
        size_bytes=row["size_bytes"],
        said_at=from_ms(row["said_at"]),
        received_at=from_ms(row["received_at"]),
        check_state=row["check_state"],
        check_title=row["check_title"],
        checked_at=from_ms(row["checked_at"]),
        receipt_id=row["receipt_id"],
        kept=kept,
    )

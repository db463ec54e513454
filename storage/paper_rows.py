"""Papers of the register as values, and how they are read from rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.contest.papers.content import PaperContent, PaperKind
from bot.contest.papers.numbers import paper_number
from storage.times import from_ms


@dataclass(frozen=True, slots=True)
class Series:
    """What the numbers of an event's papers begin with. Events that share all three share the count too."""

    prefix: str
    year: int
    #: The event's number in the year's report, «У5», or its own prefix.
    event_number: str

    @property
    def key(self) -> str:
        """«ОЧК-2026-У5»."""
        return f"{self.prefix}-{self.year}-{self.event_number}"

    def number(self, ordinal: int) -> str:
        """«ОЧК-2026-У5-0147»."""
        return paper_number(self.prefix, self.year, self.event_number, ordinal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper with its number, as it is now."""

    id: int
    #: «ОЧК-2026-У5-0147»; it stays the same whatever is put right on the paper.
    number: str
    #: Of the link in its QR code.
    code: str
    #: What it is for: the same thing gets one paper.
    key: str
    event_code: str
    kind: PaperKind
    application_id: int | None
    participant_id: int | None
    #: The account that gets it; None: it is handed over on paper.
    person_id: int | None
    state: Literal["valid", "withdrawn"]
    #: Counts from 1; more than one: it was issued again.
    version: int
    #: What stands on it; None: its people have been forgotten.
    content: PaperContent | None
    #: By what the messenger sends the file of this version again; None: it is to be made.
    attachment: str | None
    #: Of the jury, by which it was issued; empty where there is none.
    protocol: str
    issued_at: datetime
    reissued_at: datetime | None
    withdrawn_at: datetime | None
    #: Of the last reissue, or of the withdrawal.
    reason: str | None
    #: Of a withdrawn one: the number of the paper that holds in its place.
    replaced_by: str | None

    @property
    def label(self) -> str:
        """What people are told it is; where its words are forgotten, its kind."""
        return self.content.label if self.content else self.kind.label

    @property
    def is_valid(self) -> bool:
        """Whether it holds."""
        return self.state == "valid"


@dataclass(frozen=True, slots=True)
class PaperVersion:
    """What stood on a paper."""

    paper_id: int
    version: int
    #: None: its people have been forgotten.
    content: PaperContent | None
    #: Why it was made anew; None for the first.
    reason: str | None
    made_by: int
    made_at: datetime
    attachment: str | None


def paper(row: Mapping[str, Any]) -> Paper:
    """A row of the view `paper_now`."""
    return Paper(
        id=row["id"],
        number=row["number"],
        code=row["code"],
        key=row["key"],
        event_code=row["event_code"],
        kind=PaperKind(row["kind"]),
        application_id=row["application_id"],
        participant_id=row["participant_id"],
        person_id=row["person_id"],
        state=row["state"],
        version=row["version"],
        content=_content(row["content"]),
        attachment=row["attachment"],
        protocol=row["protocol"],
        issued_at=from_ms(row["issued_at"]),
        reissued_at=from_ms(row["reissued_at"]),
        withdrawn_at=from_ms(row["withdrawn_at"]),
        reason=row["reason"],
        replaced_by=row["replaced_by_number"],
    )


def paper_version(row: Mapping[str, Any]) -> PaperVersion:
    """A row of `paper_version`."""
    return PaperVersion(
        row["paper_id"],
        row["version"],
        _content(row["content"]),
        row["reason"],
        row["made_by"],
        from_ms(row["made_at"]),
        row["attachment"],
    )


def _content(text: str | None) -> PaperContent | None:
    return None if text is None else PaperContent.from_json(text)

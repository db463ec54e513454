"""Consents: what was decided about which version of which text. Nothing is overwritten; later decisions come after."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.contest.consent_states import ALL_CATEGORIES, Category, Decision, Signer, Word
from bot.contest.consents import ConsentKind
from storage.among import among
from storage.conflicts import in_our_words
from storage.connection import Connection
from storage.spans import WHOLE, Span
from storage.sql import load
from storage.times import from_ms, to_ms

__all__ = ["CHAT", "LINK", "PAPER", "Consent", "Consents", "Decision", "Ended"]

QUERIES = load("consents")
#: Where decisions are made: by whoever applies; by a parent under an own account; on paper.
CHAT, LINK, PAPER = "chat", "link", "paper"
#: Categories of applications in which grown-ups take part.
_ADULTS = ("teacher", "student")


@dataclass(frozen=True, slots=True)
class Consent:
    """One decision."""

    application_id: int
    kind: ConsentKind
    version: int
    #: SHA-256 of the text that was shown.
    text_hash: str
    decision: Decision
    #: Where it was made: `chat`, `link` or `paper`.
    channel: str
    #: Who made it.
    person_id: int
    decided_at: datetime
    #: About whom; None: about all people of the application.
    participant_id: int | None = None
    #: Whose word it is.
    by: Signer = Signer.PARENT
    #: Whether that is the signer's own word, not somebody's report of it.
    own: bool = False
    #: How the signer is called; None: it is in the application, or on paper.
    signer: str | None = None
    #: mother, father, guardian.
    kinship: str | None = None
    #: What makes a guardian one.
    guardian_paper: str | None = None
    #: What may be published; None: all that the text names.
    categories: frozenset[Category] | None = None
    #: What the messenger resends the scan by.
    scan: str | None = None

    def word(self, zone: ZoneInfo) -> Word:
        """The decision as the rules read it; `zone`: where its day is counted."""
        granted = ALL_CATEGORIES if self.categories is None else self.categories
        return Word(self.decision, self.by, self.decided_at.astimezone(zone).date(), self.own, granted)


@dataclass(frozen=True, slots=True)
class Ended:
    """A participation that was ended by taking the first consent back: whose it was is forgotten."""

    application_id: int
    participant_id: int
    #: The application's: «ММ-2026-0001».
    number: str
    event_code: str
    at: datetime


class Consents:
    """The `consent` table; nothing else writes it, and rows are only added. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def record(
        self,
        application_id: int,
        kind: ConsentKind,
        *,
        version: int,
        text_hash: str,
        decision: Decision,
        channel: str,
        person_id: int,
        at: datetime,
        participant_id: int | None = None,
        signer: str | None = None,
        kinship: str | None = None,
        guardian_paper: str | None = None,
        categories: Collection[Category] | None = None,
        scan: str | None = None,
    ) -> Consent:
        """Keep a decision. Raises MissingError (application, participant or person)."""
        decided = Consent(
            application_id=application_id,
            kind=kind,
            version=version,
            text_hash=text_hash,
            decision=decision,
            channel=channel,
            person_id=person_id,
            decided_at=at,
            participant_id=participant_id,
            signer=signer,
            kinship=kinship,
            guardian_paper=guardian_paper,
            categories=None if categories is None else frozenset(categories),
            scan=scan,
        )
        await self.record_all([decided])
        return (await self.history(application_id))[-1]

    async def record_all(self, decided: Iterable[Consent]) -> None:
        """Keep many decisions at once; whose word each is follows from the application, not from what is given here.

        Raises MissingError (application, participant or person).
        """
        values = [_values(one) for one in decided]
        if values:
            with in_our_words():
                await QUERIES.record(self._connection, values)

    async def history(self, application_id: int) -> list[Consent]:
        """Every decision about an application, oldest first."""
        return [_consent(row) async for row in QUERIES.history(self._connection, application_id=application_id)]

    async def of_event(self, event_code: str, span: Span = WHOLE) -> dict[int, list[Consent]]:
        """Every decision by application, oldest first; one that nobody was asked about is absent."""
        rows = QUERIES.of_event(self._connection, event_code=event_code, after=span.after, until=span.until)
        return _by_application([row async for row in rows])

    async def hiding(self, event_code: str, *, before: datetime, span: Span = WHOLE) -> dict[int, list[Consent]]:
        """The same of those whose people may have to be hidden only; what was given `before` has ended."""
        rows = QUERIES.hiding(
            self._connection, event_code=event_code, before=to_ms(before), after=span.after, until=span.until
        )
        return _by_application([row async for row in rows])

    async def of_applicant(self, person_id: int) -> dict[int, list[Consent]]:
        """The same of everything that a person has sent."""
        return _by_application([row async for row in QUERIES.of_applicant(self._connection, person_id=person_id)])

    async def of_applicants(self, event_code: str, first: int, last: int) -> dict[int, list[Consent]]:
        """The same of what people with ids from `first` to `last` have sent to an event."""
        rows = QUERIES.of_applicants(self._connection, event_code=event_code, first=first, last=last)
        return _by_application([row async for row in rows])

    async def unanswered(self, event_code: str, *, states: Collection[str]) -> list[int]:
        """Who has an application in these states with a child about whom no word has come."""
        rows = QUERIES.unanswered(self._connection, event_code=event_code, states=among(states))
        return [row["person_id"] async for row in rows]

    async def by_person(self, person_id: int) -> list[Consent]:
        """What a person has decided, for whomever, oldest first."""
        return [_consent(row) async for row in QUERIES.by_person(self._connection, person_id=person_id)]

    async def by_guardian(self, person_id: int) -> list[tuple[int, int]]:
        """The applications and participants for whom a person has answered by a link."""
        rows = QUERIES.by_guardian(self._connection, person_id=person_id)
        return [(row["application_id"], row["participant_id"]) async for row in rows]

    async def ended_by(self, person_id: int) -> list[Ended]:
        """What a person has ended by taking a consent back under an own account, the latest first."""
        return [
            Ended(
                application_id=row["application_id"],
                participant_id=row["participant_id"],
                number=row["number"],
                event_code=row["event_code"],
                at=from_ms(row["decided_at"]),
            )
            async for row in QUERIES.ended_by(self._connection, person_id=person_id)
        ]

    async def guardians(self, application_id: int) -> frozenset[int]:
        """Who has answered by a link for participants of an application."""
        rows = QUERIES.guardians(self._connection, application_id=application_id)
        return frozenset([row["person_id"] async for row in rows])


def _values(one: Consent) -> dict[str, object]:
    return {
        "application_id": one.application_id,
        "participant_id": one.participant_id,
        "kind": one.kind,
        "version": one.version,
        "text_hash": one.text_hash,
        "decision": one.decision,
        "channel": one.channel,
        "person_id": one.person_id,
        "at": to_ms(one.decided_at),
        "signer": one.signer,
        "kinship": one.kinship,
        "guardian_paper": one.guardian_paper,
        "categories": None if one.categories is None else json.dumps(sorted(one.categories)),
        "scan": one.scan,
    }


def _by_application(rows: list[Mapping[str, Any]]) -> dict[int, list[Consent]]:
    found: dict[int, list[Consent]] = {}
    for row in rows:
        found.setdefault(row["application_id"], []).append(_consent(row))
    return found


def _consent(row: Mapping[str, Any]) -> Consent:
    alone = row["applicant_role"] == "self" or row["category"] in _ADULTS
    in_chat = row["channel"] == CHAT
    return Consent(
        application_id=row["application_id"],
        kind=ConsentKind(row["kind"]),
        version=row["version"],
        text_hash=row["text_hash"],
        decision=row["decision"],
        channel=row["channel"],
        person_id=row["person_id"],
        decided_at=from_ms(row["decided_at"]),
        participant_id=row["participant_id"],
        by=Signer.SELF if alone and in_chat and row["decision"] != "waiting" else Signer.PARENT,
        own=row["channel"] == LINK or (in_chat and row["applicant_role"] != "teacher"),
        signer=row["signer"],
        kinship=row["kinship"],
        guardian_paper=row["guardian_paper"],
        categories=None if row["categories"] is None else frozenset(map(Category, json.loads(row["categories"]))),
        scan=row["scan"],
    )

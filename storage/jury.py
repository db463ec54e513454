"""The jury: its members, which works are theirs, and the points they give."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal

from bot.contest.applications import ApplicationState
from bot.contest.scoring import Sheet
from storage.among import among
from storage.conflicts import in_our_words
from storage.connection import Connection
from storage.jury_rows import Assignment, Card, Juror, JurorProgress, Place, assignment, cards, juror, points, sheets
from storage.sql import load
from storage.times import to_ms
from storage.work_rows import kept_pieces

QUERIES = load("jury")


class Jury:
    """The `juror`, `juror_former`, `assignment` and `score` tables; nothing else writes them. The caller commits.

    Where `states` is taken, only applications in these states count; None means any.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def join(
        self, person_id: int, event_code: str, *, full_name: str, organisation_code: str | None, at: datetime
    ) -> Juror:
        """Make a person a member of the jury; of one who is, the name and the organisation change.

        Raises MissingError (person or event).
        """
        with in_our_words():
            row = await QUERIES.join(
                self._connection,
                person_id=person_id,
                event_code=event_code,
                full_name=full_name,
                organisation_code=organisation_code,
                at=to_ms(at),
            )
        return juror(row)

    async def get(self, person_id: int, event_code: str) -> Juror | None:
        """The member of this event's jury, or None."""
        row = await QUERIES.get(self._connection, person_id=person_id, event_code=event_code)
        return None if row is None else juror(row)

    async def leave(self, person_id: int, event_code: str) -> int:
        """Take a person out of an event's jury; how many works that they had not scored are theirs no more.

        What they have scored stays and counts, under the name that they had.
        """
        await QUERIES.drop_scores(self._connection, person_id=person_id, event_code=event_code)
        dropped = await QUERIES.drop_assignments(self._connection, person_id=person_id, event_code=event_code)
        await QUERIES.keep_name(self._connection, person_id=person_id, event_code=event_code)
        await QUERIES.leave(self._connection, person_id=person_id, event_code=event_code)
        return int(dropped)

    async def former_names(self, event_code: str) -> dict[int, str]:
        """How those were called who have left an event's jury and whose sheets count, by their ids."""
        rows = QUERIES.former_names(self._connection, event_code=event_code)
        return {row["person_id"]: row["full_name"] async for row in rows}

    async def former_scored(self, event_code: str) -> list[tuple[int, str, int]]:
        """Who has left an event's jury after scoring: id, name, and how many of their sheets count."""
        rows = QUERIES.former_scored(self._connection, event_code=event_code)
        return [(row["person_id"], row["full_name"], row["scored"]) async for row in rows]

    async def members(self, event_code: str) -> list[Juror]:
        """An event's jury, in the order of joining."""
        return [juror(row) async for row in QUERIES.members(self._connection, event_code=event_code)]

    async def memberships(self, person_id: int) -> list[Juror]:
        """Of which events' juries a person is, by the event's code."""
        return [juror(row) async for row in QUERIES.memberships(self._connection, person_id=person_id)]

    async def set_digest(self, person_id: int, event_code: str, *, at: datetime) -> None:
        """They were told what is new: what comes after `at` is new to them."""
        await QUERIES.set_digest(self._connection, person_id=person_id, event_code=event_code, at=to_ms(at))

    async def set_away(self, person_id: int, event_code: str, on: date | None) -> None:
        """They have no time on this day (of Tomsk); None: they have."""
        day = None if on is None else on.isoformat()
        await QUERIES.set_away(self._connection, person_id=person_id, event_code=event_code, day=day)

    async def assign(self, pairs: Iterable[tuple[int, int]], *, at: datetime) -> int:
        """Give applications to members, as pairs of their ids; how many pairs are new.

        Raises MissingError (application or person).
        """
        new = 0
        with in_our_words():
            for application_id, person_id in pairs:
                new += await QUERIES.assign(
                    self._connection, application_id=application_id, person_id=person_id, at=to_ms(at)
                )
        return new

    async def assignments(self, event_code: str) -> list[Assignment]:
        """Who scores what in an event, by application."""
        return [assignment(row) async for row in QUERIES.assignments(self._connection, event_code=event_code)]

    async def places(
        self, event_code: str, person_id: int, *, states: Collection[ApplicationState] | None = None
    ) -> list[Place]:
        """The list of one member's works, by the applications' ordinals; conflicts of interest among them."""
        rows = QUERIES.places(self._connection, event_code=event_code, person_id=person_id, states=among(states))
        return [Place(assignment(row), row["organisation_code"]) async for row in rows]

    async def cards(
        self, event_code: str, person_id: int, *, states: Collection[ApplicationState] | None = None
    ) -> list[Card]:
        """The works of one member, by the applications' ordinals; conflicts of interest among them."""
        rows = QUERIES.cards(self._connection, event_code=event_code, person_id=person_id, states=among(states))
        kept = QUERIES.kept(self._connection, id=None, event_code=event_code, person_id=person_id)
        return cards([row async for row in rows], await kept_pieces(kept))

    async def card(self, assignment_id: int) -> Card | None:
        """One work to score, or None. Whose it is says its assignment."""
        rows = [row async for row in QUERIES.card(self._connection, id=assignment_id)]
        kept = QUERIES.kept(self._connection, id=assignment_id, event_code=None, person_id=None)
        return next(iter(cards(rows, await kept_pieces(kept))), None)

    async def conflict(self, assignment_id: int, reason: str) -> None:
        """The member may not score this work. Points that stand already count no more."""
        await QUERIES.conflict(self._connection, id=assignment_id, reason=reason)

    async def score(self, assignment_id: int, criterion: str, given: Decimal, *, at: datetime) -> Decimal | None:
        """Give points; the ones that they replace, or None. Raises MissingError."""
        before = await self.scores(assignment_id)
        with in_our_words():
            await QUERIES.score(
                self._connection, id=assignment_id, criterion=criterion, points=str(given), at=to_ms(at)
            )
        return before.get(criterion)

    async def scores(self, assignment_id: int) -> dict[str, Decimal]:
        """The points given so far, by criterion."""
        return points([row async for row in QUERIES.scores(self._connection, id=assignment_id)])

    async def set_comment(self, assignment_id: int, comment: str | None) -> None:
        """What the member says about the work; None takes it back."""
        await QUERIES.set_comment(self._connection, id=assignment_id, comment=comment)

    async def save(self, assignment_id: int, *, at: datetime) -> None:
        """The sheet is complete, as the caller has seen; one with a conflict of interest stays that."""
        await QUERIES.save(self._connection, id=assignment_id, at=to_ms(at))

    async def reopen(self, application_id: int, *, at: datetime) -> list[int]:
        """Its saved sheets are to be looked through again, new to their members since `at`; whose they are.

        The points stay as a start.
        """
        rows = QUERIES.reopen(self._connection, application_id=application_id, at=to_ms(at))
        return [row["person_id"] async for row in rows]

    async def progress(
        self, event_code: str, *, states: Collection[ApplicationState] | None = None
    ) -> list[JurorProgress]:
        """How far each member of the jury is, those without a work too, in the order of joining."""
        rows = QUERIES.progress(self._connection, event_code=event_code, states=among(states))
        return [
            JurorProgress(row["person_id"], row["scored"], row["assigned"], row["new"], row["conflicts"])
            async for row in rows
        ]

    async def sheets(
        self, event_code: str, *, states: Collection[ApplicationState] | None = None
    ) -> dict[int, tuple[Sheet, ...]]:
        """Every application with the sheets of its jury, conflicts and empty ones too; () where nobody has it."""
        rows = QUERIES.sheets(self._connection, event_code=event_code, states=among(states))
        return sheets([row async for row in rows])

"""Papers on their way to people: drawn, uploaded, sent; each step of each paper is a row's state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from bot.contest.papers.content import PaperKind
from storage.conflicts import in_our_words
from storage.connection import Connection
from storage.paper_rows import Paper, paper
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("paper_runs")
RunKind = Literal["event", "again", "reachable"]
RunState = Literal["issuing", "delivering", "paused", "done"]


class Way(StrEnum):
    """How far a paper has come."""

    WAITING = "waiting"
    MADE = "made"
    UPLOADED = "uploaded"
    #: Its letter is in the outbox.
    POSTED = "posted"
    SENT = "sent"
    #: It can't be written to whose it is, or it is nobody's account: to be handed over on paper.
    UNREACHABLE = "unreachable"
    #: The messenger does not take the file.
    FAILED = "failed"


#: Not at its end yet.
ON_THE_WAY = (Way.WAITING, Way.MADE, Way.UPLOADED, Way.POSTED)


@dataclass(frozen=True, slots=True)
class Run:
    """Papers that are put on their way together."""

    id: int
    event_code: str
    #: All of an event; some that were made anew; some whose people can be written to again.
    kind: RunKind
    state: RunState
    #: How many steps were taken.
    step: int
    #: How many of the last steps failed.
    failures: int
    #: The number of the protocol by which its letters tell of the results too; empty: these are known.
    protocol: str
    started_by: int
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Parcel:
    """One paper in its letter, as it is put on its way."""

    paper_id: int
    version: int
    person_id: int | None
    letter: int
    archive: bool
    part: int
    state: Way


@dataclass(frozen=True, slots=True)
class ToDraw:
    """One paper that is next to be drawn and uploaded."""

    paper: Paper
    #: Of the paper, as it was put on its way.
    version: int
    letter: int
    archive: bool
    part: int
    #: Of the file as it was drawn before; None: it was not.
    sha256: str | None
    tries: int

    @property
    def id(self) -> int:
        """The paper's."""
        return self.paper.id

    @property
    def is_current(self) -> bool:
        """Whether this version is what holds, and there is something to print."""
        return self.paper.is_valid and self.paper.version == self.version and self.paper.content is not None


@dataclass(frozen=True, slots=True)
class ToPost:
    """One uploaded paper, to go with its letter."""

    letter: int
    person_id: int
    archive: bool
    kind: PaperKind
    event_code: str
    #: None: of a letter to a teacher, of a juror.
    application_id: int | None
    attachment: str


@dataclass(frozen=True, slots=True)
class Again:
    """A paper that can be sent after all."""

    paper_id: int
    version: int
    person_id: int
    event_code: str
    started_by: int


class PaperRuns:
    """The `paper_run` and `paper_delivery` tables; nothing else writes them. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def start(
        self, event_code: str, kind: RunKind, *, state: RunState, by: int, at: datetime, protocol: str = ""
    ) -> Run | None:
        """A new run; None where all papers of the event are on their way already. Raises MissingError.

        `protocol`: its letters tell of the results by the protocol of this number.
        """
        with in_our_words():
            row = await QUERIES.start(
                self._connection,
                event_code=event_code,
                kind=kind,
                state=state,
                protocol=protocol,
                by=by,
                at=to_ms(at),
            )
        return None if row is None else _run(row)

    async def get(self, run_id: int) -> Run | None:
        """The run, or None."""
        row = await QUERIES.get(self._connection, id=run_id)
        return None if row is None else _run(row)

    async def last_of_event(self, event_code: str) -> Run | None:
        """The newest run of all papers of an event, or None."""
        row = await QUERIES.last_of_event(self._connection, event_code=event_code)
        return None if row is None else _run(row)

    async def open_runs(self) -> list[Run]:
        """Runs that are not over."""
        return [_run(row) async for row in QUERIES.open_runs(self._connection)]

    async def set_state(self, run_id: int, state: RunState, *, at: datetime) -> bool:
        """How the run stands from now on; False if it is over."""
        return bool(await QUERIES.set_state(self._connection, id=run_id, state=state, at=to_ms(at)))

    async def take_step(self, run_id: int, *, failed: bool = False) -> int | None:
        """The number of the run's next step, after one that failed or did not; None: it does not go on."""
        step: int | None = await QUERIES.take_step(self._connection, id=run_id, failed=int(failed))
        return step

    async def undelivered(self, event_code: str) -> list[Paper]:
        """Papers of an event that hold and have never been put on their way, as they are now."""
        return [paper(row) async for row in QUERIES.undelivered(self._connection, event_code=event_code)]

    async def add(self, run_id: int, parcels: Iterable[Parcel], *, at: datetime) -> None:
        """Put papers on their way; what has been so before stays as it is."""
        if values := [_values(run_id, one, at) for one in parcels]:
            await QUERIES.add(self._connection, values)

    async def move(self, run_id: int, parcels: Iterable[Parcel], *, at: datetime) -> None:
        """Put papers that did not arrive on their way once more."""
        if values := [_values(run_id, one, at) for one in parcels]:
            await QUERIES.move(self._connection, values)

    async def to_do(self, run_id: int, most: int) -> list[ToDraw]:
        """What is next to be drawn and uploaded, letter by letter; the last letter may not be whole."""
        return [_to_draw(row) async for row in QUERIES.to_do(self._connection, run_id=run_id, most=most)]

    async def made(self, hashes: Mapping[tuple[int, int], str], *, at: datetime) -> None:
        """These are drawn: the SHA-256 of each file, by paper and version."""
        values = [
            {"paper_id": paper_id, "version": version, "sha256": sha256, "at": to_ms(at)}
            for (paper_id, version), sha256 in hashes.items()
        ]
        if values:
            await QUERIES.made(self._connection, values)

    async def uploaded(self, papers: Iterable[ToDraw], attachment: str, *, at: datetime) -> None:
        """The messenger has the file of these."""
        values = [
            {"paper_id": one.id, "version": one.version, "attachment": attachment, "at": to_ms(at)} for one in papers
        ]
        await QUERIES.uploaded(self._connection, values)

    async def refused(self, papers: Iterable[ToDraw], state: Way, error: str, *, at: datetime) -> None:
        """These could not go: now (WAITING), or at all."""
        values = [
            {"paper_id": one.id, "version": one.version, "state": state, "error": error, "at": to_ms(at)}
            for one in papers
        ]
        await QUERIES.refused(self._connection, values)

    async def to_post(self, run_id: int) -> list[ToPost]:
        """What is uploaded and has no letter yet, of letters that are whole."""
        return [
            ToPost(
                row["letter"], row["person_id"], bool(row["archive"]), PaperKind(row["kind"]), row["event_code"],
                row["application_id"], row["attachment"],
            )
            async for row in QUERIES.to_post(self._connection, run_id=run_id)
        ]  # fmt: skip

    async def posted(self, run_id: int, notices: Mapping[int, str], *, at: datetime) -> None:
        """These letters are in the outbox, each under its key."""
        values = [
            {"run_id": run_id, "letter": letter, "notice": notice, "at": to_ms(at)}
            for letter, notice in notices.items()
        ]
        if values:
            await QUERIES.posted(self._connection, values)

    async def settle(self, *, at: datetime) -> int:
        """Look what became of the letters; how many papers came to their end."""
        arrived = await QUERIES.arrived(self._connection, at=to_ms(at))
        return int(arrived) + int(await QUERIES.bounced(self._connection, at=to_ms(at)))

    async def counts(self, run_id: int) -> dict[Way, int]:
        """How many papers of a run stand how."""
        return {Way(row["state"]): row["papers"] async for row in QUERIES.counts(self._connection, run_id=run_id)}

    async def counts_of_event(self, event_code: str) -> dict[Way | None, int]:
        """How many papers of an event that hold stand how; None: never put on their way."""
        rows = QUERIES.counts_of_event(self._connection, event_code=event_code)
        return {None if row["state"] == "none" else Way(row["state"]): row["papers"] async for row in rows}

    async def not_arrived(self, event_code: str) -> list[Paper]:
        """Papers of an event that hold and reached nobody, those of one account together."""
        return [paper(row) async for row in QUERIES.not_arrived(self._connection, event_code=event_code)]

    async def reachable_again(self, most: int) -> Sequence[Again]:
        """Papers that did not reach somebody who can be written to now."""
        return [Again(**dict(row)) async for row in QUERIES.reachable_again(self._connection, most=most)]


def _values(run_id: int, one: Parcel, at: datetime) -> dict[str, Any]:
    return {
        "run_id": run_id,
        "paper_id": one.paper_id,
        "version": one.version,
        "person_id": one.person_id,
        "letter": one.letter,
        "archive": int(one.archive),
        "part": one.part,
        "state": one.state,
        "at": to_ms(at),
    }


def _run(row: Mapping[str, Any]) -> Run:
    return Run(
        id=row["id"],
        event_code=row["event_code"],
        kind=row["kind"],
        state=row["state"],
        step=row["step"],
        failures=row["failures"],
        protocol=row["protocol"],
        started_by=row["started_by"],
        started_at=from_ms(row["started_at"]),
    )


def _to_draw(row: Mapping[str, Any]) -> ToDraw:
    return ToDraw(
        paper(row), row["way_version"], row["letter"], bool(row["archive"]), row["part"], row["sha256"], row["tries"]
    )

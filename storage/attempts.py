"""Attempts at tests and task cards: the clock, the answers, the points."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.contest.attempts import Given, of_application, total
from bot.contest.event.stages import Stage
from storage.conflicts import in_our_words
from storage.connection import Connection
from storage.events import Events, definition_of
from storage.spans import WHOLE, Span
from storage.sql import load
from storage.times import from_ms, to_ms

QUERIES = load("attempts")


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt."""

    id: int
    application_id: int
    #: None: the team's.
    participant_id: int | None
    stage_code: str
    #: Counts from 1 for each team or member.
    number: int
    #: The codes of the questions in the order in which they are asked.
    tasks: tuple[str, ...]
    started_by: int
    started_at: datetime
    ends_at: datetime
    finished_at: datetime | None
    #: By the code of the question.
    answers: Mapping[str, Given] = field(default_factory=dict)
    #: Points that people gave.
    marks: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def left_early(self) -> bool:
        """Whether its people said themselves that they are ready."""
        return self.finished_at is not None and self.finished_at < self.ends_at


class Attempts:
    """The `attempt` table; nothing else writes it. The caller commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def start(
        self,
        application_id: int,
        stage_code: str,
        tasks: Sequence[str],
        *,
        participant_id: int | None,
        by: int,
        at: datetime,
        ends_at: datetime,
    ) -> Try:
        """Start the clock of the next attempt. Raises MissingError."""
        with in_our_words():
            row = await QUERIES.start(
                self._connection,
                application_id=application_id,
                participant_id=participant_id,
                stage_code=stage_code,
                tasks=json.dumps(list(tasks)),
                by=by,
                started_at=to_ms(at),
                ends_at=to_ms(ends_at),
            )
        return _try(row)

    async def get(self, id_: int) -> Try | None:
        """One attempt, or None."""
        row = await QUERIES.get(self._connection, id=id_)
        return None if row is None else _try(row)

    async def of_application(self, application_id: int, stage_code: str) -> list[Try]:
        """What was tried for one application at a stage, oldest first."""
        rows = QUERIES.of_application(self._connection, application_id=application_id, stage_code=stage_code)
        return [_try(row) async for row in rows]

    async def of_event(self, event_code: str, stage_code: str | None = None, span: Span = WHOLE) -> list[Try]:
        """Every attempt of an event, or of one stage of it."""
        rows = QUERIES.of_event(
            self._connection, event_code=event_code, stage_code=stage_code, after=span.after, until=span.until
        )
        return [_try(row) async for row in rows]

    async def answer(self, one: Try, stage: Stage, task: str, given: Given) -> Try:
        """Keep an answer at once, in place of an earlier one."""
        changed = replace(one, answers={**one.answers, task: given})
        answers = {code: asdict(answer) for code, answer in changed.answers.items()}
        await QUERIES.keep_answers(
            self._connection,
            id=one.id,
            answers=json.dumps(answers, ensure_ascii=False),
            points=_points(changed, stage),
        )
        return changed

    async def mark(self, one: Try, stage: Stage, task: str, points: Decimal) -> Try:
        """Keep the points that somebody gave for an answer."""
        changed = replace(one, marks={**one.marks, task: points})
        marks = {code: str(value) for code, value in changed.marks.items()}
        await QUERIES.keep_marks(self._connection, id=one.id, marks=json.dumps(marks), points=_points(changed, stage))
        return changed

    async def finish(self, one: Try, stage: Stage, *, at: datetime) -> bool:
        """End it, at `at`; False if it is over already."""
        return bool(await QUERIES.finish(self._connection, id=one.id, at=to_ms(at), points=_points(one, stage)))

    async def due(self, now: datetime, limit: int = 100) -> list[Try]:
        """Those whose time is over and which nobody has ended."""
        return [_try(row) async for row in QUERIES.due(self._connection, now=to_ms(now), limit=limit)]

    async def points(self, event_code: str, stage_code: str | None = None) -> dict[int, Decimal]:
        """The points of each application that has tried anything, over all tests of the event, or at one stage.

        Of a test taken by members, the mean of all members counts; of several attempts, the best.
        """
        stored = await Events(self._connection).get(event_code)
        tries = await self.of_event(event_code, stage_code)
        if stored is None or not tries:
            return {}
        stages = {stage.code: stage for stage in definition_of(stored).stages}
        rows = QUERIES.members(self._connection, event_code=event_code)
        members = {row["id"]: row["members"] async for row in rows}
        found: dict[tuple[int, str], dict[int | None, list[Decimal]]] = {}
        for one in tries:
            if one.stage_code in stages:
                worth = total(stages[one.stage_code].questions, one.answers, one.marks)
                key = (one.application_id, one.stage_code)
                found.setdefault(key, {}).setdefault(one.participant_id, []).append(worth)
        sums: dict[int, Decimal] = {}
        for (application_id, code), by_member in found.items():
            worth = of_application(stages[code], by_member, members.get(application_id, 1))
            sums[application_id] = sums.get(application_id, Decimal(0)) + worth
        return sums


def _points(one: Try, stage: Stage) -> str:
    return str(total(stage.questions, one.answers, one.marks))


def _try(row: Mapping[str, Any]) -> Try:
    answers = {
        code: Given(given["text"], given["option"], tuple(given["attachments"]), given["late"])
        for code, given in json.loads(row["answers"]).items()
    }
    return Try(
        id=row["id"],
        application_id=row["application_id"],
        participant_id=row["participant_id"],
        stage_code=row["stage_code"],
        number=row["number"],
        tasks=tuple(json.loads(row["tasks"])),
        started_by=row["started_by"],
        started_at=from_ms(row["started_at"]),
        ends_at=from_ms(row["ends_at"]),
        finished_at=from_ms(row["finished_at"]),
        answers=answers,
        marks={code: Decimal(value) for code, value in json.loads(row["marks"]).items()},
    )

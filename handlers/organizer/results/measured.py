"""What is known of an event's participants beside the jury's sheets: trials, tests, time, attendance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bot.contest.attempts import unmarked
from bot.contest.event import Event
from bot.contest.event.scoring import Measure, Tie
from bot.contest.event.stages import Stage, StageKind
from bot.contest.trials import Results, trials_of
from handlers.events import Running
from handlers.kinds import Desk
from storage.attempts import Try


@dataclass(frozen=True, slots=True)
class Measured:
    """By application; who has nothing is not there."""

    #: Raw results of trials, by their codes.
    results: Results = field(default_factory=dict)
    #: Points of tests, by the codes of their stages.
    tests: Mapping[int, Mapping[str, Decimal]] = field(default_factory=dict)
    #: How long they took, where the event tells equal ones apart by that.
    times_s: Mapping[int, Decimal] = field(default_factory=dict)
    #: Who was at the meeting; None: nobody was noted.
    came: frozenset[int] | None = None
    #: Answers to questions that wait for somebody to give points.
    unmarked: int = 0

    @property
    def shown(self) -> frozenset[int]:
        """Who has a result of a trial or of a test."""
        return frozenset((*self.results, *self.tests))


def has_questions(stage: Stage) -> bool:
    """Whether points come from attempts there."""
    return stage.kind is StageKind.TEST or bool(stage.questions)


async def measured(desk: Desk, running: Running) -> Measured:
    """What is known now; an event without stages and meetings costs no query."""
    event, code = running.event, running.code
    results: dict[int, dict[str, Decimal]] = defaultdict(dict)
    tests: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for stage in event.stages:
        if trials_of(event, stage):
            for id_, values in (await desk.storage.trials.results(code, stage.code)).items():
                results[id_] |= values
        if has_questions(stage):
            for id_, points in (await desk.storage.attempts.points(code, stage.code)).items():
                tests[id_][stage.code] = points
    tries = await desk.storage.attempts.of_event(code) if any(map(has_questions, event.stages)) else []
    times_s: Mapping[int, Decimal] = {}
    if event.scoring.tie is Tie.LESS_TIME:
        times_s = _in_trials(event, results) | time_spent(tries)
    came = frozenset(one.application_id for one in await desk.storage.attendance.of_event(code))
    return Measured(dict(results), dict(tests), times_s, came or None, _unmarked(event, tries))


def time_spent(tries: Iterable[Try]) -> dict[int, Decimal]:
    """Seconds that each application's attempts took, from the first question to the end; the mean of several."""
    took: dict[int, list[Decimal]] = defaultdict(list)
    for one in tries:
        ended_at = min(one.finished_at or one.ends_at, one.ends_at)
        took[one.application_id].append(Decimal((ended_at - one.started_at).total_seconds()))
    return {id_: sum(each, Decimal(0)) / len(each) for id_, each in took.items()}


def _unmarked(event: Event, tries: Iterable[Try]) -> int:
    questions = {stage.code: stage.questions for stage in event.stages}
    return sum(len(unmarked(questions.get(one.stage_code, ()), one.answers, one.marks)) for one in tries)


def _in_trials(event: Event, results: Results) -> dict[int, Decimal]:
    """Seconds of all trials that are measured by time."""
    timed = {
        trial.code for stage in event.stages for trial in trials_of(event, stage) if trial.measure is Measure.TIME_S
    }
    return {
        id_: sum((value for code, value in values.items() if code in timed), Decimal(0))
        for id_, values in results.items()
        if timed & set(values)
    }

"""Which criteria are lines of the jury's sheet, and which get their value from a test, a trial or a host's protocol."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bot.contest.event import Event, UnitKind
from bot.contest.event.awards import Award, Outcome, Threshold, Thresholds
from bot.contest.event.checks import dead_ends
from bot.contest.event.loading import read_event
from bot.contest.event.scoring import Criterion, Measure, Ranking, Scoring
from bot.contest.event.stages import Stage, StageKind, TaskAnswer, TimedTask

QUESTION = TimedTask(code="q", title="Вопрос", question="Кто?", answer=TaskAnswer.TEXT)
FILE = Path(__file__).parents[2] / "bot" / "data" / "events" / "2020-21" / "scratch.yaml"


@pytest.fixture(scope="module")
def event() -> Event:
    found = read_event(FILE)
    assert isinstance(found, Event)
    return found


def with_stage(event: Event, kind: StageKind, *criteria: Criterion, tasks: tuple[TimedTask, ...] = ()) -> Event:
    stage = Stage(
        code="stage", title="Этап", kind=kind, opens_at=event.opens_at, closes_at=event.closes_at, tasks=tasks
    )
    return event.model_copy(update={"stages": (stage,), "criteria": criteria})


POINTS = Criterion(code="points", title="Баллы", max=Decimal(10), stages=("stage",))
TIME = Criterion(code="time", title="Время", measure=Measure.TIME_S, stages=("stage",))


@pytest.mark.parametrize(
    ("kind", "tasks", "criterion", "judged"),
    [
        (StageKind.FINAL, (), POINTS, True),
        (StageKind.APPLICATIONS, (), POINTS, True),
        (StageKind.TASKS, (), POINTS, True),
        (StageKind.TASKS, (QUESTION,), POINTS, False),
        (StageKind.TASKS, (), TIME, False),
        (StageKind.TEST, (), POINTS, False),
        (StageKind.SELECTION, (), POINTS, False),
        (StageKind.SELECTION, (), POINTS.model_copy(update={"stages": ()}), True),
    ],
)
def test_a_stage_says_where_the_value_of_a_criterion_comes_from(
    event: Event, kind: StageKind, tasks: tuple[TimedTask, ...], criterion: Criterion, judged: bool
) -> None:
    changed = with_stage(event, kind, criterion, tasks=tasks)
    lines = changed.criteria_for(None, None, UnitKind.PERSON)
    assert (criterion in lines, changed.has_sheets) == (judged, judged)
    assert changed.criteria_for(None, None, UnitKind.PERSON, stage="stage") == (criterion,)


def test_the_points_of_one_test_belong_to_one_criterion(event: Event) -> None:
    second = POINTS.model_copy(update={"code": "second"})
    faults = list(dead_ends(with_stage(event, StageKind.TEST, POINTS, second)))
    assert faults == [(("criteria",), "баллы этапа stage одни, а критериев с ним несколько: points, second")]
    assert list(dead_ends(with_stage(event, StageKind.TEST, POINTS))) == []


def test_thresholds_need_points(event: Event) -> None:
    title = Threshold(title="Лауреат", outcome=Outcome.WINNER, points=Decimal(9))
    rules = Thresholds(
        scheme="thresholds", thresholds=(title,), grand_prix=Award(title="Гран-при", outcome=Outcome.WINNER)
    )
    by_places = event.model_copy(update={"awards": rules, "scoring": Scoring(ranking=Ranking.SUM_OF_PLACES)})
    assert [place for place, _ in dead_ends(by_places)] == [("awards", "scheme")]
    assert list(dead_ends(by_places.model_copy(update={"scoring": Scoring()}))) == []


@pytest.mark.parametrize(
    ("measure", "step", "most", "right", "wrong"),
    [
        (Measure.POINTS, None, 10, ["0", "7", "10"], ["7.5", "11"]),
        (Measure.POINTS, "0.5", 10, ["7.5"], ["7.25"]),
        (Measure.TIME_S, None, None, ["12.4", "65.35"], ["12.345"]),
        (Measure.TIME_S, None, 600, ["12.4", "600"], ["600.01"]),
        (Measure.TIME_S, "1", None, ["12"], ["12.4"]),
        (Measure.COUNT, None, None, ["35"], ["35.5"]),
        (Measure.PENALTY, None, 500, ["3"], ["0.5"]),
    ],
)
def test_a_time_is_measured_to_a_hundredth_and_the_rest_in_whole_numbers_unless_the_event_says_otherwise(
    measure: Measure, step: str | None, most: int | None, right: list[str], wrong: list[str]
) -> None:
    one = Criterion(
        code="run",
        title="Бег",
        measure=measure,
        step=None if step is None else Decimal(step),
        max=None if most is None else Decimal(most),
    )
    assert [value for value in (*right, *wrong) if one.allows(Decimal(value))] == right

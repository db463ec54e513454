"""How works are judged: criteria with their scales, how scores add up, who is the jury."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.contest.event.base import Code, Coded, Part, Points, Text, expected
from bot.contest.event.units import UnitKind

_SCALE_MOST = 200
#: A stopwatch says hundredths.
_STEP, _STEP_S = Decimal(1), Decimal("0.01")


class Measure(StrEnum):
    """What is written into a score sheet: points, or a raw result as of a sports trial."""

    POINTS = "points"
    TIME_S = "time_s"
    COUNT = "count"
    PENALTY = "penalty"


class Better(StrEnum):
    """Which of two raw results is the better one."""

    MORE = "more"
    LESS = "less"


class Level(Part):
    """What a value of the scale means, in words."""

    points: Points
    means: Text


class Criterion(Coded):
    """One line of the score sheet. Points go from `min` to `max` by `step`, then by `weight`; results are typed."""

    description: Text | None = None
    measure: Measure = Measure.POINTS
    min: Points = Decimal(0)
    #: None only for a raw result without a ceiling.
    max: Points | None = None
    #: None means 1, and for a time a hundredth of a second.
    step: Annotated[Decimal, Field(gt=0, le=1000)] | None = None
    weight: Annotated[Decimal, Field(gt=0, le=100)] = Decimal(1)
    #: None means more for points and counts, less for time and penalties.
    better: Better | None = None
    levels: tuple[Level, ...] = ()
    #: Where the criterion belongs; empty means everywhere. Of a stage with a test or with questions it gets the points
    #: of that attempt; a raw result of a stage of tasks is a trial's; all others are lines of the jury's sheet.
    nominations: tuple[Code, ...] = ()
    groups: tuple[Code, ...] = ()
    units: tuple[UnitKind, ...] = ()
    stages: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _scale_makes_sense(self) -> Self:
        if self.max is None:
            if self.measure is Measure.POINTS:
                raise expected("у критерия в баллах должен быть max: наибольший балл")
            return self
        if self.max <= self.min:
            raise expected("max должен быть больше min")
        width = self.max - self.min
        if self.division > width:
            raise expected("step не может быть больше, чем max минус min")
        if width % self.division:
            raise expected("от min до max должно быть целое число шагов step")
        if self.measure is Measure.POINTS and width / self.division > _SCALE_MOST:
            raise expected(f"в шкале слишком много делений, можно до {_SCALE_MOST}: увеличьте step")
        if any(not self.allows(level.points) for level in self.levels):
            raise expected("points в levels должны быть делениями шкалы от min до max")
        return self

    @property
    def direction(self) -> Better:
        """Which results win, the default of the measure included."""
        if self.better is not None:
            return self.better
        return Better.LESS if self.measure in {Measure.TIME_S, Measure.PENALTY} else Better.MORE

    @property
    def division(self) -> Decimal:
        """The step of the scale, the default of the measure included."""
        if self.step is not None:
            return self.step
        return _STEP_S if self.measure is Measure.TIME_S else _STEP

    @property
    def scale_size(self) -> int:
        """How many values a juror may choose from; 0 for a raw result without a ceiling."""
        return 0 if self.max is None else int((self.max - self.min) / self.division) + 1

    @property
    def scale(self) -> tuple[Decimal, ...]:
        """Every such value, lowest first."""
        return tuple(self.min + self.division * n for n in range(self.scale_size))

    @property
    def max_weighted(self) -> Decimal:
        """What the criterion adds to a juror's total at the most; 0 for a raw result."""
        if self.measure is not Measure.POINTS or self.max is None:
            return Decimal(0)
        return self.max * self.weight

    def allows(self, value: Decimal) -> bool:
        """Whether a juror may write `value`."""
        if value < self.min or (self.max is not None and value > self.max):
            return False
        return (value - self.min) % self.division == 0


class Aggregation(StrEnum):
    """How the jurors' totals become one."""

    MEAN = "mean"
    SUM = "sum"


class Ranking(StrEnum):
    """Works are ordered by points, or by the sum of their places in each criterion and trial (less is better).

    A criterion of `tie_criteria` is no part of the sum.
    """

    POINTS = "points"
    SUM_OF_PLACES = "sum_of_places"


class Tie(StrEnum):
    """What is done when two works come out equal, told to everybody beforehand.

    `shared_place`, `criteria` and `less_time` do it by themselves; in the others, and where works are still equal,
    an organizer writes down what was decided, with the reason.
    """

    CHAIR_DECIDES = "chair_decides"
    SHARED_PLACE = "shared_place"
    CRITERIA = "criteria"
    LESS_TIME = "less_time"
    EXTRA_ROUND = "extra_round"
    VOTE = "vote"


class Scoring(Part):
    """From score sheets to a ranking."""

    aggregation: Aggregation = Aggregation.MEAN
    ranking: Ranking = Ranking.POINTS
    tie: Tie = Tie.CHAIR_DECIDES
    #: For `tie: criteria`: which criteria are compared, the weightiest first.
    tie_criteria: tuple[Code, ...] = ()
    #: Digits after the point in a mean.
    digits: Annotated[int, Field(ge=0, le=4)] = 2

    @model_validator(mode="after")
    def _tie_has_criteria(self) -> Self:
        if (self.tie is Tie.CRITERIA) != bool(self.tie_criteria):
            raise expected("tie: criteria и список tie_criteria нужны только вместе")
        return self


class Jury(Part):
    """Who judges and what they see."""

    per_work: Annotated[int, Field(ge=1, le=30)] = 2
    #: A blind juror sees neither the names nor the organisation.
    blind: bool = False
    #: Hour in Tomsk at which a juror hears what is new.
    digest_hour: Annotated[int, Field(ge=0, le=23)] = 9
    own_school_allowed: bool = False
    #: Two sheets further apart than this many points call for one more juror.
    extra_juror_gap: Annotated[Decimal, Field(gt=0, le=1000)] | None = None
    comments_shown: bool = False
    scores_shown: bool = False

"""Stages of an event and meetings in a conference call."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.contest.event.base import Code, Coded, HttpsUrl, Limit, Line, Part, Percent, Text, expected
from bot.contest.event.moments import From, To
from bot.contest.event.scoring import Better, Measure
from bot.contest.event.works import Submission


class StageKind(StrEnum):
    """What happens at a stage."""

    APPLICATIONS = "applications"
    SELECTION = "selection"
    TEST = "test"
    TASKS = "tasks"
    FINAL = "final"


class StageFormat(StrEnum):
    """Where a stage happens."""

    REMOTE = "remote"
    ON_SITE = "on_site"
    CALL = "call"


class WorkAfter(StrEnum):
    """What becomes of the work when a participant comes into this stage."""

    NONE = "none"
    SAME = "same"
    MAY_CHANGE = "may_change"
    NEW = "new"


class HostedBy(StrEnum):
    """Who holds the stage: the organiser, the hosts of the list, or each school at home."""

    ORGANISER = "organiser"
    HOSTS = "hosts"
    OWN_SCHOOL = "own_school"


class StageQuota(Limit):
    """How many go on from this stage for each combination of `per`."""

    nominations: tuple[Code, ...] = ()
    groups: tuple[Code, ...] = ()
    #: Whether the organiser may let one more through, with a reason.
    override_allowed: bool = True


class TaskAnswer(StrEnum):
    """How a task is answered in the chat."""

    CHOICE = "choice"
    TEXT = "text"
    NUMBER = "number"
    PHOTO = "photo"
    VIDEO = "video"
    LINK = "link"


class TaskOption(Part):
    """One answer to choose."""

    title: Line
    right: bool = False


class TimedTask(Coded):
    """One task of a stage: a trial with a raw result, a question of a test, a card for little ones.

    With `measure` it is a trial, its result is entered by the organiser, the host or the team's own teacher. With
    `answer` it is a question that the bot asks. Without both it is only described, the work answers it.
    """

    question: Text | None = None
    #: How long the trial lasts or the question may take.
    seconds: Annotated[int, Field(ge=1, le=86_400)] | None = None
    #: Of a trial: what is written down.
    measure: Measure | None = None
    #: Of a trial; None means more for counts, less for time and penalties.
    better: Better | None = None
    #: Of a question: how it is answered.
    answer: TaskAnswer | None = None
    #: For `answer: choice`; several may be right, one is chosen.
    options: tuple[TaskOption, ...] = ()
    #: For `text` and `number`: what counts as right, any of these. Empty: people give the points.
    right: tuple[Line, ...] = ()
    #: For a right answer, or the most that people may give.
    points: Annotated[int, Field(ge=1, le=100)] = 1

    @property
    def by_itself(self) -> bool:
        """Whether the bot itself knows the right answer."""
        return bool(self.right) or any(option.right for option in self.options)

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.measure is not None and self.answer is not None:
            raise expected("measure (испытание) и answer (вопрос) у одного задания вместе не бывают")
        if (self.answer is TaskAnswer.CHOICE) != bool(self.options):
            raise expected("answer: choice и список options нужны только вместе")
        if self.options and not any(option.right for option in self.options):
            raise expected("хотя бы один вариант в options должен быть верным: right: true")
        if self.right and self.answer not in (TaskAnswer.TEXT, TaskAnswer.NUMBER):
            raise expected("right нужен только при answer: text или answer: number")
        if self.answer is not None and self.question is None:
            raise expected("у вопроса должен быть текст: question")
        return self


class Attempt(StrEnum):
    """Whose attempt a test or a task is."""

    TEAM = "team"
    MEMBER = "member"


class Stage(Coded):
    """A step of the way to the final."""

    kind: StageKind
    format: StageFormat = StageFormat.REMOTE
    opens_at: From
    closes_at: To
    hosted_by: HostedBy = HostedBy.ORGANISER
    #: Codes of organisations.
    hosts: tuple[Code, ...] = ()
    quotas: tuple[StageQuota, ...] = ()
    #: Share of the participants who go on, in percent, over all.
    share_percent: Percent | None = None
    work: WorkAfter = WorkAfter.SAME
    submission: Submission | None = None
    tasks: tuple[TimedTask, ...] = ()
    #: How long one attempt at the questions takes; None: as long as its questions together, or till the stage ends.
    minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    #: Whether each attempt gets the questions in an order of its own.
    shuffled: bool = False
    attempt: Attempt = Attempt.TEAM
    attempts_most: Annotated[int, Field(ge=1, le=100)] = 1
    #: Whether those who do not go on get a certificate of this stage.
    certificate: bool = False
    optional: bool = False
    note: Text | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.closes_at <= self.opens_at:
            raise expected("closes_at этапа должно быть позже opens_at")
        if (self.hosted_by is HostedBy.HOSTS) != bool(self.hosts):
            raise expected("hosted_by: hosts и список hosts нужны только вместе")
        codes = [task.code for task in self.tasks]
        if len(set(codes)) != len(codes):
            raise expected("коды заданий одного этапа должны быть разными")
        return self

    @property
    def is_cut(self) -> bool:
        """Whether only some go on from here: somebody decides who does."""
        return self.kind is StageKind.SELECTION or bool(self.quotas) or self.share_percent is not None

    @property
    def questions(self) -> tuple[TimedTask, ...]:
        """What the bot asks at this stage."""
        return tuple(task for task in self.tasks if task.answer is not None)

    @property
    def attempt_s(self) -> int | None:
        """How long an attempt takes at the most; None: until the stage ends."""
        if self.minutes is not None:
            return self.minutes * 60
        each = [task.seconds for task in self.questions]
        return sum(second for second in each if second) if each and all(each) else None


class Topic(Part):
    """A point of the programme."""

    title: Line
    speaker: Line | None = None


class Section(Coded):
    """A section of a conference with a call of its own."""

    join_url: HttpsUrl | None = None
    #: Said aloud in this section; who writes it to the bot was there.
    code_word: Line | None = None


class Meeting(Part):
    """A webinar, a seminar or a defence in a conference call."""

    starts_at: From
    ends_at: To
    join_url: HttpsUrl | None = None
    #: Said aloud during the call; who writes it to the bot was there.
    code_word: Line | None = None
    #: For how long after the end the code word is taken.
    attendance_grace_minutes: Annotated[int, Field(ge=0, le=10_080)] = 60
    topics: tuple[Topic, ...] = ()
    sections: tuple[Section, ...] = ()
    #: Length of one speaker's or team's slot.
    slot_minutes: Annotated[int, Field(ge=1, le=240)] | None = None

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.ends_at <= self.starts_at:
            raise expected("ends_at должно быть позже starts_at")
        return self

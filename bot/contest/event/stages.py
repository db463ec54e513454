"""Stages of an event and meetings in a conference call."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.contest.event.base import Code, Coded, HttpsUrl, Limit, Line, Part, Percent, Text, expected
from bot.contest.event.moments import From, To
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


class TimedTask(Coded):
    """One task of a stage, as a trial of a sports course or a card for little ones."""

    question: Text | None = None
    seconds: Annotated[int, Field(ge=1, le=86_400)] | None = None


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
        return self


class Topic(Part):
    """A point of the programme."""

    title: Line
    speaker: Line | None = None


class Section(Coded):
    """A section of a conference with a call of its own."""

    join_url: HttpsUrl | None = None


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

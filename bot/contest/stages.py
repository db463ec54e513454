"""The way through an event's stages: who goes on, who is out, and when a work may be handed in on the way.

A *cut* is a stage from which only some go on. Whoever a cut leaves behind has taken part in that stage, and that is
their outcome; whoever passes every cut is in the final and gets an outcome of the awards.

Refusal keys: `stage.out` (title).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.event.model import Event
from bot.contest.event.stages import HostedBy, Stage, StageKind, WorkAfter
from bot.contest.event.works import Submission
from bot.contest.refusal import Refusal

#: The organiser holds the stage, or nobody is named for such a school.
NOBODY = ""


class Going(StrEnum):
    """What is decided about one participant of a cut."""

    #: Marked by the host; nobody has been told.
    CHOSEN = "chosen"
    PASSED = "passed"
    NOT_PASSED = "not_passed"


@dataclass(frozen=True, slots=True)
class Fate:
    """How far somebody has come."""

    #: The first cut that has not been decided for them; None: there is none left.
    waiting: Stage | None = None
    #: The cut that left them behind; None: they are in.
    out: Stage | None = None
    #: The cuts that they passed, in order.
    passed: tuple[Stage, ...] = ()

    @property
    def in_final(self) -> bool:
        """Whether every cut is behind them."""
        return self.waiting is None and self.out is None


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which works are handed in; `stage` None: the intake itself."""

    stage: Stage | None
    opens_at: datetime
    closes_at: datetime

    @property
    def anew(self) -> bool:
        """Whether what was handed in before does not count here."""
        return self.stage is not None and self.stage.work is WorkAfter.NEW


def cuts(event: Event) -> tuple[Stage, ...]:
    """The stages from which only some go on, in the order of the file."""
    return tuple(stage for stage in event.stages if stage.is_cut)


def stage_of(event: Event, code: str) -> Stage | None:
    """The stage of this code, or None."""
    return next((stage for stage in event.stages if stage.code == code), None)


def after(event: Event, stage: Stage) -> Stage | None:
    """The stage that follows, or None."""
    codes = [one.code for one in event.stages]
    following = event.stages[codes.index(stage.code) + 1 :]
    return following[0] if following else None


def running(event: Event, now: datetime) -> Stage | None:
    """The stage that goes on at `now`, the later one where two overlap; None: none does."""
    return next((one for one in reversed(event.stages) if one.opens_at <= now <= one.closes_at), None)


def fate(event: Event, decided: Mapping[str, Going], *, held: Mapping[str, bool] | None = None) -> Fate:
    """How far somebody is by what was decided about them, by the codes of the cuts.

    `held` tells of optional cuts whether anything was decided there at all: one that was not held stops nobody.
    """
    passed: list[Stage] = []
    for stage in cuts(event):
        match decided.get(stage.code):
            case Going.PASSED:
                passed.append(stage)
            case Going.NOT_PASSED:
                return Fate(out=stage, passed=tuple(passed))
            case _ if stage.optional and not (held or {}).get(stage.code):
                continue
            case _:
                return Fate(waiting=stage, passed=tuple(passed))
    return Fate(passed=tuple(passed))


def settled(undecided: Mapping[int, Going | None]) -> dict[int, Going]:
    """What a confirmed protocol makes of those it is about: the chosen go on, the others do not, nobody is left."""
    return {id_: Going.PASSED if going is Going.CHOSEN else Going.NOT_PASSED for id_, going in undecided.items()}


def outcome_of(stage: Stage) -> Outcome:
    """What becomes of those whom a cut leaves behind."""
    title = "Участник отборочного этапа" if stage.kind is StageKind.SELECTION else f"Участник этапа «{stage.title}»"
    return Outcome(OutcomeKind.PARTICIPANT, title)


def host_of(stage: Stage, organisation: str | None, place: str | None, areas: Mapping[str, str]) -> str:
    """The code of the organisation that holds `stage` for a school of this code and place; `NOBODY`: the organiser.

    `areas` are the organizer's own assignments: `organisation:<code>` and `place:<code>`, the first outweighs.
    """
    if stage.hosted_by is HostedBy.OWN_SCHOOL:
        return organisation or NOBODY
    if stage.hosted_by is HostedBy.ORGANISER:
        return NOBODY
    if host := areas.get(f"organisation:{organisation}"):
        return host
    if organisation in stage.hosts:
        return organisation or NOBODY
    return areas.get(f"place:{place}", NOBODY) if place else NOBODY


def windows(event: Event, closes_at: datetime) -> tuple[Window, ...]:
    """When works are handed in, in order; `closes_at` is the deadline of intake in force.

    The intake takes works unless the first stage says that none is due yet, or that it takes its own. A stage that
    ends with the intake moves with its deadline.
    """
    own = [stage for stage in event.stages if stage.work in (WorkAfter.NEW, WorkAfter.MAY_CHANGE)]
    first = event.stages[0] if event.stages else None
    at_intake = first is None or first.work in (WorkAfter.SAME, WorkAfter.MAY_CHANGE)
    intake = [Window(None, event.opens_at, closes_at)] if at_intake else []
    later = [stage for stage in own if not (stage is first and stage.work is WorkAfter.MAY_CHANGE)]
    own_ends = {stage.code: closes_at if stage.closes_at == event.closes_at else stage.closes_at for stage in later}
    return (*intake, *(Window(stage, stage.opens_at, own_ends[stage.code]) for stage in later))


def window_at(
    event: Event, reached: Fate, *, said_at: datetime, closes_at: datetime, passed_at: datetime | None = None
) -> Window | Refusal | None:
    """The window that a work said at `said_at` belongs to: the one that is open, else the next, else the last.

    None: nothing is handed in here. `passed_at`: when the last cut was confirmed; from then on what may be changed
    may be, though the stage itself has not begun.
    """
    if reached.out is not None:
        return Refusal("stage.out", {"title": reached.out.title})
    codes = [stage.code for stage in event.stages]
    barrier = codes.index(reached.waiting.code) if reached.waiting else len(codes)
    possible = [
        _earlier(window, reached, passed_at)
        for window in windows(event, closes_at)
        if window.stage is None or codes.index(window.stage.code) <= barrier
    ]
    open_ = [one for one in possible if one.opens_at <= said_at <= one.closes_at]
    coming = [one for one in possible if said_at < one.opens_at]
    return open_[-1] if open_ else coming[0] if coming else possible[-1] if possible else None


def counts_in_final(event: Event, said_at: datetime) -> bool:
    """Whether a work handed in then is the one that the final's jury gets: a stage may ask for a new one."""
    anew = [stage for stage in event.stages if stage.work is WorkAfter.NEW]
    return not anew or said_at >= anew[-1].opens_at


def submission_of(event: Event, window: Window | None, nomination: str | None) -> Submission | None:
    """What is handed in there: the stage's own rules, or the event's. Raises KeyError for an unknown nomination."""
    own = window.stage.submission if window is not None and window.stage is not None else None
    if own is None:
        return event.submission_for(nomination)
    return event.model_copy(update={"submission": own}).submission_for(nomination)


def _earlier(window: Window, reached: Fate, passed_at: datetime | None) -> Window:
    stage = window.stage
    if stage is None or stage.work is not WorkAfter.MAY_CHANGE or passed_at is None or not reached.passed:
        return window
    return Window(stage, min(stage.opens_at, passed_at), stage.closes_at)

"""All the questions of an application, in their order, as the event's file wants them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.contest.event import Event
from bot.contest.event.fields import AskedOf
from bot.talk.model import Step, Values
from bot.talk.position import Answers
from handlers.kinds import Case
from handlers.participant.applying import units
from handlers.participant.applying.common_steps import common_steps, experience_checks
from handlers.participant.applying.contact_steps import contact_steps
from handlers.participant.applying.filled import Filled
from handlers.participant.applying.grade_steps import under_age_step
from handlers.participant.applying.nomination_steps import nomination_steps
from handlers.participant.applying.own_steps import member_steps, own_steps
from handlers.participant.applying.people_steps import author_steps, role_step
from handlers.participant.applying.review_steps import review_steps
from handlers.participant.applying.roster_steps import roster_steps
from handlers.participant.applying.same import Same
from handlers.participant.applying.school_steps import school_steps
from handlers.participant.applying.unit_steps import helper_steps, unit_steps
from handlers.participant.consents.consents import consent_steps, declined
from handlers.teacher.supervisors import supervisor_step


def questions(event: Event, *, editing: bool = False) -> Sequence[Step]:
    """The steps of an application to this event; who applies and the consents are not up for editing."""
    return _questions(Same(event), editing)


@lru_cache(maxsize=256)
def _questions(same: Same, editing: bool) -> Sequence[Step]:
    event = same.event
    first = [] if editing else [role_step(event), *consent_steps(event)]
    asked = [
        *unit_steps(event),
        *_people(event),
        under_age_step(event),
        *school_steps(),
        supervisor_step(event),
        *helper_steps(event),
        *contact_steps(event),
        *nomination_steps(event),
        *own_steps(event, AskedOf.APPLICATION),
        *_of_members(event),
    ]
    steps = [*first, *asked, *review_steps(event, asked, editing=editing)]
    return placed([_unless_declined(step) for step in steps])


def _people(event: Event) -> list[Step]:
    """Each author with what is asked of them, one after another, or a list with what it may lack."""
    offered = units.supported(event)
    few = max(min(units.authors(unit).most, units.FEW) for unit in offered)
    steps: list[Step] = roster_steps(event)
    for number in range(1, few + 1):
        counted = number <= _surely(event)
        steps += [*author_steps(event, number, counted=counted), *common_steps(event, number, counted=counted)]
    rest = range(few + 1, _most(event) + 1)
    return [*steps, *(step for number in rest for step in common_steps(event, number, counted=False))]


def _of_members(event: Event) -> list[Step]:
    """The event's own questions about each; they may depend on what was asked of all."""
    steps = [
        replace(step, counted=number <= _surely(event) > 1)
        for number in range(1, _most(event) + 1)
        for step in member_steps(event, number)
    ]
    return [*steps, *experience_checks(event)]


def _surely(event: Event) -> int:
    """So many are asked about one after another in any case: their questions are counted."""
    return max(1, min(1 if units.may_be_listed(unit) else units.authors(unit).least for unit in units.supported(event)))


def _most(event: Event) -> int:
    return max(units.authors(unit).most for unit in units.supported(event))


def placed(steps: Sequence[Step]) -> Sequence[Step]:
    """The steps, each with its place among the counted ones: «2 из 6 · »."""
    return [replace(step, values=_with_place(step, step.values, steps)) for step in steps]


def _unless_declined(step: Step) -> Step:
    """After a refused consent nothing is asked any more."""
    return replace(step, when=lambda answers: not declined(answers) and step.when(answers))


def _with_place(step: Step, values: Values | None, steps: Sequence[Step]) -> Values:
    async def placed(case: Case, answers: Answers) -> dict[str, object]:
        counted = [one.name for one in steps if one.counted and one.when(answers)]
        place = ""
        if step.counted and step.name in counted:
            place = case.say("apply_place", number=counted.index(step.name) + 1, total=len(counted))
        # Steps of another talk bring the place that they have there.
        return {**(await values(case, answers) if values else {}), "place": place}

    return placed


def left(event: Event, steps: Sequence[Step], answers: Answers) -> tuple[str, int]:
    """Whom a draft is about, and how many questions of it are open."""
    filled = Filled(event, answers)
    name = filled.title or ((first := filled.name()) and first.formal)
    count = sum(1 for step in steps if step.counted and step.name not in answers and step.when(answers))
    return name or "", count

"""Another form of taking part than the one that is being asked about: several authors instead of one, a team."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.event.units import Person, Team, Unit
from bot.talk.model import Option
from handlers.kinds import Case
from handlers.participant.applying import units
from handlers.participant.applying.filled import Filled

#: What the choice of another form is kept in.
UNIT = "unit"


def other_units(case: Case, filled: Filled) -> Sequence[Option]:
    """The other forms, where the event lets one choose."""
    others = [unit for unit in units.choices(filled.event, filled.role) if unit.kind != filled.unit.kind]
    return [Option(_label(case, unit), {UNIT: unit.kind.value}) for unit in others]


def _label(case: Case, unit: Unit) -> str:
    if isinstance(unit, Person):
        return case.say("button.one_author")
    if isinstance(unit, Team):
        return case.say("button.as_team")
    return case.say("button.several_authors", most=units.authors(unit).most)

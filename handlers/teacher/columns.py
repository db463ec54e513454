"""The columns of an event's table: the questions of its application under the titles that people know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.contest.bulk import Column
from bot.contest.event import Category, Event, Nomination
from bot.contest.event.fields import AskedOf, ChoiceField, EventField, Need, YesNoField
from bot.contest.event.units import Collective, Team
from bot.contest.grades import PreschoolGroup
from handlers.kinds import Desk
from handlers.participant.applying import units
from handlers.participant.applying.own_steps import key_of
from handlers.participant.applying.roles import ForWhom
from handlers.participant.applying.unit_steps import helper_key

TITLE, NUMBER, CAPTAIN = "team", "number", "captain"
#: Of whom a table can be made: a teacher names children of many families.
CHILDREN = frozenset({Category.PUPIL, Category.PRESCHOOLER})
_COMMON = ("position", "subject", "age", "birth_date", "gender")


def possible(event: Event) -> bool:
    """Whether people can be entered by a table at all."""
    return event.bulk and ForWhom.PUPILS in units.possible(event)


def grown_ups(event: Event) -> bool:
    """Whether grown-ups take part too: they are no part of a table, each applies for oneself."""
    return any(role.adult for role in units.possible(event))


def listed(event: Event) -> bool:
    """Whether single children can be entered as a list: a teacher pastes one where a name is asked for."""
    offered = units.choices(event, ForWhom.PUPILS) if ForWhom.PUPILS in units.possible(event) else ()
    return any(not isinstance(unit, units.OF_SEVERAL) for unit in offered)


def grouped(event: Event) -> bool:
    """Whether several rows may make one application."""
    return any(isinstance(unit, units.OF_SEVERAL) for unit in units.choices(event, ForWhom.PUPILS))


def alone(event: Event) -> bool:
    """Whether somebody may take part without a title of a team."""
    return any(
        not isinstance(unit, units.OF_SEVERAL) or (isinstance(unit, Collective) and unit.authors.least == 1)
        for unit in units.choices(event, ForWhom.PUPILS)
    )


def columns_of(desk: Desk, event: Event) -> list[Column]:
    """All columns, in the order in which people fill them in."""
    return [
        *_of_the_whole(desk, event),
        *_of_members(desk, event),
        *_of_the_work(desk, event),
        _column(desk, "school", shared=True),
        _column(desk, "supervisor", shared=True, required=event.common_fields.supervisor.count.least > 0),
        *_contacts(desk, event),
        _column(desk, NUMBER, required=False, shared=True),
    ]


def needed(event: Event) -> list[str]:
    """Without these it is no table of participants."""
    return ["name"] if not any(units.by_number(unit) for unit in units.supported(event)) else [TITLE]


def common_keys(columns: Sequence[Column]) -> list[str]:
    """The keys that a team has once."""
    return [column.key for column in columns if not column.of_member]


def leaves(event: Event) -> list[Nomination]:
    """The nominations that children may enter."""
    return [leaf for leaf in event.leaves if not leaf.categories or CHILDREN & set(leaf.categories)]


def _column(desk: Desk, key: str, **more: object) -> Column:
    names = [name.strip() for name in desk.say(f"bulk_columns.{key}").split("|")]
    hint = f"bulk_hints.{key}"
    return Column(
        key,
        names[0],
        aliases=tuple(names[1:]),
        **{"hint": desk.say(hint) if hint in desk.texts else "", **more},  # type: ignore[arg-type]
    )


def _title(desk: Desk, event: Event) -> Column:
    """The title of a team, of a collective, of a project, by what takes part here."""
    kind = next(unit.kind for unit in units.choices(event, ForWhom.PUPILS) if isinstance(unit, units.OF_SEVERAL))
    title = desk.say(f"bulk_titles.{kind}")
    column = _column(desk, TITLE, required=not alone(event))
    return replace(column, title=title, aliases=(column.title, *column.aliases))


def _of_the_whole(desk: Desk, event: Event) -> list[Column]:
    """What a team has once: its title, its form, how many it is."""
    offered = units.choices(event, ForWhom.PUPILS)
    found = [_title(desk, event)] if grouped(event) else []
    forms = dict.fromkeys(one.title for unit in offered for one in units.forms(unit))
    if forms:
        found.append(_column(desk, "form", choices=tuple(forms)))
    if any(units.by_number(unit) for unit in offered):
        found += [_column(desk, "headcount", required=False), _column(desk, "_eldest", required=False)]
    return found


def _of_members(desk: Desk, event: Event) -> list[Column]:
    counted = any(units.by_number(unit) for unit in units.choices(event, ForWhom.PUPILS))
    found = [_column(desk, "name", of_member=True, required=not counted)]
    common = event.common_fields
    if common.grade is not Need.HIDDEN:
        found.append(_column(desk, "grade", of_member=True, required=not counted, choices=_grades(event)))
    for name in _COMMON:
        need: Need = getattr(common, name)
        if need is not Need.HIDDEN:
            choices = tuple(desk.say(f"button.{one}") for one in ("female", "male")) if name == "gender" else ()
            found.append(_column(desk, f"_{name}", of_member=True, required=need is Need.REQUIRED, choices=choices))
    if any(isinstance(unit, Team) and unit.captain for unit in event.units):
        found.append(_column(desk, CAPTAIN, of_member=True, required=False, choices=(desk.say("button.yes"),)))
    return [*found, *(_own(desk, field) for field in event.fields if field.asked_of is AskedOf.MEMBER)]


def _of_the_work(desk: Desk, event: Event) -> list[Column]:
    found = []
    titles = tuple(event.nomination_title(leaf.code) for leaf in leaves(event))
    if len(titles) > 1:
        found.append(_column(desk, "nomination", choices=titles))
    found += [
        _own(desk, field)
        for field in event.fields
        if field.asked_of is AskedOf.APPLICATION and (not field.categories or CHILDREN & set(field.categories))
    ]
    helpers = {one.code: one.title for unit in event.units for one in getattr(unit, "helpers", ())}
    return [*found, *(Column(helper_key(code), title, required=False) for code, title in helpers.items())]


def _own(desk: Desk, field: EventField) -> Column:
    choices: tuple[str, ...] = ()
    if isinstance(field, ChoiceField):
        choices = tuple(one.title for one in field.options)
    elif isinstance(field, YesNoField):
        choices = (desk.say("button.yes"), desk.say("button.no"))
    return Column(
        key_of(field),
        field.title,
        of_member=field.asked_of is AskedOf.MEMBER,
        required=field.required and not field.shown_if and not field.nominations and not field.required_from,
        choices=choices,
        hint=field.question or (desk.say("bulk_example", example=field.example) if field.example else ""),
    )


def _contacts(desk: Desk, event: Event) -> list[Column]:
    """Only what can't be done without: the rest is known from earlier, or told in the chat."""
    common = event.common_fields
    asked = (("phone", common.phone), ("email", common.email))
    return [_column(desk, name, shared=True) for name, need in asked if need is Need.REQUIRED]


def _grades(event: Event) -> tuple[str, ...]:
    """Classes and groups to choose from; a letter may be added by hand."""
    categories, span = event.audience.categories, event.audience.grades
    numbers = range(span.first, span.last + 1) if span else range(1, 12)
    groups = tuple(group.label for group in PreschoolGroup) if Category.PRESCHOOLER in categories else ()
    return (*groups, *(tuple(str(number) for number in numbers) if Category.PUPIL in categories else ()))

"""Whose school's year somebody may have, and of which events they may see names.

An administrator: any school, all events. An organizer: any school, the events they run. A host school's
representative: their own school; its figures at all events, names at those where they hold a stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.contest.authorize import Action, Actor, RoleKind, Target, authorize
from bot.contest.report.facts import Entry, Held, year_title
from bot.contest.report.own_years import SchoolYear, experts_of, lines_of
from bot.contest.report.places import is_member
from handlers.access import actor_for
from handlers.kinds import Desk
from handlers.reporting import year_facts


@dataclass(frozen=True, slots=True)
class Scope:
    """What one person may see of schools' years."""

    actor: Actor

    @property
    def any_school(self) -> bool:
        """Whether they may ask for any school."""
        return any(role.kind in (RoleKind.ADMIN, RoleKind.ORGANIZER) for role in self.actor.roles)

    @property
    def own_schools(self) -> tuple[str, ...]:
        """The schools in whose name they hold a stage."""
        codes = {one.organisation for one in self.actor.roles if one.kind is RoleKind.HOST and one.organisation}
        return tuple(sorted(codes))

    def may_have(self, school: str) -> bool:
        """Whether they may have the year of this school at all."""
        return self.any_school or school in self.own_schools

    def names(self, event: str, school: str) -> bool:
        """Whether they may see names of this school at this event."""
        return authorize(self.actor, Action.VIEW_SCHOOL_YEAR, Target(event=event, host=school))

    def counts(self, event: str, school: str) -> bool:
        """Whether they may see how many of this school were at this event."""
        return school in self.own_schools or self.names(event, school)


async def scope_of(desk: Desk, person_id: int) -> Scope:
    """The scope of a person, by the database."""
    return Scope(await actor_for(desk, person_id))


def family_of(desk: Desk, school: str) -> tuple[str, ...]:
    """The school with its branches."""
    return (school, *(one.code for one in desk.facts.directory.all if one.parent == school))


async def school_year(desk: Desk, scope: Scope, school: str, year: str) -> SchoolYear:
    """The year of a school, its branches among it, as far as the scope goes."""
    found: list[Entry] = []
    held: Mapping[str, Held] = {}
    documents = []
    for code in family_of(desk, school):
        facts = await year_facts(desk, year, organisation=code)
        held = {one.event.code: one for one in facts.events if scope.counts(one.event.code, school)}
        found += [_seen(one, named=scope.names(one.event, school)) for one in facts.entries if one.event in held]
        documents = list(facts.documents)
    directory = desk.facts.directory
    name = directory.get(school).name_short
    place = directory.place(school)
    named = [one.event for one in held.values() if scope.names(one.event.code, school)]
    experts = await desk.storage.reports.experts(named, {school: name})
    is_whole = len(held) == len(await desk.storage.reports.events(year))
    return SchoolYear(
        year_title=year_title(year),
        made_at=desk.now,
        school=name,
        place=", ".join(dict.fromkeys((place.municipality, place.region, place.country))),
        is_member=is_member(directory.get(school), year),
        lines=lines_of(found, held, documents, zone=desk.facts.zone),
        experts=experts_of(experts, name),
        scope="" if is_whole else desk.say("school_year.scope"),
    )


def _seen(entry: Entry, *, named: bool) -> Entry:
    """The application, without names where they are not this person's to see."""
    if named:
        return entry
    people = tuple(replace(one, hidden=True) for one in entry.people)
    return replace(entry, people=people, supervisor=None, title=None)

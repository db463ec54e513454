"""Who may do what: roles from the database, asked anew for every act."""

from __future__ import annotations

from bot.contest.authorize import Action, Actor, Role, RoleKind, Target, authorize
from handlers.kinds import Case, Desk


async def actor_of(case: Case) -> Actor:
    """Who acts, with the roles that the database and the settings give."""
    return await actor_for(case, case.person.id)


async def actor_for(desk: Desk, person_id: int) -> Actor:
    """The same of whoever asked for work that is done aside."""
    roles = frozenset(await desk.storage.roles.of_person(person_id))
    if person_id in desk.facts.admins:
        roles |= {Role(RoleKind.ADMIN)}
    return Actor(person_id, roles)


async def may(case: Case, action: Action, target: Target) -> bool:
    """Whether the one who acts may do this."""
    return authorize(await actor_of(case), action, target)

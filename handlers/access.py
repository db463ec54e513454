"""Who may do what: roles from the database, asked anew for every act."""

from __future__ import annotations

from bot.contest.authorize import Action, Actor, Role, RoleKind, Target, authorize
from handlers.kinds import Case


async def actor_of(case: Case) -> Actor:
    """Who acts, with the roles that the database and the settings give."""
    roles = frozenset(await case.storage.roles.of_person(case.person.id))
    if case.person.id in case.facts.admins:
        roles |= {Role(RoleKind.ADMIN)}
    return Actor(case.person.id, roles)


async def may(case: Case, action: Action, target: Target) -> bool:
    """Whether the one who acts may do this."""
    return authorize(await actor_of(case), action, target)

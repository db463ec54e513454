"""Who the administrators are."""

from __future__ import annotations

from bot.contest.authorize import RoleKind
from handlers.kinds import Desk


async def admins(desk: Desk) -> list[int]:
    """Whoever is an administrator by the settings, or of everything by the database."""
    return sorted(set(desk.facts.admins) | set(await desk.storage.roles.with_role(RoleKind.ADMIN, "")))

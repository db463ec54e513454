"""`people`: who holds which role."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.commands.common import complain, say, with_database
from bot.contest.authorize import RoleKind
from bot.contest.organisations import Directory
from storage.database import Database
from storage.storage import Storage

#: Who acts when a role is given at the terminal.
TERMINAL = 0


def grant(vk_id: int, role: str, event: str | None, organisation: str | None = None) -> int:
    """Give a role; the person need not have written yet."""
    if role not in list(RoleKind):
        complain(f"Роль {role} неизвестна. Бывают: {', '.join(RoleKind)}.")
        return 1
    if (role == RoleKind.HOST) != (organisation is not None) or (role == RoleKind.HOST and event is None):
        complain("Опорной школе нужны и --event, и --organisation; другим ролям --organisation не нужен.")
        return 1
    if organisation is not None and organisation not in Directory.load().codes:
        complain(f"Организации {organisation} нет в справочнике.")
        return 1
    return with_database(lambda database: _grant(database, vk_id, RoleKind(role), event, organisation))


def print_people() -> int:
    """A line for each role."""
    return with_database(_print)


async def _grant(database: Database, vk_id: int, kind: RoleKind, event: str | None, organisation: str | None) -> int:
    now = datetime.now(UTC)
    async with database.transaction() as connection:
        storage = Storage(connection)
        if event is not None and await storage.events.get(event) is None:
            complain(f"Мероприятия {event} нет. Список: python -m bot events list")
            return 1
        await storage.people.known(vk_id, at=now)
        await storage.roles.grant(vk_id, kind, event, by=None, at=now, organisation=organisation)
        detail = {"role": kind, "event": event or "*"} | ({"organisation": organisation} if organisation else {})
        await storage.audit.add(TERMINAL, "grant_role", f"person:{vk_id}", detail, at=now)
    say(f"vk.com/id{vk_id}: {kind.label}, {event or 'все мероприятия'}")
    return 0


async def _print(database: Database) -> int:
    async with database.transaction() as connection:
        grants = await Storage(connection).roles.all()
    for one in grants:
        school = f", {one.role.organisation}" if one.role.organisation else ""
        say(f"vk.com/id{one.person_id}: {one.role.kind.label}, {one.role.event or 'все мероприятия'}{school}")
    if not grants:
        say("Ролей нет. Выдать: python -m bot people grant НОМЕР organizer")
    return 0

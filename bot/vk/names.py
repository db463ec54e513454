"""What people are called in VK: a word to greet by, never what stands in a diploma."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.vk.arrivals import whole
from bot.vk.limits import USERS_AT_ONCE
from bot.vk.parcels import Api

#: What VK writes in place of the name of a deleted or banned page.
NO_NAME = "DELETED"


async def learn(api: Api, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """First and last name of everyone asked for; two empty words where VK tells none. Raises CallError."""
    wanted = sorted({person_id for person_id in ids if person_id > 0})
    names = dict.fromkeys(wanted, ("", ""))
    for start in range(0, len(wanted), USERS_AT_ONCE):
        part = ",".join(str(person_id) for person_id in wanted[start : start + USERS_AT_ONCE])
        people = (await api.request("users.get", {"user_ids": part})).get("response")
        for person in people if isinstance(people, list) else ():
            person_id = whole(person.get("id")) if isinstance(person, dict) else None
            if person_id in names:
                names[person_id] = _name(person)
    return names


def _name(person: dict[str, Any]) -> tuple[str, str]:
    first, last = (person.get(part) for part in ("first_name", "last_name"))
    if person.get("deactivated") or first == NO_NAME or not isinstance(first, str):
        return "", ""
    return first.strip(), last.strip() if isinstance(last, str) else ""

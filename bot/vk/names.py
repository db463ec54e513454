"""What people are called in VK: a word to greet by, never what stands in a diploma."""

from __future__ import annotations

from collections.abc import Iterable

from bot.vk.arrivals import whole
from bot.vk.limits import USERS_AT_ONCE
from bot.vk.parcels import Api

#: What VK writes in place of the name of a deleted or banned page.
NO_NAME = "DELETED"


async def learn(api: Api, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """First and last name of those who have one. Raises CallError."""
    wanted = sorted({person_id for person_id in ids if person_id > 0})
    names: dict[int, tuple[str, str]] = {}
    for start in range(0, len(wanted), USERS_AT_ONCE):
        part = ",".join(str(person_id) for person_id in wanted[start : start + USERS_AT_ONCE])
        people = (await api.request("users.get", {"user_ids": part})).get("response")
        for person in people if isinstance(people, list) else ():
            if isinstance(person, dict) and (person_id := whole(person.get("id"))) and not person.get("deactivated"):
                first, last = person.get("first_name"), person.get("last_name")
                if isinstance(first, str) and first.strip() and first != NO_NAME:
                    names[person_id] = (first.strip(), last.strip() if isinstance(last, str) else "")
    return names

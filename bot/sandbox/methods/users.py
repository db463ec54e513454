"""users.get."""

from __future__ import annotations

from bot.sandbox.errors import wrong_parameter
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params
from bot.sandbox.world import World

MOST_USERS = 1000
_CASES = frozenset({"nom", "gen", "dat", "acc", "ins", "abl"})


@method("users.get", "user_ids fields name_case from_group_id")
def get(world: World, params: Params) -> object:
    """Unknown ids are silently not there. Names are not declined: the sandbox knows the first case only."""
    names = params.words("user_ids")
    if len(names) > MOST_USERS:
        raise wrong_parameter(f"user_ids should contain no more than {MOST_USERS} items")
    params.one_of("name_case", _CASES)
    fields = params.words("fields")
    numbers = [int(number) for name in names if (number := name.removeprefix("id")).isdecimal()]
    return [world.people[number].as_user(fields, world.base_url) for number in numbers if number in world.people]

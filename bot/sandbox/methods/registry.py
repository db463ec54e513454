"""The table of methods: which parameters each takes, and which right of the token it needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import VkError
from bot.sandbox.params import COMMON, Params
from bot.sandbox.world import World

Body = Callable[[World, Params], object]

SUBCODE_SCOPES = 1133


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    allowed: frozenset[str]  # its parameters and those that every method takes
    right: str | None
    body: Body


METHODS: dict[str, Method] = {}

_USERS_ONLY = re.compile(
    r"(account|apps|friends|newsfeed|notes|notifications|likes|polls|fave|gifts|video|database|pages)\.\w+"
    r"|wall\.(get|getById|edit|delete|pin|unpin|repost|getReposts|search|restore|reportPost)"
    r"|photos\.(getWallUploadServer|saveWallPhoto|getUploadServer|save|get|getAll|getById|createAlbum|delete)"
    r"|docs\.(getUploadServer|add|delete|edit|get)"
    r"|groups\.(getSettings|setSettings|get|getRequests|approveRequest|ban|unban|edit|editManager|join|leave|search"
    r"|invite|removeUser|create)"
    r"|board\.(addTopic|createComment|getTopics|getComments|closeTopic|deleteTopic|editTopic)"
    r"|messages\.(allowMessagesFromGroup|denyMessagesFromGroup|getLastActivity|getLongPollHistory|searchDialogs)"
    r"|users\.(search|getFollowers|getSubscriptions|report)"
)
"""Methods that exist, but not for a community's token."""


def method(name: str, parameters: str = "", *, right: str | None = None) -> Callable[[Body], Body]:
    """Enter a function as VK's method `name`; `parameters` are the names it takes, with spaces between."""

    def enter(body: Body) -> Body:
        METHODS[name] = Method(name, frozenset(parameters.split()) | COMMON, right, body)
        return body

    return enter


def call_method(world: World, name: str, raw: dict[str, str]) -> object:
    """What stands in `response`. Raises VkError."""
    found = METHODS.get(name)
    if found is None:
        raise VkError(27 if _USERS_ONLY.fullmatch(name) else 3)
    if found.right is not None and found.right not in world.settings.permissions:
        if name == "groups.getLongPollServer":  # VK answers so when the right `manage` is missing
            raise VkError(29)
        raise VkError(15, "cannot be called with current scopes", more={"error_subcode": SUBCODE_SCOPES})
    params = Params(raw)
    params.refuse_unknown(found.allowed)
    return found.body(world, params)

"""Whom a message may reach."""

from __future__ import annotations

from bot.sandbox.dialogs import Dialog
from bot.sandbox.errors import VkError, wrong_parameter
from bot.sandbox.params import Params
from bot.sandbox.wire import CHATS_FROM
from bot.sandbox.world import World


def check_peer(world: World, peer_id: int, method: str = "") -> None:
    """Raise VK's refusal (18, 900, 901, 902, 917, 932) where no message may go to this peer."""
    if world.faults.all and method and (ordered := world.faults.for_peer(method, peer_id)):
        raise ordered
    if peer_id >= CHATS_FROM:
        if peer_id not in world.dialogs:
            raise VkError(917)
        return
    if peer_id <= 0:
        raise VkError(932)
    person = world.people.get(peer_id)
    refusal = 901 if person is None else person.refusal
    if refusal is not None:
        raise VkError(refusal)


def known_dialog(world: World, peer_id: int) -> Dialog:
    """The dialog with this peer. Raises VkError 100 where there is none."""
    found = world.dialogs.get(peer_id)
    if found is None:
        raise wrong_parameter("peer_id is invalid")
    return found


def check_group(world: World, params: Params) -> None:
    """Raise VkError where `group_id` is missing (100) or another community's (15, 125)."""
    group_id = params.need_integer("group_id")
    if group_id <= 0:
        raise VkError(125)
    if group_id != world.group.id:
        raise VkError(15, "group_id is not this token's")

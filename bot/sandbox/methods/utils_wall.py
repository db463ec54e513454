"""utils.* and wall.post."""

from __future__ import annotations

import hashlib

from bot.sandbox.errors import VkError, wrong_parameter
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params
from bot.sandbox.world import World


@method("utils.resolveScreenName", "screen_name")
def resolve_screen_name(world: World, params: Params) -> object:
    """Nothing found is an empty list, not an object."""
    name = params.need_text("screen_name")
    if name in (world.group.screen_name, f"club{world.group.id}", f"public{world.group.id}"):
        return {"type": "group", "object_id": world.group.id, "group_id": world.group.id}
    number = name.removeprefix("id")
    if name.startswith("id") and number.isdecimal() and int(number) in world.people:
        return {"type": "user", "object_id": int(number), "user_id": int(number)}
    return []


@method("utils.getShortLink", "url private")
def short_link(world: World, params: Params) -> object:
    del world
    url = _link(params)
    key = hashlib.sha256(url.encode()).hexdigest()[:6]
    answer = {"short_url": f"https://vk.cc/{key}", "url": url, "key": key}
    return answer | ({"access_key": key[::-1]} if params.flag("private") else {})


@method("utils.checkLink", "url")
def check_link(world: World, params: Params) -> object:
    del world
    return {"status": "not_banned", "link": _link(params)}


@method("utils.getServerTime")
def server_time(world: World, params: Params) -> object:
    del params
    return int(world.clock.now())


@method(
    "wall.post",
    "owner_id from_group message attachments services signed publish_date lat long place_id post_id guid mark_as_ads "
    "link_title link_photo_id close_comments donut_paid_duration mute_notifications copyright",
    right="wall",
)
def post(world: World, params: Params) -> object:
    """A community's token may post a text on its own wall, from the community's name."""
    if params.need_integer("owner_id") != -world.group.id or not params.flag("from_group"):
        raise VkError(214)
    if not params.text("message"):
        raise wrong_parameter("message is undefined")
    if "attachments" in params:
        raise VkError(27)
    world.posts += 1
    return {"post_id": world.posts}


def _link(params: Params) -> str:
    url = params.need_text("url")
    if "." not in url or any(map(str.isspace, url)):
        raise wrong_parameter("url is invalid")
    return url if url.startswith(("http://", "https://")) else f"http://{url}"

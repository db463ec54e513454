"""groups.*: the community itself, Long Poll's settings, the token's rights, members."""

from __future__ import annotations

from bot.sandbox.errors import VkError, wrong_parameter
from bot.sandbox.methods.peers import check_group
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params, check_version
from bot.sandbox.settings import EVENT_TYPES, LONG_POLL_LACKS, RIGHTS, no_events
from bot.sandbox.wire import Wire
from bot.sandbox.world import World

LONG_POLL_EVENTS = " ".join(name for name in EVENT_TYPES if name not in LONG_POLL_LACKS)
MOST_MEMBERS = 1000


def group_object(world: World) -> Wire:
    picture = f"{world.base_url}/files/face-group.svg"
    return {
        "id": world.group.id,
        "name": world.group.name,
        "screen_name": world.group.screen_name,
        "is_closed": 0,
        "type": "group",
        "photo_50": picture,
        "photo_100": picture,
        "photo_200": picture,
    }


@method("groups.getById", "group_ids group_id fields")
def get_by_id(world: World, params: Params) -> object:
    """Without an id: the token's own community."""
    names = params.words("group_ids") or params.words("group_id") or [str(world.group.id)]
    mine = {str(world.group.id), f"club{world.group.id}", f"public{world.group.id}", world.group.screen_name}
    if any(name.startswith("-") for name in names):
        raise wrong_parameter("group_ids is invalid")
    more: Wire = {}
    if "members_count" in params.words("fields"):
        more["members_count"] = sum(person.member for person in world.people.values())
    return {"groups": [group_object(world) | more for name in names if name in mine], "profiles": []}


@method("groups.getLongPollServer", "group_id", right="manage")
def long_poll_server(world: World, params: Params) -> object:
    check_group(world, params)
    if not world.settings.longpoll_enabled:
        raise wrong_parameter("longpoll for this group is not enabled")
    key = world.longpoll.issue_key()
    return {"key": key, "server": f"{world.base_url}/longpoll/{world.group.id}", "ts": str(world.log.ts)}


@method("groups.getLongPollSettings", "group_id", right="manage")
def long_poll_settings(world: World, params: Params) -> object:
    check_group(world, params)
    settings = world.settings
    return {
        "is_enabled": settings.longpoll_enabled,
        "api_version": settings.longpoll_api_version,
        "events": no_events() | settings.longpoll_events,
    }


@method("groups.setLongPollSettings", f"group_id enabled api_version {LONG_POLL_EVENTS}", right="manage")
def set_long_poll_settings(world: World, params: Params) -> object:
    """What the call does not name stays as it was."""
    check_group(world, params)
    settings = world.settings
    if version := params.text("api_version"):
        check_version({"v": version})
    changed = {name: int(params.flag(name)) for name in settings.longpoll_events if params.text(name) is not None}
    settings.longpoll_enabled = params.flag("enabled", default=settings.longpoll_enabled)
    settings.longpoll_api_version = version or settings.longpoll_api_version
    settings.longpoll_events.update(changed)
    return 1


@method("groups.getTokenPermissions")
def token_permissions(world: World, params: Params) -> object:
    del params
    names = world.settings.permissions
    return {
        "mask": sum(RIGHTS[name] for name in names),
        "permissions": [{"name": name, "setting": RIGHTS[name]} for name in names],
    }


@method("groups.isMember", "group_id user_id user_ids extended")
def is_member(world: World, params: Params) -> object:
    _check_group_name(world, params)
    extended = params.flag("extended")
    if asked := params.integers("user_ids", most=500):
        return [{"user_id": number, **_membership(world, number, extended=extended)} for number in asked]
    found = _membership(world, params.need_integer("user_id", least=1), extended=extended)
    return found if extended else found["member"]


def _membership(world: World, user_id: int, *, extended: bool) -> Wire:
    person = world.people.get(user_id)
    member = int(person is not None and person.member)
    return {"member": member} | ({"can_invite": 0, "can_recall": 0, "invitation": 0, "request": 0} if extended else {})


@method("groups.getMembers", "group_id sort offset count fields filter")
def get_members(world: World, params: Params) -> object:
    _check_group_name(world, params)
    offset = params.integer("offset", least=0) or 0
    count = params.integer("count", least=0, most=MOST_MEMBERS)
    members = sorted((person for person in world.people.values() if person.member), key=lambda person: person.id)
    if params.one_of("filter", frozenset({"friends", "unsure", "managers", "donut", "unsure_friends"})) == "managers":
        return {"count": 0, "items": []}
    page = members[offset : offset + (MOST_MEMBERS if count is None else count)]
    fields = params.words("fields")
    items = [person.as_user(fields, world.base_url) if fields else person.id for person in page]
    return {"count": len(members), "items": items}


def _check_group_name(world: World, params: Params) -> None:
    if params.need_text("group_id") not in (
        str(world.group.id),
        world.group.screen_name,
        f"club{world.group.id}",
    ):
        raise VkError(125)


@method("groups.getOnlineStatus", "group_id", right="manage")
def online_status(world: World, params: Params) -> object:
    check_group(world, params)
    return {"status": "online" if world.online else "none"}


@method("groups.enableOnline", "group_id", right="manage")
def enable_online(world: World, params: Params) -> object:
    check_group(world, params)
    if world.online:
        raise VkError(100, "online is already enabled")
    world.online = True
    return 1


@method("groups.disableOnline", "group_id", right="manage")
def disable_online(world: World, params: Params) -> object:
    check_group(world, params)
    world.online = False
    return 1

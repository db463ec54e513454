"""groups.*Callback*: servers that events are delivered to."""

from __future__ import annotations

from bot.sandbox.callback import MOST_SERVERS, Server
from bot.sandbox.errors import VkError, wrong_parameter
from bot.sandbox.methods.peers import check_group
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params, check_version
from bot.sandbox.settings import EVENT_TYPES
from bot.sandbox.world import World

LONGEST_TITLE, LONGEST_SECRET = 14, 50


@method("groups.getCallbackServers", "group_id server_ids", right="manage")
def get_servers(world: World, params: Params) -> object:
    check_group(world, params)
    wanted = params.integers("server_ids")
    items = [server.as_json() for server in world.callback.servers.values() if not wanted or server.id in wanted]
    return {"count": len(items), "items": items}


@method("groups.addCallbackServer", "group_id url title secret_key", right="manage")
def add_server(world: World, params: Params) -> object:
    """The server is asked for the confirmation code at once; its events are all off at first."""
    check_group(world, params)
    url, title = _url(params), params.need_text("title", most=LONGEST_TITLE)
    secret = params.text("secret_key", most=LONGEST_SECRET) or ""
    if len(world.callback.servers) >= MOST_SERVERS:
        raise VkError(2000)
    return {"server_id": world.callback.add(url, title, secret).id}


@method("groups.editCallbackServer", "group_id server_id url title secret_key", right="manage")
def edit_server(world: World, params: Params) -> object:
    server = _server(world, params)
    url, title = _url(params), params.need_text("title", most=LONGEST_TITLE)
    secret = params.text("secret_key", most=LONGEST_SECRET)
    moved = url != server.url
    server.url, server.title = url, title
    server.secret = server.secret if secret is None else secret
    if moved:
        world.callback.confirm(server)
    return 1


@method("groups.deleteCallbackServer", "group_id server_id", right="manage")
def delete_server(world: World, params: Params) -> object:
    del world.callback.servers[_server(world, params).id]
    return 1


@method("groups.getCallbackSettings", "group_id server_id", right="manage")
def get_settings(world: World, params: Params) -> object:
    server = _server(world, params)
    return {"api_version": server.api_version, "events": dict(server.events)}


@method("groups.setCallbackSettings", f"group_id server_id api_version {' '.join(EVENT_TYPES)}", right="manage")
def set_settings(world: World, params: Params) -> object:
    """What the call does not name stays as it was."""
    server = _server(world, params)
    if version := params.text("api_version"):
        check_version({"v": version})
        server.api_version = version
    server.events |= {name: int(params.flag(name)) for name in EVENT_TYPES if params.text(name) is not None}
    return 1


@method("groups.getCallbackConfirmationCode", "group_id", right="manage")
def confirmation_code(world: World, params: Params) -> object:
    check_group(world, params)
    return {"code": world.callback.code}


def _server(world: World, params: Params) -> Server:
    """The server that the call names; the only one where it names none."""
    check_group(world, params)
    servers = world.callback.servers
    number = params.integer("server_id")
    if number is None and len(servers) == 1:
        return next(iter(servers.values()))
    if number is None or number not in servers:
        raise wrong_parameter("server_id is invalid")
    return servers[number]


def _url(params: Params) -> str:
    url = params.need_text("url")
    if not url.startswith(("http://", "https://")):
        raise wrong_parameter("url is invalid")
    return url

"""`/method/<name>`: from an HTTP request to a method and back."""

from __future__ import annotations

import asyncio
import re

from aiohttp import web

from bot.sandbox.errors import VkError
from bot.sandbox.faults import Fault
from bot.sandbox.ledger import Request
from bot.sandbox.methods import call_method
from bot.sandbox.methods.execute import execute
from bot.sandbox.params import check_version
from bot.sandbox.wire import Wire, dumps
from bot.sandbox.world import World

OK = 200
WORLD = web.AppKey("world", World)
_CALLED = re.compile(r"API\.(\w+\.\w+)\s*\(")


def routes() -> list[web.RouteDef]:
    return [web.get("/method/{name}", handle), web.post("/method/{name}", handle)]


async def handle(request: web.Request) -> web.StreamResponse:
    """Errors come with HTTP 200, as VK sends them."""
    world = request.app[WORLD]
    name = request.match_info["name"]
    params = await read_params(request)
    logged = world.requests.add(name, params, world.real_time())
    inside = _CALLED.findall(params.get("code", "")) if name == "execute" and world.faults.all else ()
    fault = world.faults.for_request(name, "*", inside=inside) if world.faults.all else None
    if fault is not None and (broken := await break_before(request, fault)) is not None:
        return broken
    body = answer(world, name, params, logged, fault)
    if fault is not None and (broken := await break_after(request, fault)) is not None:
        return broken
    return web.Response(body=dumps(body).encode("utf-8", "surrogatepass"), content_type="application/json")


def answer(world: World, name: str, params: dict[str, str], logged: Request, fault: Fault | None = None) -> Wire:
    """The JSON body for one request."""
    try:
        check_token(world, params)
        if not world.requests.accept(logged.at, world.settings.requests_per_second):
            raise VkError(6)
        if fault is not None and (ordered := fault.error()) is not None:
            raise ordered
        check_version(params)
        body = execute(world, params, logged) if name == "execute" else {"response": call_method(world, name, params)}
    except VkError as error:
        logged.answer_code = error.code
        return error.body(name, params)
    logged.answer_code = 0
    return body


def check_token(world: World, params: dict[str, str]) -> None:
    token = params.get("access_token")
    if not token:
        raise VkError(5, "no access_token passed.")
    if token != world.settings.token:
        raise VkError(5, "invalid access_token (4).")


async def read_params(request: web.Request) -> dict[str, str]:
    """Query and form together; the header's token counts as `access_token`. A JSON body is not read."""
    params = dict(request.query)
    if request.method == "POST":
        form = await request.post()
        params |= {key: value for key, value in form.items() if isinstance(value, str)}
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        params["access_token"] = header.removeprefix("Bearer ").strip()
    return params


async def break_before(request: web.Request, fault: Fault) -> web.StreamResponse | None:
    """What a fault makes of a request before anything is done; None where it may go on."""
    if hang_s := fault.what.get("hang_s"):
        await asyncio.sleep(float(hang_s))
    if fault.what.get("drop"):
        return hang_up(request)
    body, status = fault.body(), int(fault.what.get("http", OK))
    if body is None and status == OK:
        return None
    content_type = str(fault.what.get("content_type", "text/html" if status != OK else "application/json"))
    headers = {"Content-Type": content_type} | {str(k): str(v) for k, v in fault.what.get("headers", {}).items()}
    return web.Response(status=status, body=body or b"", headers=headers)


async def break_after(request: web.Request, fault: Fault) -> web.StreamResponse | None:
    """What a fault makes of the answer to what was done; None where it may go out."""
    if hang_s := fault.what.get("hang_after_s"):
        await asyncio.sleep(float(hang_s))
    return hang_up(request) if fault.what.get("lost_answer") else None


def hang_up(request: web.Request) -> web.Response:
    """Cut the connection: the client never sees the answer that is returned here."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()

"""Reading a control request: mistakes are HTTP 400 with a sentence, unknown people 404."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.sandbox.api import WORLD
from bot.sandbox.people import Person
from bot.sandbox.wire import Wire, dumps
from bot.sandbox.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ControlError(Exception):
    """A mistake of whoever calls the control API.

    `kind` names those that a person at the chat page can meet: the page has its own words for them.
    """

    def __init__(self, text: str, status: int = 400, *, kind: str | None = None) -> None:
        self.status = status
        self.kind = kind
        super().__init__(text)


def reply(value: object, status: int = 200) -> web.Response:
    body = dumps(value).encode("utf-8", "surrogatepass")
    return web.Response(status=status, body=body, content_type="application/json")


@web.middleware
async def tell_mistakes(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A mistake becomes `{"error": text, "kind"?: name}`."""
    try:
        return await handler(request)
    except ControlError as error:
        return reply({"error": str(error)} | ({"kind": error.kind} if error.kind else {}), error.status)


def world_of(request: web.Request) -> World:
    return request.app[WORLD]


def person_of(request: web.Request) -> Person:
    number = request.match_info["id"]
    person = world_of(request).people.get(int(number)) if number.isdecimal() else None
    if person is None:
        raise ControlError(f"nobody here has the id {number}", 404, kind="nobody")
    return person


async def read_object(request: web.Request) -> Wire:
    """The JSON object in the body; an empty body is an empty object."""
    text = await request.text()
    if not text.strip():
        return {}
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise ControlError("the body is no JSON") from None
    if not isinstance(value, dict):
        raise ControlError("the body must be a JSON object")
    return value


def only(given: Wire, *known: str) -> None:
    """Refuse a member that the call does not know."""
    if unknown := sorted(given.keys() - set(known)):
        raise ControlError(f"unknown {unknown[0]}; known: {', '.join(known)}")


def typed(given: Wire, name: str, kind: type | tuple[type, ...], default: Any = None) -> Any:
    """`given[name]` of this kind, or the default where it is absent or null."""
    value = given.get(name)
    if value is None:
        return default
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
        raise ControlError(f"{name} is of the wrong kind")
    return value


def query_integer(request: web.Request, name: str) -> int | None:
    text = request.query.get(name)
    if text is None or text == "":
        return None
    try:
        return int(text)
    except ValueError:
        raise ControlError(f"{name} must be a whole number") from None


def query_number(request: web.Request, name: str, default: float) -> float:
    try:
        return float(request.query.get(name) or default)
    except ValueError:
        raise ControlError(f"{name} must be a number") from None

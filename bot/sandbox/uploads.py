"""`/upload/...`: the second step of an upload, and `/files/...`: the bytes by their address."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from html import escape
from pathlib import PurePath

from aiohttp import web

from bot.sandbox.api import WORLD, break_after, break_before
from bot.sandbox.media import StoredFile, Ticket
from bot.sandbox.objects import doc_object, photo_object
from bot.sandbox.pictures import acceptable
from bot.sandbox.wire import Wire, dumps
from bot.sandbox.world import World

SERVER = 231331
FORBIDDEN_DOCS = frozenset({"mp3"})
HARMLESS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
"""What somebody uploaded runs no scripts in the chat page's origin, be it HTML or SVG."""
_PHOTO_FIELDS = ("photo", "file", "file1")


def routes() -> list[web.RouteDef]:
    return [
        web.post("/upload/photo/{ticket}", upload_photo),
        web.post("/upload/doc/{ticket}", upload_doc),
        web.get("/files/{name}", serve_file),
    ]


async def upload_photo(request: web.Request) -> web.StreamResponse:
    """A bad picture is HTTP 200 with `"photo":"[]"`: only saving it fails."""
    return await _upload(request, _PHOTO_FIELDS, _take_photo)


async def upload_doc(request: web.Request) -> web.StreamResponse:
    return await _upload(request, ("file",), _take_doc)


async def _upload(
    request: web.Request, names: tuple[str, ...], take: Callable[[World, Ticket, bytes, str], Wire]
) -> web.StreamResponse:
    world = request.app[WORLD]
    fault = world.faults.for_request("upload") if world.faults.all else None
    if fault is not None and (broken := await break_before(request, fault)) is not None:
        return broken
    ticket = world.media.tickets.get(request.match_info["ticket"])
    form = await request.post()
    given = next((form[name] for name in names if name in form), None)
    if ticket is None or not isinstance(given, web.FileField):
        return _answer({"error": "unknown error", "error_descr": "ERR_UPLOAD_BAD_REQUEST: no ticket or no file"})
    body = take(world, ticket, given.file.read(), PurePath(given.filename or "file").name)
    if fault is not None and (broken := await break_after(request, fault)) is not None:
        return broken
    return _answer(body)


def _take_photo(world: World, ticket: Ticket, data: bytes, name: str) -> Wire:
    del name
    picture = acceptable(data)
    if picture is None:
        return {"server": SERVER, "photo": "[]", "hash": secrets.token_hex(16)}
    key = secrets.token_hex(16)
    thing = photo_object(world, data, picture, owner_id=ticket.peer_id or -world.group.id)
    world.media.uploaded[key] = {"type": "photo", "photo": thing}
    return {"server": SERVER, "photo": dumps([{"photo": key, "sizes": [], "kid": key[:8]}]), "hash": key}


def _take_doc(world: World, ticket: Ticket, data: bytes, name: str) -> Wire:
    extension = PurePath(name).suffix.removeprefix(".").lower()
    if not data or (ticket.kind == "doc" and extension in FORBIDDEN_DOCS):
        return {
            "error": "unknown error",
            "error_descr": "ERR_UPLOAD_FILE_NOT_UPLOADED: file is empty or forbidden",
        }
    key = f"{ticket.peer_id}|0|0|{SERVER}|{secrets.token_hex(8)}|{extension}|{len(data)}|{name}|{secrets.token_hex(16)}"
    thing = doc_object(world, data, name, owner_id=ticket.peer_id)
    world.media.uploaded[key] = {"type": ticket.kind, "doc": thing}
    return {"file": key}


async def serve_file(request: web.Request) -> web.StreamResponse:
    world, name = request.app[WORLD], request.match_info["name"]
    fault = world.faults.for_request("files") if world.faults.all else None
    if fault is not None and (broken := await break_before(request, fault)) is not None:
        return broken
    stored = world.media.files.get(name) or world.media.photo_file(name) or _face(world, name)
    if stored is None:
        raise web.HTTPNotFound
    return web.Response(body=stored.data, content_type=stored.content_type, headers=HARMLESS)


def _face(world: World, name: str) -> StoredFile | None:
    """A drawn portrait: a person's initials on their color."""
    who = name.removeprefix("face-").removesuffix(".svg")
    color, letters = "#5181b8", "К"
    if who.isdecimal() and (person := world.people.get(int(who))) is not None:
        color, letters = person.color, (person.first_name[:1] + person.last_name[:1])
    elif who != "group":
        return None
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f'<circle cx="50" cy="50" r="50" fill="{escape(color)}"/><text x="50" y="64" font-family="sans-serif" '
        f'font-size="40" fill="#fff" text-anchor="middle">{escape(letters)}</text></svg>'
    )
    return StoredFile(name, drawing.encode(), "image/svg+xml")


def _answer(body: Wire) -> web.Response:
    return web.Response(body=dumps(body).encode(), content_type="application/json")

"""Control: files and invented attachments for a person to send."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import unquote

from aiohttp import web

from bot.sandbox.control.requests import ControlError, only, person_of, read_object, reply, world_of
from bot.sandbox.objects import INVENTED, doc_object, photo_object
from bot.sandbox.pictures import measure


async def upload_file(request: web.Request) -> web.Response:
    """A file of the person's own, kept in memory; the attachment to hand to `write`."""
    world, person = world_of(request), person_of(request)
    form = await request.post()
    given, kind = form.get("file"), form.get("kind", "doc")
    if not isinstance(given, web.FileField):
        raise ControlError("multipart field `file` is needed")
    data = given.file.read()
    if kind == "photo":
        if (picture := measure(data)) is None:
            raise ControlError("this is no picture: PNG, JPEG or GIF is needed", kind="no_picture")
        thing = photo_object(world, data, picture, owner_id=person.id)
    elif kind == "doc":
        thing = doc_object(world, data, _name(given), owner_id=person.id)
    else:
        raise ControlError("kind is photo or doc")
    return reply(world.media.register({"type": kind, str(kind): thing}))


def _name(given: web.FileField) -> str:
    """The file's own name: some clients send Russian letters percent-encoded."""
    return PurePath(unquote(given.filename)).name or "file"


async def make_attachment(request: web.Request) -> web.Response:
    """An invented attachment of any kind that VK has; further fields replace those of the object."""
    world, person = world_of(request), person_of(request)
    given = await read_object(request)
    kind = given.pop("kind", None)
    if kind not in INVENTED:
        raise ControlError(f"kind is one of {', '.join(INVENTED)}")
    thing = INVENTED[kind](world, person.id, given)
    only(given, *thing, *given)
    return reply(world.media.register({"type": kind, kind: thing | given}))

"""Control: the cast, what a person writes and presses, and what stands in the dialog."""

from __future__ import annotations

import time

from aiohttp import web

from bot.sandbox import acts
from bot.sandbox.control.attachments import make_attachment, upload_file
from bot.sandbox.control.buttons import find_button
from bot.sandbox.control.requests import (
    ControlError,
    only,
    person_of,
    query_integer,
    query_number,
    read_object,
    reply,
    typed,
    world_of,
)
from bot.sandbox.dialogs import Content, Dialog
from bot.sandbox.methods.groups import group_object
from bot.sandbox.people import Person
from bot.sandbox.views import dialog_view, message_view
from bot.sandbox.wire import CHATS_FROM, Wire, dumps
from bot.sandbox.world import World

LONGEST_WAIT_S = 90.0


def routes() -> list[web.RouteDef]:
    one = "/control/people/{id}"
    return [
        web.get("/control/people", list_people),
        web.post("/control/people", add_person),
        web.post(f"{one}/write", write),
        web.post(f"{one}/press", press),
        web.post(f"{one}/read", read),
        web.post(f"{one}/allow", allow),
        web.post(f"{one}/deny", deny),
        web.post(f"{one}/join", join),
        web.post(f"{one}/leave", leave),
        web.post(f"{one}/files", upload_file),
        web.post(f"{one}/attachment", make_attachment),
        web.get(f"{one}/dialog", dialog),
    ]


def person_view(world: World, person: Person) -> Wire:
    found = world.dialogs.get(person.id)
    last = found.last() if found is not None else None
    return {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "about": person.about,
        "color": person.color,
        "sex": person.sex,
        "deactivated": person.deactivated,
        "is_closed": person.is_closed,
        "member": person.member,
        "allowed": person.allowed,
        "dialog": found is not None and bool(found.messages),
        "unread": found.news if found is not None else 0,
        "last": None if last is None else {"text": last.content.text, "at": last.sent_at, "out": last.out},
    }


async def list_people(request: web.Request) -> web.Response:
    world = world_of(request)
    group = group_object(world)
    return reply({
        "people": [person_view(world, person) for person in world.people.values()],
        "group": {name: group[name] for name in ("id", "name", "screen_name")},
    })  # fmt: skip


async def add_person(request: web.Request) -> web.Response:
    world = world_of(request)
    try:
        person = world.add_person(await read_object(request))
    except ValueError as error:
        raise ControlError(str(error), kind="wrong_person") from None
    return reply(person_view(world, person))


async def write(request: web.Request) -> web.Response:
    world, person = world_of(request), person_of(request)
    given = await read_object(request)
    only(given, "text", "attachments", "ref", "ref_source", "payload", "date", "peer_id", "reply_to", "geo", "forwards",
         "crop")  # fmt: skip
    _need_alive(person)
    content = Content(
        text=typed(given, "text", str, ""),
        attachments=_attachments(given),
        ref=typed(given, "ref", str),
        ref_source=typed(given, "ref_source", str),
        payload=_payload(given),
        reply_to=typed(given, "reply_to", int),
        forwards=_forwards(world, given),
        geo=typed(given, "geo", dict),
    )
    peer_id = typed(given, "peer_id", int, person.id)
    if peer_id != person.id and peer_id < CHATS_FROM:
        raise ControlError("peer_id is a group chat from 2000000001 on, or the person")
    if not (content.text or content.attachments or content.payload or content.geo or content.forwards):
        raise ControlError("an empty message: give text, attachments, payload, geo or forwards", kind="empty")
    message = acts.write(
        world,
        person,
        content,
        peer_id=peer_id,
        sent_at=typed(given, "date", int),
        crop=typed(given, "crop", bool, False),
    )
    return reply({"message": message_view(message, world.dialog(peer_id))})


def _attachments(given: Wire) -> list[Wire]:
    found: list[Wire] = typed(given, "attachments", list, [])
    if not all(isinstance(item, dict) and item.get("type") in item for item in found):
        raise ControlError('each attachment is {"type": kind, kind: {...}}')
    return found


def _forwards(world: World, given: Wire) -> list[Wire]:
    """Forwarded messages; what is not told about one is filled in."""
    found: list[Wire] = typed(given, "forwards", list, [])
    if not all(isinstance(item, dict) for item in found):
        raise ControlError("each of forwards is an object: text, attachments, from_id, date")
    usual = {
        "date": int(world.clock.now()),
        "from_id": -world.group.id,
        "text": "",
        "attachments": [],
        "conversation_message_id": 0,
        "id": 0,
        "peer_id": 0,
    }
    return [usual | item for item in found]


def _payload(given: Wire) -> str | None:
    """The payload as the text that VK would carry: a string is taken as it is, anything else as JSON."""
    value = given.get("payload")
    return value if value is None or isinstance(value, str) else dumps(value)


def _need_alive(person: Person) -> None:
    if person.deactivated:
        raise ControlError(f"the page of {person.id} is {person.deactivated}: it cannot write", kind="page_gone")


async def press(request: web.Request) -> web.Response:
    world, person = world_of(request), person_of(request)
    given = await read_object(request)
    only(given, "cmid", "row", "column", "element", "button", "label", "peer_id")
    _need_alive(person)
    place: Dialog = world.dialog(typed(given, "peer_id", int, person.id))
    button, cmid, from_dialog = find_button(place, given)
    return reply(acts.press(world, person, place, button, cmid=cmid, from_dialog=from_dialog))


async def read(request: web.Request) -> web.Response:
    """The person has the chat open and reads it, up to `cmid` where one is given."""
    world, person = world_of(request), person_of(request)
    given = await read_object(request)
    only(given, "cmid", "peer_id")
    cmid = typed(given, "cmid", int)
    if cmid is not None and cmid < 0:
        raise ControlError("cmid is a number of a message")
    return reply({"read": acts.read(world, person, peer_id=typed(given, "peer_id", int), up_to=cmid)})


async def allow(request: web.Request) -> web.Response:
    given = await read_object(request)
    only(given, "key")
    person = person_of(request)
    acts.allow(world_of(request), person, key=typed(given, "key", str, ""))
    return reply({"allowed": person.allowed})


async def deny(request: web.Request) -> web.Response:
    person = person_of(request)
    acts.deny(world_of(request), person)
    return reply({"allowed": person.allowed})


async def join(request: web.Request) -> web.Response:
    acts.join(world_of(request), person_of(request))
    return reply({"member": True})


async def leave(request: web.Request) -> web.Response:
    acts.join(world_of(request), person_of(request), leave=True)
    return reply({"member": False})


async def dialog(request: web.Request) -> web.Response:
    """Waits until the dialog's revision is above `after`, at most `wait_s` seconds.

    With `since` only the messages that came or were changed after that revision are told, unless the dialog is a new
    one meanwhile: what the answer calls `since` is what it goes by.
    """
    world, person = world_of(request), person_of(request)
    peer_id = query_integer(request, "peer_id") or person.id
    after = query_integer(request, "after")
    ends_at = time.monotonic() + min(query_number(request, "wait_s", 25.0), LONGEST_WAIT_S)
    place = world.dialog(peer_id)
    while after is not None and place.revision <= after and (left_s := ends_at - time.monotonic()) > 0:
        if world.closing or not await place.changed.wait(left_s):
            break
        if world.dialog(peer_id) is not place:  # everything was reset
            place = world.dialog(peer_id)
            break
    place.news = 0
    allowed = world.people[person.id].allowed if person.id in world.people else False
    since = query_integer(request, "since") or 0
    told = since if since <= place.revision else 0
    return reply(dialog_view(place, allowed=allowed, now=world.clock.now(), since=told))

"""What of the world is kept on disk: how it is found, becomes JSON and comes back.

Not kept are orders and looks of tests: faults, the log of requests, the tries of Callback.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from operator import attrgetter, itemgetter
from typing import Any, TypeAlias

from bot.sandbox.callback import Delivery, Server
from bot.sandbox.dialogs import Content, Dialog, Message, Press, Snackbar
from bot.sandbox.media import StoredFile, Ticket
from bot.sandbox.people import Person
from bot.sandbox.wire import Wire
from bot.sandbox.world import World

Key: TypeAlias = tuple[str, str]
"""Kind and name of one kept thing."""
Item: TypeAlias = tuple[Key, object, object]
"""A key, a stamp that differs whenever the thing has to be written again, and the thing."""
Stamps: TypeAlias = Mapping[Key, object]


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything read back, each part in the order in which it was first written."""

    things: dict[str, list[tuple[str, Any]]]  # kind -> (name, value)
    events: list[tuple[int, str]]  # the ts before it, the JSON text
    recent: list[tuple[int, Wire]]
    files: list[StoredFile]


def _plain(thing: object) -> Wire:
    """The fields of a dataclass, where JSON meets one."""
    if not is_dataclass(thing):
        raise TypeError(f"{thing!r} is no JSON")
    return {item.name: getattr(thing, item.name) for item in fields(thing)}


_TRAITS = attrgetter(*(item.name for item in fields(Person)))
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)


def packed(thing: object) -> bytes:
    """JSON with dataclasses as objects; half of a broken emoji must survive, too."""
    return _ENCODER.encode(thing).encode("utf-8", "surrogatepass")


def unpacked(data: bytes) -> Any:
    return json.loads(data.decode("utf-8", "surrogatepass"))


def items(world: World, stamps: Stamps) -> Iterator[Item]:
    """Everything that may have changed. Inside a dialog it looks only where the dialog's own stamp is new."""
    for name, state in _states(world).items():
        yield ("state", name), packed(state), state
    for person in world.people.values():
        yield ("person", str(person.id)), _TRAITS(person), person
    for dialog in world.dialogs.values():
        key, stamp = ("dialog", str(dialog.peer_id)), (dialog.revision, dialog.news, len(dialog.messages))
        if stamps.get(key) != stamp:
            yield key, stamp, _own_fields(dialog)
            yield from _inside(dialog)
    for ticket_name, ticket in world.media.tickets.items():
        yield ("ticket", ticket_name), None, ticket
    for (kind, owner, number), thing in world.media.objects.items():
        yield ("object", json.dumps([kind, owner, number])), (thing,), thing


def _states(world: World) -> dict[str, Wire]:
    """What there is one of. Small, for its text is its stamp."""
    return {
        "world": {
            "shift_s": world.clock.shift_s,
            "settings": world.settings,
            "online": world.online,
            "posts": world.posts,
            "keys": world.longpoll.keys,
            "first_ts": world.log.first,
            "held": world.log.held,
            "last_media_id": world.media.last_id,
        },
        "uploaded": world.media.uploaded,
        "ledger": {"repeats": world.ledger.repeats, "repeat_of": list(world.ledger.repeat_of.items())},
        "callback": {
            "code": world.callback.code,
            "last_id": world.callback.last_id,
            "deliveries": world.callback.deliveries,
            "servers": [_server(server) for server in world.callback.servers.values()],
        },
    }


def _server(server: Server) -> Wire:
    shown = _plain(server) | {"undelivered": list(server.undelivered.items())}
    del shown["turn"]
    return shown


def _own_fields(dialog: Dialog) -> Wire:
    """A dialog without what is kept piece by piece or found again from that."""
    shown = _plain(dialog)
    for name in ("messages", "by_random_id", "snackbars", "links", "presses", "changed"):
        del shown[name]
    return shown


def _inside(dialog: Dialog) -> Iterator[Item]:
    peer_id = dialog.peer_id
    for message in dialog.messages:
        yield ("message", str(message.id)), (message.content, message.edited_at, message.deleted), message
    for press in dialog.presses.values():
        yield ("press", press.event_id), press.answered, [peer_id, press]
    for bar in dialog.snackbars:
        yield ("snackbar", f"{peer_id} {bar.id}"), None, [peer_id, bar]
    for link in dialog.links:
        yield ("link", f"{peer_id} {link['id']}"), None, [peer_id, link]


def restore(world: World, kept: Kept) -> None:
    """Put everything into a world that was just begun.

    Raises AttributeError, LookupError, TypeError or ValueError where it does not fit; `world` is half full then.
    """
    states: dict[str, Any] = dict(kept.things["state"])
    _restore_state(world, states["world"])
    world.people = {person.id: person for person in (Person(**value) for _, value in kept.things.get("person", []))}
    _restore_dialogs(world, kept)
    _restore_log(world, kept)
    _restore_media(world, kept, states["uploaded"])
    world.ledger.accepted = [message for message in world.messages if message.out]
    world.ledger.repeats = states["ledger"]["repeats"]
    world.ledger.repeat_of = dict(states["ledger"]["repeat_of"])
    _restore_callback(world, states["callback"])


def _restore_state(world: World, state: Wire) -> None:
    world.clock.shift(state["shift_s"])
    world.settings.change(state["settings"])
    world.online, world.posts = state["online"], state["posts"]
    world.longpoll.keys = state["keys"]
    world.log.first, world.log.held = state["first_ts"], state["held"]
    world.log.keep = world.settings.longpoll_history
    world.media.last_id = state["last_media_id"]


def _restore_dialogs(world: World, kept: Kept) -> None:
    world.dialogs = {value["peer_id"]: Dialog(**value) for _, value in kept.things.get("dialog", [])}
    for value in sorted((value for _, value in kept.things.get("message", [])), key=itemgetter("id")):
        message = Message(**value | {"content": Content(**value["content"])})
        dialog = world.dialogs[message.peer_id]
        world.messages.append(message)
        dialog.messages.append(message)
        if (message.id, message.cmid) != (len(world.messages), len(dialog.messages)):
            raise ValueError(f"message {message.id} is not where it should be")
        if message.out and message.random_id:
            dialog.by_random_id[message.random_id] = message
    for _, (peer_id, value) in kept.things.get("press", []):
        world.dialogs[peer_id].presses[value["event_id"]] = Press(**value)
    for _, (peer_id, value) in kept.things.get("snackbar", []):
        world.dialogs[peer_id].snackbars.append(Snackbar(**value))
    for _, (peer_id, value) in kept.things.get("link", []):
        world.dialogs[peer_id].links.append(value)


def _restore_log(world: World, kept: Kept) -> None:
    for ts, text in kept.events:
        if ts != world.log.ts:
            raise ValueError(f"event {ts} is not where it should be")
        world.log.texts.append(text)
    world.recent.extend(update for _, update in kept.recent)
    world.recorded = kept.recent[-1][0] if kept.recent else 0


def _restore_media(world: World, kept: Kept, uploaded: dict[str, Wire]) -> None:
    media = world.media
    media.files = {stored.name: stored for stored in kept.files}
    media.tickets = {name: Ticket(**value) for name, value in kept.things.get("ticket", [])}
    media.uploaded = uploaded
    for name, thing in kept.things.get("object", []):
        kind, owner, number = json.loads(name)
        media.objects[kind, owner, number] = thing


def _restore_callback(world: World, state: Wire) -> None:
    callback = world.callback
    callback.code, callback.last_id, callback.deliveries = state["code"], state["last_id"], state["deliveries"]
    for value in state["servers"]:
        undelivered = {number: Delivery(**delivery) for number, delivery in value["undelivered"]}
        callback.servers[value["id"]] = Server(**value | {"undelivered": undelivered})

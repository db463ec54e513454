"""Control: faults, events, the ledger, the clock, settings, reset."""

from __future__ import annotations

import copy

from aiohttp import web

from bot.sandbox.control.requests import (
    ControlError,
    only,
    query_integer,
    read_object,
    reply,
    typed,
    world_of,
)
from bot.sandbox.wire import Wire, event_id
from bot.sandbox.world import World


def routes() -> list[web.RouteDef]:
    return [
        web.get("/control/faults", list_faults),
        web.post("/control/faults", add_fault),
        web.delete("/control/faults", clear_faults),
        web.post("/control/events", add_event),
        web.post("/control/events/repeat", repeat_events),
        web.post("/control/events/hold", hold_events),
        web.post("/control/events/release", release_events),
        web.get("/control/events", list_events),
        web.get("/control/ledger", read_ledger),
        web.get("/control/requests", read_requests),
        web.post("/control/clock", shift_clock),
        web.get("/control/clock", read_clock),
        web.get("/control/settings", read_settings),
        web.post("/control/settings", change_settings),
        web.post("/control/longpoll/expire", expire_keys),
        web.post("/control/callback/deliver", deliver_callbacks),
        web.get("/control/callback", read_callback),
        web.post("/control/reset", reset),
    ]


async def list_faults(request: web.Request) -> web.Response:
    return reply({"faults": [fault.as_json() for fault in world_of(request).faults.all]})


async def add_fault(request: web.Request) -> web.Response:
    given = await read_object(request)
    try:
        fault = world_of(request).faults.add(given)
    except (ValueError, TypeError) as error:
        raise ControlError(str(error)) from None
    return reply({"id": fault.id})


async def clear_faults(request: web.Request) -> web.Response:
    world_of(request).faults.clear()
    return reply({"faults": []})


async def add_event(request: web.Request) -> web.Response:
    """Any event, put into the log as it is: no switch and no check stands in its way."""
    world, given = world_of(request), await read_object(request)
    only(given, "type", "object", "event_id", "group_id", "v")
    update = {
        "type": given.get("type"),
        "event_id": given.get("event_id", event_id()),
        "v": given.get("v", world.settings.longpoll_api_version),
        "object": given.get("object"),
        "group_id": given.get("group_id", world.group.id),
    }
    _put(world, update)
    return reply({"event_id": update["event_id"]})


def _put(world: World, update: Wire) -> None:
    world.record(update)
    world.log.add(update)
    world.callback.offer(update)


async def repeat_events(request: web.Request) -> web.Response:
    world, given = world_of(request), await read_object(request)
    only(given, "event_id", "last")
    if (name := given.get("event_id")) is not None:
        chosen = [update for update in world.recent if update["event_id"] == name][:1]
        if not chosen:
            raise ControlError(f"no event {name}")
    else:
        last = typed(given, "last", int, 1)
        chosen = list(world.recent)[-last:] if last > 0 else []
    for update in chosen:
        _put(world, update)
    return reply({"repeated": [update["event_id"] for update in chosen]})


async def hold_events(request: web.Request) -> web.Response:
    world_of(request).log.hold()
    return reply({"held": len(world_of(request).log.held or [])})


async def release_events(request: web.Request) -> web.Response:
    given = await read_object(request)
    only(given, "order")
    try:
        count = world_of(request).log.release(given.get("order", "as_is"))
    except ValueError as error:
        raise ControlError(str(error)) from None
    return reply({"released": count})


async def list_events(request: web.Request) -> web.Response:
    """The newest events, whether anybody had them switched on or not."""
    log = world_of(request).log
    return reply({"ts": log.ts, "events": list(world_of(request).recent), "held": len(log.held or [])})


async def read_ledger(request: web.Request) -> web.Response:
    ledger = world_of(request).ledger
    return reply({"messages": ledger.after(query_integer(request, "after") or 0), "repeats": ledger.repeats})


async def read_requests(request: web.Request) -> web.Response:
    seen = world_of(request).requests
    after = query_integer(request, "after") or 0
    figures = {"count": seen.count, "busiest_second": seen.busiest_second, "too_many": seen.too_many}
    return reply({"requests": seen.after(after), **figures})


async def shift_clock(request: web.Request) -> web.Response:
    given = await read_object(request)
    only(given, "shift_s")
    clock = world_of(request).clock
    clock.shift(float(typed(given, "shift_s", (int, float), 0)))
    return reply({"now": clock.now(), "shift_s": clock.shift_s})


async def read_clock(request: web.Request) -> web.Response:
    clock = world_of(request).clock
    return reply({"now": clock.now(), "shift_s": clock.shift_s})


def _settings(world: World) -> Wire:
    server = next(iter(world.callback.servers.values()), None)
    callback = None if server is None else {
        "url": server.url, "secret": server.secret, "confirmation": world.callback.code, "status": server.status,
    }  # fmt: skip
    return world.settings.as_json() | {"callback": callback}


async def read_settings(request: web.Request) -> web.Response:
    return reply(_settings(world_of(request)))


async def change_settings(request: web.Request) -> web.Response:
    """Takes over what is named, leaves the rest; nothing changes where anything is wrong."""
    world, given = world_of(request), await read_object(request)
    changed = copy.deepcopy(world.settings)
    try:
        changed.change({name: value for name, value in given.items() if name != "callback"})
    except ValueError as error:
        raise ControlError(str(error)) from None
    if "callback" in given:
        _configure_callback(world, given["callback"])
    world.settings.change({name: value for name, value in given.items() if name != "callback"})
    world.log.keep = world.settings.longpoll_history
    return reply(_settings(world))


def _configure_callback(world: World, given: object) -> None:
    if given is not None and (not isinstance(given, dict) or not isinstance(given.get("url"), str)):
        raise ControlError('callback is {"url", "secret"?, "confirmation"?} or null')
    world.callback.configure(given)


async def expire_keys(request: web.Request) -> web.Response:
    """Every key of Long Poll is out of date from now on: pollers get `failed: 2`."""
    world_of(request).longpoll.expire_keys()
    return reply({"expired": True})


async def deliver_callbacks(request: web.Request) -> web.Response:
    return reply({"tried": world_of(request).callback.deliver_now()})


async def read_callback(request: web.Request) -> web.Response:
    callback, now = world_of(request).callback, world_of(request).clock.now()
    servers = [
        server.as_json()
        | {"events": server.events, "waiting_s": [delivery.due_at - now for delivery in server.waiting()],
           "suspended_s": max(0.0, server.suspended_until - now)}
        for server in callback.servers.values()
    ]  # fmt: skip
    return reply({"servers": servers, "attempts": callback.attempts, "confirmation": callback.code})


async def reset(request: web.Request) -> web.Response:
    given = await read_object(request)
    only(given, "cast")
    cast = typed(given, "cast", list)
    try:
        world_of(request).reset(cast)
    except (ValueError, TypeError, AttributeError) as error:
        world_of(request).reset([])
        raise ControlError(f"cast: {error}") from None
    return reply({"people": len(world_of(request).people)})

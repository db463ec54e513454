"""The control API: acting for people, ordering faults, reading what happened."""

from __future__ import annotations

from aiohttp import web

from bot.sandbox.control import people, testing


def routes() -> list[web.RouteDef]:
    return [*people.routes(), *testing.routes()]

"""F45: a network that does not answer is noticed within seconds, and nothing is taken for sent."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver

from bot.vk.errors import UnknownOutcome, Unreachable
from bot.vk.transport import CONNECT_S, Http

ENOUGH_S = 5.0


class Resolver(AbstractResolver):
    """Finds no address, or thinks for ever."""

    def __init__(self, *, hangs: bool) -> None:
        self._hangs = hangs

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[Any]:
        del host, port, family
        if self._hangs:
            await asyncio.Event().wait()
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    async def close(self) -> None:
        return None


def test_f45_ten_seconds_are_the_most_that_a_connection_may_take() -> None:
    assert CONNECT_S <= 10


@pytest.mark.parametrize("hangs", [False, True])
async def test_f45_a_name_that_can_not_be_found_is_unreachable(*, hangs: bool) -> None:
    http = Http(connect_s=0.05, resolver=Resolver(hangs=hangs))
    try:
        async with asyncio.timeout(ENOUGH_S):
            with pytest.raises(Unreachable):
                await http.request_json("http://api.vk.example/method/users.get", "POST")
    finally:
        await http.close()


@asynccontextmanager
async def _black_hole() -> AsyncIterator[int]:
    """A port that takes packets and answers none: more connections wait than are ever accepted."""
    with socket.socket() as listening, socket.socket() as first, socket.socket() as second:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for one in (first, second):
            one.setblocking(False)
            one.connect_ex(listening.getsockname())
        yield listening.getsockname()[1]


async def test_f45_a_black_hole_is_given_up_after_the_time_for_connecting() -> None:
    http = Http(connect_s=0.05)
    try:
        async with _black_hole() as port, asyncio.timeout(ENOUGH_S):
            with pytest.raises(Unreachable):
                await http.request_json(f"http://127.0.0.1:{port}/", "POST")
    finally:
        await http.close()


async def test_f45_a_proxy_that_wants_a_password_is_no_answer_of_vk() -> None:
    async def refuse(_request: web.Request) -> web.Response:
        return web.Response(status=407, text="<html>Proxy Authentication Required</html>")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", refuse)
    runner = web.AppRunner(app)
    await runner.setup()
    http = Http()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        with pytest.raises(UnknownOutcome, match="407"):
            await http.request_json(f"http://127.0.0.1:{runner.addresses[0][1]}/method/users.get", "POST")
    finally:
        await http.close()
        await runner.cleanup()

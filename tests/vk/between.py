"""A server of a test's own: answers as it is told, or stands before the sandbox and spoils some requests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def served(handler: Handler) -> AsyncIterator[str]:
    """The address of a server that answers everything with `handler`."""
    app = web.Application(client_max_size=10_000_000)
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def spoiled(target: str, spoil: Callable[[str], web.Response | None]) -> AsyncIterator[str]:
    """The address of a way to `target` on which `spoil(body)` may answer in its place."""
    async with aiohttp.ClientSession() as session:

        async def handle(request: web.Request) -> web.StreamResponse:
            body = await request.read()
            form = " ".join(str(value) for value in (await request.post()).values())
            if (answer := spoil(form)) is not None:
                return answer
            headers = {name: request.headers[name] for name in ("Authorization", "Content-Type")}
            async with session.post(f"{target}{request.path}", data=body, headers=headers) as passed:
                return web.Response(body=await passed.read(), content_type="application/json")

        async with served(handle) as url:
            yield url

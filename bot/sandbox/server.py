"""The local VK as an aiohttp application."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path

from aiohttp import web

from bot.sandbox import api, control, uploads
from bot.sandbox.api import WORLD, break_after, break_before
from bot.sandbox.control.requests import Handler, tell_mistakes
from bot.sandbox.keep import Keeper, keep_in, saving
from bot.sandbox.longpoll import poll
from bot.sandbox.world import World

HERE = Path(__file__).parent
PAGE = HERE / "page"
DESCRIPTION = HERE / "control.html"
LARGEST_BODY_BYTES = 210 * 1024 * 1024
SHUTDOWN_S, USUAL_WAIT_S = 0.5, 25.0


def build(world: World | None = None, keeper: Keeper | None = None) -> web.Application:
    """The whole sandbox around `world` (a new one with the usual cast where none is given)."""
    outermost = [] if keeper is None else [saving(keeper)]
    app = web.Application(client_max_size=LARGEST_BODY_BYTES, middlewares=[*outermost, learn_address, tell_mistakes])
    app[WORLD] = world or World()
    app.add_routes([
        *api.routes(),
        *uploads.routes(),
        *control.routes(),
        web.get("/longpoll/{group_id}", long_poll),
        web.post("/longpoll/{group_id}", long_poll),
        web.get("/control/", describe_control),
        web.get("/", chat_page),
        web.get("/page/{name:.+}", page_file),
    ])  # fmt: skip
    app.on_shutdown.append(_wake_everyone)
    app.cleanup_ctx.append(_close_callback)
    if keeper is not None:
        app.cleanup_ctx.append(_closing(keeper))  # the last entered is left first: before Callback forgets all
    return app


@web.middleware
async def learn_address(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Addresses in answers (Long Poll, uploads, files) lead where the caller reached us."""
    request.app[WORLD].base_url = f"{request.scheme}://{request.host}"
    return await handler(request)


async def long_poll(request: web.Request) -> web.StreamResponse:
    """`a_check` by GET or POST, its parameters in the query or in the form; unknown ones are ignored."""
    world, params = request.app[WORLD], await api.read_params(request)
    fault = world.faults.for_request("longpoll") if world.faults.all else None
    if fault is not None:
        if (broken := await break_before(request, fault)) is not None:
            return broken
        if "failed" in fault.what:
            failed = {"failed": fault.what["failed"]}
            if "ts" in fault.what or failed["failed"] == 1:
                failed["ts"] = fault.what.get("ts", world.log.ts)
            return web.json_response(failed)
    wait = params.get("wait", "")
    text = await poll(
        world,
        key=params.get("key", ""),
        ts=params.get("ts", ""),
        wait_s=float(wait) if wait.isdecimal() else 25,
    )
    if fault is not None and (broken := await break_after(request, fault)) is not None:
        return broken
    return web.Response(body=text.encode("utf-8", "surrogatepass"), content_type="application/json")


async def describe_control(request: web.Request) -> web.StreamResponse:
    del request
    return web.FileResponse(DESCRIPTION)


async def chat_page(request: web.Request) -> web.StreamResponse:
    return _page_file(request, "index.html")


async def page_file(request: web.Request) -> web.StreamResponse:
    return _page_file(request, request.match_info["name"])


def _page_file(request: web.Request, name: str) -> web.StreamResponse:
    del request
    path = (PAGE / name).resolve()
    if not path.is_relative_to(PAGE.resolve()) or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={"Cache-Control": "no-store"})


async def _wake_everyone(app: web.Application) -> None:
    """Waiting polls and dialogs answer at once, so that a stop is quick."""
    app[WORLD].close()


async def _close_callback(app: web.Application) -> AsyncIterator[None]:
    yield
    await app[WORLD].stop()


def _closing(keeper: Keeper) -> Callable[[web.Application], AsyncIterator[None]]:
    async def close(app: web.Application) -> AsyncIterator[None]:
        del app
        yield
        keeper.close()

    return close


class Running:
    """A sandbox that is being served."""

    def __init__(self, runner: web.AppRunner, world: World, keeper: Keeper | None, host: str, port: int) -> None:
        self._runner = runner
        self._keeper = keeper
        self.world = world
        self.port = port
        self.url = f"http://{host}:{port}"

    def save(self) -> None:
        """Put on disk what was done to `world` past its requests, where a file keeps it."""
        if self._keeper is not None:
            self._keeper.save()

    async def close(self) -> None:
        await self._runner.cleanup()


async def serve(
    port: int,
    *,
    cast: Sequence[Mapping[str, object]] | None = None,
    host: str = "127.0.0.1",
    keep: Path | None = None,
) -> Running:
    """Serve a sandbox; port 0 picks a free one.

    With the file `keep` the world outlives the process, even a killed one: it goes on where that file ends,
    and `cast` counts for a new world only. Faults, the log of requests and the tries of Callback are not kept.

    Raises OSError where the port is taken, or the file is in use or can't be opened.
    """
    world = World(cast)
    keeper = None if keep is None else keep_in(keep, world)
    runner = web.AppRunner(build(world, keeper), access_log=None, shutdown_timeout=SHUTDOWN_S)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    try:
        await site.start()
    except OSError:
        await runner.cleanup()
        raise
    picked = int(runner.addresses[0][1])
    world.base_url = f"http://{host}:{picked}"
    world.callback.resume()
    return Running(runner, world, keeper, host, picked)


def main(port: int) -> None:
    """Serve until Ctrl-C or SIGTERM, printing the addresses."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve_until_stopped(port))


async def _serve_until_stopped(port: int) -> None:
    running = await serve(port)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):  # on Windows Ctrl-C arrives as KeyboardInterrupt
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, stop.set)
    token, group = running.world.settings.token, running.world.group.id
    print(f"Песочница VK:   {running.url}/")
    print(f"Управление:     {running.url}/control/")
    print(f"Для бота:       VK_API_URL={running.url}/method/ VK_TOKEN={token}")
    print(f"Сообщество:     {group}", flush=True)
    try:
        await stop.wait()
    finally:
        await running.close()

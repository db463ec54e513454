"""Documents are fetched from VK's own servers, or from beside the API where that is another one; from nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.vk.downloads import Downloads, NotThereError, TooBigError
from bot.vk.errors import UnknownOutcome


@pytest.fixture
async def site() -> AsyncIterator[TestServer]:
    """A server that has a file, and much that is none."""

    async def serve(request: web.Request) -> web.StreamResponse:
        match request.match_info["what"]:
            case "file":
                return web.Response(body=b"x" * 100)
            case "page":
                return web.Response(text="<html>", content_type="text/html")
            case "gone":
                raise web.HTTPNotFound
            case "broken":
                raise web.HTTPBadGateway
            case "there":
                raise web.HTTPFound("/file")
            case "away":
                raise web.HTTPFound("http://127.0.0.1:1/file")
        raise web.HTTPFound("/round")

    app = web.Application()
    app.add_routes([web.get("/{what}", serve)])
    server = TestServer(app)
    async with server:
        yield server


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("file", None),
        ("there", None),
        ("page", NotThereError),
        ("gone", NotThereError),
        ("away", NotThereError),
        ("round", NotThereError),
        ("broken", UnknownOutcome),
    ],
)
async def test_what_lies_beside_the_api(site: TestServer, path: str, expected: type[Exception] | None) -> None:
    downloads = Downloads(str(site.make_url("/method/")))
    if expected is None:
        assert await downloads.document(str(site.make_url(path)), most_bytes=100) == b"x" * 100
        with pytest.raises(TooBigError):
            await downloads.document(str(site.make_url(path)), most_bytes=99)
    else:
        with pytest.raises(expected):
            await downloads.document(str(site.make_url(path)), most_bytes=100)


@pytest.mark.parametrize("api", ["https://api.vk.ru/method/", "https://api.vk.com/method/"])
@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://vk.ru/doc1_2",
        "https://vk.ru.evil.ru/doc1_2",
        "https://evilvk.ru/doc1_2",
        "https://vk.ru@evil.ru/doc1_2",
        "https://vk.ru:8443/doc1_2",
        "https://127.0.0.1/doc1_2",
        "file:///etc/passwd",
        "http://[::1]/doc1_2",
    ],
)
async def test_no_other_address_is_asked(api: str, url: str) -> None:
    with pytest.raises(NotThereError):
        await Downloads(api).document(url, most_bytes=100)

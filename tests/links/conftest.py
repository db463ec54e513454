"""The site and a doctor who may visit it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.links import Limits, LinkDoctor
from tests.links.site import Names, Site, SiteDoor

HOSTS = (
    "scratch.mit.edu",
    "disk.yandex.ru",
    "yadi.sk",
    "rutube.ru",
    "youtube.com",
    "youtu.be",
    "cloud.mail.ru",
    "docs.google.com",
    "vk.com",
    "school.example",
)
QUICK = Limits(connect_s=0.3, total_s=0.5)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A listener of our own; `site.hits` counts connections."""
    place = Site()
    server = await asyncio.start_server(place.serve, "127.0.0.1", 0)
    place.port = server.sockets[0].getsockname()[1]
    yield place
    server.close()
    await server.wait_closed()


@pytest.fixture
async def doctor(site: Site) -> AsyncIterator[LinkDoctor]:
    """A doctor to whom every name is the site."""
    healer = LinkDoctor(HOSTS, gate=SiteDoor(site), resolver=Names(site), limits=QUICK)
    yield healer
    await healer.close()

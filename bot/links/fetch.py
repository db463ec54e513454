"""Asking a strange server as little as possible: redirects by hand, a cap on bytes and on time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import aiohttp
from yarl import URL

from bot.links.diagnosis import Diagnosis, refused
from bot.links.gate import Passage
from bot.links.page import CappedBody

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SUCCESS = range(200, 300)
_MISSING = frozenset({404, 410})
_LOCKED = frozenset({401, 403})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a stranger's answer is waited for and read."""

    connect_s: float = 5.0
    total_s: float = 10.0
    body_bytes: int = 65_536
    redirects: int = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """The end of a chain of redirects."""

    status: int
    url: URL
    is_html: bool
    charset: str | None
    body: bytes
    location: str | None = None

    @property
    def succeeded(self) -> bool:
        """Whether the server gave what was asked for."""
        return self.status in _SUCCESS

    @property
    def missing(self) -> bool:
        """Whether the server says that there is no such thing."""
        return self.status in _MISSING

    @property
    def locked(self) -> bool:
        """Whether the server wants to know first who is asking."""
        return self.status in _LOCKED


#: May a redirect be followed? The URL to ask next, or the verdict that ends the examination.
Judge = Callable[[URL, str], URL | Diagnosis]


class Fetcher:
    """One examination's requests, all through one passage. Use as an async context manager."""

    def __init__(self, passage: Passage, limits: Limits, user_agent: str) -> None:
        self._limits = limits
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=passage, use_dns_cache=False, socket_factory=passage.open_socket, limit=1
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,  # no proxies, no .netrc
            auto_decompress=False,  # a bomb must meet our cap before a decompressor
            timeout=aiohttp.ClientTimeout(connect=limits.connect_s, sock_connect=limits.connect_s),
            headers={
                "User-Agent": user_agent,
                "Accept": "text/html,application/json;q=0.9,*/*;q=0.5",
                "Accept-Encoding": "gzip",
                "Accept-Language": "ru,en;q=0.5",
            },
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def page(self, url: URL, judge: Judge) -> Answer | Diagnosis:
        """HEAD, then GET of the first bytes where a page is there to have a title, or where HEAD went wrong.

        Some sites answer HEAD with 405 or 501, or hang up; what they say to GET counts.
        """
        head: Answer | Diagnosis | None = None
        try:
            head = await self.follow("HEAD", url, judge)
        except aiohttp.ClientConnectorError:
            raise
        except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError, aiohttp.ClientResponseError):
            pass
        if isinstance(head, Diagnosis):
            return head
        if head and head.succeeded:
            return await self.follow("GET", head.url, judge) if head.is_html else head
        return await self.follow("GET", url, judge)

    async def follow(self, method: str, url: URL, judge: Judge) -> Answer | Diagnosis:
        """The answer at the end of the redirects, each of them put before `judge`."""
        for _ in range(self._limits.redirects + 1):
            answer = await self._ask(method, url)
            if answer.status not in _REDIRECTS or answer.location is None:
                return answer
            following = judge(answer.url, answer.location)
            if isinstance(following, Diagnosis):
                return following
            url = following
        return refused("redirects")

    async def _ask(self, method: str, url: URL) -> Answer:
        wanted = {"Range": f"bytes=0-{self._limits.body_bytes - 1}"} if method == "GET" else {}
        response = await self._session.request(method, url, headers=wanted, allow_redirects=False)
        try:
            redirected = response.status in _REDIRECTS
            return Answer(
                status=response.status,
                url=url,
                is_html=response.content_type in {"text/html", "application/xhtml+xml"},
                charset=response.charset,
                body=b"" if redirected or method == "HEAD" else await self._read(response),
                location=response.headers.get("Location"),
            )
        finally:
            response.close()  # what was not read is not wanted

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        capped = CappedBody(self._limits.body_bytes, response.headers.get("Content-Encoding", ""))
        while not capped.full and (chunk := await response.content.readany()):
            capped.feed(chunk)
        return capped.body

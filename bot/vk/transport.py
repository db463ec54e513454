"""HTTP to VK: one aiohttp session behind vkbottle's seam for HTTP clients.

Every failure of the wire comes out as ours: `Unreachable` where nothing can have been sent, `UnknownOutcome` else.
No proxy and no password of the environment is used; nothing is followed to another address.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

from aiohttp import (
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    TCPConnector,
    TraceConfig,
    TraceRequestChunkSentParams,
)
from aiohttp.abc import AbstractResolver
from aiohttp.client_exceptions import ClientConnectorError, ConnectionTimeoutError, InvalidURL
from vkbottle.http import ABCHTTPClient

from bot.vk.errors import UnknownOutcome, Unreachable, redacted
from storage.packing import unpacked

CONNECT_S, TOTAL_S = 10.0, 40.0
BODY_BYTES = 5 * 1024 * 1024
CHUNK_BYTES = 64 * 1024
FIRST_BAD_STATUS = 300


class Http(ABCHTTPClient):
    """One session, opened with the first request, closed by `close`."""

    def __init__(
        self,
        *,
        secret: str = "",
        connect_s: float = CONNECT_S,
        total_s: float = TOTAL_S,
        resolver: AbstractResolver | None = None,
    ) -> None:
        """`connect_s`: how long finding the name's address and connecting may take together."""
        self._resolver = resolver
        self._secret = secret
        self._connect_s = connect_s
        self._total_s = total_s
        self._session: ClientSession | None = None

    async def request_content(self, url: str, method: str = "GET", data: Any = None, **kwargs: Any) -> bytes:
        """The body of a good answer, at most 5 MB.

        Among `kwargs`, `total_s` replaces the usual timeout, `on_sent` is called as the request goes into the wire.
        Raises Unreachable, UnknownOutcome.
        """
        async with self._answer(url, method, data, **kwargs) as response:
            body = await _read(response)
            if response.status >= FIRST_BAD_STATUS:
                raise UnknownOutcome(f"HTTP {response.status}: {shown(body, self._secret)}")
            return body

    async def request_json(self, url: str, method: str = "GET", data: Any = None, **kwargs: Any) -> dict[str, Any]:
        """The JSON object of a good answer. Raises Unreachable, UnknownOutcome."""
        return parse(await self.request_content(url, method, data, **kwargs), self._secret)

    async def request_text(self, url: str, method: str = "GET", data: Any = None, **kwargs: Any) -> str:
        """The text of a good answer. Raises Unreachable, UnknownOutcome."""
        return (await self.request_content(url, method, data, **kwargs)).decode("utf-8", "replace")

    async def request_raw(self, url: str, method: str = "GET", data: Any = None, **kwargs: Any) -> bytes:
        """The same as `request_content`: a response object outlives no connection here."""
        return await self.request_content(url, method, data, **kwargs)

    async def close(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @asynccontextmanager
    async def _answer(
        self,
        url: str,
        method: str,
        data: Any,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        total_s: float | None = None,
        on_sent: Callable[[], None] | None = None,
    ) -> AsyncIterator[ClientResponse]:
        timeout = ClientTimeout(total=total_s or self._total_s, connect=self._connect_s)
        try:
            async with self._open_session().request(
                method,
                url,
                data=data,
                headers=headers,
                params=params,
                timeout=timeout,
                allow_redirects=False,
                trace_request_ctx=on_sent,
            ) as response:
                yield response
        except (ClientConnectorError, ConnectionTimeoutError, InvalidURL) as error:
            raise Unreachable(f"{type(error).__name__}: {redacted(str(error), self._secret)}") from None
        except (ClientError, TimeoutError, OSError, ValueError) as error:
            raise UnknownOutcome(f"{type(error).__name__}: {redacted(str(error), self._secret)}") from None

    def _open_session(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=0, ttl_dns_cache=60, resolver=self._resolver),
                trust_env=False,
                raise_for_status=False,
                trace_configs=[_told_when_sent()],
            )
        return self._session


def _told_when_sent() -> TraceConfig:
    """Calls a request's `on_sent` when its body is written: some turns of the loop may pass before."""

    async def sent(_session: ClientSession, context: SimpleNamespace, _params: TraceRequestChunkSentParams) -> None:
        if context.trace_request_ctx is not None:
            context.trace_request_ctx()

    config = TraceConfig()
    config.on_request_chunk_sent.append(sent)
    return config


async def _read(response: ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK_BYTES):
        body += chunk
        if len(body) > BODY_BYTES:
            response.close()
            raise UnknownOutcome(f"an answer of more than {BODY_BYTES} bytes")
    return bytes(body)


def parse(body: bytes, secret: str = "") -> dict[str, Any]:
    """The JSON object in `body`. Raises UnknownOutcome for anything else, with its beginning but without `secret`."""
    try:
        value = unpacked(body)
    except (ValueError, RecursionError):
        raise UnknownOutcome(f"no JSON: {shown(body, secret)}") from None
    if not isinstance(value, dict):
        raise UnknownOutcome(f"no JSON object: {shown(body, secret)}")
    return value


def shown(body: bytes, secret: str) -> str:
    """The beginning of a body, as a log may show it."""
    return redacted(body[:1000].decode("utf-8", "replace"), secret)

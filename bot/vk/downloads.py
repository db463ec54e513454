"""Documents that people send, fetched from where VK keeps them and from nowhere else."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar

from bot.vk.errors import UnknownOutcome

#: A document's page redirects to the server that has the bytes.
HOSTS = ("vk.com", "vk.ru", "userapi.com", "vkuserapi.com", "vkuser.net", "vk-cdn.net")
MOST_REDIRECTS = 3
CONNECT_S, TOTAL_S = 5.0, 30.0
_CHUNK_BYTES = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK, _SERVER_FAILS = 200, 500


class NotThereError(Exception):
    """The address leads to no document (any more): it has expired, or it never was one of VK's."""


class TooBigError(Exception):
    """There is more of it than is read."""


class Downloads:
    """Fetches documents; a session for each, since they are few."""

    def __init__(self, api_url: str) -> None:
        """`api_url`: where the API is; if that is none of VK's own addresses, documents may lie beside it."""
        api = urlsplit(api_url)
        self._beside = None if _is_vk(api.hostname or "") else (api.scheme, api.netloc)

    async def document(self, url: str, *, most_bytes: int) -> bytes:
        """The bytes at an address that came with a message.

        Raises NotThereError, TooBigError; UnknownOutcome where another try may go better.
        """
        try:
            async with ClientSession(
                cookie_jar=DummyCookieJar(),
                trust_env=False,
                timeout=ClientTimeout(total=TOTAL_S, sock_connect=CONNECT_S),
            ) as session:
                return await self._follow(session, url, most_bytes)
        except (ClientError, TimeoutError, OSError, ValueError) as error:
            raise UnknownOutcome(f"a document: {type(error).__name__}") from None

    async def _follow(self, session: ClientSession, url: str, most_bytes: int) -> bytes:
        for _ in range(MOST_REDIRECTS + 1):
            if not self._may_ask(url):
                raise NotThereError
            async with session.get(url, allow_redirects=False) as response:
                if response.status not in _REDIRECTS:
                    return await _body(response, most_bytes)
                url = urljoin(url, response.headers.get("Location", ""))
        raise NotThereError

    def _may_ask(self, url: str) -> bool:
        address = urlsplit(url)
        if (address.scheme, address.netloc) == self._beside:
            return True
        return address.scheme == "https" and address.port in (None, 443) and _is_vk(address.hostname or "")


def _is_vk(host: str) -> bool:
    return host in HOSTS or host.endswith(tuple(f".{known}" for known in HOSTS))


async def _body(response: ClientResponse, most_bytes: int) -> bytes:
    if response.status >= _SERVER_FAILS:
        raise UnknownOutcome(f"a document: HTTP {response.status}")
    if response.status != _OK or response.content_type == "text/html":
        raise NotThereError  # an expired address leads to a page that says so
    if (response.content_length or 0) > most_bytes:
        raise TooBigError
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
        body += chunk
        if len(body) > most_bytes:
            raise TooBigError
    return bytes(body)

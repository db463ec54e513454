"""A site on loopback that answers what a test wrote down, byte for byte, and remembers who came."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.links import Gate
from bot.links.addresses import Address, parse_address

LOOPBACK = "127.0.0.1"
Writer = asyncio.StreamWriter


@dataclass(frozen=True, slots=True)
class Request:
    """What the site was asked."""

    method: str
    target: str
    headers: Mapping[str, str]


Answerer = Callable[[Writer], Awaitable[None]]


@dataclass
class Site:
    """Answers by host and path; whatever was not written down is 404."""

    port: int = 0
    hits: int = 0
    requests: list[Request] = field(default_factory=list)
    answers: dict[str, bytes | Answerer] = field(default_factory=dict)

    async def serve(self, reader: asyncio.StreamReader, writer: Writer) -> None:
        """Answer one request and hang up."""
        self.hits += 1
        try:
            lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, target, _ = lines[0].split(" ")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:-2])}
            self.requests.append(Request(method, target, headers))
            answer = self.answers.get(headers["host"] + target.partition("?")[0], respond(404))
            if callable(answer):
                await answer(writer)
            else:
                writer.write(answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if method == "HEAD" else answer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the visitor has left: often just what a test wants
        finally:
            writer.close()

    @property
    def asked(self) -> list[str]:
        """Every request as «GET host/path?query»."""
        return [f"{request.method} {request.headers['host']}{request.target}" for request in self.requests]


def respond(status: int, body: bytes = b"", **headers: str) -> bytes:
    """A whole HTTP answer; header names are given with underscores."""
    fields = {"content_length": str(len(body)), "connection": "close"} | headers
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} Whatever\r\n{head}\r\n".encode() + body


def page(title: str, status: int = 200) -> bytes:
    """A small page with a title."""
    body = f"<!doctype html><html><head><title>{title}</title></head><body>…</body></html>".encode()
    return respond(status, body, content_type="text/html; charset=utf-8")


def facts(status: int = 200, **values: object) -> bytes:
    """An answer of a public interface."""
    return respond(status, json.dumps(values).encode(), content_type="application/json")


def moved(location: str, **headers: str) -> bytes:
    """A redirect."""
    return respond(302, b"", location=location, **headers)


class Names(AbstractResolver):
    """Resolves by a list a name: one set of addresses a look-up, the last one for good. Unknown names: the site."""

    def __init__(self, site: Site, known: Mapping[str, Sequence[Sequence[str]]] | None = None) -> None:
        self._site = site
        self._known = {host: list(answers) for host, answers in (known or {}).items()}
        self.lookups: list[str] = []

    async def resolve(
        self,
        host: str,
        port: int = 0,  # noqa: ARG002 - the site's own port is answered instead
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - both families are
    ) -> list[ResolveResult]:
        """Every address, at the port the site really listens on."""
        self.lookups.append(host)
        answers = self._known.get(host, [[LOOPBACK]])
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=self._site.port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=0,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        """Nothing to release."""


class SitePort(Gate):
    """The real gate, to which the site's port is as good as 443: only addresses are judged."""

    def __init__(self, site: Site, own_addresses: Sequence[str] = ()) -> None:
        super().__init__(own_addresses)
        self._site_port = site.port

    def admits(self, address: Address, port: int) -> bool:
        """As the real one says, about the address."""
        return super().admits(address, 443 if port == self._site_port else port)


class SiteDoor(SitePort):
    """Lets in to one place more than the real gate: 127.0.0.1 at the site's port."""

    def admits(self, address: Address, port: int) -> bool:
        """As the real one says, or the site."""
        return (address, port) == (parse_address(LOOPBACK), self._site_port) or super().admits(address, port)

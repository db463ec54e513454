"""The last check before a socket opens: the very address it would go to, not the name that led there."""

from __future__ import annotations

import socket
from collections.abc import Iterable

from aiohttp import AddrInfoType
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.links.addresses import Address, is_own, is_public, parse_address
from bot.links.syntax import PORTS


class Gate:
    """Says which addresses may be connected to. It has no switch that widens it: only more own addresses.

    `own_addresses` are those a machine cannot see itself, such as the public one of a NAT in front of it.
    """

    def __init__(self, own_addresses: Iterable[str] = ()) -> None:
        self._own = frozenset(map(parse_address, own_addresses))

    def admits(self, address: Address, port: int) -> bool:
        """Whether a connection to `address` at `port` may be opened."""
        return port in PORTS and is_public(address) and address not in self._own and not is_own(address)


class ForbiddenAddressError(OSError):
    """A name led to an address the gate does not admit; an OSError, so that the HTTP client unwinds cleanly."""


class Passage(AbstractResolver):
    """One examination's way out: resolves each name once and opens only sockets the gate admits.

    The resolver alone is not enough: a client asks no resolver about an address spelled in numbers. So
    `open_socket` asks again, about the address that is really being connected.
    """

    def __init__(self, gate: Gate, resolver: AbstractResolver) -> None:
        self._gate = gate
        self._resolver = resolver
        self._known: dict[tuple[str, int], list[ResolveResult]] = {}
        #: Whether anything was turned away; then no answer of this examination may be believed.
        self.refused = False

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """All addresses of `host`. Raises ForbiddenAddressError if even one of them is not admitted."""
        if (host, port) not in self._known:
            self._known[host, port] = await self._resolver.resolve(host, port, family)
        found = self._known[host, port]
        for result in found:
            self._check(result["host"], result["port"])
        if not found:
            raise OSError("the name has no address")
        return found

    def open_socket(self, target: AddrInfoType) -> socket.socket:
        """A socket for `target`. Raises ForbiddenAddressError if its address is not admitted."""
        family, kind, protocol, _, address = target
        scope_id = any(address[3:])  # only an IPv6 address has a fourth part, and a public one has it empty
        self._check("" if scope_id else str(address[0]), int(address[1]))
        return socket.socket(family, kind, protocol)

    def _check(self, text: str, port: int) -> None:
        address = parse_address(text)
        if address is None or not self._gate.admits(address, port):
            self.refused = True
            raise ForbiddenAddressError("this address is not open to visits")

    async def close(self) -> None:
        """Nothing to release: the resolver underneath belongs to the doctor."""

"""Which addresses are the public internet, which are somebody's inside, and which are this machine."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

# Python's own is_global lets through NAT64, 6to4 and mapped addresses, and its table moves with the patch
# version; so the IANA special-purpose registries stand here in full, and is_global is asked besides.
_INSIDE_V4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's host agent: a public number that answers only from inside
        "169.254.0.0/16",  # link-local, the clouds' metadata service among them
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)

# Only 2000::/3 is handed out. Outside it lie ::1, ::/96, ::ffff:0:0/96, NAT64 64:ff9b::/96 and 64:ff9b:1::/48,
# fc00::/7, fe80::/10, fec0::/10, ff00::/8: all refused by this one line.
_HANDED_OUT_V6 = IPv6Network("2000::/3")
_INSIDE_V6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # IETF protocols: Teredo 2001::/32, benchmarks 2001:2::/48, ORCHID
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries an IPv4 address of the sender's choice
        "3fff::/20",
    )
)

_FAMILY = {4: socket.AF_INET, 6: socket.AF_INET6}
#: Addresses no machine has.
_FOREIGN: dict[int, Address] = {4: IPv4Address("240.0.0.1"), 6: IPv6Address("3fff::1")}
#: Public addresses (of root name servers), to ask the system which way out it would take.
_ROUTED = {4: "193.0.14.129", 6: "2001:7fd::1"}


def parse_address(text: str) -> Address | None:
    """The address `text` spells, or None; an address with a scope id («fe80::1%eth0») is None as well."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return None if isinstance(address, IPv6Address) and address.scope_id is not None else address


def is_public(address: Address) -> bool:
    """Whether `address` belongs to the open internet."""
    if not address.is_global or address.is_multicast:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _INSIDE_V4)
    return address in _HANDED_OUT_V6 and not any(address in network for network in _INSIDE_V6)


def is_own(address: Address) -> bool:
    """Whether `address` is one of this machine's: a socket can be bound to those and to no others.

    Asking so covers every interface on every system without listing them. Where the system lets a socket be bound
    to any address at all, the answer is worthless and only the address of the default route counts as own.
    """
    if _can_bind(_FOREIGN[address.version]):
        return address == _outgoing_address(address.version)
    return _can_bind(address)


def _can_bind(address: Address) -> bool:
    try:
        with socket.socket(_FAMILY[address.version], socket.SOCK_STREAM) as probe:
            probe.bind((str(address), 0))
    except OSError:
        return False
    return True


def _outgoing_address(version: int) -> Address | None:
    try:
        with socket.socket(_FAMILY[version], socket.SOCK_DGRAM) as probe:
            probe.connect((_ROUTED[version], 9))  # a route look-up: sends nothing
            return parse_address(str(probe.getsockname()[0]))
    except OSError:
        return None

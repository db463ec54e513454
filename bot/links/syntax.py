"""What a link's spelling alone tells: well formed, of an allowed site, free of tricks. No network here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from yarl import URL

from bot.links.diagnosis import Diagnosis, LinkState, refused

LONGEST_LINK = 2048
LONGEST_HOST = 253
PORTS = frozenset({80, 443})

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_BARE = re.compile(r"(?:[a-z0-9\-]+\.)+[a-z]{2,}(?=[/?#]|$)", re.IGNORECASE | re.ASCII)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?", re.ASCII)
_NUMBER_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_INSIDE_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa")
_MALFORMED = Diagnosis(LinkState.MALFORMED, detail_key="link.malformed")


def examine_syntax(link: str, hosts: Collection[str]) -> URL | Diagnosis:
    """The link parsed, ready to be visited, or why it may not be.

    `hosts` are the sites allowed, in lower case; a site allows its subdomains. An address given in numbers is
    always refused, however spelled: works live on sites with names, and getaddrinfo reads «127.1», «0x7f000001» and
    «2130706433» as this machine. A link without «https://» is taken as if it had it.
    """
    parsed = parse_link(link)
    if isinstance(parsed, Diagnosis) or host_allowed(parsed.host or "", hosts):
        return parsed
    return Diagnosis(LinkState.WRONG_HOST, host=parsed.host, detail_key="link.wrong_host")


def host_allowed(host: str, hosts: Collection[str]) -> bool:
    """Whether `host` is one of `hosts` or lies under one of them."""
    return any(host == allowed or host.endswith(f".{allowed}") for allowed in hosts)


def parse_link(link: str) -> URL | Diagnosis:
    """The link parsed once: what is checked here is the very object that is visited later."""
    text = link.strip()
    if _DRIVE.match(text):
        return refused("file")
    if any(char == "\\" or unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in text):
        return refused()
    if not text or len(text) > LONGEST_LINK or any(char.isspace() for char in text):
        return _MALFORMED
    if "://" not in text and _BARE.match(text):
        text = f"https://{text}"
    return _scheme_problem(text) or _parse_web_link(text)


def _scheme_problem(text: str) -> Diagnosis | None:
    scheme = _SCHEME.match(text)
    if scheme is None:
        return _MALFORMED
    if scheme[1].lower() not in {"http", "https"}:
        return refused("file" if scheme[1].lower() == "file" else "")
    return None if text.startswith("//", scheme.end()) else _MALFORMED


def _parse_web_link(text: str) -> URL | Diagnosis:
    authority = re.split(r"[/?#]", text.partition("://")[2], maxsplit=1)[0]
    if problem := _authority_problem(authority):
        return problem
    try:
        url = URL(text)
        host, port = url.host, url.port
    except ValueError:
        return _MALFORMED
    # The parser must have seen the host that was checked above; any disagreement is an attack.
    if host != authority.partition(":")[0].lower() or url.user is not None or url.password is not None:
        return refused()
    return url.with_fragment(None) if port in PORTS else refused()


def _authority_problem(authority: str) -> Diagnosis | None:
    if any(char in authority for char in "@%[]"):
        return refused()
    host, _, port = authority.partition(":")
    if not port.isascii() or not host.isascii():
        return _foreign_letters(host) if port.isascii() else refused()
    if not re.fullmatch(r"[0-9]{0,5}", port) or not host:
        return _MALFORMED
    return _host_problem(host.lower())


def _foreign_letters(host: str) -> Diagnosis:
    """A name in Cyrillic is merely not on the list; digits and dots of other alphabets only exist to deceive."""
    ordinary = all(char.isascii() or unicodedata.category(char) in {"Ll", "Lu", "Lo", "Mn"} for char in host)
    if ordinary and unicodedata.normalize("NFKC", host) == host and "." in host:
        return Diagnosis(LinkState.WRONG_HOST, host=host.lower(), detail_key="link.wrong_host")
    return refused()


def _host_problem(host: str) -> Diagnosis | None:
    bare = host.rstrip(".")
    labels = bare.split(".")
    if len(labels) == 1 or _NUMBER_LABEL.fullmatch(labels[-1]) or host_allowed(bare, _INSIDE_NAMES):
        return refused()
    if bare != host or len(host) > LONGEST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        return _MALFORMED
    return None

"""What the doctor says of a link: a state for the program, a text key for the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

#: Every key a diagnosis may carry; each has a sentence in the texts catalogue.
DETAIL_KEYS = frozenset(
    {
        "link.open",
        "link.open_titled",
        "link.needs_login",
        "link.needs_login_google",
        "link.needs_login_mail",
        "link.needs_login_rutube",
        "link.needs_login_vk",
        "link.needs_login_yandex",
        "link.closed",
        "link.closed_mail",
        "link.closed_rutube",
        "link.closed_scratch",
        "link.closed_vk",
        "link.closed_yandex",
        "link.not_found",
        "link.not_found_google",
        "link.not_found_vk",
        "link.not_found_youtube",
        "link.wrong_host",
        "link.wrong_host_redirect",
        "link.malformed",
        "link.malformed_scratch",
        "link.refused",
        "link.refused_address",
        "link.refused_file",
        "link.refused_redirects",
        "link.unchecked",
        "link.unchecked_youtube",
    }
)


class LinkState(StrEnum):
    """How a link fares."""

    OPEN = "open"
    NEEDS_LOGIN = "needs_login"
    #: It leads to a work its owner has not shared, or has removed.
    CLOSED = "closed"
    NOT_FOUND = "not_found"
    WRONG_HOST = "wrong_host"
    MALFORMED = "malformed"
    #: Hostile, or leads where the bot must not go.
    REFUSED = "refused"
    #: Nobody could tell: no network, a timeout, the site's own trouble. Never a reason to turn a work down.
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One link's state. Never holds a body or headers: that would make the bot an eye into foreign networks."""

    state: LinkState
    #: Of the page, cleaned, at most 200 characters; only when open.
    title: str | None = None
    #: Where the link (or its redirect) leads; None when the link is refused or has no readable host.
    host: str | None = None
    #: One of `DETAIL_KEYS`.
    detail_key: str = "link.unchecked"
    #: The final HTTP status, when a server answered.
    status: int | None = None

    @property
    def values(self) -> Mapping[str, str]:
        """The values the sentence under `detail_key` may name."""
        return {"title": self.title or "", "host": self.host or ""}


def detail_key(state: LinkState, flavour: str) -> str:
    """The key for `state` on the site `flavour`, or the general one where that site has no sentence of its own."""
    special = f"link.{state}_{flavour}"
    return special if special in DETAIL_KEYS else f"link.{state}"


def refused(reason: str = "") -> Diagnosis:
    """A refusal; `reason` is "", "address", "file" or "redirects". It names no host, so nothing can be probed."""
    return Diagnosis(LinkState.REFUSED, detail_key=detail_key(LinkState.REFUSED, reason))

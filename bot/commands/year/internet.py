"""The internet of the year: its invented videos and projects are all open, and nobody asks a real site about them."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from bot.links import Diagnosis, LinkState


class Internet:
    """Every address is open."""

    async def examine(self, url: str, *, hosts: Collection[str] | None = None) -> Diagnosis:  # noqa: ARG002
        """The diagnosis of one link."""
        return Diagnosis(LinkState.OPEN, host=urlsplit(url).hostname, detail_key="link.open")

    async def close(self) -> None:
        """There is nothing to close."""

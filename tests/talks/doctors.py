"""Link doctors of tests: none of them ever leaves this machine."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from bot.links import Diagnosis, LinkDoctor, LinkState


class Offline:
    """A doctor without a network: nobody can tell how a link fares."""

    async def examine(
        self,
        url: str,
        *,
        hosts: Collection[str] | None = None,  # noqa: ARG002 - nothing is looked at
    ) -> Diagnosis:
        """«Не проверена»."""
        return Diagnosis(LinkState.UNCHECKED, host=urlsplit(url).hostname)

    async def close(self) -> None:
        """Nothing to close."""


class InClear:
    """The real doctor for a site of our own that speaks no TLS: links are asked for without it."""

    def __init__(self, doctor: LinkDoctor) -> None:
        self._doctor = doctor

    async def examine(self, url: str, *, hosts: Collection[str] | None = None) -> Diagnosis:
        """The real diagnosis."""
        return await self._doctor.examine(url.replace("https://", "http://", 1), hosts=hosts)

    async def close(self) -> None:
        """Close the real one."""
        await self._doctor.close()

"""The kinds of work that jobs ask for, each with what it needs from outside."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from bot.links import Diagnosis
from bot.pipeline.jobbing import Work


class Doctor(Protocol):
    """Opens links and says what is wrong with them."""

    async def examine(self, url: str, *, hosts: Collection[str] | None = None) -> Diagnosis:
        """The diagnosis of one link; `hosts` are those that the event allows."""

    async def close(self) -> None:
        """Close the connections."""


class Works:
    """Does the work of jobs; holds the connections that it needs."""

    def __init__(self, doctor: Doctor) -> None:
        self._doctor = doctor
        self.by_kind: Mapping[str, Work] = {"check_link": self._check_link}

    async def close(self) -> None:
        """Close the connections."""
        await self._doctor.close()

    async def _check_link(self, argument: Mapping[str, Any]) -> Mapping[str, Any]:
        """`url`, `hosts` in; the diagnosis out: `state`, `title`, `detail_key`, `host`."""
        found = await self._doctor.examine(argument["url"], hosts=argument["hosts"])
        return {"state": found.state.value, "title": found.title, "detail_key": found.detail_key, "host": found.host}

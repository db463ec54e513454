"""Tables that people send: fetched from the messenger, read apart, handed to whoever asked for them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.documents.tables.limits import EXPIRED, FILE_BYTES, MEGABYTE, TOO_BIG
from bot.documents.tables.reading import read_apart
from bot.pipeline.jobbing import Work

if TYPE_CHECKING:
    from bot.vk.downloads import Downloads

#: Tables being read at one time, each in a process of its own.
MOST_AT_ONCE = 2


class Reading:
    """The job that reads tables."""

    def __init__(self, downloads: Downloads) -> None:
        self._downloads = downloads
        self._turns = asyncio.Semaphore(MOST_AT_ONCE)
        self.by_kind: Mapping[str, Work] = {"read_table": self._read_table}

    async def _read_table(self, argument: Mapping[str, Any]) -> Mapping[str, Any]:
        """`url`, `size` in; `sheets` out, or `refused` with the key and the values of the text that says why.

        What else the argument has (`reader`, `about`, `name`) comes back as it was.
        """
        from bot.vk.downloads import NotThereError, TooBigError

        if int(argument.get("size") or 0) > FILE_BYTES:
            return _too_big()
        async with self._turns:
            try:
                data = await self._downloads.document(str(argument["url"]), most_bytes=FILE_BYTES)
            except NotThereError:
                return {"refused": {"key": EXPIRED, "values": {}}}
            except TooBigError:
                return _too_big()
            return await read_apart(data)


def _too_big() -> Mapping[str, Any]:
    return {"refused": {"key": TOO_BIG, "values": {"limit": FILE_BYTES // MEGABYTE}}}

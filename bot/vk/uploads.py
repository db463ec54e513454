"""Uploads of pictures and documents by vkbottle's uploaders, repeated from the first step when any step fails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from vkbottle.tools.uploader.doc import DocMessagesUploader
from vkbottle.tools.uploader.photo import PhotoMessageUploader

from bot.vk.client import VkApi
from bot.vk.errors import CallError, UnknownOutcome, VkError
from bot.vk.policy import Action, rule_for, wait_s
from bot.vk.transport import Http, parse

log = logging.getLogger(__name__)
MOST_TRIES = 5
LONGEST_WAIT_S = 30.0
PARAMETER_IS_WRONG = 100
UPLOAD_TOTAL_S = 120.0
_REPEATED = frozenset({Action.RETRY, Action.RETRY_FEW, Action.SLOW_DOWN})


class BadFileError(Exception):
    """VK took the bytes and does not take them for what they should be: the same file never will do."""


class _Careful:
    """What stands between vkbottle's uploaders and the wire: errors of ours, and a bad file is noticed at once."""

    http: Http

    async def upload_files(self, upload_url: str, files: dict[str, Any]) -> dict[str, Any]:
        """The upload server's answer. Raises BadFileError, CallError."""
        answer = parse(await self.http.request_content(upload_url, "POST", files, total_s=UPLOAD_TOTAL_S))
        if any(answer.get(name, "-") in ("", "[]", []) for name in ("photo", "file")):
            raise BadFileError("VK does not take this file")
        if "error" in answer:
            raise UnknownOutcome(f"the upload server says: {str(answer['error'])[:100]}")
        return answer


class _Photos(_Careful, PhotoMessageUploader):
    pass


class _Documents(_Careful, DocMessagesUploader):
    pass


class Uploads:
    """Hands files to VK; what comes back is what a message is sent with."""

    def __init__(
        self,
        api: VkApi,
        *,
        jitter: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        http: Http | None = None,
    ) -> None:
        self._photos, self._documents = _Photos(api), _Documents(api)
        self._photos.http = self._documents.http = self._http = http or Http()
        self._jitter = jitter
        self._sleep = sleep

    @property
    def http(self) -> Http:
        """The connections, for others to share; whoever made them closes them."""
        return self._http

    async def photo(self, data: bytes, *, peer_id: int | None = None) -> str:
        """`photo-1_2_key`. Without `peer_id` it belongs to the community and can be sent to many.

        Raises BadFileError, CallError after the last try.
        """
        return await self._repeated(lambda: self._photos.upload(data, peer_id=peer_id))

    async def document(self, data: bytes, title: str, *, peer_id: int) -> str:
        """`doc5_65_key`; `title` is its file name. Raises BadFileError, CallError after the last try."""
        return await self._repeated(lambda: self._documents.upload(data, peer_id=peer_id, title=title))

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    async def _repeated(self, upload: Callable[[], Awaitable[str]]) -> str:
        for tries in range(MOST_TRIES):
            try:
                return await upload()
            except (CallError, KeyError, IndexError, TypeError) as error:
                failure = error if isinstance(error, CallError) else UnknownOutcome(f"an odd answer: {error!r}")
                if tries + 1 == MOST_TRIES or not _is_worth_repeating(failure):
                    raise failure from None
                log.warning("an upload failed, once more from its first step: %s", failure)
                await self._sleep(wait_s(tries, self._jitter, longest_s=LONGEST_WAIT_S))
        raise AssertionError("the last try returns or raises")


def _is_worth_repeating(failure: CallError) -> bool:
    """A refused parameter (100) is: the upload's hash may have gone stale between the steps."""
    return (
        not isinstance(failure, VkError)
        or failure.code == PARAMETER_IS_WRONG
        or rule_for(failure.code).action in _REPEATED
    )

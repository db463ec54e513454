"""Calls to VK: vkbottle's API with the token in the header, an even pace, and errors that say what is known.

vkbottle's own request puts the token into the URL, repeats an answer that is no JSON for ever, and turns a captcha
without a picture into a TypeError; here each of these is replaced at its seam.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from functools import partial
from typing import Any

from vkbottle.api import API
from vkbottle.api.api import APIRequest
from yarl import URL

from bot.vk.errors import CallError, UnknownOutcome, VkError, redacted
from bot.vk.pace import Pace, Share
from bot.vk.transport import Http, parse

VERSION = "5.199"
TOO_MANY_REQUESTS = 6
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_NO_FORM = URL("/")


class VkApi(API):
    """VK's methods for one community token. Raises VkError, UnknownOutcome, Unreachable, and nothing else."""

    def __init__(self, token: str, *, api_url: str, pace: Pace, http: Http | None = None) -> None:
        self._http = http or Http(secret=token)
        super().__init__(token, http_client=self._http)
        self.api_url = api_url.rstrip("/") + "/"
        self.pace = pace
        self._token = token

    async def request(self, method: str, data: dict[str, Any], version: str | None = None) -> dict[str, Any]:
        """VK's answer: `response`, and `execute_errors` where there are any."""
        values = await self.validate_request({"v": version or VERSION, **data})
        turn = await self.pace.turn()
        try:
            body = await self._http.request_content(
                self.api_url + method,
                "POST",
                form(values),
                headers={**FORM, "Authorization": f"Bearer {self._token}"},
                on_sent=partial(self.pace.sent, turn),
            )
            return self._judged(parse(body, self._token))
        except CallError as failure:
            if failure.code == TOO_MANY_REQUESTS:
                self.pace.refused()
            raise
        finally:
            self.pace.answered(turn)

    async def request_many(self, requests: Iterable[APIRequest]) -> AsyncIterator[dict[str, Any]]:
        """Each answer in turn."""
        for request in requests:
            yield await self.request(request.method, request.data)

    def sharing(self, part: float) -> VkApi:
        """The same API for what must not hold up replies: it takes at most `part` of the pace. Close the first one."""
        return VkApi(self._token, api_url=self.api_url, pace=Share(self.pace, part), http=self._http)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    def _judged(self, answer: dict[str, Any]) -> dict[str, Any]:
        if "error" in answer:
            raise self._refusal(answer["error"])
        if "response" not in answer:
            raise UnknownOutcome(f"neither response nor error: {redacted(str(answer), self._token)}")
        return answer

    def _refusal(self, error: object) -> CallError:
        facts = error if isinstance(error, dict) else {}
        code, subcode = facts.get("error_code"), facts.get("error_subcode")
        if not isinstance(code, int):
            return UnknownOutcome(f"an error without a code: {redacted(str(error), self._token)}")
        message = redacted(str(facts.get("error_msg", "")), self._token)
        return VkError(code, message, subcode if isinstance(subcode, int) else None)

    def __repr__(self) -> str:
        return f"<VkApi {self.api_url}>"


def form(values: dict[str, Any]) -> bytes:
    """The urlencoded body; yarl's quoting is in C, the standard library's takes ten times as long."""
    text = {name: str(value).encode("utf-8", "replace").decode("utf-8") for name, value in values.items()}
    return _NO_FORM.with_query(text).raw_query_string.encode("ascii")

"""Every call that the bot makes, held against VK's published schema where that lies beside the project."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.vk.client import VkApi
from tests.sandbox.client import CONTRACT

CALL = re.compile(r"API\.([\w.]+)\(")


def calls_in(method: str, data: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The calls that a request carries: itself, or those in its script."""
    if method != "execute":
        return [(method, data)]
    decoder, code = json.JSONDecoder(), str(data["code"])
    return [(match[1], decoder.raw_decode(code, match.end())[0]) for match in _outermost(code)]


def _outermost(code: str) -> list[re.Match[str]]:
    found, at = [], 0
    while match := CALL.search(code, at):
        found.append(match)
        at = json.JSONDecoder().raw_decode(code, match.end())[1]
    return found


def wrong(method: str, data: dict[str, Any]) -> list[str]:
    """What the schema does not take."""
    if CONTRACT is None:
        return []
    return [line for name, params in calls_in(method, data) for line in CONTRACT.call(name, params)]


class CheckedApi(VkApi):
    """The bot's API, watched: `requests` are all that were sent, `broken` what the schema says against them."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.broken: list[str] = []

    async def request(self, method: str, data: dict[str, Any], version: str | None = None) -> dict[str, Any]:
        self.requests.append((method, dict(data)))
        self.broken += wrong(method, {key: value for key, value in data.items() if value is not None})
        return await super().request(method, data, version)

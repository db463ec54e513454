"""Both sides of the sandbox's wire for its tests: the bot's calls and a person's acts, over real HTTP."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import aiohttp

Json = dict[str, Any]
CONTRACT_FILE = Path(__file__).resolve().parents[2].parent / "shared" / "vk_contract.py"


def load_contract() -> ModuleType | None:
    """The checker of VK's published schema, where it lies beside the project."""
    if not CONTRACT_FILE.is_file():
        return None
    spec = importlib.util.spec_from_file_location("vk_contract", CONTRACT_FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CONTRACT = load_contract()


def wrong_in_event(update: Json) -> list[str]:
    """What VK's schema finds wrong; that its list of types lacks message_event is the schema's own gap."""
    if CONTRACT is None:
        return []
    return [line for line in CONTRACT.event(update) if not line.startswith("type: 'message_event' is none of")]


def inline(*labels: str, kind: str = "text") -> str:
    """An inline keyboard with one button a row; each payload names its label."""
    rows = [[{"action": {"type": kind, "label": label, "payload": {"is": label}}}] for label in labels]
    return json.dumps({"inline": True, "buttons": rows}, ensure_ascii=False)


def under_field(*labels: str, one_time: bool = False) -> str:
    rows = [[{"action": {"type": "text", "label": label, "payload": {"is": label}}}] for label in labels]
    return json.dumps({"inline": False, "one_time": one_time, "buttons": rows}, ensure_ascii=False)


class Client:
    """Calls the sandbox; every answer of a method is held against VK's schema on the way."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session = session
        self.url = url
        self._server: Json = {}

    async def method(self, name: str, **params: object) -> Json:
        """The whole JSON body of a call with the right token and version."""
        sent = {"access_token": "sandbox", "v": "5.199"} | {key: str(value) for key, value in params.items()}
        async with self.session.post(f"{self.url}/method/{name}", data=sent) as answer:
            assert answer.status == 200
            body: Json = await answer.json()
        if CONTRACT is not None and (name != "execute" or "error" in body):  # the schema says nothing of its result
            assert CONTRACT.answer(name, body) == []
        return body

    async def well(self, name: str, **params: object) -> Any:
        """The response of a call that must succeed."""
        body = await self.method(name, **params)
        assert "response" in body, body
        return body["response"]

    async def refusal(self, name: str, **params: object) -> tuple[int, str]:
        """Code and text of a call that must be refused."""
        error = (await self.method(name, **params))["error"]
        return error["error_code"], error["error_msg"]

    async def send(self, peer_id: int, message: str = "Здравствуйте!", **params: object) -> int:
        return int(
            await self.well("messages.send", **{"peer_id": peer_id, "random_id": 0, "message": message} | params)
        )

    async def control(self, path: str, body: Json | None = None, *, status: int = 200) -> Json:
        async with self.session.post(f"{self.url}/control/{path}", json=body or {}) as answer:
            found: Json = await answer.json()
            assert answer.status == status, found
            return found

    async def look(self, path: str, **query: object) -> Json:
        asked = {key: str(value) for key, value in query.items()}
        async with self.session.get(f"{self.url}/control/{path}", params=asked) as answer:
            assert answer.status == 200
            found: Json = await answer.json()
            return found

    async def writes(self, person: int, text: str = "Здравствуйте", **more: object) -> Json:
        view: Json = (await self.control(f"people/{person}/write", {"text": text, **more}))["message"]
        return view

    async def presses(self, person: int, label: str, **more: object) -> Json:
        return await self.control(f"people/{person}/press", {"label": label, **more})

    async def dialog(self, person: int) -> Json:
        return await self.look(f"people/{person}/dialog")

    async def settings(self, **changed: object) -> Json:
        return await self.control("settings", changed)

    async def poll(self, *, ts: str | None = None, wait: int = 0, key: str | None = None) -> Json:
        """One long poll; the first one begins at the beginning of the log."""
        if not self._server:
            self._server = await self.well("groups.getLongPollServer", group_id=1) | {"ts": "1"}
        query = {"act": "a_check", "key": key or self._server["key"], "ts": ts or self._server["ts"], "wait": str(wait)}
        async with self.session.post(self._server["server"], params=query) as answer:
            body: Json = await answer.json()
        if ts is None and "updates" in body:
            self._server["ts"] = body["ts"]
        return body

    async def events(self) -> list[Json]:
        """The events since the last look, each held against VK's schema."""
        updates: list[Json] = (await self.poll())["updates"]
        assert [wrong_in_event(update) for update in updates] == [[] for _ in updates]
        return updates

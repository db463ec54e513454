"""Faults that a test orders: refusals, lost answers, hung connections, foreign bodies."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.sandbox.errors import VkError
from bot.sandbox.wire import Wire

_KNOWN = {"method", "times", "after", "error", "http", "body", "content_type", "headers", "lost_answer", "drop",
          "hang_s", "hang_after_s", "failed", "ts", "peer_errors", "chance", "seed"}  # fmt: skip
_ANSWERS = ("error", "failed", "peer_errors")
"""What a fault may do inside a call; everything else happens to the whole HTTP request."""


@dataclass(slots=True)
class Fault:
    id: int
    method: str  # a method, "*" for every method, or "longpoll", "upload", "files"
    times: int | None  # how often it may still fire; None = always
    skip: int  # matching requests that it lets pass first
    what: Wire
    chance: float
    dice: random.Random
    fired: int = 0

    def fires(self) -> bool:
        """Is it this fault's turn? Counts."""
        if self.times == 0:
            return False
        if self.skip:
            self.skip -= 1
            return False
        if self.chance < 1 and self.dice.random() >= self.chance:
            return False
        self.fired += 1
        if self.times is not None:
            self.times -= 1
        return True

    @property
    def about_the_call(self) -> bool:
        return any(name in self.what for name in _ANSWERS)

    def error(self) -> VkError | None:
        """VK's refusal that this fault stands for, if it is one."""
        if (given := self.what.get("error")) is None:
            return None
        names = {"subcode": "error_subcode"}
        more = {names.get(name, name): value for name, value in given.items() if name not in ("code", "msg")}
        return VkError(int(given["code"]), text=given.get("msg"), more=more)

    def body(self) -> bytes | None:
        """The foreign body to answer with, if any."""
        given = self.what.get("body")
        if isinstance(given, dict):
            return base64.b64decode(given["base64"])
        return None if given is None else str(given).encode("utf-8", "surrogatepass")

    def as_json(self) -> Wire:
        return {"id": self.id, "method": self.method, "fired": self.fired, "left": self.times, **self.what}


@dataclass(slots=True)
class Faults:
    """The faults in force, in the order in which they were added; the first that fires wins."""

    all: list[Fault] = field(default_factory=list)
    _last_id: int = 0

    def add(self, given: Wire) -> Fault:
        """A fault as the control API describes it. Raises ValueError naming what is wrong."""
        if unknown := sorted(given.keys() - _KNOWN):
            raise ValueError(f"a fault has no {unknown[0]}; known: {', '.join(sorted(_KNOWN))}")
        _check(given)
        self._last_id += 1
        times = given.get("times", 1)
        method = given.get("method") or ("messages.send" if "peer_errors" in given else "*")
        fault = Fault(
            id=self._last_id,
            method="longpoll" if "failed" in given and "method" not in given else str(method),
            times=int(times) if times else None,
            skip=int(given.get("after", 0)),
            what={name: value for name, value in given.items() if name not in ("method", "times", "after")},
            chance=float(given.get("chance", 1)),
            dice=random.Random(given.get("seed", 0)),  # noqa: S311 - a repeatable fault, not a secret
        )
        self.all.append(fault)
        return fault

    def clear(self) -> None:
        self.all.clear()

    def for_request(self, *names: str, inside: Iterable[str] = ()) -> Fault | None:
        """The fault that fires for a whole request known under any of `names`.

        `inside` are the methods called within `execute`: a fault of theirs that happens to the connection
        happens to the request that carries them.
        """
        carried = frozenset(inside)
        for fault in self.all:
            mine = fault.method in names and "peer_errors" not in fault.what
            carries = fault.method in carried and not fault.about_the_call
            if (mine or carries) and fault.fires():
                return fault
        return None

    def for_call_inside(self, method: str) -> VkError | None:
        """The error that a call of `method` inside execute meets."""
        for fault in self.all:
            if fault.method == method and "error" in fault.what and fault.fires():
                return fault.error()
        return None

    def for_peer(self, method: str, peer_id: int) -> VkError | None:
        """The error that a call of `method` about this peer meets."""
        for fault in self.all:
            errors = fault.what.get("peer_errors")
            if errors and fault.method in (method, "*") and str(peer_id) in errors and fault.fires():
                given = errors[str(peer_id)]
                return VkError(given["code"], text=given.get("msg")) if isinstance(given, dict) else VkError(given)
        return None


def _check(given: Wire) -> None:
    error = given.get("error")
    if error is not None and (not isinstance(error, dict) or not isinstance(error.get("code"), int)):
        raise ValueError('error is {"code": number, "msg"?: text, ...}')
    body = given.get("body")
    if isinstance(body, dict) and not isinstance(body.get("base64"), str):
        raise ValueError('body is a text or {"base64": text}')  # noqa: TRY004 - the caller names its mistake
    peers = given.get("peer_errors")
    if peers is not None:
        if not isinstance(peers, dict) or not all(_is_refusal(refusal) for refusal in peers.values()):
            raise ValueError('peer_errors is {peer id: code} or {peer id: {"code": number, "msg"?: text}}')
        given["peer_errors"] = {str(peer): code for peer, code in peers.items()}


def _is_refusal(given: object) -> bool:
    return isinstance(given, int) or (isinstance(given, dict) and isinstance(given.get("code"), int))

"""VK's answer to a call for many, read for each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.vk.compose import DELETE, EDIT, SEND
from bot.vk.errors import UnknownOutcome
from bot.vk.results import results_of
from storage.outbox import Due, Priority, Sent

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def rows(*peers: int) -> list[Due]:
    """Rows 1, 2, 3 … to these; their messages to be deleted are 501, 502, 503 …"""
    return [
        Due(n, peer, Priority.BULK, "send", {}, 7, 0, AT, None, None, None, target_message_id=500 + n)
        for n, peer in enumerate(peers, 1)
    ]


def told(peer: int, message: int, cmid: int = 4) -> dict[str, Any]:
    return {"peer_id": peer, "message_id": message, "conversation_message_id": cmid}


def refused(peer: int, code: int) -> dict[str, Any]:
    return {"peer_id": peer, "message_id": 0, "error": {"code": code, "description": "нет"}}


def read(method: str, due: list[Due], value: Any) -> list[Any]:
    """Of each row its numbers, VK's code, or "unknown"."""
    return [
        "unknown" if isinstance(one, UnknownOutcome)
        else (one.message_id, one.cmid) if isinstance(one, Sent)
        else one.code
        for one in results_of(method, due, value)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ([told(11, 1), refused(12, 901), told(13, 3)], [(1, 4), 901, (3, 4)]),
        ([told(13, 3), told(11, 1), refused(12, 901)], [(1, 4), 901, (3, 4)]),  # each says whose it is
        ([told(11, 1), told(13, 3)], [(1, 4), "unknown", (3, 4)]),
        ([told(11, 1), told(11, 2), told(13, 3)], ["unknown", "unknown", (3, 4)]),
        ([told(11, 1), told(12, 0, 0), told(13, 3)], [(1, 4), "unknown", (3, 4)]),
        ([told(11, 1), {"peer_id": 12, "error": {}}, told(13, 3)], [(1, 4), "unknown", (3, 4)]),
        ([1, 2, 3], ["unknown"] * 3),
        ([], ["unknown"] * 3),
        (5, ["unknown"] * 3),
        (None, ["unknown"] * 3),
    ],
)
def test_f12_each_recipient_has_their_own_result(value: Any, found: list[Any]) -> None:
    assert read(SEND, rows(11, 12, 13), value) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (57, (57, None)),
        ([told(11, 1)], (1, 4)),
        ([{"message_id": 1, "cmid": 9}], (1, 9)),
        ([refused(11, 9)], 9),
        ([told(11, 1), told(12, 2)], "unknown"),
        (True, "unknown"),
        (0, "unknown"),
        ([], "unknown"),
    ],
)
def test_one_recipient(value: Any, found: Any) -> None:
    assert read(SEND, rows(11), value) == [found]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ([told(11, 501) | {"response": 1}, told(12, 502) | {"response": 1}], [True, True]),
        ([told(12, 502) | {"response": 1}, told(11, 501) | {"error": {"code": 924}}], [924, True]),
        ([{"peer_id": 0, "error": {"code": 100}}, told(12, 502) | {"response": 1}], [100, True]),
        ([1, 1], [True, True]),
        ({"501": 1, "502": 0}, [True, "unknown"]),
        ([told(11, 501) | {"response": 1}], [True, "unknown"]),
        (1, ["unknown", "unknown"]),
        (None, ["unknown", "unknown"]),
    ],
)
def test_each_deletion_has_its_own_result(value: Any, found: list[Any]) -> None:
    results = [True if one == (None, None) else one for one in read(DELETE, rows(11, 12), value)]
    assert results == found


def test_other_methods_say_1() -> None:
    assert read(EDIT, rows(11), 1) == [(None, None)]
    assert read(EDIT, rows(11), 0) == ["unknown"]

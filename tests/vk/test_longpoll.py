"""F15 to F18: Long Poll through everything that VK calls `failed`, with nothing lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.vk.gaps import Gap
from bot.vk.longpoll import LongPoll
from storage.errors import UnavailableError
from storage.inbox import Arrival
from tests.sandbox.client import Client
from tests.vk.contract import CheckedApi
from tests.vk.world import Clock, no_jitter, until


class Kept:
    """What a poller stored, as the inbox would: by event id, with the last `ts`."""

    def __init__(self, api: CheckedApi, clock: Clock) -> None:
        self.api, self.clock = api, clock
        self.arrivals: dict[str, Arrival] = {}
        self.ts: str | None = None
        self.gaps: list[Gap] = []
        self.unavailable = 0
        self.slept: list[float] = []

    async def store(self, arrivals: Sequence[Arrival], ts: str, gap: Gap | None) -> None:
        if self.unavailable:
            self.unavailable -= 1
            raise UnavailableError("database is locked")
        for item in arrivals:
            self.arrivals.setdefault(item.event_id, item)
        self.ts = ts
        self.gaps += [gap] if gap else []

    async def load_ts(self) -> str | None:
        return self.ts

    async def last_cmid(self, person_id: int) -> int:
        return max((item.order_key or 0 for item in self.arrivals.values() if item.person_id == person_id), default=0)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await self.clock.sleep(seconds)

    def poller(self) -> LongPoll:
        return LongPoll(
            self.api, 1, store=self.store, load_ts=self.load_ts, last_cmid=self.last_cmid,
            now=self.clock.now, jitter=no_jitter, sleep=self.sleep, wait_s=1,
        )  # fmt: skip

    @property
    def texts(self) -> list[str]:
        """What people wrote, in the order in which it was stored."""
        messages = [item.raw["object"] for item in self.arrivals.values() if item.raw["type"] == "message_new"]
        return [facts["message"]["text"] for facts in messages]

    @asynccontextmanager
    async def polling(self) -> AsyncIterator[LongPoll]:
        """A poller that runs meanwhile, from where the last one stood."""
        poller = self.poller()
        task = asyncio.create_task(poller.run())
        try:
            await until(lambda: self.ts is not None or task.done())
            yield poller
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def sees(self, *texts: str) -> None:
        await until(lambda: all(text in self.texts for text in texts))


@pytest.fixture
def kept(api: CheckedApi, clock: Clock) -> Kept:
    return Kept(api, clock)


async def test_what_people_write_is_stored_in_its_order(kept: Kept, vk: Client) -> None:
    async with kept.polling():
        for number in range(5):
            await vk.writes(101, str(number))
        await kept.sees("4")
    assert kept.texts == ["0", "1", "2", "3", "4"]
    assert [item.order_key for item in kept.arrivals.values() if item.order_key] == [1, 2, 3, 4, 5]


async def test_what_was_written_while_the_bot_was_down_is_there_when_it_is_back(kept: Kept, vk: Client) -> None:
    async with kept.polling():
        await vk.writes(101, "до")
        await kept.sees("до")
    await vk.writes(101, "пока выключен")
    async with kept.polling():
        await kept.sees("пока выключен")
    assert kept.texts == ["до", "пока выключен"]
    assert kept.gaps == []


async def test_nothing_is_acknowledged_before_it_is_stored(kept: Kept, vk: Client) -> None:
    async with kept.polling() as poller:
        kept.unavailable = 3
        await vk.writes(101, "важное")
        await kept.sees("важное")
        await until(lambda: poller.health is None)
    assert kept.texts == ["важное"]
    assert len(kept.slept) == 3


async def test_f15_failed_1_goes_on_with_the_new_ts_and_finds_what_was_lost(kept: Kept, vk: Client) -> None:
    async with kept.polling():
        await vk.writes(101, "видели")
        await kept.sees("видели")
    await vk.settings(longpoll_history=1)
    for person in (101, 102, 103):
        await vk.writes(person, f"потеряно {person}")
    async with kept.polling():
        await kept.sees("потеряно 101", "потеряно 102", "потеряно 103")
        await vk.settings(longpoll_history=100)
        await vk.writes(104, "после")
        await kept.sees("после")
    assert sorted(kept.texts) == ["видели", "после", "потеряно 101", "потеряно 102", "потеряно 103"]
    assert [gap.reason for gap in kept.gaps] == ["failed 1"]


async def test_f15_a_real_copy_of_what_a_gap_search_found_is_the_same_update(kept: Kept, vk: Client) -> None:
    async with kept.polling():
        await vk.control("faults", {"failed": 1})
        await vk.writes(101, "один раз")
        await until(lambda: kept.gaps)
        await kept.sees("один раз")
        await vk.control("events/repeat", {"last": 1})
        await vk.writes(101, "дальше")
        await kept.sees("дальше")
    assert kept.texts == ["один раз", "дальше"]


async def test_f16_failed_2_takes_a_new_key_and_loses_nothing(kept: Kept, vk: Client) -> None:
    async with kept.polling():
        await vk.writes(101, "раз")
        await kept.sees("раз")
        await vk.control("longpoll/expire")
        await vk.writes(101, "два")
        await kept.sees("раз", "два")
    assert kept.texts == ["раз", "два"]
    assert kept.gaps == []


async def test_f17_failed_3_starts_anew_and_says_how_many_were_missed(
    kept: Kept, vk: Client, caplog: pytest.LogCaptureFixture
) -> None:
    async with kept.polling():
        await vk.writes(101, "видели")
        await kept.sees("видели")
    for number in range(3):
        await vk.writes(101, f"потеряно {number}")
    await vk.control("faults", {"failed": 3})
    async with kept.polling():
        await until(lambda: kept.gaps)
        await vk.writes(101, "после")
        await kept.sees("после")
    assert kept.gaps == [Gap("failed 3", 3)]
    assert "3 possibly missed" in caplog.text
    assert kept.texts == ["видели", "потеряно 0", "потеряно 1", "потеряно 2", "после"]


async def test_f17_an_answered_dialog_of_the_gap_is_searched_too_when_the_log_was_just_whole(
    kept: Kept, vk: Client, api: CheckedApi
) -> None:
    async with kept.polling():
        await vk.writes(101, "видели")
        await kept.sees("видели")
        await vk.control("events/hold")
        await vk.writes(101, "потеряно")
        await vk.send(101, "напоминание")
        await vk.control("faults", {"failed": 3})
        await until(lambda: kept.gaps)
    assert "потеряно" in kept.texts


@pytest.mark.parametrize("failed", [4, 77, "странное"])
async def test_f18_an_unknown_failure_is_waited_out_and_nothing_is_lost(kept: Kept, vk: Client, failed: Any) -> None:
    await vk.control("faults", {"failed": failed, "times": 8})
    async with kept.polling():
        await vk.writes(101, "важное")
        await kept.sees("важное")
    assert all(pause >= 1 for pause in kept.slept)
    assert max(kept.slept) <= 60
    assert sum(kept.slept) >= 8  # at most one request a second


async def test_f18_a_ts_that_is_a_number_is_taken(kept: Kept, vk: Client) -> None:
    async with kept.polling():
        await vk.control("faults", {"failed": 1, "ts": 1})
        await vk.writes(101, "важное")
        await kept.sees("важное")
        await until(lambda: kept.gaps)
    assert isinstance(kept.ts, str)


BROKEN: list[dict[str, Any]] = [
    {"http": 502, "body": "<html>"},
    {"drop": True},
    {"lost_answer": True},
    {"body": '{"updates": [], "ts": null}'},
    {"body": '{"updates": 5, "ts": "9"}'},
    {"body": "[]"},
]


@pytest.mark.parametrize("what", BROKEN, ids=str)
async def test_f18_a_broken_poll_is_repeated_at_most_once_a_second(
    kept: Kept, vk: Client, what: dict[str, Any]
) -> None:
    await vk.control("faults", {"method": "longpoll", "times": 6, **what})
    async with kept.polling() as poller:
        await vk.writes(101, "важное")
        await kept.sees("важное")
        await until(lambda: poller.health is None)
    assert len(kept.slept) == 6
    assert all(1 <= pause <= 60 for pause in kept.slept)
    assert kept.texts == ["важное"]


async def test_a_poll_that_hangs_is_given_up(kept: Kept, vk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.vk.longpoll.GRACE_S", -0.9)
    await vk.control("faults", {"method": "longpoll", "hang_s": 0.3})
    async with kept.polling():
        await vk.writes(101, "важное")
        await kept.sees("важное")
    assert kept.slept


async def test_a_spent_quota_for_servers_is_waited_out_for_minutes(kept: Kept, vk: Client) -> None:
    await vk.control("faults", {"method": "groups.getLongPollServer", "error": {"code": 29}, "times": 2})
    async with kept.polling():
        await vk.writes(101, "важное")
        await kept.sees("важное")
    assert kept.slept == [300, 300]


async def test_a_search_that_vk_refuses_does_not_stop_the_polling(kept: Kept, vk: Client) -> None:
    await vk.control("faults", {"method": "messages.getConversations", "error": {"code": 15}, "times": 1})
    await vk.control("faults", {"failed": 3})
    async with kept.polling():
        await until(lambda: kept.gaps)
        await vk.writes(101, "дальше")
        await kept.sees("дальше")
    assert kept.gaps == [Gap("failed 3", 0, searched=False)]


async def test_a_cropped_message_is_fetched_whole(kept: Kept, vk: Client) -> None:
    view = await vk.writes(101, "целиком")
    async with kept.polling():
        message = {
            "id": 1, "date": 1, "from_id": 101, "peer_id": 101, "out": 0, "conversation_message_id": view["cmid"],
            "text": "", "is_cropped": True, "ref": "st", "version": 1, "attachments": [],
        }  # fmt: skip
        await vk.control("events", {"type": "message_new", "object": {"message": message, "client_info": {}}})
        await kept.sees("целиком")
    (stored,) = (item.raw["object"]["message"] for item in kept.arrivals.values() if "object" in item.raw)
    assert stored["ref"] == "st"


ODD: list[Callable[[], dict[str, Any]]] = [
    lambda: {"type": "message_new", "object": None},
    lambda: {"type": "message_new", "object": {"message": {"from_id": "x", "peer_id": []}}},
    lambda: {"type": "new_kind_of_2027", "object": {"a": [1, 2]}},
    lambda: {"type": "message_event", "object": {"user_id": 101, "peer_id": 102, "event_id": "a"}},
    lambda: {"type": None, "object": {"warning": "You are using a deprecated API version."}},
]


@pytest.mark.parametrize("update", ODD)
async def test_b46_an_event_of_the_future_is_passed_over(
    kept: Kept, vk: Client, update: Callable[[], dict[str, Any]]
) -> None:
    async with kept.polling():
        await vk.control("events", update())
        await vk.writes(101, "дальше")
        await kept.sees("дальше")
    assert len([item for item in kept.arrivals.values() if item.raw["type"] != "message_allow"]) == 1

"""What happens to a running bot: it is told to stop, its disk is full, it was away, its token must stay unseen."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults import invariants
from tests.faults.stage import Stage, staged
from tests.vk.world import until

#: After SIGTERM the bot is gone within this time.
STOPPED_WITHIN_S = 15.0
CANARY = "vk1.a.Canary-that-must-not-sing"
has_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM that a process can handle")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path) as found:
        yield found


@has_signals
async def test_f5_a_stop_under_load_ends_well_and_nothing_is_sent_again(stage: Stage) -> None:
    people = [stage.person("Анна", f"Смирнова-{number}") for number in range(10)]
    stage.start()
    await stage.ready()
    for person in people:
        stage.starts(person)
    for stops in range(1, 4):
        for person in people:
            for text in ("меню", "помощь", "меню"):
                stage.write(person, text)
        before = len(stage.world.ledger.accepted)
        await stage.until(lambda before=before: len(stage.world.ledger.accepted) > before)  # type: ignore[misc]
        began_at = asyncio.get_running_loop().time()
        assert await stage.stop() == 0
        assert asyncio.get_running_loop().time() - began_at < STOPPED_WITHIN_S
        stage.look()
        stage.start()
        await stage.until(lambda stops=stops: all(len(stage.seen(one)) == 3 * stops + 2 for one in people))  # type: ignore[misc]
    assert await stage.stop() == 0
    invariants.check_finished(stage.database)
    assert stage.world.ledger.repeats == []


@has_signals
async def test_f5_a_bot_that_still_waits_for_vk_can_be_stopped(stage: Stage) -> None:
    stage.world.faults.add({"method": "groups.getById", "http": 502, "times": None})
    stage.start()
    await stage.until(lambda: stage.world.requests.count > 0)
    assert await stage.stop() == 0


@has_signals
async def test_a_message_written_while_the_bot_was_down_is_answered_when_it_is_back(stage: Stage) -> None:
    anna, boris = stage.person("Анна", "Смирнова"), stage.person("Борис", "Кедров")
    stage.start()
    await stage.ready()
    stage.starts(anna)
    await stage.until(lambda: len(stage.seen(anna)) == 2)
    assert await stage.stop() == 0
    stage.write(anna, "помощь")
    stage.write(boris, "Здравствуйте!")
    stage.write(anna, "меню")
    stage.start()
    await stage.until(lambda: len(stage.seen(anna)) == 4 and len(stage.seen(boris)) == 2)
    assert stage.seen(anna)[3] == "Что сделаем?"
    stage.look()


@has_signals
async def test_f20_an_update_that_comes_again_after_a_restart_is_not_answered_again(stage: Stage) -> None:
    anna = stage.person("Анна", "Смирнова")
    stage.start()
    await stage.ready()
    stage.starts(anna)
    await stage.until(lambda: len(stage.seen(anna)) == 2)
    again = list(stage.world.recent)
    for update in again:
        stage.world.log.add(update)
    stage.write(anna, "меню")
    await stage.until(lambda: len(stage.seen(anna)) == 3)
    assert await stage.stop() == 0
    for update in again:
        stage.world.log.add(update)
    stage.start()
    stage.write(anna, "меню")
    await stage.until(lambda: len(stage.seen(anna)) == 4)
    assert stage.seen(anna)[2:] == ["Что сделаем?"] * 2
    assert await stage.stop() == 0
    invariants.check_finished(stage.database)


async def test_f25_a_full_disk_acknowledges_nothing_and_the_bot_recovers_without_a_restart(stage: Stage) -> None:
    resource: Any = pytest.importorskip("resource", reason="no limits of a process on this system")
    if not hasattr(resource, "prlimit"):
        pytest.skip("only Linux lets another process's limit be set")
    anna = stage.person("Анна", "Смирнова")
    stage.start()
    await stage.ready()
    stage.starts(anna)
    await stage.until(lambda: len(stage.seen(anna)) == 2 and stage.told_ts == stage.world.log.ts)
    told, pid = stage.told_ts, stage.child.pid
    journal_bytes = stage.database.with_name("bot.db-wal").stat().st_size
    _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (journal_bytes, hard))

    stage.write(anna, "ы" * 4000)
    await until(lambda: "the database takes no writes" in stage.child.said())
    assert stage.told_ts == told
    invariants.check_invariants(stage.database)
    assert len(stage.seen(anna)) == 2

    resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))
    await stage.until(lambda: len(stage.seen(anna)) == 3)
    assert stage.child.pid == pid, "without a restart"
    assert await stage.stop() == 0
    stage.look()
    invariants.check_finished(stage.database)


FAULTS: list[dict[str, Any]] = [
    {"error": {"code": 5, "msg": f"User authorization failed: {CANARY}"}},
    {"error": {"code": 100, "msg": f"access_token={CANARY} is odd"}},
    {"error": {"msg": CANARY, "code": 1}},
    {"http": 500, "body": f"<html>access_token={CANARY}</html>"},
    {"body": f"no json {CANARY}"},
    {"body": f'["{CANARY}"]'},
    {"body": f'{{"odd": "{CANARY}"}}'},
    {"body": f'{{"error": "{CANARY}"}}'},
    {"http": 302, "headers": {"Location": f"https://example.org/?access_token={CANARY}"}},
    {"drop": True},
    {"lost_answer": True},
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: "-".join(map(str, fault)))
async def test_no_error_of_a_call_shows_the_token_though_vk_repeats_it(
    stage: Stage, fault: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    from bot.vk.client import VkApi
    from bot.vk.errors import CallError
    from bot.vk.pace import Pace

    caplog.set_level(logging.DEBUG)
    stage.world.settings.token = CANARY
    stage.world.faults.add({"method": "users.get", "times": 1, **fault})
    api = VkApi(CANARY, api_url=f"{stage.url}/method/", pace=Pace(0))
    try:
        with pytest.raises(CallError) as failed:
            await api.request("users.get", {"user_ids": "1"})
        await api.request("users.get", {"user_ids": "1"})
    finally:
        await api.close()
    shown = "\n".join([str(failed.getrepr(style="long", showlocals=False)), str(failed.value), repr(api), caplog.text])
    assert CANARY not in shown
    assert [request.params for request in stage.world.requests.kept if CANARY in str(request.params)] == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/method/", "http://no-such-host.invalid/method/"])
async def test_no_error_of_a_connection_shows_the_token(url: str, caplog: pytest.LogCaptureFixture) -> None:
    from bot.vk.client import VkApi
    from bot.vk.errors import Unreachable
    from bot.vk.pace import Pace

    caplog.set_level(logging.DEBUG)
    api = VkApi(CANARY, api_url=url, pace=Pace(0))
    try:
        with pytest.raises(Unreachable) as failed:
            await api.request("users.get", {"user_ids": CANARY})
    finally:
        await api.close()
    assert CANARY not in f"{failed.getrepr(style='long')}\n{failed.value}\n{caplog.text}"


@has_signals
async def test_a_talkative_bot_in_trouble_writes_the_token_nowhere(stage: Stage) -> None:
    stage.world.settings.token = CANARY
    stage.settings = {"VK_TOKEN": CANARY, "LOG_LEVEL": "DEBUG"}
    anna = stage.person("Анна", "Смирнова")
    stage.start()
    await stage.ready()
    for fault in ({"http": 502, "body": CANARY}, {"error": {"code": 10, "msg": CANARY}}, {"lost_answer": True}):
        stage.world.faults.add({"method": "messages.send", "times": 1, **fault})
    stage.world.faults.add({"failed": 3})
    stage.starts(anna)
    await stage.until(lambda: len(stage.seen(anna)) == 2)
    assert await stage.stop() == 0
    said = stage.child.said()
    assert "DEBUG" in said
    assert CANARY not in said
    stored = b"".join(file.read_bytes() for file in stage.folder.glob("bot.db*"))
    assert CANARY.encode() not in stored
    assert all(CANARY not in address for address in stage.addresses)

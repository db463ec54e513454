"""Ready again after `kill -9`, and memory: with a million people and rows."""

from __future__ import annotations

import asyncio
import time

from bot.bench.figures import Figure, milliseconds, number, percentile
from bot.bench.latency import UPDATES_PER_SECOND
from bot.bench.processes import Process
from bot.bench.registering import NEWS
from bot.bench.stage import Bench, Fill, Stage
from storage.connection import Connection
from storage.filling import Filling

READY_S = 5.0
MOST_MB = 300.0
MB = 1024 * 1024
FIRST_ID = 1000
#: Of the rows so many are messages that still wait when the process is killed.
WAITING_SHARE = 0.1
KILLED_AFTER_S = 4.0
BODY = {"text": f"{NEWS}."}
RAW = {"type": "message_new", "object": {"message": {"text": "Меню", "from_id": FIRST_ID, "peer_id": FIRST_ID}}}


async def measure(bench: Bench) -> list[Figure]:
    """Kill it while it writes to people, start it, and wait for the reply to who wrote meanwhile."""
    rows = bench.sizes.rows
    waiting = int(rows * WAITING_SHARE)
    bench.tell(f"готовность после kill -9: {rows} людей и строк")
    async with bench.stage(fill=_filled(bench, rows, waiting)) as stage:
        await stage.arena.order("people", first_id=FIRST_ID, count=waiting)
        async with stage.ours() as bot:
            acting = asyncio.create_task(_crowd(stage))
            await asyncio.sleep(KILLED_AFTER_S)
            await bot.killed()
            await acting
        await stage.arena.order("write", person_id=FIRST_ID, text="меню")
        began_s = time.perf_counter()
        async with stage.ours():
            up_s = time.perf_counter() - began_s
            await stage.arena.order("answered", person_id=FIRST_ID)
            ready_s = time.perf_counter() - began_s
    bench.tell(f"    запущен через {up_s:.1f} с, ответил через {ready_s:.1f} с")
    return [
        Figure(
            f"готов после kill -9 при {number(rows)} строк: первый ответ",
            f"{number(READY_S)} с",
            f"{number(ready_s)} с",
            ready_s <= READY_S,
        )
    ]


async def memory(bench: Bench) -> list[Figure]:
    """The most that the bot takes while it replies, and while it announces something to everybody beside that."""
    rows, seconds = bench.sizes.rows, bench.sizes.memory_s
    bench.tell(f"память: {rows} людей и строк, {seconds:.0f} с")
    async with bench.stage(fill=_filled(bench, rows, 0)) as stage:
        await stage.arena.order("people", first_id=FIRST_ID, count=rows)
        async with stage.ours() as bot:
            await _crowd(stage, seconds=10)
            replying = await _peak_mb(bot)
            await bot.order("announce", text=BODY["text"])
            seen = await _crowd(stage, seconds=seconds)
            announcing = await _peak_mb(bot)
    waited = milliseconds(percentile(seen["latencies_s"], 0.95))
    bench.tell(f"    {replying:.0f} МБ, с объявлением {announcing:.0f} МБ; люди ждут, p95: {waited}")
    return [
        _memory_figure(f"память при {number(rows)} людей и строк, наибольшая, ответы людям", replying),
        _memory_figure("    и объявление им всем", announcing),
    ]


def _memory_figure(name: str, found_mb: float) -> Figure:
    return Figure(name, f"меньше {number(MOST_MB)} МБ", f"{number(found_mb)} МБ", found_mb < MOST_MB)


async def _peak_mb(bot: Process) -> float:
    return float((await bot.order("meter"))["peak_bytes"]) / MB


async def _crowd(stage: Stage, seconds: float = KILLED_AFTER_S) -> dict[str, list[float]]:
    """People register meanwhile."""
    seen: dict[str, list[float]] = await stage.arena.order(
        "crowd", size=UPDATES_PER_SECOND, settle_s=0, seconds=seconds, per_second=UPDATES_PER_SECOND
    )
    return seen


def _filled(bench: Bench, rows: int, waiting: int) -> Fill:
    async def fill(connection: Connection) -> None:
        filling, at = Filling(connection), bench.now()
        await filling.people(FIRST_ID, rows, at=at)
        await filling.updates(FIRST_ID, rows, RAW, at=at)
        await filling.sent(FIRST_ID + waiting, rows - waiting, BODY, at=at)
        if waiting:
            await filling.waiting(FIRST_ID, waiting, BODY, at=at)

    return fill

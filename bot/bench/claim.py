"""The claim of the next 100 rows of the outbox, whatever waits behind them."""

from __future__ import annotations

import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median

from bot.bench.figures import Figure, number
from bot.bench.stage import Bench
from storage.database import Database, opened
from storage.filling import Filling
from storage.outbox import Outbox, Sent

AT_ONCE = 100
MOST_CLAIMS = 40
FLAT = 2.0
BODY = {"text": "Завтра закрывается приём работ."}


async def measure(bench: Bench) -> list[Figure]:
    """The median at each size; all due, and with half of the rows for tomorrow."""
    rows = bench.sizes.rows
    found = [await _sizes(bench, rows, half=False), await _sizes(bench, rows, half=True)]
    return [figure for figures in found for figure in figures]


async def _sizes(bench: Bench, rows: int, *, half: bool) -> list[Figure]:
    sizes = (rows // 100, rows // 10, rows)
    name = "половина на завтра" if half else "все ждут"
    queues = " / ".join(number(size) for size in sizes)
    bench.tell(f"очередь: {queues} строк, {name}")
    times_ms = await _claims_ms(bench, sizes, half=half)
    spread = max(times_ms) / min(times_ms)
    measured = " / ".join(number(time_ms) for time_ms in times_ms)
    return [
        Figure(
            f"взять {AT_ONCE} строк из {queues}, {name}",
            "разница до 2 раз",
            f"{measured} мс, {number(spread)} раза",
            spread <= FLAT,
        )
    ]


async def _claims_ms(bench: Bench, sizes: Sequence[int], *, half: bool) -> list[float]:
    """The median of each size. They take turns: what disturbs the machine for a moment disturbs all."""
    claims = min(MOST_CLAIMS, sizes[0] // AT_ONCE // 2)  # half of the rows may be for tomorrow
    async with AsyncExitStack() as stack:
        databases = [await stack.enter_async_context(_queue(bench, size, half=half)) for size in sizes]
        turns = [[await _claim_once(bench, database) for database in databases] for _ in range(claims)]
    return [median(times_ms) for times_ms in zip(*turns, strict=True)]


@asynccontextmanager
async def _queue(bench: Bench, rows: int, *, half: bool) -> AsyncIterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder) / "queue.db") as database:
            later_at = bench.now() + timedelta(days=3) if half else None
            async with database.transaction() as connection:
                await Filling(connection).waiting(1000, rows, BODY, at=bench.now(), later_at=later_at)
            yield database


async def _claim_once(bench: Bench, database: Database) -> float:
    """Take the next and mark them as sent; only the taking is timed."""
    async with database.transaction() as connection:
        outbox = Outbox(connection)
        began_s = time.perf_counter()
        taken = await outbox.due(AT_ONCE, now=bench.now())
        took_s = time.perf_counter() - began_s
        if len(taken) != AT_ONCE:
            raise LookupError(f"{len(taken)} rows of {AT_ONCE}")
        await outbox.sent([Sent(row.id, row.id, 1) for row in taken], at=bench.now())
    return 1000 * took_s

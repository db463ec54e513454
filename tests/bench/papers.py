"""How long the diplomas of a year take, what memory they need, and what others wait meanwhile.

python -m tests.bench.papers
"""

from __future__ import annotations

import asyncio
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

from bot.contest.papers.content import PaperKind
from bot.documents.papers.designs import BUILT_IN, Design
from bot.documents.papers.drawing import Sheet, draw_many
from bot.documents.papers.extremes import LONGEST, USUAL

PAPERS = 1400
#: What the bot promises.
LIMIT_S, LIMIT_MB = 20.0, 300.0
#: How often somebody looks whether the loop still answers.
LOOK_EVERY_S = 0.005
_KIB = 1024


def sheets() -> Iterator[Sheet]:
    """Half diplomas, half certificates; each tenth with the longest words."""
    for number in range(1, PAPERS + 1):
        content = LONGEST if number % 10 == 0 else replace(USUAL, name=f"Соколова Вера Ильинична {number}")
        kind = PaperKind.CERTIFICATE if number % 2 else PaperKind.DIPLOMA
        yield Sheet(
            content=replace(content, kind=kind),
            number=f"ОЧК-2026-У5-{number:04d}",
            check_url=f"https://vk.me/club123456789?ref=paper_{number:020d}",
        )


async def main(design: Design = BUILT_IN) -> None:
    """Draw them all in a thread and print what it took."""
    waits: list[float] = []
    looking = asyncio.create_task(_look(waits))
    before, started = _processor_s(), time.perf_counter()
    size = await asyncio.to_thread(lambda: sum(len(pdf) for pdf in draw_many(list(sheets()), design)))
    wall_s, processor_s = time.perf_counter() - started, _processor_s() - before
    looking.cancel()
    memory_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / _KIB
    p95_ms = 1000 * statistics.quantiles(waits, n=20)[-1]
    sys.stdout.write(
        f"{PAPERS} papers, {size / PAPERS / _KIB:.0f} KiB each\n"
        f"wall       {wall_s:6.1f} s\n"
        f"processor  {processor_s:6.1f} s   {processor_s / LIMIT_S:4.0%} of the limit, "
        f"{1000 * processor_s / PAPERS:.1f} ms a page\n"
        f"memory     {memory_mb:6.0f} MB  {memory_mb / LIMIT_MB:4.0%} of the limit\n"
        f"the loop was late by {p95_ms:.1f} ms (p95), {1000 * max(waits):.0f} ms at worst\n"
    )


async def _look(waits: list[float]) -> None:
    while True:
        started = time.perf_counter()
        await asyncio.sleep(LOOK_EVERY_S)
        waits.append(time.perf_counter() - started - LOOK_EVERY_S)


def _processor_s() -> float:
    """Of this process and of its children that have ended."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    asyncio.run(main())

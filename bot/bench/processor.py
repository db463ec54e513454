"""Processor time an update, next to a bare echo bot: without VK's limit, which would let both idle."""

from __future__ import annotations

from statistics import median

from bot.bench.figures import Figure, number
from bot.bench.stage import Bench

PEOPLE = 500


async def measure(bench: Bench) -> list[Figure]:
    """Both in turn, several times; the medians."""
    echo, ours = [], []
    for round_ in range(bench.sizes.rounds):
        bench.tell(f"процессорное время: {bench.sizes.updates} обновлений, круг {round_ + 1}")
        echo.append(await _run(bench, "echo"))
        ours.append(await _run(bench, None))
        bench.tell(f"    эхо-бот {echo[-1]:.2f} мс, этот бот {ours[-1]:.2f} мс")
    theirs_ms, ours_ms = median(echo), median(ours)
    return [
        Figure("процессорного времени на обновление, эхо-бот без базы", "", f"{number(theirs_ms)} мс"),
        Figure(
            "процессорного времени на обновление, этот бот, synchronous=FULL",
            f"{number(theirs_ms)} мс",
            f"{number(ours_ms)} мс",
            ours_ms <= theirs_ms,
        ),
    ]


async def _run(bench: Bench, peer: str | None) -> float:
    """Milliseconds of the processor an update."""
    updates = bench.sizes.updates
    async with (
        bench.stage(limited=False, history=4 * updates) as stage,
        stage.peer(peer) if peer else stage.ours(per_second=0) as bot,
    ):
        await stage.arena.order("burst", updates=PEOPLE, people=PEOPLE)  # imports and first contact
        before = await bot.order("meter")
        await stage.arena.order("burst", updates=updates, people=PEOPLE)
        after = await bot.order("meter")
    return 1000 * float(after["processor_s"] - before["processor_s"]) / updates

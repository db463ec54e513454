"""Replies a second under VK's limit: 500 people register at once, with this bot and with an ordinary one."""

from __future__ import annotations

from typing import Any

from bot.bench.figures import Figure, number
from bot.bench.processes import Process
from bot.bench.stage import OUR_PER_SECOND, REPLIES_A_REQUEST, Bench

TIMES_THE_ORDINARY = 22.0
SHARE_OF_THE_PACE = 0.97


async def measure(bench: Bench) -> list[Figure]:
    """The rate of each, and the ratio."""
    ordinary = await _crowd(bench, "обычный бот", "ordinary")
    ours = await _crowd(bench, "этот бот", None)
    most = OUR_PER_SECOND * REPLIES_A_REQUEST
    least = SHARE_OF_THE_PACE * most
    times = ours["per_second"] / ordinary["per_second"]
    size = f"{bench.sizes.crowd} человек регистрируются сразу"
    return [
        Figure(f"ответов в секунду: {size}, обычный бот", "", number(ordinary["per_second"])),
        Figure(
            f"ответов в секунду: {size}, этот бот",
            f"{number(least)} (97 % от {most})",
            number(ours["per_second"]),
            ours["per_second"] >= least,
        ),
        Figure(
            "во сколько раз этот бот быстрее обычного",
            f"{number(TIMES_THE_ORDINARY)}",
            number(times),
            times >= TIMES_THE_ORDINARY,
        ),
    ]


async def _crowd(bench: Bench, name: str, peer: str | None) -> dict[str, Any]:
    sizes = bench.sizes
    bench.tell(f"ответы: {sizes.crowd} человек, {name}, {sizes.seconds:.0f} с")
    async with bench.stage() as stage, stage.peer(peer) if peer else stage.ours() as bot:
        before = await _processor_s(bot, stage.arena)
        seen: dict[str, Any] = await stage.arena.order(
            "crowd", size=sizes.crowd, settle_s=sizes.settle_s, seconds=sizes.seconds
        )
        after = await _processor_s(bot, stage.arena)
    busy = [(end - begin) / (sizes.settle_s + sizes.seconds) for begin, end in zip(before, after, strict=True)]
    bench.tell(
        f"    {seen['per_second']:.1f} ответов и {seen['requests_per_second']:.1f} запросов в секунду, "
        f"{seen['finished']} заявок; ядро бота занято на {busy[0]:.0%}, ядро песочницы на {busy[1]:.0%}"
    )
    return seen


async def _processor_s(*processes: Process) -> list[float]:
    return [float((await process.order("meter"))["processor_s"]) for process in processes]

"""How long somebody waits: from an update to the accepted reply, alone and during an announcement."""

from __future__ import annotations

from typing import Any

from bot.bench.figures import Figure, milliseconds, number, percentile
from bot.bench.registering import NEWS
from bot.bench.stage import OUR_PER_SECOND, RECIPIENTS_A_REQUEST, Bench, Stage
from storage.connection import Connection
from storage.filling import Filling

UPDATES_PER_SECOND = 100
P95_S = 0.150
SHARE_OF_THE_PACE = 0.95


async def measure(bench: Bench) -> list[Figure]:
    """Both, one after the other on one stage, and then an announcement by itself."""
    recipients = bench.sizes.recipients

    async def fill(connection: Connection) -> None:
        await Filling(connection).people(1000, recipients, at=bench.now())

    async with bench.stage(fill=fill) as stage, stage.ours() as bot:
        await stage.arena.order("people", first_id=1000, count=recipients)
        alone = await _crowd(bench, stage, "спокойно")
        await stage.arena.order("count", words=NEWS)
        await bot.order("announce", text=f"{NEWS}: первый.")
        busy = await _crowd(bench, stage, "во время объявления")
        sent = await stage.arena.order("counted", words=NEWS, most=recipients)
        bench.tell(f"    объявление рядом с людьми: {sent['count'] / sent['seconds']:.0f} в секунду")
    return [
        *_lines("спокойно", alone, P95_S),
        *_lines(f"во время объявления {number(recipients)} людям", busy, 2 * P95_S),
        Figure(
            f"сообщений объявления в секунду рядом с {UPDATES_PER_SECOND} обновлениями в секунду",
            "",
            number(sent["count"] / sent["seconds"]),
        ),
    ]


async def announcement(bench: Bench) -> list[Figure]:
    """Messages a second of an announcement of one text, nobody else writing."""
    recipients = bench.sizes.recipients

    async def fill(connection: Connection) -> None:
        await Filling(connection).people(1000, recipients, at=bench.now())

    bench.tell(f"объявление {recipients} людям")
    async with bench.stage(fill=fill) as stage, stage.ours() as bot:
        await stage.arena.order("people", first_id=1000, count=recipients)
        await stage.arena.order("count", words=NEWS)
        await bot.order("announce", text=f"{NEWS}.")
        sent = await stage.arena.order("counted", words=NEWS, most=recipients)
    per_second = sent["count"] / sent["seconds"]
    most = OUR_PER_SECOND * RECIPIENTS_A_REQUEST
    bench.tell(f"    {sent['count']} за {sent['seconds']:.1f} с")
    return [
        Figure(
            f"сообщений в секунду: объявление {number(recipients)} людям",
            f"{number(SHARE_OF_THE_PACE * most)} (95 % от {number(most)})",
            number(per_second),
            per_second >= SHARE_OF_THE_PACE * most and sent["count"] == recipients,
        )
    ]


async def _crowd(bench: Bench, stage: Stage, name: str) -> dict[str, Any]:
    sizes = bench.sizes
    bench.tell(f"ожидание: {UPDATES_PER_SECOND} обновлений в секунду, {name}")
    seen: dict[str, Any] = await stage.arena.order(
        "crowd", size=sizes.crowd, settle_s=sizes.settle_s, seconds=sizes.seconds, per_second=UPDATES_PER_SECOND
    )
    bench.tell(f"    {seen['acts_per_second']:.0f} обновлений и {seen['per_second']:.0f} ответов в секунду")
    return seen


def _lines(name: str, seen: dict[str, Any], target_s: float) -> list[Figure]:
    waited = seen["latencies_s"]
    p95_s = percentile(waited, 0.95)
    rest = f"{number(1000 * percentile(waited, 0.5))} / {milliseconds(max(waited))}"
    return [
        Figure(f"от обновления до ответа, p95, {name}", milliseconds(target_s), milliseconds(p95_s), p95_s <= target_s),
        Figure("    медиана / наибольшее", "", rest),
    ]

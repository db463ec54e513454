"""The benchmark measures what it says: a short run of both bots, each message answered once."""

from __future__ import annotations

from pathlib import Path

from bot.bench.measuring import measure


async def test_this_bot_answers_every_message_of_a_short_run(tmp_path: Path) -> None:
    measured = await measure(["bot.bench.ours", "{url}", str(tmp_path / "bench.db")], updates=60, people=20)
    assert measured.updates == 60
    assert measured.per_second > 0
    assert measured.processor_s > 0

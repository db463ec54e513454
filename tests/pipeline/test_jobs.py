"""Work on the network: its result comes back once, as an act of the person; what fails is tried again, then told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.pipeline.jobbing import MOST_TRIES
from tests.pipeline.line import Line, line_on, wrote

ANNA = 101


async def _echo(argument: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"said": f"эхо {argument['number']}"}


async def test_a_result_enters_by_the_inbox_and_does_not_move_the_person(tmp_path: Path) -> None:
    async with line_on(tmp_path / "bot.db", {"echo": _echo}) as line:
        await line.comes(wrote(ANNA, 1, "спроси 7"), wrote(ANNA, 2, "спроси 7"), wrote(ANNA, 3, "поездка"))
        await line.works()
        assert await line.sent(ANNA) == ["Спросил", "Спросил", "Куда?", "Ответ 7: эхо 7"]
        assert await line.count("job", "done") == 1

        await line.comes(wrote(ANNA, 4, "Томск"))
        await line.works()
        assert (await line.sent(ANNA))[-1] == "Когда?"


async def test_work_that_fails_is_tried_again_later_and_then_its_failure_is_told(tmp_path: Path) -> None:
    tries: list[int] = []

    async def fails(argument: Mapping[str, Any]) -> Mapping[str, Any]:
        tries.append(argument["number"])
        raise ConnectionError("no network")

    async with line_on(tmp_path / "bot.db", {"echo": fails}) as line:
        await line.comes(wrote(ANNA, 1, "спроси 7"))
        await line.works()
        assert len(tries) == 1
        assert await line.sent(ANNA) == ["Спросил"]

        await _hours(line, 3)
        assert len(tries) == MOST_TRIES
        assert await line.sent(ANNA) == ["Спросил", "Ответ 7: отказ"]
        assert await line.count("job", "dead") == 1


async def test_a_job_that_fails_holds_no_other_up(tmp_path: Path) -> None:
    async def fails_at_one(argument: Mapping[str, Any]) -> Mapping[str, Any]:
        if argument["number"] == 1:
            raise TimeoutError
        return await _echo(argument)

    async with line_on(tmp_path / "bot.db", {"echo": fails_at_one}) as line:
        await line.comes(wrote(ANNA, 1, "спроси 1"), wrote(ANNA, 2, "спроси 2"))
        await line.works()
        assert (await line.sent(ANNA))[-1] == "Ответ 2: эхо 2"


async def _hours(line: Line, hours: int) -> None:
    """Let the time pass in which what failed is tried again."""
    for _ in range(MOST_TRIES):
        line.now += timedelta(hours=hours)
        await line.works()

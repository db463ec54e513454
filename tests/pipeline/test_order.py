"""One person's updates act once and in the messenger's order, however they come."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.talk.position import Position
from storage.storage import Storage
from tests.pipeline.line import Line, line_on, written, wrote

ANNA, BORIS = 101, 102
TRIP = ["поездка", "Томск", "назад", "Асино", "завтра", "все", "помощь", "поездка", "отмена", "ещё"]


async def told_of(line: Line, person: int) -> tuple[list[str], Position]:
    async with line.database.transaction() as connection:
        position = await Storage(connection).memory.load(person)
    return await line.sent(person), position


async def after_each(texts: list[str]) -> list[str]:
    """What comes of the messages one by one."""
    with TemporaryDirectory() as folder:
        async with line_on(Path(folder) / "bot.db") as line:
            for update in written(ANNA, texts):
                await line.comes(update)
                await line.works()
            return await line.sent(ANNA)


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(len(TRIP))), doubled=st.sets(st.integers(0, len(TRIP) - 1)))
async def test_f21_reordered_and_doubled_updates_lead_where_the_sequence_leads(
    order: list[int], doubled: set[int]
) -> None:
    anna, boris = written(ANNA, TRIP), written(BORIS, TRIP)
    with TemporaryDirectory() as folder:
        async with line_on(Path(folder) / "bot.db") as line:
            mixed = [update for place in order for update in (anna[place], boris[-1 - place])]
            await line.comes(*mixed, *(anna[place] for place in sorted(doubled)))
            await line.works()
            sequence = await after_each(TRIP)
            assert await line.sent(ANNA) == sequence
            assert await line.sent(BORIS) == sequence
            assert "Асино, завтра, все" in sequence


async def test_f20_the_same_update_now_and_after_a_restart_is_one_act(tmp_path: Path) -> None:
    first, second = written(ANNA, ["поездка", "Томск"])
    async with line_on(tmp_path / "bot.db") as line:
        await line.comes(first, first)
        await line.comes(first)
        await line.works()
        await line.comes(first)
        await line.works()
        assert await line.sent(ANNA) == ["Куда?"]
    async with line_on(tmp_path / "bot.db") as line:
        await line.comes(first, second)
        await line.works()
        assert await line.sent(ANNA) == ["Куда?", "Когда?"]
        assert await line.count("inbox", "done") == 2


async def test_a_message_that_was_delayed_goes_before_the_newer_ones_that_still_wait(line: Line) -> None:
    first, second, third = written(ANNA, ["поездка", "Томск", "завтра"])
    await line.comes(third)
    await line.comes(first, second)
    await line.works()
    assert await line.sent(ANNA) == ["Куда?", "Когда?", "Кто?"]


async def test_a_hundred_people_are_worked_off_each_in_their_order(line: Line) -> None:
    people = range(1, 101)
    await line.comes(*(wrote(person, 2, "Томск") for person in people))
    await line.comes(*(wrote(person, 1, "поездка") for person in reversed(people)))
    await line.works()
    for person in people:
        assert await line.sent(person) == ["Куда?", "Когда?"]


async def test_a_batch_that_takes_long_is_committed_and_the_rest_follows_in_order(line: Line) -> None:
    line.step_s = 1.0
    await line.comes(*written(ANNA, ["поездка", "Томск"]), *written(BORIS, ["поездка"]))
    await line.worker.work()
    assert [await line.count("inbox", state) for state in ("done", "waiting")] == [1, 2]

    await line.works()
    assert await line.sent(ANNA) == ["Куда?", "Когда?"]
    assert await line.sent(BORIS) == ["Куда?"]

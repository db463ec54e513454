"""The benchmark measures what it says: a short run of both bots, and the table."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.bench.figures import Figure, all_reached, markdown, milliseconds, number, percentile, plain
from bot.bench.registering import Press, UnknownQuestionError, Write, answer_to
from bot.bench.stage import Bench, Sizes, Stage, to_noon
from bot.commands.bench import run_bench


async def registering(bench: Bench, peer: str | None) -> tuple[Mapping[str, Any], Stage]:
    """Some people register with a bot for a moment."""
    async with bench.stage() as stage, stage.peer(peer) if peer else stage.ours() as bot:
        seen = await stage.arena.order("crowd", size=8, settle_s=0, seconds=1.5, per_second=80)
        assert (await bot.order("meter"))["processor_s"] > 0
    return seen, stage


async def test_people_register_with_this_bot_and_with_an_ordinary_one() -> None:
    bench = Bench(Sizes(), tell=lambda _line: None)
    (ours, _), (ordinary, _) = await asyncio.gather(registering(bench, None), registering(bench, "ordinary"))
    assert ours["finished"] > 0
    assert ours["replies"] >= len(ours["latencies_s"]) > 0
    assert 0 < ordinary["per_second"] <= 21
    assert (bench.limits.too_many, bench.limits.busiest_second <= 20) == (0, True)


@pytest.mark.parametrize(
    ("question", "act"),
    [
        ("1 из 6 · Ваши фамилия, имя и отчество, как в дипломе.", Write()),
        ("МАОУ гимназия № 13 г. Томска?", Press("Да")),
        ("Заявка ВС-2026-0001 принята. Ждём вас", None),
    ],
)
def test_the_crowd_answers_by_the_words_of_a_question(question: str, act: Press | Write | None) -> None:
    assert answer_to(question) == act


def test_the_crowd_answers_no_question_that_it_does_not_know() -> None:
    with pytest.raises(UnknownQuestionError, match="Куда"):
        answer_to("Куда поедем?")


FIGURES = [Figure("ответов в секунду", "460", "471", reached=True), Figure("из них сразу", "", "12")]


def test_the_table_says_which_targets_were_reached() -> None:
    assert plain(FIGURES).splitlines() == [
        "показатель         цель  измерено",
        "---------------------------------------------",
        "ответов в секунду  460   471       достигнута",
        "из них сразу       –     12",
    ]
    assert markdown(FIGURES).splitlines()[2] == "| ответов в секунду | 460 | 471 | достигнута |"
    assert all_reached(FIGURES)
    assert not all_reached([*FIGURES, Figure("память", "300", "301", reached=False)])


@pytest.mark.parametrize(("value", "text"), [(1234.5, "1 234"), (47.04, "47,0"), (0.314, "0,31"), (0, "0,00")])
def test_numbers_have_three_digits(value: float, text: str) -> None:
    assert number(value) == text


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([float(value) for value in range(100)], 0.95) == 95.0
    assert milliseconds(0.0471) == "47,1 мс"


def test_announcements_are_measured_at_noon() -> None:
    assert to_noon(datetime(2026, 4, 18, 20, tzinfo=UTC)).total_seconds() == 9 * 3600
    assert to_noon(datetime(2026, 4, 18, 8, tzinfo=UTC)).total_seconds() == -3 * 3600


def test_a_measurement_of_another_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_bench(only="speed") == 2
    assert "replies, latency" in capsys.readouterr().err

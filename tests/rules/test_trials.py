"""Raw results read, put in places, and added up."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.event import Event
from bot.contest.event.loading import read_event
from bot.contest.event.scoring import Better, Measure
from bot.contest.protocols import read_marks, read_results
from bot.contest.refusal import Refusal
from bot.contest.trials import Trial, places, read_result, sum_of_places, trials_of, written

EVENTS = Path(__file__).parents[2] / "bot/data/events/2020-21"
RUN = Trial("run", "Челночный бег", Measure.TIME_S, Better.LESS)
ROPE = Trial("rope", "Скакалка", Measure.COUNT, Better.MORE, most=Decimal(200), step=Decimal(1))
FAULTS = Trial("faults", "Штраф", Measure.PENALTY, Better.LESS, step=Decimal(1))
TRIALS = (RUN, ROPE, FAULTS)
values = st.decimals(min_value=0, max_value=500, places=1)
results = st.dictionaries(
    st.integers(1, 30), st.dictionaries(st.sampled_from(["run", "rope", "faults"]), values), max_size=12
)


@pytest.mark.parametrize(
    ("text", "trial", "expected"),
    [
        ("12,4", RUN, "12.4"),
        ("12.4 сек.", RUN, "12.4"),
        ("1:05,3", RUN, "65.3"),
        ("2:01", RUN, "121"),
        ("1:02:03", RUN, "3723"),
        ("35", ROPE, "35"),
        ("200", ROPE, "200"),
        ("0", FAULTS, "0"),
        ("1:75", RUN, "trial.expected"),
        ("1:05", ROPE, "trial.expected"),
        ("много", RUN, "trial.expected"),
        ("-3", FAULTS, "trial.expected"),
        ("201", ROPE, "trial.out_of_range"),
        ("3,5", ROPE, "trial.step"),
    ],
)
def test_a_result_is_read_by_its_measure_or_refused(text: str, trial: Trial, expected: str) -> None:
    read = read_result(text, trial)
    assert (read.key if isinstance(read, Refusal) else f"{read:f}") == expected


@given(st.decimals(min_value=0, max_value=9000, places=2))
def test_what_is_written_is_read_again(value: Decimal) -> None:
    assert read_result(written(value, Measure.TIME_S), RUN) == value


@pytest.mark.parametrize(
    ("value", "measure", "shown"),
    [("12.40", Measure.TIME_S, "12,4"), ("65.3", Measure.TIME_S, "1:05,3"), ("120", Measure.COUNT, "120")],
)
def test_a_result_is_written_as_people_write_it(value: str, measure: Measure, shown: str) -> None:
    assert written(Decimal(value), measure) == shown


def test_less_time_and_more_counts_win_and_who_has_no_result_is_last() -> None:
    found = {
        1: {"run": Decimal("12.4"), "rope": Decimal(40), "faults": Decimal(0)},
        2: {"run": Decimal("11.9"), "rope": Decimal(40)},
        3: {"run": Decimal("12.4"), "rope": Decimal(10), "faults": Decimal(3)},
        4: {},
    }
    assert places(found, TRIALS) == {
        "run": {1: 2, 2: 1, 3: 2, 4: 4},
        "rope": {1: 1, 2: 1, 3: 3, 4: 4},
        "faults": {1: 1, 2: 3, 3: 2, 4: 3},
    }
    ranking = sum_of_places(found, TRIALS)
    assert [(one.work, one.points, one.place, one.tied) for one in ranking] == [
        (1, Decimal(4), 1, False),
        (2, Decimal(5), 2, False),
        (3, Decimal(7), 3, False),
        (4, Decimal(11), 4, False),
    ]


def test_theory_breaks_a_tie_and_without_it_the_place_is_shared() -> None:
    equal = {1: {"run": Decimal(10)}, 2: {"run": Decimal(10)}, 3: {"run": Decimal(11)}}
    assert [(one.work, one.place, one.tied) for one in sum_of_places(equal, (RUN,))] == [
        (1, 1, True),
        (2, 1, True),
        (3, 3, False),
    ]
    decided = sum_of_places(equal, (RUN,), theory={2: Decimal(8), 1: Decimal(5)})
    assert [(one.work, one.place) for one in decided] == [(2, 1), (1, 2), (3, 3)]


@given(results)
def test_everybody_has_one_place_and_a_better_result_never_loses_one(found: dict[int, dict[str, Decimal]]) -> None:
    ranking = sum_of_places(found, TRIALS)
    assert sorted(one.work for one in ranking) == sorted(found)
    assert [one.place for one in ranking] == sorted(one.place for one in ranking)
    by_trial = places(found, TRIALS)
    for trial in TRIALS:
        have = [work for work in found if trial.code in found[work]]
        for one in have:
            for other in have:
                mine, theirs = found[one][trial.code], found[other][trial.code]
                better = mine < theirs if trial.better is Better.LESS else mine > theirs
                assert not better or by_trial[trial.code][one] < by_trial[trial.code][other]
        without = [work for work in found if work not in have]
        assert all(by_trial[trial.code][work] == len(have) + 1 for work in without)


def test_the_course_of_the_sports_mosaic_is_measured() -> None:
    event = read_event(EVENTS / "sports-mosaic.yaml")
    assert isinstance(event, Event)
    course = next(stage for stage in event.stages if stage.code == "course")
    assert {trial.measure for trial in trials_of(event, course)} <= set(Measure) - {Measure.POINTS}
    assert len(trials_of(event, course)) == 9


def test_a_filled_table_is_read_wherever_its_head_stands() -> None:
    rows: list[list[str | None]] = [
        ["Этап"],
        [],
        ["№ заявки", "Команда", "Челночный бег", "Скакалка"],
        ["А-1", "Ракета", "12,4", "много"],
        ["А-2", None, "1:05,3"],
        ["А-9", "чужие", "1"],
    ]
    found = read_results(rows, ["А-1", "А-2"], TRIALS, number="№ заявки")
    assert not isinstance(found, Refusal)
    assert found.results == {"А-1": {"run": Decimal("12.4")}, "А-2": {"run": Decimal("65.3")}}
    assert [(of, title) for of, title, _ in found.wrong] == [("А-1", "Скакалка")]
    assert found.unknown == ("А-9",)
    assert isinstance(read_results([["Имя"]], ["А-1"], TRIALS, number="№ заявки"), Refusal)


def test_marks_are_read_and_what_is_unclear_is_told() -> None:
    rows: list[list[str | None]] = [
        ["№ заявки", "В финал"],
        ["А-1", "Да"],
        ["А-2", None],
        ["А-3", "пусть"],
        ["А-9", "да"],
        [None, "да"],
    ]
    marks = read_marks(rows, ["А-1", "А-2", "А-3"], number="№ заявки", column="В финал")
    assert not isinstance(marks, Refusal)
    assert (marks.chosen, marks.others, marks.unclear, marks.unknown) == (("А-1",), ("А-2",), ("А-3",), ("А-9",))
    assert isinstance(read_marks([["№ заявки"]], [], number="№ заявки", column="В финал"), Refusal)

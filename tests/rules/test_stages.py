"""The way through an event's stages: nobody is lost, nobody ends twice, works go where they belong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.event import Event
from bot.contest.event.loading import read_event
from bot.contest.event.stages import HostedBy, Stage, StageKind, WorkAfter
from bot.contest.refusal import Refusal
from bot.contest.stages import (
    Fate,
    Going,
    after,
    counts_in_final,
    cuts,
    fate,
    host_of,
    outcome_of,
    settled,
    submission_of,
    window_at,
    windows,
)

EVENTS = Path(__file__).parents[2] / "bot/data/events/2020-21"
DAY = timedelta(days=1)
START = datetime(2026, 10, 1, tzinfo=UTC)


def read(name: str) -> Event:
    event = read_event(EVENTS / name)
    assert isinstance(event, Event)
    return event


RECITERS = read("reciters.yaml")
SCRATCH = read("scratch.yaml")


def stage(code: str, first: int, last: int, **more: object) -> Stage:
    values = {"kind": StageKind.TASKS, "opens_at": START + first * DAY, "closes_at": START + last * DAY, **more}
    return Stage(code=code, title=code, **values)  # type: ignore[arg-type]


def event(*stages: Stage) -> Event:
    changes = {"stages": stages, "opens_at": START, "closes_at": START + 10 * DAY}
    return SCRATCH.model_copy(update=changes)


THREE = event(
    stage("applications", 0, 10, kind=StageKind.APPLICATIONS, work=WorkAfter.NONE),
    stage("tasks", 11, 15, work=WorkAfter.NEW, share_percent=50),
    stage("final", 20, 25, kind=StageKind.FINAL, work=WorkAfter.MAY_CHANGE),
)


def test_a_selection_and_whatever_has_a_quota_are_cuts() -> None:
    assert [one.code for one in cuts(RECITERS)] == ["selection"]
    assert [one.code for one in cuts(THREE)] == ["tasks"]
    assert cuts(SCRATCH) == ()
    assert after(THREE, THREE.stages[1]) == THREE.stages[2]
    assert after(THREE, THREE.stages[2]) is None


@pytest.mark.parametrize(
    ("decided", "waiting", "out", "in_final"),
    [
        ({}, "selection", None, False),
        ({"selection": Going.CHOSEN}, "selection", None, False),
        ({"selection": Going.PASSED}, None, None, True),
        ({"selection": Going.NOT_PASSED}, None, "selection", False),
    ],
)
def test_a_fate_follows_from_what_was_confirmed(
    decided: dict[str, Going], waiting: str | None, out: str | None, in_final: bool
) -> None:
    found = fate(RECITERS, decided)
    assert (found.waiting and found.waiting.code, found.out and found.out.code) == (waiting, out)
    assert found.in_final is in_final


def test_an_optional_selection_that_nobody_held_stops_nobody() -> None:
    mosaic = read("sports-mosaic.yaml")
    assert fate(mosaic, {}).in_final
    assert not fate(mosaic, {}, held={"host-selection": True}).in_final


@given(st.dictionaries(st.integers(1, 50), st.sampled_from([None, Going.CHOSEN])))
def test_a_confirmed_protocol_leaves_nobody_undecided_and_ends_each_once(marks: dict[int, Going | None]) -> None:
    decided = settled(marks)
    assert set(decided) == set(marks)
    fates = {id_: fate(RECITERS, {"selection": going}) for id_, going in decided.items()}
    ended = {id_ for id_, one in fates.items() if one.out is not None}
    finalists = {id_ for id_, one in fates.items() if one.in_final}
    assert ended | finalists == set(marks)
    assert not ended & finalists
    assert finalists == {id_ for id_, going in marks.items() if going is Going.CHOSEN}


def test_who_is_left_behind_has_taken_part_in_that_stage() -> None:
    assert outcome_of(cuts(RECITERS)[0]).label == "Участник отборочного этапа"
    assert outcome_of(cuts(THREE)[0]).label == "Участник этапа «tasks»"


@pytest.mark.parametrize(
    ("organisation", "place", "areas", "host"),
    [
        ("school-47-tomsk", "tomsk", {}, "school-47-tomsk"),
        ("lyceum-7-tomsk", "tomsk", {}, ""),
        ("lyceum-7-tomsk", "tomsk", {"place:tomsk": "school-58-tomsk"}, "school-58-tomsk"),
        (
            "lyceum-7-tomsk",
            "tomsk",
            {"place:tomsk": "school-58-tomsk", "organisation:lyceum-7-tomsk": "bogashevo"},
            "bogashevo",
        ),
        (None, None, {"place:tomsk": "school-58-tomsk"}, ""),
    ],
)
def test_a_school_falls_to_its_host(
    organisation: str | None, place: str | None, areas: dict[str, str], host: str
) -> None:
    assert host_of(cuts(RECITERS)[0], organisation, place, areas) == host


def test_at_home_each_school_is_its_own_host_and_the_organiser_holds_the_rest() -> None:
    home = stage("home", 0, 5, hosted_by=HostedBy.OWN_SCHOOL)
    assert host_of(home, "lyceum-7-tomsk", "tomsk", {}) == "lyceum-7-tomsk"
    assert host_of(home, None, None, {}) == ""
    assert host_of(stage("here", 0, 5), "lyceum-7-tomsk", "tomsk", {}) == ""


@pytest.mark.parametrize(
    ("day", "reached", "expected"),
    [
        (5, Fate(waiting=THREE.stages[1]), ("tasks", 11)),
        (12, Fate(waiting=THREE.stages[1]), ("tasks", 11)),
        (17, Fate(waiting=THREE.stages[1]), ("tasks", 11)),
        (17, Fate(passed=(THREE.stages[1],)), ("final", 16)),
        (22, Fate(passed=(THREE.stages[1],)), ("final", 16)),
        (22, Fate(out=THREE.stages[1]), "stage.out"),
    ],
)
def test_a_work_belongs_to_the_stage_of_its_day(day: int, reached: Fate, expected: tuple[str, int] | str) -> None:
    found = window_at(THREE, reached, said_at=START + day * DAY, closes_at=THREE.closes_at, passed_at=START + 16 * DAY)
    if isinstance(found, Refusal):
        assert found.key == expected
    else:
        assert found is not None
        assert found.stage is not None
        assert (found.stage.code, found.opens_at) == (expected[0], START + int(expected[1]) * DAY)


def test_without_stages_the_intake_takes_works() -> None:
    (only,) = windows(SCRATCH, SCRATCH.closes_at)
    assert (only.stage, only.opens_at, only.closes_at) == (None, SCRATCH.opens_at, SCRATCH.closes_at)
    assert submission_of(SCRATCH, only, None) == SCRATCH.submission_for(None)


def test_a_stage_that_ends_with_the_intake_is_extended_with_it() -> None:
    card = event(stage("card", 0, 10, work=WorkAfter.NEW), stage("final", 20, 25, kind=StageKind.FINAL))
    (only,) = windows(card, START + 12 * DAY)
    assert (only.stage and only.stage.code, only.closes_at) == ("card", START + 12 * DAY)


def test_only_a_work_of_the_last_stage_that_asks_for_a_new_one_is_judged() -> None:
    assert counts_in_final(SCRATCH, SCRATCH.opens_at)
    assert not counts_in_final(THREE, START + 5 * DAY)
    assert counts_in_final(THREE, START + 11 * DAY)

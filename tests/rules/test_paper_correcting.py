"""Putting papers right: what changes in the data, and exactly which papers follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.event import Event
from bot.contest.event.loading import read_event
from bot.contest.grades import Grade
from bot.contest.names import FullName
from bot.contest.papers.content import PaperKind, Planned
from bot.contest.papers.correcting import (
    Change,
    Correction,
    Wrong,
    beside,
    changes,
    corrected,
    corrected_jurors,
    differences,
)
from bot.contest.papers.planning import planned
from bot.contest.papers.values import Entry, Juror, Member, School, Setting

FILE = Path(__file__).parents[2] / "bot" / "data" / "events" / "2020-21" / "scratch.yaml"
SCRATCH = cast("Event", read_event(FILE))
SETTING = Setting("МАОУ гимназия № 13 г. Томска", date(2026, 5, 12))
GYMNASIUM, LYCEUM = School("МАОУ гимназия № 13 г. Томска", "gymnasium-13-tomsk"), School("Лицей № 7", "lyceum-7-tomsk")
NINA, NINA_RIGHT = "Орлова Нина Петровна", "Орлова Нинель Петровна"
WINNER = Outcome(OutcomeKind.WINNER, "Диплом I степени")


def entry(id_: int, name: str, *, school: School = GYMNASIUM, supervisors: tuple[str, ...] = (NINA,)) -> Entry:
    """An application of one pupil."""
    person = Member(id_ * 10, FullName(*name.split()), Grade(3, "Б"))
    return Entry(
        application_id=id_, person_id=7, outcome=WINNER, people=(person,), school=school, supervisors=supervisors,
        by_teacher=True,
    )  # fmt: skip


ENTRIES = (
    entry(1, "Соколова Вера Ильинична"),
    entry(2, "Белов Артём"),
    entry(3, "Громов Лев", school=LYCEUM, supervisors=("Кедрова Зоя Львовна",)),
)
JURORS = (Juror(9, "Лаптев Егор Ильич", GYMNASIUM, 3),)


def plan(entries: tuple[Entry, ...] | list[Entry], jurors: tuple[Juror, ...] | list[Juror] = ()) -> list[Planned]:
    """The papers that are due."""
    return planned(SCRATCH, entries, jurors, SETTING)


def after(correction: Correction) -> list[Change]:
    """What becomes of the papers."""
    right = plan(corrected(ENTRIES, correction), corrected_jurors(JURORS, correction))
    return changes(plan(ENTRIES, JURORS), right)


def shown(found: list[Change]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The kinds of papers with their lines."""
    return [
        (str(change.after.kind), differences(change.before.content, change.after.content))
        for change in found
        if change.before is not None and change.after is not None
    ]


NAME = FullName("Соколова", "Вероника", "Ильинична")


@pytest.mark.parametrize(
    ("correction", "papers"),
    [
        (
            Correction(wrong=Wrong.NAME, application_id=1, participant_id=10, value=NAME),
            [
                ("diploma", [("Соколова Вера Ильинична", "Соколова Вероника Ильинична")]),
                (
                    "thanks",
                    [("Диплом I степени: Соколова Вера, 3Б класс", "Диплом I степени: Соколова Вероника, 3Б класс")],
                ),
            ],
        ),
        (
            Correction(wrong=Wrong.GRADE, application_id=1, participant_id=10, value=Grade(4, "Б")),
            [
                ("diploma", [("обучающаяся 3Б класса", "обучающаяся 4Б класса")]),
                (
                    "thanks",
                    [("Диплом I степени: Соколова Вера, 3Б класс", "Диплом I степени: Соколова Вера, 4Б класс")],
                ),
            ],
        ),
        (
            Correction(wrong=Wrong.SUPERVISOR, application_id=1, was=(NINA,), value=(NINA_RIGHT,)),
            [
                ("diploma", [(f"руководитель: {NINA}", f"руководитель: {NINA_RIGHT}")]),
                ("diploma", [(f"руководитель: {NINA}", f"руководитель: {NINA_RIGHT}")]),
                ("thanks", [("Уважаемая Нина Петровна!", "Уважаемая Нинель Петровна!"), (NINA, NINA_RIGHT)]),
            ],
        ),
        (
            Correction(wrong=Wrong.NAME, juror_id=9, value=FullName("Лаптев", "Игорь", "Ильич")),
            [("juror", [("Лаптев Егор Ильич", "Лаптев Игорь Ильич")])],
        ),
        (Correction(wrong=Wrong.OTHER, application_id=1), []),
        (Correction(wrong=Wrong.NAME, application_id=1, participant_id=99, value=NAME), []),
        (Correction(wrong=Wrong.NAME, application_id=99, participant_id=10, value=NAME), []),
    ],
)
def test_a_correction_changes_what_prints_it_and_nothing_else(
    correction: Correction, papers: list[tuple[str, list[tuple[str, str]]]]
) -> None:
    assert shown(after(correction)) == papers


def test_a_letter_whose_teacher_is_named_anew_is_the_same_letter() -> None:
    wrong = Correction(wrong=Wrong.NAME, was=(NINA,), value=(NINA_RIGHT,))
    letter = next(one for one in after(wrong) if one.before and one.before.kind is PaperKind.THANKS)
    assert letter.before
    assert letter.after
    assert letter.before.key != letter.after.key


def test_two_spellings_of_one_teacher_become_one_letter() -> None:
    entries = (ENTRIES[0], entry(2, "Белов Артём", supervisors=("Орлова Нина",)))
    merged = Correction(wrong=Wrong.SUPERVISOR, application_id=2, was=("Орлова Нина",), value=(NINA,))
    found = changes(plan(entries), plan(corrected(entries, merged)))
    gone = [one.before for one in found if one.after is None]
    assert [one.content.who for one in gone if one] == ["Орлова Нина"]
    (kept,) = [one.after for one in found if one.after and one.after.kind is PaperKind.THANKS]
    assert [name for group in kept.content.groups for name in group.people] == [
        "Соколова Вера, 3Б класс",
        "Белов Артём, 3Б класс",
    ]


def test_a_school_put_right_takes_the_pupil_to_a_letter_of_that_school() -> None:
    moved = Correction(wrong=Wrong.SCHOOL, application_id=2, value=LYCEUM)
    found = after(moved)
    assert [one.after.kind for one in found if one.before is None and one.after] == [PaperKind.THANKS]
    assert {one.before.kind for one in found if one.before} == {PaperKind.DIPLOMA, PaperKind.THANKS}


def test_another_list_of_teachers_is_this_applications_alone() -> None:
    two = Correction(wrong=Wrong.SUPERVISOR, application_id=1, was=(NINA,), value=(NINA, "Кедрова Зоя Львовна"))
    assert [one.supervisors for one in corrected(ENTRIES, two)] == [
        (NINA, "Кедрова Зоя Львовна"), (NINA,), ("Кедрова Зоя Львовна",),
    ]  # fmt: skip


@given(st.permutations(ENTRIES), st.sampled_from([1, 2, 3]), st.sampled_from([NINA_RIGHT, "Кедрова Зоя Львовна"]))
def test_looking_at_the_neighbours_alone_finds_every_change(entries: list[Entry], id_: int, name: str) -> None:
    teacher = next(one for one in entries if one.application_id == id_).supervisors
    correction = Correction(wrong=Wrong.SUPERVISOR, application_id=id_, was=teacher, value=(name,))
    near = beside(entries, correction)
    whole = changes(plan(entries), plan(corrected(entries, correction)))
    assert changes(plan(near), plan(corrected(near, correction))) == whole


@given(st.permutations(plan(ENTRIES, JURORS)))
def test_what_is_the_same_changes_nothing(papers: list[Planned]) -> None:
    assert changes(plan(ENTRIES, JURORS), papers) == []
    assert all(differences(one.content, one.content) == [] for one in papers)
    other = [replace(papers[0], content=replace(papers[0].content, award="II степени")), *papers[1:]]
    assert len(changes(papers, other)) == 1

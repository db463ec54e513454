"""Classes of a school and groups of a kindergarten."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.grades import Grade, PreschoolGroup, read_grade, read_letter
from bot.contest.refusal import Refusal


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("3Б", "3Б класс"),
        ("3 б", "3Б класс"),
        ("3 «Б»", "3Б класс"),
        ("3-б", "3Б класс"),
        ("3 в", "3В класс"),
        ("3 класс б", "3Б класс"),
        ("в 3 классе", "3 класс"),
        ("третий", "3 класс"),
        ("третий б", "3Б класс"),
        ("в третьем классе", "3 класс"),
        ("четвёртый", "4 класс"),
        ("3 класс", "3 класс"),
        ("11", "11 класс"),
        ("одиннадцатый", "11 класс"),
        ("3B", "3В класс"),
        ("подготовительная группа", "подготовительная группа"),
        ("старшая", "старшая группа"),
    ],
)
def test_a_class_is_read_as_people_type_it(typed: str, label: str) -> None:
    grade = read_grade(typed)
    assert isinstance(grade, Grade)
    assert grade.label == label


def test_a_group_has_no_number() -> None:
    assert read_grade("Подготовительная") == Grade(group=PreschoolGroup.PREPARATORY)


@pytest.mark.parametrize(("typed", "number"), [("0", 0), ("12", 12), ("2014", 2014)])
def test_a_class_that_does_not_exist_is_refused(typed: str, number: int) -> None:
    assert read_grade(typed) == Refusal("grade.out_of_range", {"number": number})
    assert read_grade("9") == Grade(9)


@pytest.mark.parametrize("typed", ["завтра", "", "  ", ".", "😀", "-3", "3.5", "Б класс", "первый третий", "3" * 50])
def test_b1_what_is_no_class_is_asked_for_again(typed: str) -> None:
    assert read_grade(typed) == Refusal("grade.expected")


def test_b2_a_story_instead_of_a_class_is_refused_with_the_limit() -> None:
    assert read_grade("в третьем " * 10) == Refusal("text.too_long", {"limit": 60, "length": 99})


def test_a_letter_asked_for_by_itself() -> None:
    assert read_letter(" б ") == "Б"
    assert read_letter("буква Г") == "Г"
    assert read_letter("ъ") == Refusal("grade.letter", {"letter": "ъ"})
    assert read_grade("3D") == Refusal("grade.letter", {"letter": "d"})


@given(st.integers(1, 11), st.sampled_from(["", *"АБВГДЕЖЗИК"]))
def test_every_label_reads_as_its_class(number: int, letter: str) -> None:
    assert read_grade(Grade(number, letter).label) == Grade(number, letter)


@given(st.text(max_size=80))
def test_any_text_is_a_class_or_a_refusal(text: str) -> None:
    grade = read_grade(text)
    assert isinstance(grade, Refusal) or (grade.group is not None) != (grade.number in range(1, 12))

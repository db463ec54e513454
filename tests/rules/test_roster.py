"""Lists of people as teachers type and paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.names import FullName
from bot.contest.roster import is_put_right, read_roster, same_person, twin_of

VERA = FullName("Соколова", "Вера", "Ильинична")


def _read(text: str, **more: int | bool) -> list[tuple[str, str | None, tuple[str, ...]]]:
    found = read_roster(text, **more)  # type: ignore[arg-type]
    assert found.mistakes == ()
    return [(one.name.formal, one.grade.label if one.grade else None, one.rest) for one in found.people]


@pytest.mark.parametrize(
    "line",
    [
        "Соколова Вера Ильинична, 6А",
        "соколова вера ильинична 6а",
        "1. Соколова Вера Ильинична, 6А",
        "12) Соколова Вера Ильинична; 6 «А»",
        "№ 3 Соколова Вера Ильинична, 6-А класс",
        "3 Соколова Вера Ильинична 6А",
        "• Соколова Вера Ильинична — 6 А",
        "- Соколова Вера Ильинична (6А)",
        "Соколова, Вера Ильинична, 6А",
        "Соколова\tВера\tИльинична\t6А",
        "1\tСоколова Вера Ильинична\t6А",
        "Соколова Вера Ильинична | 6А",
        "Вера Ильинична Соколова, ученица 6А класса",
        "   Соколова   Вера   Ильинична ,6А,",
    ],
)
def test_a_line_says_who_and_in_which_class(line: str) -> None:
    assert _read(line) == [("Соколова Вера Ильинична", "6А класс", ())]


@pytest.mark.parametrize(
    ("line", "name", "grade"),
    [
        ("Белов Артём, 6", "Белов Артём", "6 класс"),
        ("Ким Ян шестой класс", "Ким Ян", "6 класс"),
        ("Соколова Вера, подготовительная группа", "Соколова Вера", "подготовительная группа"),
        ("Соколова Вера Ильинична старшая", "Соколова Вера Ильинична", "старшая группа"),
        ("Средняя Анна младшая группа", "Средняя Анна", "младшая группа"),
        ("Петрова-Водкина Анна Мурат кызы, 11Б", "Петрова-Водкина Анна Мурат кызы", "11Б класс"),
    ],
)
def test_classes_groups_and_names_of_all_kinds(line: str, name: str, grade: str) -> None:
    assert _read(line) == [(name, grade, ())]


def test_many_lines_headings_and_empty_ones() -> None:
    text = "ФИО\tКласс\n\n1. Соколова Вера, 6А\n\n2. Белов Артём, 6Б\n"
    assert [name for name, _, _ in _read(text)] == ["Соколова Вера", "Белов Артём"]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Соколова", "name.one_word"),
        ("Соколова В. И., 6А", "name.initials"),
        ("Соколова Вера", "roster.grade_missing"),
        ("Соколова Вера, 12А", "grade.out_of_range"),
        ("Соколова Вера 6Ъ", "grade.letter"),
        ("Соколова Вера, Белов Артём, 6А", "roster.extra"),
        ("Соколова Вера, 6А, 12.05.2009", "roster.extra"),
        ("Соколова Вера Белов Артём 6А", "name.too_many_words"),
        ("https://vk.com/id1", "name.link"),
        ("6А", "name.digits"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_by_its_number(line: str, key: str) -> None:
    found = read_roster(f"Белов Артём, 6Б\n\n{line}\nКим Ян, 6В")
    assert [one.line for one in found.people] == [1, 3]
    assert [(one.line, one.text, one.refusal.key) for one in found.mistakes] == [(2, line, key)]


def test_a_class_is_not_needed_of_grown_ups() -> None:
    assert _read("Орлова Нина Петровна\nБелов Олег Игоревич", needs_grade=False) == [
        ("Орлова Нина Петровна", None, ()),
        ("Белов Олег Игоревич", None, ()),
    ]


def test_further_cells_keep_their_order_and_their_commas() -> None:
    assert _read("Соколова Вера, 6А, 12.05.2009, ж", columns=2)[0][2] == ("12.05.2009", "ж")
    assert _read("Соколова Вера 6А 12.05.2009", columns=1)[0][2] == ("12.05.2009",)
    assert _read("Соколова Вера\t6А\tРассказ «Раз, два»\t", columns=2)[0][2] == ("Рассказ «Раз, два»",)
    assert _read("Соколова Вера;3Б;;игра", columns=2)[0][2] == ("", "игра")
    assert read_roster("Соколова Вера, 6А, ж, ещё", columns=1).mistakes[0].refusal.values == {"extra": "ещё"}


def test_a_long_line_is_shortened_where_it_is_shown() -> None:
    (mistake,) = read_roster("х" * 500).mistakes
    assert len(mistake.text) == 40


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (FullName("Соколова", "Вера"), True),
        (FullName("соколова", "вера", "Ильинична"), True),
        (FullName("Соколова", "Вера", "Петровна"), False),
        (FullName("Соколова", "Анна", "Ильинична"), False),
    ],
)
def test_namesakes_are_told_apart_by_their_patronymics(other: FullName, same: bool) -> None:
    assert same_person(VERA, other) is same
    assert twin_of(VERA, [FullName("Белов", "Артём"), other]) == (other if same else None)


NAMES = st.sampled_from(["Соколова Вера Ильинична", "Белов Артём", "Ким Ян", "Орлова Нина", "Петрова-Водкина Анна"])
GRADES = st.sampled_from(["6А", "11", "1Б", "старшая группа"])
BULLETS = st.sampled_from(["", "1. ", "2) ", "- ", "• ", "№ 4 "])
BETWEEN = st.sampled_from([", ", " ", "; ", "\t", " — "])


@given(st.lists(st.tuples(BULLETS, NAMES, BETWEEN, GRADES), min_size=1, max_size=12))
def test_whatever_the_signs_the_people_are_the_same(lines: list[tuple[str, str, str, str]]) -> None:
    found = read_roster("\n".join("".join(parts) for parts in lines))
    assert found.mistakes == ()
    assert [one.name.formal for one in found.people] == [name for _, name, _, _ in lines]
    assert [one.line for one in found.people] == list(range(1, len(lines) + 1))


@given(st.text(max_size=400), st.booleans(), st.integers(0, 3))
def test_every_line_with_something_on_it_is_understood_or_told(text: str, needs_grade: bool, columns: int) -> None:
    found = read_roster(text, needs_grade=needs_grade, columns=columns)
    numbers = [*(one.line for one in found.people), *(one.line for one in found.mistakes)]
    assert len(numbers) == len(set(numbers))
    assert all(len(one.rest) <= columns for one in found.people)
    assert all(one.grade is not None for one in found.people) or not needs_grade


@pytest.mark.parametrize(
    ("after", "right"),
    [
        (FullName("Соколова", "Вера", "Ильинична"), True),
        (FullName("Соколва", "Вера"), True),
        (FullName("Соклова", "Верра"), True),
        (FullName("Вера", "Соколова"), True),
        (FullName("Соколова", "Анна"), False),
        (FullName("Орлова", "Вера"), False),
        (FullName("Белов", "Артём"), False),
    ],
)
def test_a_slip_put_right_is_not_somebody_else_in_the_place(after: FullName, right: bool) -> None:
    assert is_put_right(VERA, after) is right
    assert is_put_right(after, VERA) is right

"""Tables of participants: headings, rows, what belongs together, and which application a row is about."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.contest.bulk import Column, Line, contradictions, entries_of, find_heading, lines_of
from bot.contest.bulk_matching import Change, Key, changes, matched

COLUMNS = [
    Column("team", "Команда", required=False),
    Column("name", "Фамилия, имя, отчество", aliases=("ФИО", "Ф И О"), of_member=True),
    Column("grade", "Класс", of_member=True),
    Column("school", "Школа", shared=True),
]


def test_heading_is_found_under_a_preface_and_among_strange_columns() -> None:
    rows: list[list[str | None]] = [
        ["Заявка гимназии № 13"],
        [],
        ["№", "Ф.И.О. участника*", None, "Класс (3Б)", "Класс", "Мама"],
        [None, "ФИО *", "класс:", "role", "ШКОЛА\n(кратко)"],
    ]
    heading = find_heading(rows, COLUMNS, ["name"])
    assert heading is not None
    assert (heading.row, dict(heading.places)) == (3, {"name": 1, "grade": 2, "school": 4})
    assert heading.ignored == ("role",)


def test_no_table_of_participants_has_no_heading() -> None:
    assert find_heading([["Класс", "Школа"], ["3Б", "13"]], COLUMNS, ["name"]) is None
    assert find_heading([["x"]] * 30 + [["ФИО"]], COLUMNS, ["name"]) is None


def test_rows_with_nothing_but_what_many_share_are_still_empty() -> None:
    rows: list[list[str | None]] = [
        ["ФИО", "Класс", "Школа"],
        [None, None, "г13"],
        ["Соколова Вера", "3Б"],
        [],
        [None, "2", "г13"],
    ]
    heading = find_heading(rows, COLUMNS, ["name"])
    assert heading is not None
    assert lines_of(rows, heading, COLUMNS) == [
        Line(3, {"name": "Соколова Вера", "grade": "3Б"}),
        Line(5, {"grade": "2", "school": "г13"}),
    ]


def line(number: int, **cells: str) -> Line:
    return Line(number, cells)


def test_rows_of_a_team_come_together_wherever_they_stand() -> None:
    lines = [
        line(2, team="«Ракета»", name="А", school="г13"),
        line(3, name="Б"),
        line(4, team="Комета", name="В"),
        line(5, team="ракета", name="Г", school="г55"),
    ]
    together = entries_of(lines, title="team", alone=False)
    assert [[one.number for one in entry.lines] for entry in together] == [[2, 3, 5], [4]]
    assert together[0].common(["team", "school"]) == {"team": "«Ракета»", "school": "г13"}
    assert contradictions(together[0], ["team", "school"]) == [(5, "school")]
    apart = entries_of(lines, title="team", alone=True)
    assert [[one.number for one in entry.lines] for entry in apart] == [[2, 5], [3], [4]]
    assert len(entries_of(lines, title=None, alone=True)) == 4


VERA = Key("соколова вера", "g13", "game", "СК-1")
TABLE = [
    ("by number, whatever else it says", [Key("белов артём", "g55", "eco", "СК-1")], [VERA], False, [0]),
    ("a strange number is no number", [Key("соколова вера", "g13", "game", "СК-9")], [VERA], False, [0]),
    ("the same child in another nomination is one more", [Key("соколова вера", "g13", "eco")], [VERA], False, [None]),
    ("unless nobody takes part twice", [Key("соколова вера", "g13", "eco")], [VERA], True, [0]),
    ("what is not said is not otherwise", [Key("соколова вера")], [VERA], False, [0]),
    ("namesakes at two schools", [Key("соколова вера", "g55", "game")], [VERA], False, [None]),
    (
        "namesakes by their patronymics",
        [Key("соколова вера", "g13", "game", None, "Олеговна"), Key("соколова вера", "g13", "game", None, "Ильинична")],
        [Key("соколова вера", "g13", "game", "СК-1", "Ильинична")],
        True,
        [None, 0],
    ),
    ("a patronymic put in later", [Key("соколова вера", "g13", "game", None, "Ильинична")], [VERA], False, [0]),
    ("an application is given once", [VERA, VERA], [VERA], False, [0, None]),
    (
        "two nominations of one child",
        [Key("соколова вера", "g13", "eco"), Key("соколова вера", "g13", "game")],
        [VERA, Key("соколова вера", "g13", "eco", "СК-2")],
        False,
        [1, 0],
    ),
]


def test_table_of_matches() -> None:
    for why, wanted, known, one_each, expected in TABLE:
        assert matched(wanted, known, one_each=one_each) == expected, why


def test_changes_name_the_column_and_both_values() -> None:
    titles = {"name": "Имя", "grade": "Класс"}
    before, after = {"name": "Вера", "grade": "3Б"}, {"name": "Вера", "grade": "3В", "number": "1"}
    assert changes(before, after, titles) == (Change("Класс", "3Б", "3В"),)
    assert changes(before, {"name": "Вера"}, titles) == (Change("Класс", "3Б", ""),)


keys = st.builds(
    Key, st.sampled_from("абв"), st.sampled_from([None, "g13", "g55"]), st.sampled_from([None, "game", "eco"])
)
stored = st.lists(
    st.builds(Key, st.sampled_from("абв"), st.sampled_from(["g13", "g55"]), st.sampled_from(["game", "eco"])),
    unique=True,
    max_size=8,
)


@given(stored, st.booleans())
def test_import_after_import_is_about_the_same_applications(known: list[Key], one_each: bool) -> None:
    assert matched(known, known, one_each=one_each) == list(range(len(known)))


@given(st.lists(keys, max_size=8), stored, st.booleans())
def test_nobody_is_matched_twice_and_the_order_of_rows_is_all_one(
    wanted: list[Key], known: list[Key], one_each: bool
) -> None:
    found = matched(wanted, known, one_each=one_each)
    taken = [index for index in found if index is not None]
    assert len(taken) == len(set(taken))
    order = sorted(range(len(wanted)), key=lambda one: (repr(wanted[one]), one), reverse=True)
    turned = matched([wanted[one] for one in order], known, one_each=one_each)
    pairs = sorted((repr(wanted[one]), repr(index)) for one, index in enumerate(found))
    assert sorted((repr(wanted[one]), repr(index)) for one, index in zip(order, turned, strict=True)) == pairs

"""The year: its plan holds together, its people have real-looking names, and a small one plays to a closed balance."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from bot.commands.year.cast import Cast
from bot.commands.year.entries import entries_of
from bot.commands.year.people import Names, feminine
from bot.commands.year.plan import Plan, plan, split
from bot.commands.year.play import EVENTS, Results, play_year, played, read
from bot.contest.names import FullName, read_full_name
from bot.contest.organisations import Directory

#: Two events of other kinds than the tour's: teams with a stage of their own, and a meeting.
SMALL = """
seed: small
events:
  - row: У7
    file: memory.yaml
    printed: {applications: 3, people: 12, teams: 2}
    organisations: [asino-1, yurga-6, dubrovnoe]
    groups: [{count: 3, people: 17, grades: [5, 10]}]
    jurors: 3
    ties_shared: false
    leaving: {dropped_out: 1}
  - row: П3
    file: seminar.yaml
    printed: {people: 4}
    organisations: [yurga-6, asino-1]
    groups: [{count: 3, who: teacher, by: self, fields: {role: Докладчик}}]
    leaving: {absent: 1}
"""


async def test_a_small_year_is_played_counted_from_the_database_and_gets_its_papers(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    results = Results(tmp_path / "papers", tmp_path / "kept" / "year.db")
    assert await played(plan(SMALL), results=results) == 0
    said = capsys.readouterr()
    table, papers = said.out.split("Документы выданы и отправлены")
    rows = {line.split()[0]: line for line in table.splitlines() if line.startswith(("У7 ", "П3 "))}
    assert not said.err
    assert rows["У7"].split()[5:11] == ["3", "2", "11≠12", "2", "2", "2"]
    assert rows["У7"].split()[11] == "✓"
    assert rows["У7"].endswith("выбыли 1")
    assert rows["П3"].split()[4:10] == ["3", "1", "2≠4", "–", "–", "–"]
    assert rows["П3"].endswith("✓  участники 2, не пришли 1")
    assert "Заявок 6, участий 13, разных людей 13, организаций 2, работ 2." in said.out
    assert_papers(tmp_path, papers)


def assert_papers(folder: Path, said: str) -> None:
    """Each document is a PDF of its own and stands in the event's ZIP; the kept database has them all by number."""
    lines = {line.split()[0]: line for line in said.splitlines() if line.startswith(("У7 ", "П3 "))}
    assert "2 диплома команды" in lines["У7"]
    assert "2 сертификата докладчика" in lines["П3"]
    with closing(sqlite3.connect(folder / "kept" / "year.db")) as kept:
        numbers: dict[str, set[str]] = {code: set() for (code,) in kept.execute("select code from event")}
        for code, number in kept.execute("select event_code, number from paper"):
            numbers[code].add(number)
    for code, issued in numbers.items():
        files = {file.name: file.read_bytes() for file in (folder / "papers" / code).iterdir()}
        assert {name.removesuffix(".pdf").rpartition(" — ")[2] for name in files} == issued
        assert all(data.startswith(b"%PDF-") for data in files.values())
        with zipfile.ZipFile(folder / "papers" / f"{code}.zip") as box:
            assert {name: box.read(name) for name in box.namelist()} == files
    assert f"Документов {sum(map(len, numbers.values()))}, нарисованы за" in said


def test_results_that_would_write_over_something_are_refused_before_the_play(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kept.db").touch()
    assert play_year(Results(tmp_path / "new", tmp_path / "kept.db")) == 1
    assert play_year(Results(tmp_path)) == 1
    assert "нужна новая или пустая папка" in capsys.readouterr().err


def test_the_plan_names_every_event_of_the_year_and_only_what_is_there() -> None:
    wanted = plan()
    rows = list(dict.fromkeys(year.row for year in wanted.events))
    assert rows == [*(f"У{number}" for number in range(1, 12)), *(f"П{number}" for number in range(1, 6))]
    known = Directory.load().codes | wanted.others.keys()
    named = {code for year in wanted.events for code in year.organisations}
    named |= {code for year in wanted.events for group in year.groups for code in group.organisations}
    assert named <= known
    assert {year.file for year in wanted.events} == {file.name for file in EVENTS.glob("*.yaml")}


@pytest.mark.parametrize("row", ["У1", "У2", "У4", "У5", "У6", "У8", "У9", "У10", "П1", "П2", "П3", "П4", "П5"])
def test_the_plan_has_the_printed_sizes(row: str) -> None:
    wanted = plan()
    year = next(one for one in wanted.events if one.row == row)
    entries = entries_of(Cast(wanted.seed), wanted, year, read(EVENTS / year.file))
    if year.printed.people is not None:
        assert sum(len(entry.people) for entry in entries) == year.printed.people
    if year.printed.organisations is not None:
        assert len({entry.school.name for entry in entries}) == year.printed.organisations
    if year.printed.teams is not None:
        assert len(entries) == year.printed.teams


def test_the_same_seed_gives_the_same_people() -> None:
    wanted: Plan = plan()
    year = next(one for one in wanted.events if one.row == "У4")
    event = read(EVENTS / year.file)
    first, second = (entries_of(Cast(wanted.seed), wanted, year, event) for _ in range(2))
    assert [[one.name for one in entry.people] for entry in first] == [
        [one.name for one in entry.people] for entry in second
    ]


@pytest.mark.parametrize("school", [None, "dubrovnoe", "kyzyl-3", "bogashevo"])
def test_every_invented_name_is_one_that_the_bot_prints_as_it_is(school: str | None) -> None:
    names = Names("test", school)
    people = [names.person(adult=number % 5 == 0).name for number in range(200)]
    assert len({" ".join(name.split()[:2]) for name in people}) == len(people)
    for name in people:
        found = read_full_name(name)
        assert isinstance(found, FullName)
        assert found.formal == name


@pytest.mark.parametrize(
    ("surname", "expected"),
    [
        ("Соколов", "Соколова"),
        ("Залесский", "Залесская"),
        ("Лыткин", "Лыткина"),
        ("Седых", "Седых"),
        ("Коваль", "Коваль"),
    ],
)
def test_surnames_of_women(surname: str, expected: str) -> None:
    assert feminine(surname) == expected


def test_what_is_split_adds_up() -> None:
    assert split(7, 3) == [3, 2, 2]
    assert sum(split(510, 233)) == 510

"""Every mistake of an event file is named by its line and key, in Russian, and none breaks the reading."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.event import Event
from bot.contest.event.loading import read_event
from bot.contest.event.mistakes import Mistake

SCRATCH = (Path(__file__).parents[2] / "bot/data/events/2020-21/scratch.yaml").read_text(encoding="utf-8")

_GROUPS = "grades-1-2, grades-3-4, grades-5-6, grades-7-8, grades-9-11, teachers"
_JUNK = (
    "",
    "  - 1",
    "title: [",
    "x: {y: null}",
    "    max: -5",
    "code: {a: 1}",
    "unit: []",
    "a: 1e5",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("events")


def mistakes(folder: Path, text: str | bytes) -> tuple[Mistake, ...]:
    path = folder / "event.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = read_event(path)
    return () if isinstance(found, Event) else found


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        (
            "short_title: С",
            "short_titel: С",
            "short_titel",
            "такого ключа нет, возможно, вы имели в виду short_title",
        ),
        ("title: Создавай", "title: 5 #", "title", "нужно: текст; возьмите значение в кавычки"),
        ("max: 2}", "max: 2, step: 3}", "criteria.1", "step не может быть больше, чем max минус min"),
        ("max: 2}", "max: много}", "criteria.1.max", "нужно: число"),
        ("max: 2}", "min: 1}", "criteria.1", "у критерия в баллах должен быть max: наибольший балл"),
        ("max: 2}", "max: 0}", "criteria.1", "max должен быть больше min"),
        (
            "kind: person",
            "kind: persn",
            "unit.kind",
            "нужно одно из: person, team, pair, collective, project, attendance, bundle",
        ),
        (
            "kind: person}",
            "kind: person, roster: 5}",
            "unit.roster",
            "такого ключа нет, здесь могут быть: kind",
        ),
        (
            "closes_at: 2021-04-30",
            "closes_at: 2021-02-30",
            "closes_at",
            "нужна дата вида 2021-04-30 или дата со временем вида 2021-04-30 18:00 (время томское)",
        ),
        ("closes_at: 2021-04-30", "closes_at: 2021-03-30", "closes_at", "должно быть позже, чем opens_at"),
        (
            "judging_until: 2021-05-07",
            "judging_until: 2021-04-07",
            "judging_until",
            "должно быть позже, чем closes_at",
        ),
        (
            "hosts: [scratch.mit.edu]",
            "hosts: ['https://scratch.mit.edu/']",
            "submission.links.1.hosts.1",
            "нужно имя сайта строчными буквами, без https:// и пути, например scratch.mit.edu",
        ),
        (
            "organiser: gymnasium-13-tomsk",
            "organiser: gymnasium-12-tomsk",
            "organiser",
            "нет такой организации в справочнике: gymnasium-12-tomsk",
        ),
        (
            "code: known-story",
            "code: learning-game",
            "nominations.2.code",
            "повторяется: learning-game, значения должны быть разными",
        ),
        ("{place: 2", "{place: 4", "awards", "места в places должны идти по порядку: 1, 2, 3 …"),
        (
            "max: 4, units: [collective]",
            "max: 4, units: [team]",
            "criteria.9.units.1",
            "нет такой формы участия: team; есть: person, collective",
        ),
        (
            "title: Обучающая игра",
            "title: Обучающая игра\n    groups: [grades-12]",
            "nominations.1.groups.1",
            f"нет такой возрастной группы: grades-12; есть: {_GROUPS}",
        ),
        (
            "title: Обучающая игра",
            "title: Обучающая игра\n    works: [video]",
            "nominations",
            "в номинации learning-game нечего сдать: проверьте works и submission",
        ),
        (
            "{field: remix,",
            "{field: remix-source,",
            "fields.2.shown_if.field",
            "поле remix-source должно стоять выше того, которое от него зависит",
        ),
        ("moderation: true", "moderation: yes", "moderation", "нужно: true или false"),
        ("moderation: true", "moderation:", "moderation", "нужно: true или false (сейчас пусто)"),
        ("age_mark: 6+", "age_mark: 6", "age_mark", "нужно: одно из: 0+, 6+, 12+, 16+, 18+"),
        ("digest_hour: 9", "digest_hour: 24", "jury.digest_hour", "число должно быть не больше 23"),
        ("first: 1, last: 11}", "first: 11, last: 1}", "audience.grades", "last должно быть не меньше first"),
        ("moderation: true", "moderation: true\nmoderation: false", "moderation", "ключ записан дважды"),
    ],
)
def test_a_mistake_is_named_by_its_key_and_what_was_expected(
    folder: Path, old: str, new: str, key: str, expected: str
) -> None:
    assert old in SCRATCH
    found = [mistake for mistake in mistakes(folder, SCRATCH.replace(old, new, 1)) if mistake.key == key]
    assert [mistake.expected.split(" (впервые")[0] for mistake in found] == [expected]
    assert mistakes(folder, SCRATCH) == ()


def test_all_mistakes_are_listed_at_once_with_their_lines(folder: Path) -> None:
    changes = {
        "age_mark: 6+": "age_mark: 7+",
        "digest_hour: 9": "digest_hour: нет",
        "{place: 1,": "{plase: 1,",
    }
    text = SCRATCH
    for old, new in changes.items():
        text = text.replace(old, new, 1)
    text = text.replace("tie: chair_decides", "tie: criteria\n  tie_criteria: [beauty]", 1)
    found = {mistake.key: mistake.line for mistake in mistakes(folder, text)}
    assert found == {
        "age_mark": line_of(text, "age_mark"),
        "scoring.tie_criteria.1": line_of(text, "tie_criteria"),
        "jury.digest_hour": line_of(text, "digest_hour"),
        "awards.places.1.place": line_of(text, "{plase: 1"),
        "awards.places.1.plase": line_of(text, "{plase: 1"),
    }


def test_a_missing_key_is_told_at_the_part_that_lacks_it(folder: Path) -> None:
    text = SCRATCH.replace("  summary: Придумайте игру или историю на Scratch и покажите её жюри.\n", "")
    (mistake,) = mistakes(folder, text)
    assert (mistake.key, mistake.line) == ("texts.summary", line_of(text, "texts:"))
    assert mistake.expected == "нет обязательного ключа, нужно: текст"


def test_criteria_without_a_jury_are_a_mistake(folder: Path) -> None:
    text = SCRATCH.replace("judging_until: 2021-05-07", "", 1)
    assert [str(mistake).partition(", ")[2] for mistake in mistakes(folder, text)] == [
        "строка 4, judging_until: нужно, раз в файле есть критерии"
    ]


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("", 1, "файл пуст"),
        ("# только замечание", 1, "файл пуст"),
        ("- a\n- b", 1, "нужны ключи и значения события"),
        ("просто текст", 1, "нужны ключи и значения события"),
        ("a: 1\nb: &x [1]\nc: [*x, *x]", 2, "якоря и ссылки YAML"),
        ("a: " + "[" * 5000, 1, "вложенность глубже 20 уровней"),
        ("a: 1\nb: !!python/object:os.system x", 2, "метки типов YAML"),
        ("---\na: 1\n---\nb: 2", 3, "в файле должен быть один документ"),
        ("a: [1\nb: 2", 2, "не читается как YAML"),
        ("a: \x07", 1, "в файле есть непечатный знак"),
        (b"a: 1\ntitle: \xff\xfe", 2, "файл должен быть в кодировке UTF-8"),
        ("x" * 1_000_001, 1, "файл больше 1 МБ"),
    ],
)
def test_no_event_at_all_is_one_mistake(folder: Path, text: str | bytes, line: int, expected: str) -> None:
    (mistake,) = mistakes(folder, text)
    assert (mistake.key, mistake.line) == ("", line)
    assert mistake.expected.startswith(expected)


def test_a_file_that_cannot_be_opened_is_a_mistake(tmp_path: Path) -> None:
    absent = tmp_path / "none.yaml"
    assert read_event(absent) == (Mistake(str(absent), "", 1, "такого файла нет"),)
    folder_instead = read_event(tmp_path)
    assert isinstance(folder_instead, tuple)
    assert folder_instead[0].expected.startswith("файл не открывается")


@given(text=st.text(max_size=300))
def test_any_text_gives_mistakes_and_never_an_exception(folder: Path, text: str) -> None:
    assert mistakes(folder, text.encode("utf-8", "surrogatepass"))


_LINES = SCRATCH.splitlines()


@given(line=st.integers(0, len(_LINES) - 1), junk=st.sampled_from(_JUNK))
def test_any_damaged_line_is_told_in_russian_and_within_the_file(folder: Path, line: int, junk: str) -> None:
    damaged = "\n".join([*_LINES[:line], junk, *_LINES[line + 1 :]])
    for mistake in mistakes(folder, damaged):
        assert 1 <= mistake.line <= len(_LINES) + 1
        assert any("а" <= letter <= "я" for letter in mistake.expected)

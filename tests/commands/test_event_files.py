"""`events new` and `events copy`: files that pass the check as they are written."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.commands.events_answers import code_from, prefix_from
from bot.commands.events_copy import lines_with_days
from bot.commands.events_draft import Draft, file_of
from bot.commands.events_written import yaml_of
from bot.contest.event import Category, Event, UnitKind, WorkKind
from bot.contest.event.loading import read_event, read_events

YEAR = Path(__file__).parents[2] / "bot" / "data" / "events" / "2020-21"
EVENTS = {event.slug: event for event in read_events(sorted(YEAR.glob("*.yaml"))) if isinstance(event, Event)}
#: With stages and questions, with a tree of nominations, with days in fields, with a meeting, with children.
SAMPLES = ("sports-mosaic", "spring", "pupil-projects", "assessment", "smart-home")
SCHEMES = ("places", "winners_prizes", "thresholds", "jury_nominations", "own_nominations", "quota")
PEOPLE = ((Category.PUPIL,), (Category.PRESCHOOLER, Category.PUPIL), (Category.STUDENT, Category.TEACHER))


@pytest.fixture(autouse=True)
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with the settings of a bot in the environment."""
    monkeypatch.chdir(tmp_path)
    values = {
        "VK_TOKEN": "sandbox",
        "OPERATOR_NAME": "МАОУ гимназия № 13 г. Томска",
        "OPERATOR_CONTACT": "data@gymnasium13.example",
        "OPERATOR_POLICY_URL": "https://gymnasium13.example/policy",
        "DATABASE_PATH": str(tmp_path / "bot.db"),
    }
    for key, value in values.items():
        monkeypatch.setenv(key, value)
    return tmp_path


def typed(*words: str, answers: str = "") -> Result:
    return CliRunner().invoke(app, ["events", *words], input=answers)


def read(path: Path) -> Event:
    event = read_event(path)
    assert isinstance(event, Event), "\n".join(map(str, event))
    return event


def draft(**changes: object) -> Draft:
    values: dict[str, object] = {
        "code": "night-2026",
        "title": "Ночь: науки",
        "short_title": "Ночь",
        "kind": "конкурс",
        "number_prefix": "НН",
        "organiser": "bogashevo",
        "opens": date(2026, 3, 1),
        "closes": date(2026, 3, 20),
        "categories": (Category.PUPIL,),
        "grades": (2, 7),
        "unit": UnitKind.PERSON,
        "hand_in": WorkKind.LINK,
        "scheme": "places",
    }
    return Draft(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("scheme", [*SCHEMES, "participation"])
@pytest.mark.parametrize("people", PEOPLE, ids=str)
def test_a_new_file_passes_the_check_whatever_was_answered(
    tmp_path: Path, people: tuple[Category, ...], scheme: str
) -> None:
    units = [unit for unit in UnitKind if unit not in (UnitKind.BUNDLE, UnitKind.ATTENDANCE)]
    ways = [None, *(kind for kind in WorkKind if kind is not WorkKind.TEXT)]
    grades = (2, 7) if Category.PUPIL in people else None
    path = tmp_path / "night.yaml"
    for unit, way in zip(units, ways, strict=False):
        path.write_text(
            file_of(draft(categories=people, grades=grades, unit=unit, hand_in=way, scheme=scheme)), encoding="utf-8"
        )
        event = read(path)
        assert (event.unit.kind, event.awards.scheme, event.submission is None) == (unit, scheme, way is None)
        assert event.title == "Ночь: науки"


def test_a_new_webinar_has_a_meeting(tmp_path: Path) -> None:
    path = tmp_path / "night.yaml"
    changes = {"unit": UnitKind.ATTENDANCE, "hand_in": None, "scheme": "participation"}
    path.write_text(file_of(draft(**changes)), encoding="utf-8")
    assert read(path).meeting is not None


def test_questions_are_asked_until_they_are_answered(tmp_path: Path) -> None:
    answers = ["Ночь науки", "", "фестиваль", "НН!", "нн", "школа 999", "лицей 7", "01.03.2027", "01.02.2027",
               "20.03.2027", "", "1, 2", "4-2", "3-4", "2", "фотографии", "winners_prizes"]  # fmt: skip
    result = typed("new", "night.yaml", answers="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    for refusal in (
        "Нужны 1–4 русские буквы, например СК.",
        "В справочнике не нашлось; попробуйте номер школы или село.",
        "Нужна дата не раньше 01.03.2027.",
        "Нужны классы от 1 до 11, например 1-4.",
    ):
        assert refusal in result.output
    event = read(tmp_path / "night.yaml")
    assert (event.code, event.number_prefix, event.organiser) == ("noch-nauki-2027", "НН", "lyceum-7-tomsk")
    assert (event.kind, event.unit.kind, event.awards.scheme) == ("фестиваль", "team", "winners_prizes")
    assert event.audience.categories == (Category.PRESCHOOLER, Category.PUPIL)
    assert str(event.audience.grades) == "3–4"
    assert "предположение" in (tmp_path / "night.yaml").read_text(encoding="utf-8")


def test_options_answer_without_questions_and_no_file_is_written_over(tmp_path: Path) -> None:
    options = ["--title", "Ночь науки", "--organiser", "гимназия 13", "--opens", "2027-03-01", "--yes"]
    first = typed("new", "night.yaml", *options, "--who", "teacher", "--unit", "attendance")
    assert first.exit_code == 0, first.output
    assert read(tmp_path / "night.yaml").audience.categories == (Category.TEACHER,)
    again = typed("new", "night.yaml", *options)
    assert (again.exit_code, again.stderr) == (1, "night.yaml: такой файл уже есть, назовите другой\n")
    wrong = typed("new", "other.yaml", *options, "--unit", "crowd")
    assert wrong.exit_code == 1
    assert wrong.stderr.startswith("--unit: нужен номер от 1 до 6 или слово: person, team")
    silent = typed("new", "other.yaml", "--yes")
    assert silent.stderr == "--title: нужен ответ — Название, без кавычек\n"


@pytest.mark.parametrize(
    ("title", "code", "prefix"),
    [
        ("Ночь науки", "noch-nauki-2026", "НН"),
        ("Съешь ещё щи!", "sesh-esche-schi-2026", "СЕЩ"),
        ("«Умка»", "umka-2026", "У"),
        ("2026", "2026-2026", "С"),
    ],
)
def test_a_code_and_a_prefix_are_made_of_the_title(title: str, code: str, prefix: str) -> None:
    assert (code_from(title, 2026), prefix_from(title)) == (code, prefix)


@pytest.mark.parametrize("slug", SAMPLES)
def test_a_copied_file_is_the_moved_event_with_its_comments(tmp_path: Path, slug: str) -> None:
    copy = tmp_path / "copy.yaml"
    result = typed("copy", str(YEAR / f"{slug}.yaml"), "--from", "2027-02-15", "--to", str(copy))
    assert result.exit_code == 0, result.output
    assert read(copy) == EVENTS[slug].moved_to(date(2027, 2, 15))
    before, after = ((path.read_text(encoding="utf-8")) for path in (YEAR / f"{slug}.yaml", copy))
    assert after.startswith("# Скопировано с переносом дат.")
    assert after.count("#") == before.count("#") + 1


def test_days_that_stand_in_words_are_named(tmp_path: Path) -> None:
    text = (YEAR / "favourite-book.yaml").read_text(encoding="utf-8")
    (tmp_path / "book.yaml").write_text(text.replace("В день конференции", "30 октября", 1), encoding="utf-8")
    result = typed("copy", "book.yaml", "--from", "2027-02-15")
    lines = (tmp_path / "favourite-book-2027.yaml").read_text(encoding="utf-8").splitlines()
    number = next(number for number, line in enumerate(lines, 1) if "30 октября участники" in line)
    assert f"дни в словах сами не переносятся, посмотрите строки {number}\n" in result.output


@pytest.mark.parametrize("slug", EVENTS)
def test_the_years_files_name_no_day_in_words_that_moving_would_make_false(slug: str) -> None:
    assert lines_with_days((YEAR / f"{slug}.yaml").read_text(encoding="utf-8")) == ()


def test_a_family_is_copied_together_and_keeps_its_distances(tmp_path: Path) -> None:
    files = [str(path) for path in YEAR.glob("smart-home*.yaml")]
    result = typed("copy", *files, "--from", "2027-12-20", "--to", str(tmp_path))
    assert result.exit_code == 0, result.output
    copied = sorted(path.name for path in tmp_path.glob("*.yaml"))
    assert copied == [
        "smart-home-2027.yaml",
        "smart-home-blender-2027.yaml",
        "smart-home-projects-2027.yaml",
        "smart-home-webinar-2027.yaml",
    ]
    assert typed("check", *copied).exit_code == 0


@pytest.mark.parametrize("slug", SAMPLES)
def test_an_event_of_the_database_is_written_as_a_file_and_read_back_equal(tmp_path: Path, slug: str) -> None:
    path = tmp_path / "event.yaml"
    path.write_text(yaml_of(EVENTS[slug]), encoding="utf-8")
    assert read(path) == EVENTS[slug]


def test_a_loaded_event_is_copied_by_its_code(tmp_path: Path) -> None:
    assert typed("load", str(YEAR / "umka.yaml")).exit_code == 0
    result = typed("copy", "umka-2021", "--from", "2022-04-12")
    assert result.exit_code == 0, result.output
    path = tmp_path / "umka-2022.yaml"
    assert read(path) == EVENTS["umka"].moved_to(date(2022, 4, 12))
    assert "# Короткое название — для кнопок и списков.\nshort_title: Умка\n" in path.read_text(encoding="utf-8")
    assert typed("copy", "umka-2021", "--from", "2022-04-12").exit_code == 1
    unknown = typed("copy", "umka-1999", "--from", "2022-04-12")
    assert unknown.stderr == "нет ни такого файла, ни загруженного мероприятия: umka-1999\n"
    assert typed("copy", "umka-2021", "--from", "весной").stderr.startswith("--from: ожидается дата")

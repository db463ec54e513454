"""What an event's parts contradict each other in: each is named by its key and line, with what was expected."""

from pathlib import Path

import pytest

from bot.contest.event import Event
from bot.contest.event.loading import read_event, read_events
from bot.contest.event.mistakes import Mistake

HERE = Path(__file__).parents[2] / "bot" / "data" / "events" / "2020-21"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in HERE.glob("*.yaml")}

#: A file, what is written otherwise in it, and the mistake.
CASES = [
    # time
    ("reciters", "opens_at: 2020-10-29", "opens_at: 2020-10-17", "stages.2.opens_at", "этапы должны идти по порядку"),
    ("memory", "opens_at: 2021-02-10\n    closes", "opens_at: 2021-02-01\n    closes", "stages.1.opens_at",
     "этап не может начаться раньше приёма заявок"),
    ("memory", "closes_at: 2021-02-25", "closes_at: 2021-03-25", "stages.3.closes_at",
     "этап не может закончиться позже итогов"),
    ("seminar", "opens_at: 2020-12-01", "opens_at: 2020-12-20", "closes_at", "должно быть позже, чем opens_at"),
    ("assessment", "opens_at: 2021-05-01", "opens_at: 2021-05-20", "closes_at", "должно быть позже, чем opens_at"),
    ("webinar-scratch", "results_until: 2020-10-30", "results_until: 2020-10-26", "meeting.ends_at",
     "встреча не может закончиться позже итогов"),
    ("favourite-book", "slot_minutes: 7", "slot_minutes: 200", "meeting.slot_minutes",
     "выступление не может быть длиннее всей встречи"),
    ("pupil-projects", "required_from: 2021-05-05", "required_from: 2021-05-09", "fields.2.frozen_after",
     "ответ закрывается раньше, чем становится обязательным"),
    ("pupil-projects", "max_length: 500", "required: false\n    max_length: 500", "fields.2.required_from",
     "ответ, который станет обязательным, не может быть с required: false"),
    ("pupil-projects", "required_from: 2021-05-05", "required_from: 2021-07-05", "fields.2.required_from",
     "позже итогов события ответ уже не нужен"),
    ("pupil-projects", "latest: 2021-05-07", "latest: 2020-05-07", "fields.3.latest",
     "latest должно быть не раньше earliest"),
    # questions and the way to take part
    ("favourite-book", "equals: [drawing]", "equals: [painting]", "fields.4.shown_if.equals.1",
     "такого ответа у поля form нет; есть: drawing, slides, talk, trailer"),
    ("seminar", "equals: [speaker]", "equals: [true]", "fields.2.shown_if.equals.1", "такого ответа у поля role нет"),
    ("favourite-book", "{code: slides, title", "{code: talk, title", "fields.3.options.2.code",
     "повторяется: talk, значения должны быть разными"),
    ("school-cases", "    most: 60", "    most: -5", "fields.1.most", "most должно быть не меньше least"),
    ("scratch", "consents: [processing, publication]", "consents: [publication]", "consents",
     "без processing данные участников хранить нельзя"),
    ("seminar", "{code: speaker, title", "{code: talker, title", "awards.speaker", "докладчиков не узнать"),
    ("school-cases", "{code: young", "{code: mentor", "unit.members.2.code", "повторяется: mentor"),
    ("smart-home", "bulk: false", "bulk: true", "bulk", "у общего события этого не бывает"),
    ("my-mother", "preschool: [nursery, younger, middle]", "ages: {first: 3, last: 4}", "age_groups.1.ages",
     "группа по возрасту: нужно common_fields.age: required"),
    ("my-mother", "grade: required", "grade: hidden", "common_fields.grade", "класс нужно спрашивать"),
    ("seminar", "audience: {categories: [teacher]}", "audience: {categories: [teacher], grades: {first: 1, last: 2}}",
     "audience.grades", "классы бывают только у школьников"),
    # groups, nominations, works
    ("scratch", "{code: grades-3-4, title: 3–4 классы, grades: {first: 3, last: 4}}",
     "{code: grades-3-4, title: 3 класс, grades: {first: 3, last: 3}}", "age_groups",
     "4 класс попадает ни в одну группу"),
    ("scratch", "{code: grades-3-4, title: 3–4 классы, grades: {first: 3, last: 4}}",
     "{code: grades-3-4, title: 3–5 классы, grades: {first: 3, last: 5}}", "age_groups",
     "5 класс попадает сразу в несколько: grades-3-4, grades-5-6"),
    ("exhibition", "  - {code: students, title: Студенты, categories: [student]}\n", "", "age_groups",
     "никуда не попадает категория student"),
    ("my-mother", "preschool: [older, preparatory]", "preschool: [older]", "age_groups",
     "группа детского сада preparatory попадает никуда"),
    ("smart-home-projects", "ages: {first: 11, last: 14}", "ages: {first: 10, last: 14}", "age_groups.2.ages",
     "возраст пересекается с группой ages-7-10"),
    ("memory", "{code: essay, title: Эссе, works: [document]}",
     "{code: essay, title: Эссе, works: [document], grades: {first: 1, last: 4}}", "nominations.3",
     "в номинацию essay никто не попадает"),
    ("exhibition", "pieces: {least: 1, most: 5}", "pieces: {least: 4, most: 5}", "submission.pieces",
     "в номинации models столько не сдать"),
    ("spring", "count: {least: 1, most: 1}", "count: {least: 4, most: 5}", "submission.pieces",
     "least в links и files вместе больше, чем most в pieces"),
    # judging and awards
    ("pupil-projects", "points: 17", "points: 22", "awards.thresholds.1.points",
     "столько в номинации nature не набрать: наибольшая сумма критериев 21"),
    ("umka", "title: Задания игры, max: 22", "title: Задания игры, max: 20", "criteria.1.max",
     "за вопросы этапа game дают 22, столько и нужно"),
    ("pupil-projects", "extra_juror_gap: 7", "extra_juror_gap: 21", "jury.extra_juror_gap",
     "такого расхождения не бывает: всего баллов 21"),
    ("my-mother", "{per: [participant], most: 1}", "{per: [nomination], most: 1}", "submission.limits.1.per",
     "считать по номинациям нельзя: в файле их нет"),
    ("sports-mosaic", "{per: [organisation], most: 1}", "{per: [group], most: 1}", "stages.1.quotas.1.per",
     "считать по возрастным группам нельзя"),
    ("favourite-book", "{per: [participant], most: 1}", "{per: [host], most: 1}", "submission.limits.1.per",
     "считать по площадкам нельзя"),
    ("seminar", "awards:\n  scheme: participation\n  per: [category]\n",
     "awards:\n  scheme: quota\n  winner: {title: П, outcome: winner}\n  prize: {title: П, outcome: prize}\n",
     "awards.speaker", "такого ключа нет"),
    ("reciters", "organiser: gymnasium-13-tomsk", "organiser: gymnasium-31-tomsk", "organiser",
     "нет такой организации в справочнике: gymnasium-31-tomsk"),
    ("reciters", "      - kyzyl-3\n", "      - asino-1\n", "stages.1.hosts.11", "повторяется: asino-1"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "key", "expected"), CASES)
def test_a_contradiction_is_named(tmp_path: Path, name: str, old: str, new: str, key: str, expected: str) -> None:
    assert old in TEXTS[name]
    path = tmp_path / f"{name}.yaml"
    path.write_text(TEXTS[name].replace(old, new, 1), encoding="utf-8")
    found = read_event(path)
    assert not isinstance(found, Event), "nothing was found"
    told = [mistake for mistake in found if mistake.key == key and expected in mistake.expected]
    assert told, list(map(str, found))
    assert all(mistake.line > 1 for mistake in told)


def test_a_criterion_that_fits_no_nomination_is_named(tmp_path: Path) -> None:
    path = tmp_path / "exhibition.yaml"
    text = TEXTS["exhibition"].replace("code: robots\n", "code: robots\n    groups: [grades-9-11]\n", 1)
    added = "{code: novelty-2, title: Новизна, max: 5, nominations: [robots], groups: [grades-1-4]}"
    path.write_text(text.replace("criteria:", f"criteria:\n  - {added}\n #", 1), encoding="utf-8")
    (mistake,) = read_event(path)
    assert isinstance(mistake, Mistake)
    assert (mistake.key, mistake.expected) == (
        "criteria.1",
        "не подходит ни к одной номинации: её возрастные группы другие",
    )


def test_scores_that_compare_nobody_and_a_comparison_without_scores_are_named(tmp_path: Path) -> None:
    scored = TEXTS["my-mother"]
    start, end = scored.index("criteria:"), scored.index("scoring:")
    path = tmp_path / "my-mother.yaml"
    path.write_text(scored[:start] + scored[end:], encoding="utf-8")
    (mistake,) = read_event(path)
    assert str(mistake).endswith(
        "awards.scheme: сравнивать нечего: нужны критерии (criteria) или задания этапов с результатом"
    )


def family(tmp_path: Path, *changes: tuple[str, str, str]) -> list[str]:
    """The mistakes of the smart home's four files, written otherwise."""
    paths = []
    for name in ("smart-home", "smart-home-webinar", "smart-home-blender", "smart-home-projects"):
        text = TEXTS[name]
        for changed, old, new in changes:
            text = text.replace(old, new, 1) if changed == name else text
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return [f"{one.key}: {one.expected}" for one in read_events(paths) if isinstance(one, Mistake)]


def test_a_family_must_know_its_members(tmp_path: Path) -> None:
    assert family(tmp_path) == []
    without = ("smart-home", "smart-home-blender-2020, ", "")
    assert family(tmp_path, without) == [
        "parent: у события smart-home-2020 нет smart-home-blender-2020 в unit.children"
    ]
    stranger = ("smart-home", "smart-home-blender-2020", "smart-home-robots-2020")
    assert "unit.children.2: среди файлов нет события smart-home-robots-2020" in family(tmp_path, stranger)
    orphan = ("smart-home-blender", "parent: smart-home-2020\n", "")
    assert family(tmp_path, orphan) == [
        "unit.children.2: в файле события smart-home-blender-2020 должно стоять parent: smart-home-2020"
    ]
    early = ("smart-home", "opens_at: 2020-10-12", "opens_at: 2020-10-20")
    assert len(family(tmp_path, early)) == 2


def test_events_that_could_be_taken_for_each_other_are_named(tmp_path: Path) -> None:
    twins = (
        ("smart-home-blender", "number_prefix: УДМ", "number_prefix: УДВ"),
        ("smart-home-blender", "short_title: 'Умный дом: мастер-класс'", "short_title: Умный дом"),
    )
    assert sorted({line.partition(":")[0] for line in family(tmp_path, *twins)}) == ["number_prefix", "short_title"]


def test_two_events_of_a_year_in_one_file_twice_are_a_mistake(tmp_path: Path) -> None:
    copy = tmp_path / "copy.yaml"
    copy.write_text(TEXTS["umka"], encoding="utf-8")
    mistakes = read_events([HERE / "umka.yaml", copy])
    assert {m.key for m in mistakes if isinstance(m, Mistake)} == {"code", "number_prefix"}


def test_last_years_event_may_keep_its_prefix_and_title(tmp_path: Path) -> None:
    copy = tmp_path / "umka.yaml"
    copy.write_text(TEXTS["umka"].replace("2021-", "2022-").replace("umka-2021", "umka-2022"), encoding="utf-8")
    assert len(read_events([HERE / "umka.yaml", copy])) == 2

"""Which papers an event gives: exactly those of its award scheme, to those who may be named, in these words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contest.applications import ApplicationState
from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.event import Event
from bot.contest.event.awards import CollectivePapers, OwnNominations, Paper
from bot.contest.event.base import Category
from bot.contest.event.loading import read_event
from bot.contest.event.units import UnitKind
from bot.contest.grades import Grade, PreschoolGroup
from bot.contest.names import FullName
from bot.contest.papers.content import PaperContent, PaperKind, Planned
from bot.contest.papers.planning import planned
from bot.contest.papers.values import Entry, Juror, Member, School, Setting
from bot.contest.schemes import awards_of, papers

YEAR = Path(__file__).parents[2] / "bot" / "data" / "events" / "2020-21"
BOGASHEVO = School("МБОУ «Богашевская СОШ им. А.И. Фёдорова»", "bogashevo", "Томский район")
TOMSK = School("МАОУ гимназия № 13 г. Томска", "gymnasium-13-tomsk", "Томск")
SETTING = Setting("МАОУ гимназия № 13 г. Томска", date(2026, 5, 12), "Протокол жюри № 3 от 12.05.2026")
VERA = Member(1, FullName("Соколова", "Вера", "Ильинична"), Grade(3, "Б"))
ARTYOM = Member(2, FullName("Белов", "Артём", "Ильич"), Grade(3))
ANNA = Member(3, FullName("Ли", "Анна"), Grade(2))
FIRST = Outcome(OutcomeKind.WINNER, "Диплом I степени")
WINNER = Outcome(OutcomeKind.WINNER, "Победитель")
LAUREATE = Outcome(OutcomeKind.WINNER, "Лауреат I степени")
TOOK_PART = Outcome(OutcomeKind.PARTICIPANT, "Сертификат участника")
#: Every scheme, every form, every way to give papers to a team.
EVENTS = (
    "my-mother", "reciters", "spring", "memory", "umka", "smart-home-projects", "sports-mosaic", "school-cases",
    "webinar-scratch", "assessment", "pupil-projects",
)  # fmt: skip


@cache
def event(name: str) -> Event:
    found = read_event(YEAR / f"{name}.yaml")
    assert isinstance(found, Event)
    return found


def entry(id_: int = 7, *people: Member, outcome: Outcome | None = FIRST, **more: object) -> Entry:
    values = {"person_id": 70 + id_, "school": BOGASHEVO, "people": people or (VERA,), "outcome": outcome}
    return Entry(application_id=id_, **{**values, **more})  # type: ignore[arg-type]


def given_by(name: str, *entries: Entry, jurors: tuple[Juror, ...] = ()) -> list[Planned]:
    return planned(event(name), entries, jurors, SETTING)


def only(name: str, one: Entry) -> PaperContent:
    (paper,) = given_by(name, one)
    return paper.content


def test_a_diploma_reads_as_the_sample_does() -> None:
    one = entry(nomination="Поэзия", supervisors=("Петрова Анна Ивановна",), by_teacher=True)
    diploma, letter = given_by("my-mother", one)
    assert (diploma.key, diploma.person_id) == ("diploma:7:1", 77)
    assert diploma.content == PaperContent(
        kind=PaperKind.DIPLOMA,
        programme="Региональная открытая сетевая инновационная программа «Образование через коммуникацию»",
        event="Открытый межрегиональный конкурс чтецов «Мамочка моя!»",
        title="Диплом",
        award="I степени",
        lead="награждается",
        name="Соколова Вера Ильинична",
        who="обучающаяся 3Б класса",
        school="МБОУ «Богашевская СОШ им. А.И. Фёдорова», Томский район",
        nomination="номинация «Поэзия»",
        supervisors=("руководитель: Петрова Анна Ивановна",),
        organiser="МАОУ гимназия № 13 г. Томска",
        basis="Протокол жюри № 3 от 12.05.2026",
        place="Томск, 2026",
        initials="С. В. И.",
    )
    assert letter.kind is PaperKind.THANKS
    assert PaperContent.from_json(diploma.content.to_json()) == diploma.content
    assert PaperContent.from_json(letter.content.to_json()) == letter.content


SECOND = Outcome(OutcomeKind.PRIZE, "Лауреат II степени")
OWN = Outcome(OutcomeKind.PRIZE, "Диплом", ("Самые быстрые",))


@pytest.mark.parametrize(
    ("name", "outcome", "kind", "title", "award"),
    [
        ("my-mother", FIRST, PaperKind.DIPLOMA, "Диплом", "I степени"),
        ("my-mother", TOOK_PART, PaperKind.CERTIFICATE, "Сертификат участника", ""),
        ("reciters", WINNER, PaperKind.HONOUR, "Почётная грамота", "победителя"),
        ("reciters", Outcome(OutcomeKind.PRIZE, "Призёр"), PaperKind.HONOUR, "Почётная грамота", "призёра"),
        ("memory", Outcome(OutcomeKind.PRIZE, "Призёр"), PaperKind.DIPLOMA, "Диплом", "призёра"),
        ("spring", Outcome(OutcomeKind.GRAND_PRIX, "Гран-при"), PaperKind.DIPLOMA, "Диплом", "Гран-при"),
        ("spring", SECOND, PaperKind.DIPLOMA, "Диплом", "лауреата II степени"),
        ("umka", OWN, PaperKind.DIPLOMA, "Диплом", "в номинации «Самые быстрые»"),
    ],
)  # fmt: skip
def test_the_outcome_makes_the_title(name: str, outcome: Outcome, kind: PaperKind, title: str, award: str) -> None:
    content = only(name, entry(outcome=outcome))
    assert (content.kind, content.title, content.award) == (kind, title, award)


SELECTION = event("reciters").stages[0]


@pytest.mark.parametrize(
    ("name", "one", "text"),
    [
        ("my-mother", entry(7, VERA), "приняла участие в конкурсе"),
        ("my-mother", entry(7, ARTYOM), "принял участие в конкурсе"),
        ("my-mother", entry(7, ANNA), "принял(а) участие в конкурсе"),
        ("reciters", entry(7, VERA), "приняла участие в финале"),
        ("reciters", entry(7, VERA, out_at=SELECTION), "приняла участие в отборочном этапе"),
        ("webinar-scratch", entry(7, VERA, unit=UnitKind.ATTENDANCE), "приняла участие в вебинаре"),
        ("assessment", entry(7, VERA, unit=UnitKind.ATTENDANCE, speaker=True), "выступила с докладом на конференции"),
    ],
)
def test_a_certificate_says_in_what_one_took_part(name: str, one: Entry, text: str) -> None:
    assert only(name, replace(one, outcome=TOOK_PART)).text == text


PREPARATORY = Grade(group=PreschoolGroup.PREPARATORY)
AIGERIM = Member(4, FullName("Құдайбергенова", "Әйгерім", "Серікқызы"), Grade(8))


@pytest.mark.parametrize(
    ("category", "member", "who"),
    [
        (Category.PUPIL, VERA, "обучающаяся 3Б класса"),
        (Category.PUPIL, ARTYOM, "обучающийся 3 класса"),
        (Category.PUPIL, ANNA, "2 класс"),
        (Category.PUPIL, AIGERIM, "обучающаяся 8 класса"),
        (Category.PUPIL, Member(4, FullName("Алиев", "Тимур", "Рашид оглы"), Grade(8)), "обучающийся 8 класса"),
        (Category.PUPIL, Member(4, FullName("Ондар", "Чөдүраа", "Аң-ооловна"), Grade(5)), "обучающаяся 5 класса"),
        (Category.PRESCHOOLER, replace(VERA, grade=Grade(group=PreschoolGroup.OLDER)), "воспитанница старшей группы"),
        (Category.PRESCHOOLER, replace(ANNA, grade=PREPARATORY), "воспитанник(ца) подготовительной группы"),
        (Category.PRESCHOOLER, replace(ARTYOM, grade=None), "воспитанник"),
        (Category.STUDENT, replace(ANNA, grade=None), "студент(ка)"),
        (Category.TEACHER, replace(VERA, grade=None), ""),
    ],
)  # fmt: skip
def test_words_follow_the_sex_only_where_the_name_tells_it(category: Category, member: Member, who: str) -> None:
    assert only("my-mother", entry(7, member, category=category)).who == who


@pytest.mark.parametrize(
    ("school", "line"),
    [
        (BOGASHEVO, "МБОУ «Богашевская СОШ им. А.И. Фёдорова», Томский район"),
        (TOMSK, "МАОУ гимназия № 13 г. Томска"),
        (School("КГУ «Дубровинская СШ»", "d", "Юг", "Казахстан"), "КГУ «Дубровинская СШ», Юг, Казахстан"),
        (School("Школа в деревне"), "Школа в деревне"),
    ],
)  # fmt: skip
def test_a_school_stands_with_its_municipality_once(school: School, line: str) -> None:
    assert only("my-mother", entry(school=school)).school == line


def test_a_team_gets_a_diploma_and_each_of_it_a_certificate_by_name() -> None:
    team = entry(7, VERA, ARTYOM, unit=UnitKind.TEAM, title="Ракета", outcome=WINNER)
    diploma, *certificates = given_by("memory", team)
    content = diploma.content
    assert (diploma.key, diploma.participant_id) == ("team_diploma:7:all", None)
    assert (content.lead, content.name, content.award) == ("награждается команда", "«Ракета»", "победителя")
    assert content.people == ("Соколова Вера Ильинична", "Белов Артём Ильич")
    assert [one.key for one in certificates] == ["certificate:7:1", "certificate:7:2"]
    vera = certificates[0].content
    assert vera.text == "в составе команды «Ракета» приняла участие в конкурсе"
    assert vera.result == "Победитель"


def test_a_collective_that_names_nobody_gets_one_paper() -> None:
    choir = entry(7, unit=UnitKind.COLLECTIVE, title="хор «Весна»", headcount=30, outcome=LAUREATE)
    (paper,) = given_by("spring", replace(choir, people=()))
    assert (paper.content.name, paper.content.lead) == ("хор «Весна»", "награждается")
    assert given_by("spring", replace(choir, people=(), may_be_named=False)) == []


def test_a_pair_stands_on_one_diploma() -> None:
    pair = entry(
        7, VERA, ARTYOM, unit=UnitKind.PAIR, category=Category.TEACHER, outcome=WINNER, title="Урок без страха"
    )
    content = only("school-cases", pair)
    assert (content.lead, content.name) == ("награждаются", "Соколова Вера Ильинична\nБелов Артём Ильич")
    assert content.topic == "тема «Урок без страха»"
    assert content.initials == "С. В. И., Б. А. И."


def test_a_special_nomination_brings_a_diploma_beside_the_award() -> None:
    outcome = replace(FIRST, special=("За искренность", "Самый смелый сюжет"))
    found = given_by("my-mother", entry(outcome=outcome))
    assert [one.content.award for one in found] == ["I степени", "«За искренность»", "«Самый смелый сюжет»"]
    assert [one.key.split(":")[:2] for one in found] == [["diploma", "7"], ["special", "7"], ["special", "7"]]
    assert found[1].content.title == "Специальный диплом жюри"


def test_one_letter_to_a_teacher_lists_the_pupils_by_outcome() -> None:
    teacher = ("Петрова Анна Ивановна",)
    found = given_by(
        "my-mother",
        entry(1, ANNA, outcome=TOOK_PART, supervisors=teacher),
        entry(2, VERA, outcome=replace(FIRST, special=("За искренность",)), supervisors=teacher, by_teacher=True),
        entry(3, ARTYOM, outcome=FIRST, supervisors=("ПЕТРОВА  Анна Ивановна", "Ли Анна")),
        entry(4, VERA, outcome=FIRST, supervisors=teacher, school=TOMSK),
    )
    anna, stranger, other_school = (one for one in found if one.kind is PaperKind.THANKS)
    assert anna.person_id == 72
    assert anna.content.name == "Уважаемая Анна Ивановна!"
    assert anna.content.who == "Петрова Анна Ивановна"
    assert anna.content.text == "за подготовку победителей и участника"
    assert [(group.heading, group.people) for group in anna.content.groups] == [
        ("Диплом I степени", ("Соколова Вера, 3Б класс — «За искренность»", "Белов Артём, 3 класс")),
        ("Участник", ("Ли Анна, 2 класс",)),
    ]
    assert (stranger.person_id, stranger.content.name) == (None, "Уважаемый педагог Ли Анна!")
    assert other_school.content.text == "за подготовку победителя"


def test_the_key_of_a_letter_outlives_its_words_and_names_nobody() -> None:
    teacher = ("Петрова Анна Ивановна",)
    same, other_school = (
        given_by("my-mother", entry(supervisors=teacher, school=school))[1].key for school in (BOGASHEVO, TOMSK)
    )
    again = given_by("my-mother", entry(9, ARTYOM, supervisors=("петрова  анна ивановна",)))[1].key
    assert same == again != other_school
    assert set(same.rpartition(":")[2]) <= set("0123456789abcdef")


def test_one_who_spoke_has_the_topic_on_paper() -> None:
    teacher = replace(VERA, grade=None)
    one = entry(7, teacher, unit=UnitKind.ATTENDANCE, speaker=True, topic="Урок на Scratch", outcome=TOOK_PART)
    content = only("assessment", replace(one, category=Category.TEACHER))
    assert (content.text, content.topic) == ("выступила с докладом на конференции", "тема «Урок на Scratch»")


@pytest.mark.parametrize(
    ("name", "municipality", "line"),
    [
        ("МБОУ СОШ № 6 г. Юрги", "Юрга", "МБОУ СОШ № 6 г. Юрги"),
        ("МАОУ-СОШ № 1 г. Асино", "Асино", "МАОУ-СОШ № 1 г. Асино"),
        ("ТГУ", "Томск", "ТГУ, Томск"),
        ("Калтайская СОШ", "", "Калтайская СОШ"),
    ],
)
def test_a_town_that_the_schools_name_has_is_not_said_twice(name: str, municipality: str, line: str) -> None:
    assert only("my-mother", entry(school=School(name, None, municipality))).school == line


def test_a_juror_who_has_scored_gets_a_certificate() -> None:
    jurors = (Juror(5, "Орлова Нина Петровна", TOMSK, 21), Juror(6, "Белов Олег Игоревич", None, 0))
    (paper,) = given_by("my-mother", jurors=jurors)
    assert (paper.kind, paper.person_id, paper.key) == (PaperKind.JUROR, 5, f"juror:{event('my-mother').code}:5")
    assert paper.content.text == "работала в составе жюри и оценила 21 работу"


NOTHING = [Outcome(kind) for kind in OutcomeKind if not kind.is_award and kind is not OutcomeKind.PARTICIPANT]


@pytest.mark.parametrize(
    "one",
    [
        entry(outcome=None),
        *(entry(outcome=outcome, supervisors=("Петрова Анна Ивановна",)) for outcome in NOTHING),
        entry(state=ApplicationState.DROPPED_OUT, supervisors=("Петрова Анна Ивановна",)),
        entry(7, replace(VERA, may_be_named=False), supervisors=("Петрова Анна Ивановна",)),
        entry(outcome=TOOK_PART, out_at=SELECTION.model_copy(update={"certificate": False})),
    ],
)
def test_who_did_not_take_part_or_may_not_be_named_gets_nothing(one: Entry) -> None:
    assert given_by("my-mother", one) == []
    assert given_by("my-mother", entry()) != []


def test_who_may_not_be_named_stands_on_no_paper_of_the_others() -> None:
    hidden = replace(VERA, may_be_named=False)
    team = entry(7, hidden, ARTYOM, unit=UnitKind.TEAM, title="Ракета", outcome=WINNER, supervisors=("Ли Анна",))
    found = given_by("memory", team)
    assert [one.key for one in found][:2] == ["team_diploma:7:all", "certificate:7:2"]
    assert not [one for one in found if "Соколова" in one.content.to_json()]


_member = st.builds(
    Member,
    st.integers(1, 10**6),
    st.sampled_from([VERA.name, ARTYOM.name, ANNA.name]),
    st.sampled_from([None, Grade(3), Grade(group=PreschoolGroup.OLDER)]),
    st.booleans(),
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Event, list[Entry]]:
    found = event(draw(st.sampled_from(EVENTS)))
    how = draw(st.sampled_from(CollectivePapers))
    found = found.model_copy(update={"awards": found.awards.model_copy(update={"collective": how})})
    outcomes = [*awards_of(found.awards), *(Outcome(kind) for kind in OutcomeKind)]
    unit = found.unit.kind
    many = 1 if unit in (UnitKind.PERSON, UnitKind.ATTENDANCE) else 6
    entries = [
        Entry(
            application_id=number,
            person_id=draw(st.integers(1, 5)),
            outcome=replace(
                draw(st.sampled_from(outcomes)),
                special=tuple(draw(st.lists(st.sampled_from(["Артистизм", "Лучший вокал"]), unique=True))),
            ),
            state=draw(st.sampled_from([ApplicationState.ACCEPTED] * 5 + [ApplicationState.WITHDRAWN])),
            unit=unit,
            title=draw(st.sampled_from(["Ракета", "хор «Весна»"])) if many > 1 else None,
            people=tuple(draw(st.lists(_member, min_size=1, max_size=many, unique_by=lambda one: one.participant_id))),
            school=draw(st.sampled_from([BOGASHEVO, TOMSK])),
            supervisors=tuple(draw(st.lists(st.sampled_from(["Ли Анна", "Петрова Анна Ивановна"]), unique=True))),
        )
        for number in range(1, draw(st.integers(1, 6)))
    ]
    return found, entries


_PAPER = {
    PaperKind.DIPLOMA: Paper.DIPLOMA,
    PaperKind.TEAM_DIPLOMA: Paper.DIPLOMA,
    PaperKind.HONOUR: Paper.HONOUR,
    PaperKind.CERTIFICATE: Paper.CERTIFICATE,
    PaperKind.SPEAKER: Paper.CERTIFICATE,
    PaperKind.LISTENER: Paper.CERTIFICATE,
}


@settings(max_examples=40)
@given(cases())
def test_everybody_gets_exactly_the_papers_of_the_scheme(case: tuple[Event, list[Entry]]) -> None:
    found, entries = case
    plan = planned(found, entries, (), SETTING)
    assert len({one.key for one in plan}) == len(plan)
    assert planned(found, entries, (), SETTING) == plan
    for one in entries:
        own = [paper for paper in plan if paper.application_id == one.application_id]
        given_papers = Counter(_PAPER[paper.kind] for paper in own)
        if not one.may_have_papers:
            assert not own
            continue
        assert one.outcome is not None
        due = papers(found.awards, one.outcome, len(one.people))
        hidden = {person.participant_id for person in one.people if not person.may_be_named}
        assert not hidden & {paper.participant_id for paper in own}
        if not hidden:
            assert given_papers == due
        assert given_papers <= due
        assert given_papers[Paper.DIPLOMA] + given_papers[Paper.HONOUR] + given_papers[Paper.CERTIFICATE] >= 1
    for paper in plan:
        assert paper.content.name
        assert paper.content.initials
    specials = sum(len(one.outcome.special) for one in entries if one.may_have_papers and one.outcome)
    if not isinstance(found.awards, OwnNominations):
        assert sum(one.key.startswith("special:") for one in plan) == specials

"""A report made by hand: every part of it filled, as the tests of drawing need it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.contest.awards import OutcomeKind
from bot.contest.report.measures import Measure
from bot.contest.report.model import (
    Caution,
    Compared,
    Concern,
    Direction,
    EventReport,
    Figure,
    Geography,
    Member,
    MunicipalityYear,
    Network,
    OrganisationYear,
    PartReport,
    Passport,
    Report,
    RuleLine,
    SchoolOutcome,
    Section,
    Shown,
)
from bot.contest.report.rows import Rows

GYMNASIUM, LYCEUM = "МАОУ гимназия № 13 г. Томска", "МАОУ лицей № 7 г. Томска"
BOGASHEVO = "МБОУ «Богашевская СОШ им. А.И. Фёдорова»"


def figure(key: str, measure: Measure, value: int) -> Figure:
    """A figure as it is usually counted."""
    return Figure(f"{key}.{measure}", measure, measure.label, value, measure.unit, measure.rule)


EVENT = EventReport(
    key="У5",
    title="Мамочка моя!",
    status_line="Открытый межрегиональный конкурс чтецов",
    kind="конкурс чтецов",
    module="Истоки",
    organiser=BOGASHEVO,
    starts_on=date(2020, 11, 10),
    ends_on=date(2020, 12, 1),
    dates="10.11–01.12.2020",
    audience="воспитанники детских садов и ученики 1–4 классов",
    format="дистанционно",
    stages=("приём видео", "финал"),
    nominations=("Поэзия", "Проза"),
    goal="воспитание любви к родному слову",
    geography=Geography(
        ("Томск", "Томский район", "Юрга"), ("Кемеровская область", "Томская область"), ("Россия",), ("Сад «Ёлочка»",)
    ),
    figures=(
        figure("У5", Measure.APPLICATIONS, 157),
        figure("У5", Measure.TAKING_PART, 151),
        figure("У5", Measure.ORGANISATIONS, 48),
        figure("У5", Measure.PARTICIPATIONS, 153),
        figure("У5", Measure.PUPILS, 142),
        figure("У5", Measure.TEACHERS, 2),
        figure("У5", Measure.WORKS, 149),
        figure("У5", Measure.EXPERTS, 7),
    ),
    counted=(),
    outcomes={OutcomeKind.WINNER: 3, OutcomeKind.PRIZE: 11, OutcomeKind.PARTICIPANT: 137, OutcomeKind.WITHDRAWN: 4},
    by_school=(
        SchoolOutcome(
            GYMNASIUM, "Томск", {OutcomeKind.WINNER: 2, OutcomeKind.PRIZE: 5}, (("I место", 2), ("II место", 5))
        ),
        SchoolOutcome(BOGASHEVO, "Томский район", {OutcomeKind.WINNER: 1, OutcomeKind.PRIZE: 6}, (("I место", 1),)),
        SchoolOutcome(LYCEUM, "Томск", {OutcomeKind.PARTICIPANT: 4}),
    ),
    parts=(
        PartReport("my-mother-1", "Чтецы детских садов", "конкурс", "01.12.2020", (figure("a", Measure.PUPILS, 61),)),
    ),
)  # fmt: skip
#: Nothing is known of it, and nobody came.
BARE = EventReport(
    key="seminar-2020", title="Семинар", status_line="", kind="семинар", module=None, organiser="",
    starts_on=date(2020, 12, 18), ends_on=date(2020, 12, 18), dates="18.12.2020", audience="", format="", stages=(),
    nominations=(), goal="", geography=Geography((), (), ()), figures=(), counted=(), outcomes={}, by_school=(),
)  # fmt: skip
ONE = replace(
    BARE,
    key="П1",
    title="Вебинар",
    figures=(
        figure("П1", Measure.APPLICATIONS, 1),
        figure("П1", Measure.TAKING_PART, 1),
        figure("П1", Measure.TEACHERS, 1),
        figure("П1", Measure.ORGANISATIONS, 1),
        figure("П1", Measure.SPEAKERS, 1),
    ),
)

REPORT = Report(
    year="2020-21",
    year_title="2020–21",
    made_at=datetime(2021, 6, 15, 5, tzinfo=UTC),
    rules=Shown("people", "Уникальные люди", "Каждый человек считается в году один раз."),
    passport=Passport(
        title="Региональная открытая сетевая инновационная программа «Образование через коммуникацию»",
        legal_basis=("распоряжение Департамента общего образования от 11.08.2017 № 561", "договоры о взаимодействии"),
        goal="расширение образовательных возможностей обучающихся",
        directions=("Ученические модули", "Педагогический модуль «Точки роста»"),
        coordinator="ОГБУ «РЦРО»",
        coordinator_does=("организационно-управленческое сопровождение", "консультационное сопровождение"),
        resource_centre=GYMNASIUM,
        hubs=(BOGASHEVO, LYCEUM),
        council="представители всех организаций-участников, заседание 17.09.2020",
        information=("группа VK «Цифровая лаборатория „КреИТв“»", "страница на сайте РЦРО"),
    ),
    network=Network(
        members=(
            Member("g13", GYMNASIUM, "Томск", "Томская область", "Россия", "с 2017–18", "", False, True, ("У1", "У2")),
            Member("l7", LYCEUM, "Томск", "Томская область", "Россия", "с 17.09.2020", "", True, False),
        ),
        gone=(
            Member("x", "СОШ № 32", "Томск", "Томская область", "Россия", "с 2017–18", "по 31.08.2020", False, False),
        ),
        guests=("МАОУ гимназия № 18 г. Томска", "МБДОУ «Сказка»"),
    ),
    directions=(
        Direction(
            code="pupils",
            title="Ученические модули",
            modules=("Истоки", "Мир искусств"),
            events=(EVENT, BARE),
            totals=(figure("pupils", Measure.PUPILS, 1207),),
            experts=((GYMNASIUM, 13), ("ТГПУ", 4)),
        ),
        Direction("teachers", "Модуль «Точки роста»", (), (ONE,), (figure("t", Measure.TEACHERS, 83),), ()),
    ),
    totals=(
        figure("year", Measure.EVENTS, 16),
        figure("year", Measure.APPLICATIONS, 23456),
        figure("year", Measure.PUPILS, 1206),
        replace(figure("year", Measure.EXPERTS, 22), typed=True),
    ),
    comparison=(
        Compared("Событий для обучающихся", "событий", 11, 6, typed=True),
        Compared("Обучающихся", "чел.", 1206, 1340),
        Compared("Педагогов", "чел.", 83, 83),
        Compared("Экспертов", "чел.", 22, None),
    ),
    analysis=("в событиях участвовали 1206 обучающихся", "сеть выросла на 1 организацию."),
    words={Section.TASKS: "В следующем году:\n– провести семинар;\n– привлечь партнёров.\nСрок — декабрь."},
    warnings=(
        Caution(Concern.SUM, "У5", "Принято 155 заявок, итогов 154."),
        Caution(Concern.PLACE, None, "Сад «Ёлочка» не найден в справочнике."),
    ),
    organisations=(
        OrganisationYear(GYMNASIUM, "g13", "Томск", "Томская область", "Россия", True, ("У5",), 12, 13, 7),
    ),
    municipalities=(MunicipalityYear("Томск", "Томская область", "Россия", 2, 16, 17),),
    rows=Rows((), (), (), (), {}, {}),
    beside=Shown("2020", "Как в 2020–21", "Складываются участия."),
    rule_lines=(RuleLine("У5", "Мамочка моя!", Measure.PUPILS, 142, 153, "участия вместо людей"),),
    beside_totals={Measure.PUPILS: 1499},
)  # fmt: skip

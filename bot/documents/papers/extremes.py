"""The papers that are hardest to set: the longest names, none of a patronymic, a team, a long letter, rare letters."""

from __future__ import annotations

from dataclasses import replace

from bot.contest.papers.content import Group, PaperContent, PaperKind
from bot.documents.papers.fields import Sheet

NUMBER = "ОЧК-2026-У5-0147"
CHECK_URL = "https://vk.me/club123456789?ref=paper_0123456789abcdefghij"
_MARK = "Выдан взамен документа от 12.05.2026, исправлен 20.05.2026"
_LONGEST = "Воскресенская-Константинопольская Александра-Екатерина Святославо-Максимилиановна"
_SCHOOL = (
    "Муниципальное автономное общеобразовательное учреждение средняя общеобразовательная школа № 40 с углублённым "
    "изучением отдельных предметов имени Героя Советского Союза А. И. Покрышкина, Томский район"
)

USUAL = PaperContent(
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
    supervisors=("руководитель: Орлова Нина Петровна",),
    organiser="МБОУ «Богашевская СОШ им. А.И. Фёдорова»",
    basis="Протокол жюри № 3 от 12.05.2026",
    place="Томск, 2026",
)
LONGEST = replace(
    USUAL,
    event="Открытый межрегиональный с международным участием фестиваль ученических и педагогических проектов "
    "«Исследование окружающего мира глазами детей и взрослых»",
    name=_LONGEST,
    school=_SCHOOL,
    nomination="номинация «Производственные технологии: строительство, архитектура, промышленный дизайн»",
    topic="проект «Как музыка, свет и полив влияют на рост комнатных растений в кабинете биологии нашей школы»",
    supervisors=(f"руководитель: {_LONGEST}", "руководитель: Орлова Нина Петровна"),
)
LETTER = replace(
    USUAL,
    kind=PaperKind.THANKS,
    title="Благодарственное письмо",
    award="",
    lead="Оргкомитет благодарит Вас",
    name="Уважаемая Александра-Екатерина Святославо-Максимилиановна!",
    who=_LONGEST,
    text="за подготовку победителей, призёров и участников",
    nomination="",
    supervisors=(),
    groups=(
        Group("Победители", tuple(f"Соколова Вера, {grade} класс" for grade in range(1, 11))),
        Group("Участники", tuple(f"Константинопольская Александра, {grade} класс" for grade in range(1, 21))),
    ),
)
#: What is told of each when it does not fit, and the paper.
SAMPLES: tuple[tuple[str, PaperContent], ...] = (
    ("обычное имя", USUAL),
    ("самое длинное имя", LONGEST),
    ("имя без отчества", replace(USUAL, name="Ли Анна", who="2 класс", nomination="", supervisors=())),
    ("казахские буквы", replace(USUAL, name="Құдайбергенова Әйгерім Серікқызы")),
    ("тувинские буквы", replace(USUAL, name="Ондар Чөдүраа Аң-ооловна")),
    (
        "команда",
        replace(
            USUAL,
            kind=PaperKind.TEAM_DIPLOMA,
            lead="награждается команда",
            name="«Юные исследователи родного края»",
            who="",
            people=("Соколова Вера Ильинична",) * 12,
        ),
    ),
    (
        "сертификат",
        replace(LONGEST, kind=PaperKind.CERTIFICATE, title="Сертификат участника", award="", lead="подтверждает, что",
                text="в составе команды «Юные исследователи родного края» приняла участие в отборочном этапе"),
    ),
    ("письмо о 30 учениках", LETTER),
)  # fmt: skip


def sheet(content: PaperContent) -> Sheet:
    """The sample with everything that may stand on a paper."""
    return Sheet(content=content, number=NUMBER, check_url=CHECK_URL, mark=_MARK)

"""A new event as a file: a few answers become commented YAML that `events check` takes as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import yaml

from bot.contest.event.base import Category
from bot.contest.event.units import UnitKind
from bot.contest.event.works import WorkKind

#: So long after intake, as events of the network usually do.
_JURY, _RESULTS = timedelta(days=7), timedelta(days=10)
_ANNOUNCED_BEFORE = timedelta(days=7)
#: The usual groups of classes; those outside the event's own are left out.
_GROUPS = ((1, 4), (5, 8), (9, 11))
_PEOPLE = {
    Category.PRESCHOOLER: "дошкольники",
    Category.PUPIL: "школьники",
    Category.STUDENT: "студенты",
    Category.TEACHER: "педагоги",
}
_VIDEO_HOSTS = "[vk.com, vkvideo.ru, rutube.ru, disk.yandex.ru, cloud.mail.ru]"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was answered about a new event."""

    code: str
    title: str
    short_title: str
    kind: str
    number_prefix: str
    organiser: str
    opens: date
    closes: date
    categories: tuple[Category, ...]
    #: First and last class; None where no pupils take part.
    grades: tuple[int, int] | None
    unit: UnitKind
    #: How the work comes; None where nothing is handed in.
    hand_in: WorkKind | None
    scheme: str

    @property
    def judged(self) -> bool:
        """Whether works are compared."""
        return self.scheme != "participation"


def file_of(draft: Draft) -> str:
    """The whole file; everything that was not asked stands there with a comment on what to put."""
    parts = [
        _head(draft),
        _texts(draft),
        _dates(draft),
        _who(draft),
        _questions(draft),
        *([_submission(draft)] if draft.hand_in else []),
        *([_JUDGING] if draft.judged else []),
        _awards(draft),
    ]
    return "\n".join("\n".join(part) + "\n" for part in parts)


def written(text: str) -> str:
    """`text` as YAML writes it: in quotes only where it would be read otherwise."""
    return yaml.safe_dump(text, allow_unicode=True, width=10_000).removesuffix("...\n").strip()


def _head(draft: Draft) -> Iterator[str]:
    yield "# Файл события. Что значит каждый ключ — docs/event-keys.md, как писать — docs/events.md."
    yield "# «предположение» — принято за вас: проверьте и замените своим."
    yield f"code: {draft.code}"
    yield f"title: {written(draft.title)}"
    yield f"short_title: {written(draft.short_title)}  # на кнопках и в списках, до 40 знаков"
    yield f"kind: {written(draft.kind)}"
    yield f"status_line: {written(draft.kind.capitalize())}  # предположение: например, «III открытый конкурс»"
    yield "# module: Тайны науки  # модуль программы, если есть"
    yield f"organiser: {draft.organiser}"
    yield f"operator: {draft.organiser}  # предположение: кто отвечает за персональные данные"
    yield f"number_prefix: {draft.number_prefix}  # номера заявок: {draft.number_prefix}-{draft.opens.year}-0001"
    yield f"age_mark: {'6+' if draft.grades else '0+'}  # предположение"
    yield "# regulation_url: https://vk.com/…  # где лежит положение"


def _texts(draft: Draft) -> Iterator[str]:
    yield "texts:"
    yield f"  summary: {written(f'{draft.title}: напишите здесь одно-два предложения о событии.')}"
    yield f"  for_whom: {written(_for_whom(draft))}"
    if draft.hand_in:
        yield f"  hand_in: {_HANDED_IN[draft.hand_in]}"
    yield "  details: Напишите здесь, как всё пройдёт, по шагам."


def _for_whom(draft: Draft) -> str:
    named = [_PEOPLE[one] for one in draft.categories]
    if draft.grades:
        first, last = draft.grades
        span = f"{first}" if first == last else f"{first}–{last}"
        named[draft.categories.index(Category.PUPIL)] = f"школьники {span} классов"
    return ", ".join(named[:-1]) + f" и {named[-1]}" if len(named) > 1 else named[0]


def _dates(draft: Draft) -> Iterator[str]:
    yield "# Дата без времени: начало срока в 00:00, конец в 23:59:59 по Томску."
    yield f"announced_at: {draft.opens - _ANNOUNCED_BEFORE}  # предположение"
    yield f"opens_at: {draft.opens}"
    yield f"closes_at: {draft.closes}"
    if draft.judged:
        yield f"judging_until: {draft.closes + _JURY}  # предположение"
    yield f"results_until: {draft.closes + _RESULTS}  # предположение"
    if draft.unit is UnitKind.ATTENDANCE:
        day = draft.closes + timedelta(days=1)
        yield ""
        yield "meeting:"
        yield f"  starts_at: {day} 15:00  # предположение"
        yield f"  ends_at: {day} 16:30  # предположение"
        yield "  # join_url: https://vk.com/call/join/…  # ссылка на звонок, её пришлёт бот"
        yield "  # code_word: слово  # прозвучит на встрече; кто напишет его боту, тот был"


def _who(draft: Draft) -> Iterator[str]:
    yield from _UNITS[draft.unit]
    if draft.unit is UnitKind.PAIR:
        teachers = draft.categories == (Category.TEACHER,)
        first, second = ("Наставник", "Молодой учитель") if teachers else ("Первый участник", "Второй участник")
        yield f"    - {{code: first, title: {first}}}"
        yield f"    - {{code: second, title: {second}}}"
    yield ""
    yield "audience:"
    yield f"  categories: [{', '.join(one.value for one in draft.categories)}]"
    if draft.grades:
        yield f"  grades: {{first: {draft.grades[0]}, last: {draft.grades[1]}}}"
    if draft.judged:
        yield ""
        yield "age_groups:  # предположение"
        yield from _groups(draft)
        yield ""
        yield "# nominations:"
        yield "#   - {code: first, title: Первая номинация}"


def _groups(draft: Draft) -> Iterator[str]:
    for category in draft.categories:
        if category is Category.PUPIL and draft.grades:
            for first, last in _GROUPS:
                low, high = max(first, draft.grades[0]), min(last, draft.grades[1])
                if low <= high:
                    span = f"{low}" if low == high else f"{low}-{high}"
                    title = f"{span.replace('-', '–')} классы"
                    yield f"  - {{code: grades-{span}, title: {title}, grades: {{first: {low}, last: {high}}}}}"
        else:
            title = _PEOPLE[category].capitalize()
            yield f"  - {{code: {category.value}s, title: {title}, categories: [{category.value}]}}"


def _questions(draft: Draft) -> Iterator[str]:
    learners = set(draft.categories) & {Category.PUPIL, Category.PRESCHOOLER}
    yield "common_fields:  # required — обязательно, optional — можно пропустить, hidden — не спрашивать"
    yield f"  grade: {'required' if learners else 'hidden'}"
    yield f"  grade_letter: {'optional' if learners else 'hidden'}"
    if Category.TEACHER in draft.categories:
        yield f"  position: {'optional' if learners else 'required'}"
    yield "  phone: optional"
    yield "  email: optional"
    most = 2 if learners else 1
    yield f"  supervisor: {{title: Руководитель, count: {{least: 0, most: {most}}}}}"
    yield ""
    yield "# fields:  # свои вопросы события"
    yield "#   - {code: topic, type: text, title: Тема, example: Мой край}"
    yield ""
    yield "consents: [processing, publication]"
    yield "keep_months: 12  # предположение: сколько месяцев после итогов хранить данные"
    yield f"moderation: {'true' if draft.judged else 'false'}  # предположение: принимает ли заявки организатор"
    yield "bulk: false  # true — учитель подаёт многих списком"


def _submission(draft: Draft) -> Iterator[str]:
    yield "submission:"
    if draft.hand_in is WorkKind.LINK:
        yield "  links:"
        yield "    - kind: video"
        yield f"      hosts: {_VIDEO_HOSTS}  # какие сайты годятся"
        yield "      count: {least: 1, most: 1}"
    elif draft.hand_in:
        yield "  files:"
        yield f"    - {_FILES[draft.hand_in]}"
    yield f"  pieces: {{least: 1, most: {3 if draft.hand_in is WorkKind.PHOTO else 1}}}"
    yield "  title_required: true"
    yield "  editing_allowed: true  # работу можно заменить до конца приёма"
    yield "  limits:"
    yield "    - {per: [participant], most: 1}  # предположение: одна работа от участника"


def _awards(draft: Draft) -> Sequence[str]:
    several = draft.unit in (UnitKind.TEAM, UnitKind.PAIR, UnitKind.COLLECTIVE, UnitKind.PROJECT)
    return [
        "awards:",
        f"  scheme: {draft.scheme}",
        f"  per: [{'group' if draft.judged else 'category'}]  # внутри чего сравнивать",
        *_SCHEMES[draft.scheme],
        "  participant: {title: Сертификат участника, outcome: participant, paper: certificate}",
        *(["  collective: one_and_certificates  # предположение: диплом один, сертификаты каждому"] if several else []),
    ]


_JUDGING = (
    "criteria:  # предположение: строки оценочного листа",
    "  - {code: idea, title: Замысел, max: 5}",
    "  - {code: skill, title: Мастерство, max: 5}",
    "  - {code: impression, title: Впечатление, max: 5}",
    "",
    "scoring:",
    "  aggregation: mean  # среднее членов жюри; sum — сумма",
    "  tie: chair_decides  # если вышло поровну, решает председатель",
    "",
    "jury:",
    "  per_work: 2  # предположение: сколько человек смотрит одну работу",
    "  blind: false  # true — жюри не видит имён и школ",
)
_HANDED_IN = {
    WorkKind.LINK: "видео, ссылкой",
    WorkKind.PHOTO: "фотографии работы, до трёх",
    WorkKind.VIDEO: "видео, вложением",
    WorkKind.AUDIO: "запись звука, вложением",
    WorkKind.DOCUMENT: "файл .pdf или .docx",
}
_FILES = {
    WorkKind.PHOTO: "{kind: photo, extensions: [jpg, png], max_bytes: 10485760, count: {least: 1, most: 3}}",
    WorkKind.VIDEO: "{kind: video, max_bytes: 104857600, count: {least: 1, most: 1}}",
    WorkKind.AUDIO: "{kind: audio, max_bytes: 52428800, count: {least: 1, most: 1}}",
    WorkKind.DOCUMENT: "{kind: document, extensions: [pdf, docx], max_bytes: 20971520, count: {least: 1, most: 1}}",
}
_UNITS: dict[UnitKind, Sequence[str]] = {
    UnitKind.PERSON: ["unit: {kind: person}"],
    UnitKind.ATTENDANCE: ["unit: {kind: attendance}"],
    UnitKind.TEAM: [
        "unit:",
        "  kind: team",
        "  roster: {least: 3, most: 8}  # предположение: сколько человек в команде",
        "  captain: true",
        "  leaders: {least: 1, most: 2}",
    ],
    UnitKind.PAIR: ["unit:", "  kind: pair", "  members:  # роли в паре"],
    UnitKind.COLLECTIVE: [
        "unit:",
        "  kind: collective",
        "  authors: {least: 1, most: 30}  # предположение: сколько человек в номере",
    ],
    UnitKind.PROJECT: [
        "unit:",
        "  kind: project",
        "  authors: {least: 1, most: 3}  # предположение: сколько авторов",
    ],
}
_SCHEMES: dict[str, Sequence[str]] = {
    "places": [
        "  places:  # holders_most — сколько человек может занять место",
        "    - {place: 1, title: Диплом I степени, outcome: winner, holders_most: 1}",
        "    - {place: 2, title: Диплом II степени, outcome: prize, holders_most: 2}",
        "    - {place: 3, title: Диплом III степени, outcome: prize, holders_most: 3}",
    ],
    "winners_prizes": [
        "  winner: {title: Победитель, outcome: winner, paper: honour}",
        "  prize: {title: Призёр, outcome: prize, paper: honour}",
        "  share_percent: 30  # предположение: победители и призёры вместе, в процентах участников",
    ],
    "thresholds": [
        "  thresholds:  # предположение: звания по сумме критериев",
        "    - {points: 13, title: Лауреат I степени, outcome: winner}",
        "    - {points: 10, title: Лауреат II степени, outcome: prize}",
        "    - {points: 7, title: Лауреат III степени, outcome: prize}",
    ],
    "jury_nominations": [
        "  winner: {title: Победитель, outcome: winner}",
        "  prize: {title: Призёр, outcome: prize}",
        "  winners_most: 1  # предположение",
        "  prizes_most: 2  # предположение",
    ],
    "own_nominations": [
        "  award: {title: Диплом, outcome: prize}",
        "  titles: [За яркий замысел, За мастерство]  # предположение: номинации на выбор жюри",
    ],
    "quota": [
        "  winner: {title: Победитель, outcome: winner}",
        "  prize: {title: Призёр, outcome: prize}",
        "  share_percent: 30  # предположение: не больше такой доли участников",
        "  above_percent: 50  # предположение: и только за больше чем половину баллов",
    ],
    "participation": [],
}

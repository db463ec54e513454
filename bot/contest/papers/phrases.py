"""Words that an event's data have in the nominative, in the forms that papers need; an unknown word stays as it is."""

from __future__ import annotations

from bot.contest.event.base import Category
from bot.contest.grades import Grade
from bot.contest.naming import quoted
from bot.contest.papers.sex import Sex, by_sex
from bot.contest.papers.values import School

#: «принял участие в …».
_IN = {
    "конкурс": "конкурсе",
    "конкурс-игра": "конкурсе-игре",
    "фестиваль": "фестивале",
    "фестиваль-конкурс": "фестивале-конкурсе",
    "конференция": "конференции",
    "выставка": "выставке",
    "проектория": "проектории",
    "вебинар": "вебинаре",
    "семинар": "семинаре",
    "семинар-практикум": "семинаре-практикуме",
    "практикум": "практикуме",
    "мастер-класс": "мастер-классе",
    "олимпиада": "олимпиаде",
    "турнир": "турнире",
    "викторина": "викторине",
    "игра": "игре",
    "квест": "квесте",
    "акция": "акции",
    "марафон": "марафоне",
    "чтения": "чтениях",
    "форум": "форуме",
}
#: Nominative of a title's first words: genitive, plural.
_TITLES = {
    "абсолютный победитель": ("абсолютного победителя", "Абсолютные победители"),
    "победитель": ("победителя", "Победители"),
    "призёр": ("призёра", "Призёры"),
    "призер": ("призёра", "Призёры"),
    "лауреат": ("лауреата", "Лауреаты"),
    "дипломант": ("дипломанта", "Дипломанты"),
    "финалист": ("финалиста", "Финалисты"),
    "участник": ("участника", "Участники"),
}
_DIPLOMA = "диплом"
_CERTIFICATE = "сертификат"
_HOME = "Россия"
_OR, _TEACHER = " или ", "руководитель"
#: Last digits of numbers with which things are many; and so are those of 11 to 19.
_MANY = (0, 5, 6, 7, 8, 9)
#: «Томский район» and «г. Томска» have so many letters in common; «Юрга» and «г. Юрги» all but the last.
_STEM = 4


def event_phrase(kind: str) -> str:
    """«конкурсе»: where somebody took part; «мероприятии» where the kind's word is not known."""
    return next((_IN[word] for word in kind.lower().split() if word in _IN), "мероприятии")


def event_title(status_line: str, kind: str, title: str) -> str:
    """«Открытый межрегиональный конкурс чтецов «Мамочка моя!»», from the status, the kind and the title.

    A title that begins with the status's own noun continues it: «Открытая выставка» and «Выставка творчества».
    """
    status, noun = status_line.strip(), _noun(kind)
    if title.split(maxsplit=1)[0].lower() == noun and noun in status.lower().split():
        return _in_place(status, noun, f"{noun}{title[len(noun) :]}")
    status = _in_place(status, noun, kind)
    named = status.partition("«")[2].partition("»")[0]
    return status if named and title.startswith(named) else f"{status} {quoted(title)}"


def award_of(title: str) -> str:
    """What follows the word «Диплом»: «I степени», «победителя», «лауреата II степени», «Гран-при»."""
    words = title.split()
    if words and words[0].lower() == _DIPLOMA:
        return " ".join(words[1:])
    known, rest = _known(title)
    return f"{_TITLES[known][0]}{rest}" if known else title


def heading_of(title: str, *, alone: bool = False) -> str:
    """What stands above those who have it in a letter: «Победители», «Лауреаты II степени», «Диплом I степени».

    `alone`: above one of them, «Победитель».
    """
    if title.lower().startswith(_CERTIFICATE):
        title = "Участник"
    known, rest = _known(title)
    return f"{_TITLES[known][1]}{rest}" if known and not alone else title


def school_line(school: School) -> str:
    """«МБОУ «Богашевская СОШ», Томский район»; a town that the name has already is not said twice."""
    parts = [school.name]
    stem = school.municipality[: min(_STEM, len(school.municipality) - 1)].lower()
    if stem and stem not in school.name.lower():
        parts.append(school.municipality)
    if school.country and school.country != _HOME:
        parts.append(school.country)
    return ", ".join(parts)


def learner(category: Category, grade: Grade | None, sex: Sex | None) -> str:
    """«обучающаяся 3Б класса», «воспитанник(ца) старшей группы», «студентка»; empty for a teacher."""
    if grade is not None and grade.group is not None:
        return f"{_ward(sex)} {_of_group(grade.group.label)}"
    if category is Category.PRESCHOOLER:
        return _ward(sex)
    if grade is not None:
        of_class = f"{grade.number}{grade.letter} класса"
        return by_sex(sex, f"обучающийся {of_class}", f"обучающаяся {of_class}", grade.label)
    return by_sex(sex, "студент", "студентка", "студент(ка)") if category is Category.STUDENT else ""


def took_part(sex: Sex | None) -> str:
    """«приняла участие»."""
    return by_sex(sex, "принял участие", "приняла участие", "принял(а) участие")


def dear(name: str, patronymic: str | None, sex: Sex | None, surname: str) -> str:
    """«Уважаемая Анна Ивановна!»; who has no patronymic is called by both names, in words that fit everybody."""
    if sex is None or not patronymic:
        return f"Уважаемый педагог {surname} {name}!"
    return by_sex(sex, f"Уважаемый {name} {patronymic}!", f"Уважаемая {name} {patronymic}!", "")


def letters(name: str) -> str:
    """«С. В. И.» of «Соколова Вера Ильинична»: what a check tells of a person, and of a team's title."""
    words = [word.strip("«»„“”\"'()") for word in name.split()]
    return " ".join(f"{word[0].upper()}." for word in words if word[:1].isalnum())


def role(title: str) -> str:
    """«учитель физкультуры»: as an event calls somebody, written small, because a name follows.

    A question that names several, «Воспитатель или учитель», does not say which one it is.
    """
    return _TEACHER if _OR in title else title[:1].lower() + title[1:]


def counted(number: int, one: str, few: str, many: str) -> str:
    """«24 работы»."""
    tens, ones = divmod(number % 100, 10)
    word = many if tens == 1 or ones in _MANY else one if ones == 1 else few
    return f"{number} {word}"


def _ward(sex: Sex | None) -> str:
    return by_sex(sex, "воспитанник", "воспитанница", "воспитанник(ца)")


def _of_group(label: str) -> str:
    adjective = label.split(maxsplit=1)[0]
    soft = adjective.endswith(("яя", "шая"))
    return f"{adjective[:-2]}{'ей' if soft else 'ой'} группы"


def _known(title: str) -> tuple[str, str]:
    """The word for a person that a title begins with, and what follows; two empty ones if there is none."""
    for word in _TITLES:
        rest = title[len(word) :]
        if title.lower().startswith(word) and (not rest or not rest[0].isalpha()):
            return word, rest
    return "", ""


def _noun(kind: str) -> str:
    """«конкурс» of «конкурс чтецов»; the kind itself where no word is known."""
    return next((word for word in kind.lower().split() if word in _IN), kind.lower())


def _in_place(status: str, noun: str, whole: str) -> str:
    """The status with its noun made whole: «Открытый конкурс с участием» as «Открытый конкурс чтецов с участием»."""
    words = status.split()
    short = noun.partition("-")[0]
    places = [index for index, word in enumerate(words) if word.lower() in (noun, short)]
    if not places or whole.lower() in status.lower():
        return status
    at = places[0]
    return " ".join([*words[:at], whole if at else whole[:1].upper() + whole[1:], *words[at + 1 :]])

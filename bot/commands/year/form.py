"""How a person of the crowd answers the bot: by the words of its question, whatever the event asks."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.commands.year.cast import Learner
from bot.commands.year.crowd import Person, StuckError, label_like
from bot.commands.year.entries import Entry
from bot.commands.year.values import EXPERIENCE, own_answer
from bot.contest.event.fields import OwnField
from bot.contest.event.model import Event
from bot.contest.event.units import Collective, Pair

#: More questions than any form has: the talk goes in a circle.
MOST_QUESTIONS = 80
ROLES = {
    ("teacher", "pupil"): "Педагог",
    ("parent", "pupil"): "Родитель",
    ("self", "pupil"): "Участник, мне 14 или больше",
    ("self", "teacher"): "Педагог, участвую сам(а)",
    ("self", "student"): "Студент, участвую сам(а)",
}
NUMBER = re.compile(r"[А-ЯЁ]+-\d{4}-\d{4}")
_SENT = re.compile(r"Заявка \S+ (?:отправлена|принята)")
_AUTHOR = re.compile(r"Автор (\d+)")
_LISTED = re.compile(r"Состав, (\d+) из")
#: Groups of a kindergarten by age; the eldest are in the last.
GROUPS = {3: "младшая группа", 4: "средняя группа", 5: "старшая группа"}
ELDEST = "подготовительная группа"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, who answers it, and for what."""

    person: Person
    entry: Entry
    event: Event
    text: str
    labels: Sequence[str]

    async def writes(self, text: str) -> None:
        """Answer with words."""
        await self.person.writes(text)

    async def presses(self, *labels: str) -> None:
        """Press the first of these that is there. Raises StuckError."""
        for label in labels:
            if (found := label_like(self.labels, label)) is not None:
                await self.person.presses(found)
                return
        raise StuckError(f"{self.person.id}: none of {labels} under: {self.text} {self.labels}")

    @property
    def about(self) -> int:
        """The place among the entry's people that the question is about."""
        if found := _AUTHOR.search(self.text):
            return int(found[1]) - 1
        members = self.event.unit.members if isinstance(self.event.unit, Pair) else ()
        for place, member in enumerate(members):
            if f"{member.title}: фамилия" in self.text:
                return place
        return next((place for place, one in enumerate(self.entry.people) if one.name in self.text), 0)


Reaction = Callable[[Asked], Awaitable[None]]


async def fill_in(person: Person, entry: Entry, event: Event) -> str:
    """Answer until the application is sent; its number. Raises StuckError."""
    for _ in range(MOST_QUESTIONS):
        if (sent := _sent(person)) is not None:
            return sent
        await react(person, entry, event)
    raise StuckError(f"{person.id}: {MOST_QUESTIONS} questions and no end; {person.last}")


async def react(person: Person, entry: Entry, event: Event) -> None:
    """Answer what is asked now. Raises StuckError where nobody knows what it means."""
    for message_text, labels in person.spoken:
        asked = Asked(person, entry, event, message_text, labels)
        if (reaction := _reaction(asked)) is not None:
            await reaction(asked)
            return
    raise StuckError(f"{person.id} does not understand: {person.last}")


def _sent(person: Person) -> str | None:
    for text, _ in person.spoken:
        if _SENT.search(text) and (found := NUMBER.search(text)):
            return found[0]
    return None


def _reaction(asked: Asked) -> Reaction | None:
    if "Нет в списке" in asked.labels:
        return _which_school
    for field in asked.event.fields:
        if _asks(field, asked.text):
            return _own(field)
    return next((reaction for words, reaction in REACTIONS if re.search(words, asked.text)), None)


async def _which_school(asked: Asked) -> None:
    name = asked.entry.school.name
    if asked.entry.school.code is None:
        await asked.presses("Нет в списке")
    else:
        await asked.presses("Да", name, "Нет в списке")


def _asks(field: OwnField, text: str) -> bool:
    question = (field.question or f"{field.title}?").split("\n")[0]
    return text.startswith(question) or f"· {question}" in text or f". {question}" in text or f": {question}" in text


def _own(field: OwnField) -> Reaction:
    async def react_to(asked: Asked) -> None:
        wanted = own_answer(field, asked.entry, asked.about)
        for answer in wanted:
            if (label := label_like(asked.person.labels, answer)) is not None:
                await asked.person.presses(label)
            else:
                await asked.writes(answer)

    return react_to


def _writes(text: Callable[[Asked], str]) -> Reaction:
    async def react_to(asked: Asked) -> None:
        await asked.writes(text(asked))

    return react_to


def _presses(*labels: str) -> Reaction:
    async def react_to(asked: Asked) -> None:
        await asked.presses(*labels)

    return react_to


async def _role(asked: Asked) -> None:
    group = asked.entry.group
    await asked.presses(ROLES.get((group.by, group.who), "Педагог"), "Педагог", "Зарегистрироваться")


async def _name(asked: Asked) -> None:
    """The next author; or who is to be one of several says so first; or there are no more."""
    people = asked.entry.people
    several = next((label for label in asked.labels if label.startswith("Авторов несколько")), None)
    if len(people) > 1 and several:
        await asked.presses(several)
    elif asked.about >= len(people):
        await asked.presses("Больше авторов нет")
    else:
        await asked.writes(people[asked.about].name)


async def _grade(asked: Asked) -> None:
    await asked.writes(grade_of(asked.entry.people[asked.about]))


def grade_of(one: Learner) -> str:
    """The class, or the group of a kindergarten."""
    return GROUPS.get(one.age or 0, ELDEST) if one.grade is None else str(one.grade)


async def _title(asked: Asked) -> None:
    """The team's; or first that several take part."""
    several = next((label for label in asked.labels if label.startswith(("Авторов несколько", "Командой"))), None)
    if len(asked.entry.people) > 1 and several:
        await asked.person.presses(several)
    else:
        await asked.writes(asked.entry.title)


async def _roster(asked: Asked) -> None:
    """Everybody in one message; «Готово» once all are there."""
    listed = _LISTED.search(asked.text)
    if listed and int(listed[1]) == len(asked.entry.people):
        await asked.presses("Готово")
    elif listed:
        raise StuckError(f"{asked.person.id}: the list is not taken: {asked.text}")
    elif "Без списка имён" in asked.labels:
        await asked.presses("Без списка имён")
    else:
        adults = asked.entry.group.who in ("teacher", "student")
        lines = [one.name if adults else f"{one.name}, {grade_of(one)}" for one in asked.entry.people]
        await asked.writes("\n".join(lines))


async def _form(asked: Asked) -> None:
    await asked.presses(form_title(asked.entry, asked.event), asked.labels[-1])


def form_title(entry: Entry, event: Event) -> str:
    """Solo, duet, ensemble: by how many they are; empty where the event knows no forms."""
    size = len(entry.people)
    forms = [form for unit in event.units if isinstance(unit, Collective) for form in unit.forms]
    fitting = (form.title for form in forms if form.people and form.people.least <= size <= form.people.most)
    return next(fitting, "")


async def _experience(asked: Asked) -> None:
    await asked.writes(str(EXPERIENCE[asked.about % len(EXPERIENCE)]))


async def _first(asked: Asked) -> None:
    await asked.person.presses(asked.labels[0])


async def _school(asked: Asked) -> None:
    await asked.writes(asked.entry.school.name)


async def _supervisor(asked: Asked) -> None:
    teacher = asked.entry.supervisor
    if teacher is None:
        await asked.presses("Без руководителя")
    elif teacher.name in asked.labels:
        await asked.presses(teacher.name)
    else:
        await asked.writes(teacher.name)


async def _nomination(asked: Asked) -> None:
    await asked.presses(*asked.entry.nomination)


def age_of(asked: Asked) -> int:
    """How old the person is in this school year."""
    one = asked.entry.people[asked.about]
    return one.age or (one.grade or 12) + 6


#: What each question is answered with, by words of the question; the first that fit.
REACTIONS: Sequence[tuple[str, Reaction]] = (
    (r"так будет в", _presses("Отправить")),
    (r"Верно\?|, верно\?", _presses("Да")),
    (r"Кто подаёт заявку", _role),
    (r"Как называется (команда|коллектив)|Тема проекта\?", _title),
    (r"Кто выступает\?", _form),
    (r"Сколько человек участвует", _writes(lambda asked: str(len(asked.entry.people)))),
    (r"самый старший", _writes(lambda asked: str(max(one.grade or 1 for one in asked.entry.people)))),
    (r"Состав, |Имена участников", _roster),
    (r"Кто капитан", _first),
    (r"Если никого нет, нажмите", _presses("Никого нет")),
    (r"сколько лет работает", _experience),
    (r"Всё верно\?", _presses("Да")),
    (r"[Сс]огласие на (публикацию|распространение)", _presses("Публиковать можно", "Родители разрешили публиковать")),
    (r"Согласие на обработку", _presses("Подтверждаю, хранится в школе", "Согласен(на)")),
    (r"должность\?", _writes(lambda _: "учитель начальных классов")),
    (r"[Кк]акой предмет", _writes(lambda _: "начальные классы")),
    (r"[Сс]колько (участнику )?лет", _writes(lambda asked: str(age_of(asked)))),
    (r"[Дд]ата рождения", _writes(lambda asked: f"12.05.{2020 - age_of(asked)}")),
    (r"[Пп]ол( участника)?\?", _presses("женский", "мужской")),
    (r"[Фф]амилия, имя и отчество.*как в дипломе", _name),
    (r"Буква нужна", _presses("Без буквы")),
    (r"Класс\?|[Гг]руппа\?", _grade),
    (r"Школа, сад или кружок", _school),
    (r"В справочнике такой организации нет", _presses("Записать как написано")),
    (r"Телефон или почта", _presses("Пропустить")),
    (r"Телефон для связи", _writes(lambda asked: f"+7 913 {asked.entry.serial % 900 + 100}-45-67")),
    (r"Почта для связи", _writes(lambda _: "school@mail.ru")),
    (r"Номинация\?", _nomination),
    (r"фамилия, имя и отчество", _supervisor),
    (r"Отправить ещё одну\?", _presses("Отправить ещё одну")),
)

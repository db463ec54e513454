"""How a person of the crowd answers the bot: by the words of its question, whatever the event asks."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.commands.year.crowd import Person, StuckError
from bot.commands.year.entries import Entry
from bot.commands.year.values import own_answer
from bot.contest.event.fields import OwnField
from bot.contest.event.model import Event

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
            if label in self.labels:
                await self.person.presses(label)
                return
        raise StuckError(f"{self.person.id}: none of {labels} under: {self.text} {self.labels}")

    @property
    def about(self) -> int:
        """The place among the entry's people that the question is about."""
        if found := _AUTHOR.search(self.text):
            return int(found[1]) - 1
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
    for field in asked.event.fields:
        if _asks(field, asked.text):
            return _own(field)
    return next((reaction for words, reaction in REACTIONS if re.search(words, asked.text)), None)


def _asks(field: OwnField, text: str) -> bool:
    question = (field.question or f"{field.title}?").split("\n")[0]
    return f"· {question}" in text or text.startswith(question)


def _own(field: OwnField) -> Reaction:
    async def react_to(asked: Asked) -> None:
        wanted = own_answer(field, asked.entry)
        for answer in wanted:
            if answer in asked.labels or f"✓ {answer}" in asked.labels:
                await asked.person.presses(answer)
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
    one = asked.entry.people[asked.about]
    if one.grade is not None:
        await asked.writes(str(one.grade))
    else:
        await asked.writes("подготовительная группа")


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


async def _which_school(asked: Asked) -> None:
    name = asked.entry.school.name
    named = next((label for label in asked.labels if name.startswith(label.rstrip("…"))), None)
    if asked.entry.school.code is None:
        await asked.presses("Нет в списке")
    else:
        await asked.presses("Да", *([named] if named else []), "Нет в списке")


def age_of(asked: Asked) -> int:
    """How old the person is in this school year."""
    one = asked.entry.people[asked.about]
    return one.age or (one.grade or 12) + 6


#: What each question is answered with, by words of the question; the first that fit.
REACTIONS: Sequence[tuple[str, Reaction]] = (
    (r"так будет в", _presses("Отправить")),
    (r"Какая из них\?|\(\w.*\)\?$|^МАОУ.*\?$|^МБОУ.*\?$", _which_school),
    (r"Верно\?|, верно\?", _presses("Да")),
    (r"Кто подаёт заявку", _role),
    (r"[Сс]огласие на (публикацию|распространение)", _presses("Публиковать можно", "Родители разрешили публиковать")),
    (r"Согласие на обработку", _presses("Подтверждаю, хранится в школе", "Согласен(на)")),
    (r"должность\?", _writes(lambda asked: "учитель начальных классов")),
    (r"Какой предмет", _writes(lambda asked: "начальные классы")),
    (r"Сколько (участнику )?лет", _writes(lambda asked: str(age_of(asked)))),
    (r"Дата рождения", _writes(lambda asked: f"12.05.{2020 - age_of(asked)}")),
    (r"Пол участника", _presses("женский", "мужской")),
    (r"[Фф]амилия, имя и отчество.*как в дипломе", _name),
    (r"Буква нужна", _presses("Без буквы")),
    (r"Класс\?|[Гг]руппа\?", _grade),
    (r"Школа, сад или кружок", _school),
    (r"В справочнике такой организации нет", _presses("Записать как написано")),
    (r"Телефон или почта", _presses("Пропустить")),
    (r"Телефон для связи", _writes(lambda asked: f"+7 913 {asked.entry.serial % 900 + 100}-45-67")),
    (r"Почта для связи", _writes(lambda asked: "school@mail.ru")),
    (r"Номинация\?", _nomination),
    (r"фамилия, имя и отчество", _supervisor),
    (r"Отправить ещё одну\?", _presses("Отправить ещё одну")),
)


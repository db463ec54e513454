"""How the people of the demo answer the bot: by what it asks, as people do, not by counting its questions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.commands.acting import Actor
from bot.commands.company import Applicant, Entry

#: More questions than any form has: the talk goes in a circle.
MOST_QUESTIONS = 40
ROLES = {
    "teacher": "Педагог",
    "parent": "Родитель",
    "self": "Участник, мне 14 или больше",
    "adult": "Педагог, участвую сам(а)",
}


class LostError(Exception):
    """The bot asked something that nobody of the cast knows the answer to."""


@dataclass(frozen=True, slots=True)
class Form:
    """What somebody answers when they apply: for whom, and as who."""

    applicant: Applicant
    entry: Entry
    publish: bool = True


Reaction = Callable[[Actor, Form], Awaitable[None]]


async def fill_in(actor: Actor, form: Form) -> str:
    """Answer questions until the application is sent; the bot's last words."""
    for _ in range(MOST_QUESTIONS):
        question = actor.last.text
        if "отправлена" in question or "принята" in question:
            return question
        if "Другая" in _labels(actor):
            await actor.presses("Да")
        else:
            await _reaction(question)(actor, form)
    raise LostError(actor.last.text)


def _reaction(question: str) -> Reaction:
    for words, reaction in REACTIONS:
        if words in question:
            return reaction
    raise LostError(question)


def _writes(text: Callable[[Form], str]) -> Reaction:
    async def react(actor: Actor, form: Form) -> None:
        await actor.writes(text(form))

    return react


def _presses(*labels: str) -> Reaction:
    async def react(actor: Actor, _form: Form) -> None:
        await actor.presses(_shown(actor, labels))

    return react


async def _role(actor: Actor, form: Form) -> None:
    await actor.presses(_shown(actor, [ROLES[form.applicant.role], "Зарегистрироваться"]))


async def _publication(actor: Actor, form: Form) -> None:
    yes = ("Публиковать можно", "Родители разрешили публиковать")
    await actor.presses(_shown(actor, yes) if form.publish else "Не публиковать")


async def _supervisor(actor: Actor, form: Form) -> None:
    name = form.applicant.supervisor
    if not name:
        await actor.presses("Без руководителя")
    elif name in _labels(actor):
        await actor.presses(name)
    else:
        await actor.writes(name)


async def _nomination(actor: Actor, form: Form) -> None:
    await actor.presses(form.entry.nomination)


def _labels(actor: Actor) -> list[str]:
    return [label for row in actor.last.buttons for label in row]


def _shown(actor: Actor, labels: Sequence[str]) -> str:
    """The first of the labels that is there."""
    for label in labels:
        if label in _labels(actor):
            return label
    raise LostError(f"{actor.last.text} {actor.last.keyboard}")


#: What each question is answered with, by words of the question.
REACTIONS: Sequence[tuple[str, Reaction]] = (
    ("Верно?", _presses("Да")),
    ("Кто подаёт заявку", _role),
    ("согласие на публикацию", _publication),
    ("Согласие на обработку", _presses("Согласен(на)", "Подтверждаю, хранится в школе")),
    ("должность", _writes(lambda form: form.entry.position)),
    ("Нужны полные имя", _writes(lambda form: form.entry.name)),
    ("Фамилия, имя", _writes(lambda form: form.entry.name)),
    ("фамилия, имя и отчество, как в дипломе", _writes(lambda form: form.entry.name)),
    ("Буква", _presses("Без буквы")),
    ("Класс", _writes(lambda form: form.entry.grade)),
    ("Школа, сад", _writes(lambda form: form.entry.school)),
    ("Руководитель", _supervisor),
    ("Телефон или почта", _presses("Пропустить")),
    ("предмет", _presses("Пропустить")),
    ("Номинация", _nomination),
    ("слушать или выступать", _presses("Слушатель")),
    ("так будет в дипломе", _presses("Отправить")),
)

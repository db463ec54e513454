"""What people of the crowd answer when they register for a webinar: by the words of the question, whoever asks it."""

from __future__ import annotations

from dataclasses import dataclass

#: The event they come for, by the word in its link, and its file.
REF, EVENT_FILE = "webinar-scratch", "webinar-scratch.yaml"


@dataclass(frozen=True, slots=True)
class Press:
    """Press the button with this label."""

    label: str


@dataclass(frozen=True, slots=True)
class Write:
    """Write this; nothing stands for the person's own name."""

    text: str = ""


class UnknownQuestionError(Exception):
    """The bot said something that nobody of the crowd has an answer to."""


#: The first whose words are in the message; None: the registration is done.
_ANSWERS: tuple[tuple[str, Press | Write | None], ...] = (
    ("принята", None),
    ("Проверьте", Press("Отправить")),
    ("Регистрация: до", Press("Зарегистрироваться")),
    ("Вы согласны?", Press("Согласен(на)")),
    ("Публиковать ваше имя", Press("Публиковать можно")),
    ("фамилия, имя и отчество", Write()),
    ("фамилию, имя и отчество", Write()),
    ("Ваши фамилия", Write()),
    ("Ваша должность", Write("учитель информатики")),
    ("Какой предмет", Press("Пропустить")),
    ("Школа, сад или кружок", Write("гимназия 13 томск")),
    ("гимназия № 13 г. Томска?", Press("Да")),
    ("Телефон или почта", Press("Пропустить")),
    ("слушать или выступать", Press("Слушатель")),
)
#: The text that is announced meanwhile; its messages are known by it.
NEWS = "Открыт приём работ на новый конкурс"
#: Said beside a question.
_BESIDE = ("Здравствуйте!",)


def is_news(text: str) -> bool:
    """Is it an announcement, which answers nobody?"""
    return NEWS in text


def asks(text: str) -> bool:
    """Is there anything to answer?"""
    return not text.startswith(_BESIDE)


def answer_to(text: str) -> Press | Write | None:
    """What somebody who registers does next; None: they have registered. Raises UnknownQuestionError."""
    for words, act in _ANSWERS:
        if words in text:
            return act
    raise UnknownQuestionError(text)

"""What Typst says of a template's mistakes, in Russian and with the line of the organizer's own file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.documents.papers.child import MAIN

_MOST = 5
_ERROR = re.compile(r"^error: (.+)$", re.MULTILINE)
_LINE = re.compile(rf"{re.escape(MAIN)}:(\d+):\d+")
TOO_SLOW = "Шаблон работает слишком долго или занимает слишком много памяти."

_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), russian)
    for pattern, russian in (
        (r"unclosed delimiter", "не закрыта скобка"),
        (r"unclosed string", "не закрыта кавычка"),
        (r"unexpected closing", "лишняя закрывающая скобка"),
        (r"unclosed raw text", "не закрыт текст в обратных кавычках"),
        (r"the character `?(.+?)`? is not valid in code", "знаку {0} здесь не место"),
        (r"expected (?:expression|block|body|pattern|identifier).*", "здесь чего-то не хватает"),
        (r"expected (.+)", "здесь нужно другое (Typst: expected {0})"),
        (r"unexpected (.+)", "лишнее: {0}"),
        (r"unknown variable: (\S+)", "неизвестное слово «{0}»"),
        (r"unknown font family: (.+)", "нет шрифта «{0}»"),
        (r'dictionary does not contain key "(.+?)".*', "нет поля «{0}»"),
        (r"failed to download package.*", "пакеты из сети недоступны, используйте только paper.typ и frame.typ"),
        (r"package not found.*", "пакеты недоступны, используйте только paper.typ и frame.typ"),
        (r"file not found.*", "нет такого файла: шаблону доступны только paper.typ, frame.typ и картинки оформления"),
        (r"(?:cannot|failed to) (?:read|load|access).*", "этот файл шаблону недоступен"),
        (r"(?:path|access).*(?:outside|denied|escape).*", "этот файл шаблону недоступен"),
        (r"loop seems to be infinite.*|condition is always true.*", "цикл никогда не кончается"),
        (r"maximum (?:function call|layout|show rule|grouping)? ?depth exceeded.*", "вызовы уходят слишком глубоко"),
        (r"missing argument: (.+)", "не хватает значения «{0}»"),
        (r"unexpected argument.*", "лишнее значение"),
    )
)


def in_russian(told: str) -> list[str]:
    """«Строка 3: не закрыта скобка.», at most five of them; without words Typst has died on the template."""
    found = list(dict.fromkeys(_each(told)))[:_MOST]
    return found or [TOO_SLOW]


def _each(told: str) -> Iterator[str]:
    errors = list(_ERROR.finditer(told))
    for number, error in enumerate(errors):
        end = errors[number + 1].start() if number + 1 < len(errors) else len(told)
        line = _LINE.search(told, error.end(), end)
        where = f"Строка {line[1]}: " if line else "Шаблон: "
        yield f"{where}{_reason(error[1])}."


def _reason(english: str) -> str:
    for pattern, russian in _WORDS:
        if found := pattern.match(english):
            return russian.format(*found.groups())
    return f"Typst говорит: {english}"

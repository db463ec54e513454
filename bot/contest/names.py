"""Reading a person's full name as it will be printed in a diploma.

Letters: Russian and those of the neighbours' alphabets (Kazakh, Tuvan, Tatar, Ukrainian and so on), with
hyphens and apostrophes.

Refusal keys: `name.expected`, `name.one_word` (word), `name.too_many_words` (words), `name.surname_missing`,
`name.initials`, `name.digits` (word), `name.latin_letter` (letter, word), `name.not_cyrillic` (word),
`name.character` (character), `name.link`, `name.part_too_long` (word, limit, length), and `text.too_long`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.contest.graphemes import graphemes
from bot.contest.refusal import Refusal
from bot.contest.text import clean, fold, inert, initials, too_long

#: Three parts of an ordinary length and the spaces between them.
NAME_LIMIT = 100
PART_LIMIT = 40
#: Surname, name and patronymic.
MOST_PARTS = 3

_ALPHABET = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіїєґўҕҥӧӱӓӑӗҫҡҙҷҳӣӯҗљњћџђј")
_LATIN_TWINS = frozenset("aceopxykmthbi")

# «Рашид оглы», «Мурат кызы»: a part of the patronymic that is written small.
_AFTER_FATHER = frozenset(("оглы", "оглу", "огли", "кызы", "гызы", "кизи", "улы", "уулу", "ұлы", "қызы", "ұғлы"))
_BEFORE_SURNAME = frozenset(("фон", "де", "дер", "дю"))
_SMALL = _AFTER_FATHER | _BEFORE_SURNAME

_NO_PATRONYMIC = re.compile(r"\s+(?:-|нет(?: отчества)?|без отчества)$", re.IGNORECASE)
_LINK = re.compile(r"://|@|\b(?:www|vk)\.|\w\.(?:ru|com|рф|org|net|me|su|info)\b", re.IGNORECASE)
_INITIAL = re.compile(r"(?:^|[\s.])[^\W\d_](?=$|[\s.])|[^\W\d_]\.")
_FATHERS_NAME = re.compile(r"(?:овна|евна|инична|ична|ович|евич)$", re.IGNORECASE)
_DAUGHTER = re.compile(r".{2,}(?:овна|евна|ична)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FullName:
    """A name in the nominative, spelled as in a document."""

    surname: str
    name: str
    #: None for a person who has none.
    patronymic: str | None = None

    @property
    def formal(self) -> str:
        """«Соколова Вера Ильинична»."""
        return " ".join(filter(None, (self.surname, self.name, self.patronymic)))

    @property
    def short(self) -> str:
        """«Соколова В. И.»."""
        return initials(self.formal)

    @property
    def key(self) -> str:
        """A key by which two applications may be of one person.

        Without the patronymic, because it is often left out: a false alarm costs a glance, a miss a diploma.
        """
        return fold(f"{self.surname} {self.name}")


def read_full_name(text: str) -> FullName | Refusal:
    """The name in «соколова вера ильинична» in the order of documents, or why it can't be printed."""
    text = _tidy(text)
    if refusal := too_long(text, NAME_LIMIT) or _spelling_refusal(text):
        return refusal
    parts = _parts(_NO_PATRONYMIC.sub("", text).split())
    if refusal := _parts_refusal(parts):
        return refusal
    surname, name, *patronymic = _in_order(parts)
    return FullName(_capitalised(surname), _capitalised(name), *map(_fathers, patronymic))


def _tidy(text: str) -> str:
    text = re.sub(r"[‐‑‒–—―−]", "-", clean(text))
    text = re.sub(r"[`´‘ʼʹ']", "’", text)
    return re.sub(r"(?<=\w)\s*-\s*(?=\w)", "-", " ".join(text.replace(",", " ").split()))


def _parts(words: list[str]) -> list[str]:
    """Words put together into surname, name and patronymic, as far as they go."""
    while words and words[0].lower().split()[-1] in _BEFORE_SURNAME and _has_more_than_a_name(words):
        words = [f"{words[0]} {words[1]}", *words[2:]]
    if len(words) > MOST_PARTS and words[-1].lower() in _AFTER_FATHER:
        words = [*words[:-2], f"{words[-2]} {words[-1]}"]
    return words


def _has_more_than_a_name(words: list[str]) -> bool:
    """Whether a particle may begin the surname: «Де Анна Петровна» has the surname «Де»."""
    with_patronymic = bool(_FATHERS_NAME.search(words[-1]))
    return len(words) > MOST_PARTS - (not with_patronymic)


def _in_order(parts: list[str]) -> list[str]:
    """«Вера Ильинична Соколова» as in documents: no first name sounds like a patronymic."""
    match parts:
        case [name, father, surname] if _FATHERS_NAME.search(father):
            return [surname, name, father]
    return parts


def _spelling_refusal(text: str) -> Refusal | None:
    if not any(char.isalpha() for char in text):
        return Refusal("name.expected")
    if _LINK.search(text):
        return Refusal("name.link")
    for word in text.split():
        if refusal := _word_refusal(word):
            return refusal
    return Refusal("name.initials") if _INITIAL.search(text) else None


def _word_refusal(word: str) -> Refusal | None:
    letters = [char for char in word if char.isalpha()]
    strangers = [char for char in letters if char.lower() not in _ALPHABET]
    if any(char.isdigit() for char in word):
        return Refusal("name.digits", {"word": inert(word)})
    if strangers and len(strangers) < len(letters) and strangers[0].lower() in _LATIN_TWINS:
        return Refusal("name.latin_letter", {"letter": strangers[0], "word": inert(word)})
    if strangers:
        return Refusal("name.not_cyrillic", {"word": inert(word)})
    bare = word.replace(".", "") or word
    for char in graphemes(bare):
        if char.lower() not in _ALPHABET and (char not in "-’" or bare[0] == char or bare[-1] == char):
            return Refusal("name.character", {"character": char}) if bare != "-" else None
    return None


def _parts_refusal(parts: list[str]) -> Refusal | None:
    if len(parts) == 1:
        return Refusal("name.one_word", {"word": _capitalised(parts[0])})
    if len(parts) > MOST_PARTS:
        return Refusal("name.too_many_words", {"words": len(parts)})
    if any(part.lower() in _AFTER_FATHER for part in parts):
        return Refusal("name.expected")
    if len(parts) < MOST_PARTS and _DAUGHTER.match(parts[-1]):
        return Refusal("name.surname_missing")
    for part in parts:
        if len(part) > PART_LIMIT:
            return Refusal("name.part_too_long", {"word": part, "limit": PART_LIMIT, "length": len(part)})
    return None


def _fathers(part: str) -> str:
    """«Ай-ооловна», as Tuvan patronymics are written: typed with one capital letter, it keeps that one."""
    typed_so = "-" in part and part[:1].isupper() and part[1:].islower()
    return part if typed_so else _capitalised(part)


def _capitalised(part: str) -> str:
    """«петрова-водкина» as «Петрова-Водкина», «рашид-оглы» as «Рашид-оглы», «о’нил» as «О’Нил»."""
    pieces = re.split(r"([ -])", part.lower())
    return "".join(piece if piece in _SMALL and len(pieces) > 1 else _capital(piece) for piece in pieces)


def _capital(piece: str) -> str:
    before, apostrophe, after = piece.partition("’")
    if apostrophe and len(before) == 1:
        return before.upper() + apostrophe + after.capitalize()
    return piece.capitalize()

"""`events new`: a few questions in the terminal, and a commented file that can be loaded as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import typer

from bot.commands import events_answers as answers
from bot.commands.common import complain, say
from bot.commands.events_draft import Draft, file_of
from bot.contest.event.base import Category
from bot.contest.event.loading import read_event
from bot.contest.event.model import Event
from bot.contest.event.moments import TOMSK
from bot.contest.event.units import UnitKind
from bot.contest.event.works import WorkKind

MISTAKES = 1
_Answer = TypeVar("_Answer")
_INTAKE = timedelta(days=14)
_WHO = {"preschooler": "дошкольники", "pupil": "школьники", "student": "студенты", "teacher": "педагоги"}
_UNITS = {
    "person": "по одному",
    "team": "командой",
    "pair": "парой",
    "collective": "номером или коллективом",
    "project": "проектом нескольких авторов",
    "attendance": "посещением, как на вебинаре",
}
_HAND_IN = {
    "link": "видео, ссылкой",
    "photo": "фотографии",
    "video": "видео, вложением",
    "document": "файл",
    "audio": "запись звука",
    "nothing": "ничего",
}
_SCHEMES = {
    "places": "места I, II, III",
    "winners_prizes": "победители и призёры",
    "thresholds": "звания по баллам",
    "jury_nominations": "победитель, призёры и номинации жюри",
    "own_nominations": "каждому диплом в своей номинации",
    "quota": "доля участников и порог баллов",
    "participation": "только участие, без сравнения",
}


@dataclass(frozen=True, slots=True)
class Interview:
    """Who answers: options of the command first, then the person at the terminal, or nobody."""

    #: By the name of the option without its dashes.
    given: Mapping[str, str]
    #: Take what is offered instead of asking.
    quiet: bool

    def ask(self, name: str, question: str, read: Callable[[str], _Answer], offer: str | None = None) -> _Answer:
        """The answer. Ends the command if an option is wrong, or if it is needed and nobody is there to answer."""
        if name in self.given:
            return self._option(name, self.given[name], read)
        if self.quiet:
            if offer is None:
                complain(f"--{name}: нужен ответ — {question}")
                raise typer.Exit(MISTAKES)
            return read(offer)
        while True:
            try:
                return read(str(typer.prompt(question, default=offer)).strip())
            except answers.NotUnderstoodError as error:
                said = str(error)
                say(f"{said[:1].upper()}{said[1:]}.")

    def choose(self, name: str, question: str, choices: Mapping[str, str], offer: str) -> str:
        """One of the choices."""
        self._list(name, choices)
        return self.ask(name, question, answers.one_of(choices), offer)

    def choose_some(self, name: str, question: str, choices: Mapping[str, str], offer: str) -> tuple[Category, ...]:
        """Some of the categories."""
        self._list(name, choices)
        return self.ask(name, question, answers.some_of(choices), offer)

    def _list(self, name: str, choices: Mapping[str, str]) -> None:
        if not self.quiet and name not in self.given:
            for number, meaning in enumerate(choices.values(), 1):
                say(f"  {number} — {meaning}")

    def _option(self, name: str, text: str, read: Callable[[str], _Answer]) -> _Answer:
        try:
            return read(text.strip())
        except answers.NotUnderstoodError as error:
            complain(f"--{name}: {error}")
            raise typer.Exit(MISTAKES) from None


def new_file(path: Path, given: Mapping[str, str | None], *, quiet: bool) -> int:
    """Ask, write the file, and say what to do with it; a file that is there is never written over."""
    if path.exists():
        complain(f"{path}: такой файл уже есть, назовите другой")
        return MISTAKES
    interview = Interview({name: value for name, value in given.items() if value is not None}, quiet)
    draft = _draft(interview)
    try:
        path.write_text(file_of(draft), encoding="utf-8")
    except OSError as error:
        complain(f"{path}: не записать ({error.strerror})")
        return MISTAKES
    return tell([path])


def tell(paths: Sequence[Path]) -> int:
    """What has been written, and what is next; the mistakes, should there be any."""
    right = [_is_right(path) for path in paths]
    if not all(right):
        return MISTAKES
    files = " ".join(map(str, paths))
    say("Посмотрите, что получилось: пометки «предположение» и тексты карточки — за вами. Потом:")
    say(f"  python -m bot events check {files}")
    say(f"  python -m bot events load {files}")
    return 0


def _is_right(path: Path) -> bool:
    read = read_event(path)
    for mistake in () if isinstance(read, Event) else read:
        complain(str(mistake))
    if isinstance(read, Event):
        say(f"{path}: записано, проверка пройдена")
    return isinstance(read, Event)


def _draft(interview: Interview) -> Draft:
    ask = interview.ask
    title = ask("title", "Название, без кавычек", answers.line)
    short = ask("short-title", "Короткое название для кнопок", answers.short_line, title[:40].strip())
    kind = ask("kind", "Что это: конкурс, фестиваль, вебинар…", answers.line, "конкурс")
    prefix = ask("prefix", "Буквы номера заявки", answers.prefix, answers.prefix_from(title))
    organiser = ask("organiser", "Кто проводит: школа по номеру, селу или названию", answers.organisation)
    today = datetime.now(UTC).astimezone(TOMSK).date()
    opens = ask("opens", "Приём заявок с", answers.day, f"{today:%d.%m.%Y}")
    closes = ask("closes", "Приём заявок по", answers.day_from(opens), f"{opens + _INTAKE:%d.%m.%Y}")
    code = ask("code", "Код латиницей, с годом", answers.code, answers.code_from(short, opens.year))
    categories = interview.choose_some("who", "Кто участвует (можно несколько через запятую)", _WHO, "pupil")
    pupils = Category.PUPIL in categories
    grades = ask("grades", "Какие классы", answers.grades, "1-11") if pupils else None
    unit = UnitKind(interview.choose("unit", "Как участвуют", _UNITS, "person"))
    comes = unit is UnitKind.ATTENDANCE
    hand_in = "nothing" if comes else interview.choose("hand-in", "Что сдают", _HAND_IN, "link")
    scheme = "participation" if comes else interview.choose("awards", "Как награждают", _SCHEMES, "places")
    return Draft(
        code=code,
        title=title,
        short_title=short,
        kind=kind,
        number_prefix=prefix,
        organiser=organiser,
        opens=opens,
        closes=closes,
        categories=categories,
        grades=grades,
        unit=unit,
        hand_in=None if hand_in == "nothing" else WorkKind(hand_in),
        scheme=scheme,
    )

"""Thank-you letters: one for a teacher and an event, its pupils listed by outcome (domain.md §3.5)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.contest.awards import OutcomeKind
from bot.contest.event import Event
from bot.contest.names import FullName, read_full_name
from bot.contest.naming import quoted
from bot.contest.papers import phrases
from bot.contest.papers.content import Group, PaperKind, Planned
from bot.contest.papers.making import Making, of_account
from bot.contest.papers.sex import sex_of
from bot.contest.papers.values import Entry, Member
from bot.contest.refusal import Refusal
from bot.contest.schemes import awards_of
from bot.contest.text import fold

_SINGLE = {
    OutcomeKind.GRAND_PRIX: "победителя",
    OutcomeKind.WINNER: "победителя",
    OutcomeKind.PRIZE: "призёра",
    OutcomeKind.PARTICIPANT: "участника",
}
_LEFT = "Участник отборочного этапа"
_SEVERAL = {"победителя": "победителей", "призёра": "призёров", "участника": "участников"}


def letters_of(making: Making, entries: Iterable[Entry]) -> list[Planned]:
    """A letter to each teacher who prepared somebody with a paper, in the order of the applications."""
    by_teacher: dict[tuple[str, str], list[tuple[str, Entry]]] = {}
    for entry in entries:
        for name in dict.fromkeys(entry.supervisors):
            school = entry.school.code or fold(entry.school.name)
            by_teacher.setdefault((fold(name), school), []).append((name, entry))
    return [_letter(making, key, found) for key, found in by_teacher.items()]


def _letter(making: Making, key: tuple[str, str], found: Sequence[tuple[str, Entry]]) -> Planned:
    name, entries = found[0][0], [entry for _, entry in found]
    content = making.content(
        PaperKind.THANKS,
        lead="Оргкомитет благодарит Вас",
        name=greeting(name),
        who=name,
        school=phrases.school_line(entries[0].school),
        text=f"за подготовку {prepared(entries)}",
        groups=groups(making.event, entries),
        initials=phrases.letters(name),
    )
    account = next((entry.person_id for entry in entries if entry.by_teacher), None)
    return of_account(f"thanks:{making.event.code}:{_digest(*key)}", account, content)


def _digest(name: str, school: str) -> str:
    """The same for the same teacher of the same school: a key outlives the content, so it holds no name."""
    return hashlib.blake2b(f"{name}\n{school}".encode(), digest_size=12).hexdigest()


def greeting(full_name: str) -> str:
    """«Уважаемая Анна Ивановна!»; a name that cannot be taken apart is used as it is."""
    name = read_full_name(full_name)
    if isinstance(name, Refusal):
        return f"Уважаемый педагог {full_name}!"
    return phrases.dear(name.name, name.patronymic, sex_of(name), name.surname)


def prepared(entries: Iterable[Entry]) -> str:
    """«победителей, призёра и участников»: whom, in the genitive, by how many there are of each."""
    counts: Counter[str] = Counter()
    for entry in entries:
        if entry.outcome is not None:
            counts[_SINGLE[entry.outcome.kind]] += entry.headcount or len(entry.named)
    words = [one if counts[one] == 1 else several for one, several in _SEVERAL.items() if counts[one]]
    return " и ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def groups(event: Event, entries: Iterable[Entry]) -> tuple[Group, ...]:
    """The pupils by outcome, the highest first."""
    found: dict[str, dict[str, int]] = {}
    single: dict[str, str] = {}
    order = [phrases.heading_of(one.title or one.kind.label) for one in awards_of(event.awards)]
    for entry in entries:
        if entry.outcome is not None:
            title = entry.outcome.title or entry.outcome.kind.label
            title = _LEFT if entry.out_at is not None else title
            heading = phrases.heading_of(title)
            single.setdefault(heading, phrases.heading_of(title, alone=True))
            found.setdefault(heading, {})[_listed(entry)] = 1 if entry.is_team else len(entry.named)
    known = {heading: place for place, heading in enumerate(order)}
    ranked = sorted(found, key=lambda heading: known.get(heading, len(known)))
    return tuple(
        Group(single[heading] if sum(found[heading].values()) == 1 else heading, tuple(found[heading]))
        for heading in ranked
    )


def _listed(entry: Entry) -> str:
    """«Соколова Вера, 3Б класс», «команда «Ракета» (7 чел.)», with the jury's special nominations."""
    count = entry.headcount or len(entry.people)
    who = f"{quoted(entry.title or '')} ({count} чел.)" if entry.is_team else "; ".join(map(_pupil, entry.named))
    special = entry.outcome.special if entry.outcome else ()
    return " — ".join((who, ", ".join(map(quoted, special)))) if special else who


def called(entry: Entry) -> tuple[str, ...]:
    """How a letter names those of its people who may not be named any more."""
    unnamed = tuple(_plain(one.name) for one in entry.people if not one.may_be_named)
    return (*unnamed, quoted(entry.title or "")) if entry.is_team else unnamed


def _pupil(member: Member) -> str:
    plain = _plain(member.name)
    return f"{plain}, {member.grade.label}" if member.grade else plain


def _plain(name: FullName) -> str:
    return f"{name.surname} {name.name}"

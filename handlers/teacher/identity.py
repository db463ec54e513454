"""By what an entry of a table, and an application that is there, are told to be the same.

One person or two? As everywhere (`bot.contest.roster.same_person`): the same surname and name are one person, unless
both have a patronymic and these differ. So of two rows with «Соколова Вера» and «Соколова Вера Ильинична», of one
school and in one nomination, the second is a mistake to look at; as a row about an application it adds the patronymic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.contest.bulk import Entry
from bot.contest.bulk_matching import Key
from bot.contest.event import Event
from bot.contest.names import read_full_name
from bot.contest.refusal import Refusal
from bot.contest.text import fold
from handlers.kinds import Case
from handlers.participant.applying import units
from handlers.participant.applying.filled import Filled
from handlers.participant.applying.roles import ForWhom
from handlers.teacher.columns import NUMBER, TITLE, leaves
from storage.application_rows import Application, Form


def person_key(cells: Mapping[str, str]) -> str:
    """Whom a row names."""
    name = read_full_name(cells.get("name", ""))
    return fold(cells.get("name", "")) if isinstance(name, Refusal) else name.key


def key_of_entry(case: Case, event: Event, entry: Entry, common: Mapping[str, str]) -> Key:
    """What an entry says of itself, before it is filled in."""
    titled = _is_titled(event, common)
    name = read_full_name(entry.lines[0].cells.get("name", ""))
    return Key(
        f"«{fold(common[TITLE])}" if titled else person_key(entry.lines[0].cells),
        _organisation(case, common.get("school")),
        _nomination(event, common.get("nomination")),
        common.get(NUMBER),
        None if titled or isinstance(name, Refusal) else name.patronymic,
    )


def key_of_application(one: Application) -> Key:
    """What a stored application is known by."""
    return replace(key_of_form(one), number=one.number)


def key_of_form(form: Form) -> Key:
    """What a form is known by: equal, or of the same person, for what must not be entered twice."""
    first = form.participants[0].name if form.participants and not form.title else None
    who = f"«{fold(form.title)}" if form.title else (first.key if first else "")
    place = form.organisation_code or fold(form.organisation_name)
    return Key(who, place, form.nomination, patronymic=first.patronymic if first else None)


def same(one: Key, other: Key) -> bool:
    """Whether both would enter the same."""
    places = (one.organisation, one.nomination) == (other.organisation, other.nomination)
    return places and one.same_person(other) and one.number in (None, other.number)


def _is_titled(event: Event, common: Mapping[str, str]) -> bool:
    """Whether the title is kept: of some forms it only holds the rows together."""
    if not common.get(TITLE):
        return False
    offered = [unit for unit in units.choices(event, ForWhom.PUPILS) if isinstance(unit, units.OF_SEVERAL)]
    forms = [
        one.code for unit in offered for one in units.forms(unit) if fold(one.title) == fold(common.get("form", ""))
    ]
    answers = {"role": ForWhom.PUPILS.value, "unit": offered[0].kind.value, **({"form": forms[0]} if forms else {})}
    return Filled(event, answers).titled is not None


def _organisation(case: Case, text: str | None) -> str | None:
    if text is None:
        return None
    found = case.facts.directory.find(text)
    return found[0].organisation.code if found and (found[0].certain or len(found) == 1) else fold(text)


def _nomination(event: Event, text: str | None) -> str | None:
    if text is None:
        return None
    titles = {fold(event.nomination_title(leaf.code)): leaf.code for leaf in leaves(event)}
    titles |= {fold(leaf.title): leaf.code for leaf in leaves(event)}
    return titles.get(fold(text), fold(text))


def one_each(event: Event) -> bool:
    """Whether nobody takes part twice."""
    return not event.nominations or (event.submission is not None and event.submission.most_per("participant") == 1)

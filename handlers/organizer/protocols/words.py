"""The words of a protocol: how people are called, and what the jury and the organizers wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.contest.naming import is_titled, listed_name
from bot.contest.protocol_snapshot import Signers, Word, WordKind
from handlers.organizer.record import Record
from handlers.participant.works.work_answers import TITLE
from storage.application_rows import Application


def words_of(record: Record, jury: Iterable[int], signers: Signers) -> dict[Word, str]:
    """Every word that there is; whoever may not be named is not in the record."""
    found = {word: text for one in record.counted for word, text in _of_application(one) if text}
    names = record.juror_names
    found |= {Word(WordKind.JUROR, of=juror): names[juror] for juror in jury if juror in names}
    found |= {word: text for one in record.counted for word, text in _remarks(record, one) if text}
    found |= {Word(WordKind.TIE, of=one.id): one.reason for one in record.orders if one.reason}
    found |= {Word(WordKind.CHAIR): signers.chair} if signers.chair else {}
    found |= {Word(WordKind.SECRETARY): signers.secretary} if signers.secretary else {}
    return found


def _of_application(one: Application) -> Iterator[tuple[Word, str]]:
    if is_titled(one):
        yield Word(WordKind.TITLE, one.id), listed_name(one)
    for person in one.participants:
        if person.id is not None:
            yield Word(WordKind.MEMBER, one.id, person.id), person.name.formal
            grade = person.grade.label.removesuffix(" класс") if person.grade else ""
            yield Word(WordKind.GRADE, one.id, person.id), grade
    title = one.answers.get(TITLE)
    yield Word(WordKind.WORK, one.id), title if isinstance(title, str) else ""
    yield Word(WordKind.SUPERVISOR, one.id), one.supervisor or ""


def _remarks(record: Record, one: Application) -> Iterator[tuple[Word, str]]:
    for assignment in record.assigned.get(one.id, ()):
        yield Word(WordKind.REMARK, one.id, assignment.person_id), assignment.comment or ""
        yield Word(WordKind.CONFLICT, one.id, assignment.person_id), assignment.reason or ""

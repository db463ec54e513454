"""What a correction changes in a protocol: the version before it and the one after it, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.contest.awards import EXITS
from bot.contest.protocol_facts import Entry, Sheet, entries
from bot.contest.protocol_layout import shown
from bot.contest.protocol_snapshot import Snapshot, WordKind

NOTHING = "—"


class What(StrEnum):
    """What has another value."""

    #: A name, a class, a school, a teacher that was put right.
    DATA = "data"
    JUROR = "juror"
    AWARD = "award"
    PLACE = "place"
    POINTS = "points"
    #: The sum that one member of the jury gave.
    SHEET = "sheet"
    CHAIR = "chair"
    SECRETARY = "secretary"


_DATA = {
    WordKind.MEMBER: What.DATA,
    WordKind.GRADE: What.DATA,
    WordKind.TITLE: What.DATA,
    WordKind.SUPERVISOR: What.DATA,
    WordKind.JUROR: What.JUROR,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One value, before and after, as people read it."""

    what: What
    before: str
    after: str
    #: Of which application; None: of the protocol itself.
    application: int | None = None
    #: Of a sheet: whose.
    juror: int = 0


def changes(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """Everything that differs, in the order of the later version; of whom is taken out the points are no matter."""
    old = {one.application: one for one in entries(before.facts)}
    new = {one.application: one for one in entries(after.facts)}
    found = list(_words(before, after))
    found += [change for id_ in (*new, *(id_ for id_ in old if id_ not in new)) for change in _of(old, new, id_)]
    for what, kind in ((What.CHAIR, WordKind.CHAIR), (What.SECRETARY, WordKind.SECRETARY)):
        was, now = before.word(kind) or NOTHING, after.word(kind) or NOTHING
        if was != now:
            found.append(Change(what, was, now))
    return tuple(found)


def _words(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    """Words that read otherwise; one that is not known (any more) is no change."""
    for word, now in after.words.items():
        was = before.words.get(word)
        if word.kind in _DATA and was is not None and was != now:
            yield Change(_DATA[word.kind], was, now, word.application or None)


def _of(old: dict[int, Entry], new: dict[int, Entry], id_: int) -> Iterator[Change]:
    was, now = old.get(id_), new.get(id_)
    if was and now and was.school != now.school:
        yield Change(What.DATA, was.school, now.school, id_)
    left = now is not None and now.outcome in EXITS.values()
    sheets_was, sheets_now = _by_juror(was), _by_juror(now)
    for juror in () if left else dict.fromkeys((*sheets_was, *sheets_now)):
        before, after = sheets_was.get(juror), sheets_now.get(juror)
        if _points(before) != _points(after):
            yield Change(What.SHEET, _total(before), _total(after), id_, juror)
    for what, before_, after_ in (
        (What.POINTS, was.points if was else None, now.points if now else None),
        (What.PLACE, was.place if was else None, now.place if now else None),
        (What.AWARD, _award(was), _award(now)),
    ):
        if before_ != after_ and not (left and what is What.POINTS):
            yield Change(what, _shown(before_), _shown(after_), id_)


def _by_juror(entry: Entry | None) -> dict[int, Sheet]:
    return {sheet.juror: sheet for sheet in entry.sheets} if entry else {}


def _points(sheet: Sheet | None) -> dict[str, Decimal]:
    return dict(sheet.points) if sheet else {}


def _total(sheet: Sheet | None) -> str:
    return NOTHING if sheet is None or sheet.total is None else shown(sheet.total)


def _award(entry: Entry | None) -> str | None:
    return entry.decided.label if entry and entry.decided else None


def _shown(value: str | int | Decimal | None) -> str:
    return NOTHING if value is None else shown(value)

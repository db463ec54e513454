"""A filled table of a stage read back: who is marked as a finalist, which results were written.

Refusal keys: `protocol.no_table` (number, column), `protocol.nothing`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bot.contest.refusal import Refusal
from bot.contest.text import fold
from bot.contest.trials import Trial, read_result

Row = Sequence[str | None]
_YES = frozenset(fold(word) for word in ("да", "д", "+", "1", "v", "x", "х", "✓", "✔", "yes", "в финал", "финал"))
_NO = frozenset(fold(word) for word in ("", "нет", "н", "-", "—", "–", "0", "no"))


@dataclass(frozen=True, slots=True)
class Marks:
    """Who is to be marked and who is not, by the numbers of applications; what could not be read."""

    chosen: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    #: Numbers that stand in the table but are not of this stage.
    unknown: tuple[str, ...] = ()
    #: Numbers with a word that means neither yes nor no.
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """Results by the number of an application, then by trial; refusals by number and trial."""

    results: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    wrong: tuple[tuple[str, str, Refusal], ...] = ()
    unknown: tuple[str, ...] = ()


def read_marks(rows: Sequence[Row], known: Sequence[str], *, number: str, column: str) -> Marks | Refusal:
    """The column `column` («В финал») for each of the `known` numbers that the table has in its column `number`."""
    found = _table(rows, number, (column,))
    if found is None:
        return Refusal("protocol.no_table", {"number": number, "column": column})
    of, columns, body = found
    marks: dict[str, str] = {}
    for row in body:
        if named := _cell(row, of):
            marks[named] = fold(_cell(row, columns[column]))
    mine = {named: word for named, word in marks.items() if named in known}
    return Marks(
        chosen=tuple(named for named, word in mine.items() if word in _YES),
        others=tuple(named for named, word in mine.items() if word in _NO),
        unknown=tuple(named for named in marks if named not in known),
        unclear=tuple(named for named, word in mine.items() if word not in _YES | _NO),
    )


def read_results(
    rows: Sequence[Row], known: Sequence[str], trials: Sequence[Trial], *, number: str
) -> Written | Refusal:
    """The trials' columns, by their titles; an empty cell says nothing about a result that is there."""
    titles = [trial.title for trial in trials]
    found = _table(rows, number, titles, least=1)
    if found is None:
        return Refusal("protocol.no_table", {"number": number, "column": titles[0] if titles else ""})
    of, columns, body = found
    results: dict[str, dict[str, Decimal]] = {}
    wrong: list[tuple[str, str, Refusal]] = []
    unknown: list[str] = []
    for row in body:
        named = _cell(row, of)
        if named and named not in known:
            unknown.append(named)
        if named not in known:
            continue
        for trial in trials:
            typed = _cell(row, columns[trial.title]) if trial.title in columns else ""
            if not typed:
                continue
            value = read_result(typed, trial)
            if isinstance(value, Refusal):
                wrong.append((named, trial.title, value))
            else:
                results.setdefault(named, {})[trial.code] = value
    return Written(results, tuple(wrong), tuple(unknown))


def _table(
    rows: Sequence[Row], number: str, columns: Sequence[str], *, least: int | None = None
) -> tuple[int, dict[str, int], Sequence[Row]] | None:
    """Where the numbers stand, where the columns do, and the rows below the head; None: there is no such head."""
    for at, row in enumerate(rows):
        heads = {fold(value): place for place, value in enumerate(row) if value}
        if fold(number) not in heads:
            continue
        found = {title: heads[fold(title)] for title in columns if fold(title) in heads}
        if len(found) >= (len(columns) if least is None else least):
            return heads[fold(number)], found, rows[at + 1 :]
    return None


def _cell(row: Row, place: int) -> str:
    return (row[place] or "").strip() if place < len(row) else ""

"""Two counting rules side by side, and a year beside the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.contest.report.figures import names_of, terms_text
from bot.contest.report.measures import TOTALS, Measure
from bot.contest.report.model import Compared, Figure, RuleLine
from bot.contest.report.rows import Base
from bot.contest.report.tally import Piece, Tally


def rule_lines(base: Base, one: Tally, other: Tally) -> Iterator[RuleLine]:
    """What each event adds to each total by both rules, where the numbers differ, and why."""
    for key, group in base.groups.items():
        for measure in TOTALS:
            values = one.line(key, measure), other.line(key, measure)
            if values[0] != values[1]:
                yield RuleLine(key, group[0].event.title, measure, *values, _why(base, key, measure, one, other))


def compared(totals: tuple[Figure, ...], before: Mapping[Measure, int], typed: Mapping[str, int]) -> Iterator[Compared]:
    """Each total beside the year before: as the database has it, else as somebody typed it."""
    for figure in totals:
        known = before.get(figure.measure)
        written = typed.get(figure.measure)
        yield Compared(
            figure.label, figure.unit, figure.value, written if known is None else known, typed=known is None
        )


def _why(base: Base, key: str, measure: Measure, one: Tally, other: Tally) -> str:
    names = names_of(base, key)
    pieces = [(tally, tally.lines.get((key, measure), ())) for tally in (one, other)]
    told = "; ".join(f"«{tally.rules.title}»: {_told(own, names)}" for tally, own in pieces)
    reasons = [
        rule.why
        for tally, _ in pieces
        for rule in [tally.rules.of_event(key)]
        if rule is not None and rule.why and any(term.total is measure for term in rule.terms)
    ]
    return " ".join([f"{told}.", *reasons])


def _told(pieces: tuple[Piece, ...], names: Mapping[str, str]) -> str:
    """«обучающиеся, участвовавшие, один раз за год — 40, повторов из других событий 3»."""
    return " + ".join(_piece(piece, names) for piece in pieces) or "не входит"


def _piece(piece: Piece, names: Mapping[str, str]) -> str:
    words = [f"{terms_text([piece.term], names)} — {piece.value}"]
    if piece.again_here:
        words.append(f"повторов в этом событии {piece.again_here}")
    if piece.again_elsewhere:
        words.append(f"повторов из других событий {piece.again_elsewhere}")
    return ", ".join(words)

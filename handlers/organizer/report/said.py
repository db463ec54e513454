"""What the screens of the report show of it: something that JSON can hold."""

from __future__ import annotations

from bot.contest.plurals import NBSP
from bot.contest.report.model import Figure, Report
from handlers.kinds import Thought


def said(report: Report, _variant: str) -> Thought:
    """The year's totals, its warnings, who never took part, and the same totals by the other rule."""
    never = [f"{one.name} ({one.municipality})" for one in report.network.never]
    beside = report.beside
    return Thought(
        {
            "rules": {"code": report.rules.code, "title": report.rules.title, "note": report.rules.note},
            "totals": [_line(one) for one in report.totals],
            "warnings": [
                f"{one.concern.label}{f', {one.event}' if one.event else ''}: {one.text}" for one in report.warnings
            ],
            "members": len(report.network.members),
            "never": never,
            "beside": {}
            if beside is None
            else {
                "code": beside.code,
                "title": beside.title,
                "note": beside.note,
                "totals": [
                    f"{one.label}: {one.value} → {report.beside_totals[one.measure]}"
                    for one in report.totals
                    if report.beside_totals.get(one.measure, one.value) != one.value
                ],
                "lines": [
                    f"{one.event} «{one.title}», {one.measure.label.lower()}: {one.one} → {one.other}. {one.why}"
                    for one in report.rule_lines
                ],
            },
        }
    )


def _line(one: Figure) -> str:
    """«Обучающихся: 1207 чел.»."""
    return f"{one.label}: {one.value}{NBSP}{one.unit_beside}".rstrip()

"""The annexes of the working copy: what to look at before signing, and two counting rules side by side."""

from __future__ import annotations

from collections.abc import Iterator

from bot.contest.plurals import number
from bot.contest.report.model import Concern, Report, Shown
from bot.documents.report_docx import sentences
from bot.documents.report_docx.parts import Block, Heading, Items, PageBreak, Paragraph, Table


def annexes(report: Report) -> list[Block]:
    """Each begins on a page of its own."""
    found: list[Block] = [PageBreak(), Heading("Приложение А. Предупреждения"), *_warnings(report)]
    if report.beside is not None:
        found += [PageBreak(), Heading("Приложение Б. Сравнение правил счёта"), *beside(report, report.beside)]
    return found


def _warnings(report: Report) -> Iterator[Block]:
    if not report.warnings:
        yield Paragraph("Замечаний нет: суммы сходятся, итоги есть у всех событий.")
        return
    for concern in Concern:
        of_kind = [one for one in report.warnings if one.concern is concern]
        if of_kind:
            yield Heading(concern.label, 3)
            yield Items(tuple(f"{one.event}: {one.text}" if one.event else one.text for one in of_kind))


def beside(report: Report, other: Shown) -> Iterator[Block]:
    """What the year comes to by one rule and by the other."""
    yield Paragraph(f"{report.rules.title}. {report.rules.note}", label="Действует:")
    yield Paragraph(f"{other.title}. {other.note}", label="Для сравнения:")
    head = ("Показатель", report.rules.title, other.title, "Разница")
    totals = [
        (
            ", ".join(filter(None, (one.label, one.unit_beside))),
            number(one.value),
            number(report.beside_totals[one.measure]),
            sentences.change(report.beside_totals[one.measure], one.value),
        )
        for one in report.totals
        if one.measure in report.beside_totals
    ]
    if totals:
        yield Table(
            caption="Итоги года по двум правилам",
            head=head,
            rows=totals,
            widths=(34, 22, 22, 22),
            figures=frozenset({1, 2, 3}),
        )
    if report.rule_lines:
        yield Table(
            caption="Чем правила различаются по событиям",
            head=("Событие", "Показатель", *head[1:3], "Почему"),
            rows=[
                (
                    line.event,
                    line.measure.label,
                    number(line.one),
                    number(line.other),
                    line.why,
                )
                for line in report.rule_lines
            ],
            widths=(10, 18, 13, 13, 46),
            figures=frozenset({0, 2, 3}),
        )

"""The year's report as a paper: the clean copy to sign, and the working one with what is missing and doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

from bot.contest.plurals import counted, number, plural
from bot.contest.programme import Programme
from bot.contest.report.model import Compared, Direction, EventReport, Member, Report, Section
from bot.documents.report_docx import sentences
from bot.documents.report_docx.annexes import annexes
from bot.documents.report_docx.parts import (
    Block,
    Contents,
    Heading,
    Items,
    PageBreak,
    Paper,
    Paragraph,
    Signatures,
    Space,
    Style,
    Table,
)
from bot.documents.report_docx.passages import figures_table, glossary, passage

_ORGANISATIONS = ("организация", "организации", "организаций")
_DASH = re.compile(r"\s*[-–—•]\s+(.+)")
_NUMBER = re.compile(r"\s*\d{1,2}[.)]\s+(.+)")
SIGNED_ON = "«___» ______________ 20___ г."
MISSING = "Раздел «{title}» не написан. Координатор пишет его в боте: «Годовой отчёт» → «Тексты координатора»."


def report_paper(report: Report, programme: Programme, *, working: bool = False) -> Paper:
    """The report; `working`: with marks where something is missing, and with warnings as an annex."""
    chapter = count(1)
    chapters = (
        ("Общие сведения о программе", _passport(report)),
        ("Инфраструктура программы", _infrastructure(report)),
        ("Координационный совет и информационная среда", _council(report, working=working)),
        *(
            (f"Направление {at}. {direction.title}", _direction(report, direction, working=working))
            for at, direction in enumerate(report.directions, 1)
        ),
        ("Итоги года и сравнение с прошлым годом", _totals(report)),
        ("Анализ показывает, что", _analysis(report, working=working)),
        ("Вывод", _words(report, Section.CONCLUSION, working=working)),
        ("Задачи", _words(report, Section.TASKS, working=working)),
    )
    blocks: list[Block] = [*_title_page(report, programme, working=working), Contents("Содержание"), PageBreak()]
    for title, inside in chapters:
        written = list(inside)
        if written:
            blocks += [Heading(f"{next(chapter)}. {title}"), *written]
    blocks += [Space(12), Signatures((("Координатор программы", ""),)), Space(6), Paragraph(SIGNED_ON, Style.PLAIN)]
    if working:
        blocks += annexes(report)
    return Paper(
        title=f"Отчёт. {report.passport.title}. {report.year_title} учебный год",
        author=report.passport.coordinator,
        header=f"«{programme.short_title}»: отчёт за {report.year_title} учебный год"
        + (" · рабочий экземпляр" if working else ""),
        blocks=tuple(blocks),
        made_at=report.made_at,
        title_page=True,
    )


def _title_page(report: Report, programme: Programme, *, working: bool) -> Iterator[Block]:
    yield Paragraph(report.passport.coordinator, Style.HEAD)
    yield Paragraph(report.passport.title, Style.HEAD)
    yield Space(140)
    yield Paragraph("ОТЧЁТ", Style.TITLE)
    yield Paragraph(f"о реализации программы «{programme.short_title}»", Style.SUBTITLE)
    yield Paragraph(f"за {report.year_title} учебный год", Style.SUBTITLE)
    if working:
        yield Paragraph("Рабочий экземпляр: с пометками и предупреждениями, не для подписи", Style.GAP)
    yield Space(280)
    yield Paragraph(f"{programme.city}, {report.made_at.year}", Style.HEAD)
    yield PageBreak()


def _passport(report: Report) -> Iterator[Block]:
    passport = report.passport
    if passport.legal_basis:
        yield Paragraph("Программа реализуется на основании следующих документов:", Style.PLAIN)
        yield Items(_listed(passport.legal_basis))
    if passport.goal:
        yield Paragraph(sentences.ended(sentences.small(passport.goal)), label="Цель программы:")
    if passport.directions:
        yield Paragraph("Направления программы:", Style.PLAIN)
        yield Items(_listed(passport.directions), numbered=True)


def _infrastructure(report: Report) -> Iterator[Block]:
    passport, network = report.passport, report.network
    does = f": {', '.join(passport.coordinator_does)}" if passport.coordinator_does else ""
    yield Paragraph(f"{passport.coordinator}{does}.", label="Координационный центр —")
    if passport.resource_centre:
        yield Paragraph(sentences.ended(passport.resource_centre), label="Ресурсно-внедренческий центр инноваций —")
    if passport.hubs:
        yield Paragraph(sentences.ended(", ".join(passport.hubs)), label="Опорные школы:")
    if not network.members:
        return
    total = counted(len(network.members), _ORGANISATIONS)
    yield Paragraph(f"Участники сети по договору о сетевом взаимодействии: {total}.")
    if network.new:
        names = ", ".join(one.name for one in network.new)
        yield Paragraph(f"{len(network.new)}: {names}.", label="Вошли в сеть в этом году —")
    if network.gone:
        names = ", ".join(f"{one.name} ({one.left})" if one.left else one.name for one in network.gone)
        yield Paragraph(f"{len(network.gone)}: {names}.", label="Вышли из сети —")
    yield _members(network.members)
    if network.guests:
        total = counted(len(network.guests), _ORGANISATIONS)
        yield Paragraph(f"{total} без договора: {'; '.join(network.guests)}.", label="В событиях участвовали также")
    if unknown := sum(one.code is None for one in report.organisations):
        verb = plural(unknown, "участвовала", "участвовали", "участвовали")
        yield Paragraph(f"Кроме того, {verb} {counted(unknown, _ORGANISATIONS)} не из справочника программы.")


def _members(members: Sequence[Member]) -> Table:
    rows = [
        (
            str(at),
            one.name,
            f"{one.municipality}, {one.region}" if one.municipality != one.region else one.region,
            one.entered + (f"; {one.left}" if one.left else ""),
            ", ".join(one.holds) or "–",
            "да" if one.took_part else "нет",
        )
        for at, one in enumerate(members, 1)
    ]
    return Table(
        caption="Участники сети по договору",
        head=("№", "Организация", "Муниципалитет, регион", "В сети", "Проводит", "Участвовала"),
        rows=rows,
        widths=(5, 31, 23, 20, 12, 15),
        figures=frozenset({0, 4, 5}),
        note="«Участвовала» — в этом учебном году есть хотя бы одна участвовавшая заявка организации или её "
        "подразделения.",
    )


def _council(report: Report, *, working: bool) -> Iterator[Block]:
    if report.passport.council:
        yield Paragraph(sentences.sentence(report.passport.council))
    yield from _words(report, Section.COUNCIL, working=working)
    if report.passport.information:
        yield Paragraph("Информационная среда программы:", Style.PLAIN)
        yield Items(_listed(report.passport.information))


def _direction(report: Report, direction: Direction, *, working: bool) -> Iterator[Block]:
    if direction.modules:
        modules = ", ".join(f"«{module}»" for module in direction.modules)
        yield Paragraph(f"{modules}.", label="Модули:")
    if not direction.events:
        yield Paragraph("В этом учебном году событий не было.")
        return
    events = counted(len(direction.events), ("событие", "события", "событий"))
    yield Paragraph(f"В {report.year_title} учебном году проведено: {events}.")
    yield _events(direction.events)
    if direction.totals:
        yield figures_table("Показатели направления", direction.totals)
    for event in direction.events:
        yield from passage(event, report.rules, working=working)
    if direction.experts:
        yield _experts(direction.experts)


def _events(events: Sequence[EventReport]) -> Table:
    rows = [
        (one.key, one.title, f"«{one.module}»" if one.module else "–", one.organiser or "–", one.dates)
        for one in events
    ]
    return Table(
        caption="События направления",
        head=("№", "Событие", "Модуль", "Организатор", "Сроки"),
        rows=rows,
        widths=(8, 36, 20, 30, 20),
        figures=frozenset({0, 4}),
    )


def _experts(experts: Sequence[tuple[str, int]]) -> Table:
    total = sum(people for _, people in experts)
    return Table(
        caption="Эксперты по организациям",
        head=("Организация", "Экспертов"),
        rows=[*((name, number(people)) for name, people in experts), ("Всего", number(total))],
        widths=(75, 25),
        figures=frozenset({1}),
        note="Эксперты — члены жюри событий направления.",
        total=True,
    )


def _totals(report: Report) -> Iterator[Block]:
    if report.totals:
        yield Paragraph(f"{report.rules.title}. {report.rules.note}".strip(), label="Правило счёта:")
        yield figures_table(f"Показатели {report.year_title} учебного года", report.totals)
    if any(one.before is not None for one in report.comparison):
        yield _comparison(report.comparison)
    elif report.comparison:
        yield Paragraph("Данных за прошлый учебный год, с которыми можно сравнить, нет.")
    every = [*report.totals, *(one for event in report.events for one in event.figures)]
    if every:
        yield glossary(every)


def _comparison(lines: Sequence[Compared]) -> Table:
    rows = [
        (
            f"{one.label}, {one.unit}",
            "—" if one.before is None else number(one.before) + ("*" if one.typed else ""),
            number(one.this),
            sentences.change(one.this, one.before),
        )
        for one in lines
    ]
    typed = " * — внесено координатором: в базе этого года нет." if any(one.typed for one in lines) else ""
    return Table(
        caption="Сравнение с прошлым учебным годом",
        head=("Показатель", "Прошлый год", "Этот год", "Изменение"),
        rows=rows,
        widths=(46, 16, 16, 22),
        figures=frozenset({1, 2, 3}),
        note=f"Прочерк — данных за прошлый год нет.{typed}",
    )


def _analysis(report: Report, *, working: bool) -> Iterator[Block]:
    if report.analysis:
        yield Items(tuple(sentences.sentence(one) for one in report.analysis), numbered=True)
    yield from _words(report, Section.ANALYSIS, working=working)


def _words(report: Report, section: Section, *, working: bool) -> Iterator[Block]:
    """The coordinator's own words; in the working copy a mark where there are none."""
    words = report.words.get(section, "").strip()
    if words:
        yield from blocks_of(words)
    elif working:
        yield Paragraph(MISSING.format(title=section.label), Style.GAP)


def blocks_of(text: str) -> Iterator[Block]:
    """What a person typed: a line is a paragraph, lines with dashes or numbers are lists."""
    pending: list[str] = []
    kind: re.Pattern[str] | None = None
    for line in [*text.splitlines(), ""]:
        found = next(((one, match) for one in (_DASH, _NUMBER) if (match := one.fullmatch(line))), None)
        if pending and (found is None or found[0] is not kind):
            yield Items(tuple(pending), numbered=kind is _NUMBER)
            pending = []
        if found is not None:
            kind = found[0]
            pending.append(found[1][1].strip())
        elif line.strip():
            yield Paragraph(line.strip())


def _listed(items: Sequence[str]) -> tuple[str, ...]:
    """The items of a list end with semicolons, the last with a full stop."""
    bare = [item.strip().rstrip(";") for item in items]
    return (*(f"{item};" for item in bare[:-1]), sentences.ended(bare[-1])) if bare else ()

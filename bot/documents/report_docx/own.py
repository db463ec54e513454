"""A school's year and a teacher's year as papers to be signed by the director."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.contest import calendar
from bot.contest.plurals import counted, number
from bot.contest.programme import Programme
from bot.contest.report.own_years import LONG_AGO, EventCount, Line, SchoolYear, TeacherYear
from bot.documents.report_docx.parts import Block, Heading, Paper, Paragraph, Signatures, Style, Table

_COUNTED = (
    "Заявки — все поданные, кроме черновиков. Участия — каждый человек в каждой участвовавшей заявке: принятой, "
    "не выбывшей до сдачи работы. Награды — заявки с итогом выше участия; до публикации итогов не считаются."
)
_UNNAMED = "без имени"
_EVENTS_HEAD = ("№", "Событие", "Сроки", "Заявок", "Участий", "Работ", "Наград")


def school_paper(year: SchoolYear, programme: Programme, *, zone: ZoneInfo) -> Paper:
    """For the director: the events, the participants with their results, the teachers."""
    blocks = [
        *_head(programme, "СПРАВКА", "об участии организации в событиях программы", year.year_title),
        Paragraph(year.school, label="Организация:", style=Style.PLAIN),
        *([Paragraph(year.place, label="Муниципалитет:", style=Style.PLAIN)] if year.place else []),
        Paragraph("да" if year.is_member else "нет", label="Участник сети по договору:", style=Style.PLAIN),
        *_school(year),
        *_foot(year.made_at, programme, zone, scope=year.scope),
    ]
    return _paper(f"{year.school}. {year.year_title} учебный год", blocks, programme, year.year_title, year.made_at)


def teacher_paper(year: TeacherYear, programme: Programme, *, zone: ZoneInfo) -> Paper:
    """For the attestation: the teacher's own pupils with their results, and what the teacher did themselves."""
    blocks = [
        *_head(programme, "СПРАВКА", "о результатах работы педагога", year.year_title),
        Paragraph(year.teacher, label="Педагог:", style=Style.PLAIN),
        *([Paragraph(year.school, label="Организация:", style=Style.PLAIN)] if year.school else []),
        *_teacher(year),
        *_foot(year.made_at, programme, zone),
    ]
    return _paper(f"{year.teacher}. {year.year_title} учебный год", blocks, programme, year.year_title, year.made_at)


def _paper(title: str, blocks: Sequence[Block], programme: Programme, year_title: str, made_at: datetime) -> Paper:
    return Paper(
        title=title,
        author=programme.title,
        header=f"«{programme.short_title}», {year_title} учебный год",
        blocks=tuple(blocks),
        made_at=made_at,
        title_page=True,
    )


def _head(programme: Programme, title: str, about: str, year_title: str) -> Iterator[Block]:
    yield Paragraph(programme.title, Style.HEAD)
    yield Paragraph(title, Style.TITLE)
    yield Paragraph(f"{about} за {year_title} учебный год", Style.SUBTITLE)


def _school(year: SchoolYear) -> Iterator[Block]:
    if not year.lines:
        yield Paragraph("В этом учебном году организация в событиях программы не участвовала.")
    else:
        yield Heading("События", 2)
        yield _events(year.events)
        yield Heading("Участники и результаты", 2)
        yield _results("Участники и результаты", year.lines, with_supervisor=True)
    if year.teachers:
        yield Heading("Педагоги", 2)
        yield Table(
            caption="Педагоги — руководители участников",
            head=("Педагог", "Участий", "Наград"),
            rows=[(one.name, number(one.participations), number(one.awards))
                  for one in year.teachers],
            widths=(60, 20, 20),
            figures=frozenset({1, 2}),
            note="Если у заявки два руководителя, она считается у каждого.",
        )  # fmt: skip
    if year.experts:
        yield Heading("Эксперты", 2)
        yield Table(
            caption="Члены жюри из организации",
            head=("Эксперт", "Оценено работ"),
            rows=[(name, number(scored)) for name, scored in year.experts],
            widths=(70, 30),
            figures=frozenset({1}),
        )


def _teacher(year: TeacherYear) -> Iterator[Block]:
    if year.is_empty:
        yield Paragraph("В этом учебном году заявок и участия в событиях программы нет.")
    if year.pupils:
        yield Heading("Подготовка обучающихся", 2)
        yield _events(year.events)
        yield _results("Обучающиеся и результаты", year.pupils, with_supervisor=False)
    if year.own:
        yield Heading("Собственное участие", 2)
        yield Table(
            caption="Участие педагога в событиях",
            head=("№", "Событие", "Сроки", "В качестве", "Документы"),
            rows=[(one.event, one.title, one.dates, one.part, "\n".join(one.documents) or "–") for one in year.own],
            widths=(7, 36, 19, 18, 20),
            figures=frozenset({0}),
        )


def _events(events: Sequence[EventCount]) -> Table:
    rows = [
        (
            one.event,
            one.title,
            one.dates,
            *map(number, (one.applications, one.participations, one.works, one.awards)),
        )
        for one in events
    ]
    sums = (
        sum(one.applications for one in events),
        sum(one.participations for one in events),
        sum(one.works for one in events),
        sum(one.awards for one in events),
    )
    return Table(
        caption="События",
        head=_EVENTS_HEAD,
        rows=[*rows, ("", "Всего", "", *map(number, sums))],
        widths=(7, 35, 20, 10, 11, 9, 10),
        figures=frozenset({0, 3, 4, 5, 6}),
        note=_COUNTED,
        total=True,
    )


def _results(caption: str, lines: Sequence[Line], *, with_supervisor: bool) -> Table:
    hidden = any(one.people > len(one.who) and not one.who for one in lines)
    rows = [
        (
            one.event,
            "\n".join(one.who) or counted(one.people, ("человек", "человека", "человек")) + f", {_UNNAMED}",
            one.result,
            *(("\n".join(one.supervisors) or "–",) if with_supervisor else ()),
            "\n".join((one.number, *one.documents)),
        )
        for one in lines
    ]
    return Table(
        caption=caption,
        head=("№", "Участник", "Результат", *(("Руководитель",) if with_supervisor else ()), "Заявка, документы"),
        rows=rows,
        widths=(7, 33, 20, 20, 20) if with_supervisor else (7, 42, 27, 24),
        figures=frozenset({0}),
        note="Без имени — те, на чьи данные нет действующего согласия, и те, кто указан по числу." if hidden else "",
    )


def _foot(made_at: datetime, programme: Programme, zone: ZoneInfo, *, scope: str = "") -> Iterator[Block]:
    day = calendar.day(made_at, zone, now=LONG_AGO)
    source = f"Сведения взяты {day} из базы программы «{programme.short_title}»: заявки, протоколы и реестр документов."
    yield Paragraph(f"{source} {scope}".strip(), Style.SOURCE)
    yield Signatures((("Директор", ""), ("Дата", "")))

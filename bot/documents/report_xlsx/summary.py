"""The summary sheets: totals, events, comparison, counting rules, warnings, organisations, places, people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook

from bot.contest.awards import OutcomeKind
from bot.contest.report.counting import Rules
from bot.contest.report.figures import outcome_word, terms_text
from bot.contest.report.measures import TOTALS, Measure, Sheet
from bot.contest.report.model import Caution, EventReport, Figure, Report
from bot.contest.report.rows import ParticipationRow
from bot.documents.report_xlsx.page import Linked, Looks, Page, address
from bot.documents.report_xlsx.tables import Cell, Long, place_of

_OK, _BAD = "✓", "✗ не сходится"
_IN_EVENTS = (
    Measure.APPLICATIONS, Measure.TAKING_PART, Measure.ORGANISATIONS, Measure.PARTICIPATIONS, Measure.PUPILS,
    Measure.TEACHERS, Measure.UNNAMED, Measure.FORGOTTEN, Measure.WORKS, Measure.TEAMS, Measure.SPEAKERS,
    Measure.LISTENERS, Measure.EXPERTS, Measure.DOCUMENTS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sources:
    """What the summary sheets are written from."""

    report: Report
    longs: dict[Sheet, Long]
    rules: Sequence[Rules]

    def link(self, figure: Figure) -> Linked:
        """The number, with the way to its rows: the numbers of the column that add up to it."""
        return Linked(figure.value, self.to(figure))

    def to(self, figure: Figure) -> str | None:
        """The address of a figure's rows; None where it has none."""
        for key in figure.rows:
            if place := place_of(key, self.longs, self.report):
                return address(key.sheet.label, *place)
        return None

    def added_up(self, figure: Figure) -> int | None:
        """What the rows of a figure come to; None: it is no sum of rows."""
        if not figure.rows:
            return None
        return sum(self.report.rows.sum(key.sheet, key.event, key.column) for key in figure.rows)

    def check(self, figure: Figure) -> tuple[Cell, Cell]:
        """The sum of the rows, and whether it is the figure."""
        found = self.added_up(figure)
        return found, "" if found is None else _OK if found == figure.value else _BAD


def totals_sheet(book: Workbook, looks: Looks, sources: Sources) -> None:
    """«Итоги»."""
    report = sources.report
    page = Page(book, looks, "Итоги", (34, 12, 10, 12, 16, 14, 12, 70))
    page.title(f"{report.year_title} учебный год: итоги")
    page.note(report.passport.title)
    page.note(f"Правило счёта: «{report.rules.title}». {report.rules.note}")
    page.note("Цифра ведёт к своим строкам: выделятся числа, из которых она сложена.")
    beside = [f"«{report.beside.title}»", "Разница"] if report.beside else ["", ""]
    heads = ["Показатель", "Значение", "Единица", "Сумма строк", "Проверка", *beside, "Как посчитано"]
    page.heads(heads)
    for figure in report.totals:
        other = report.beside_totals.get(figure.measure) if figure.measure in TOTALS else None
        difference = None if other is None else other - figure.value
        page.line(
            [figure.label, sources.link(figure), figure.unit, *sources.check(figure), other, difference, figure.rule]
        )
    for direction in report.directions:
        page.group(direction.title)
        page.heads([*heads[:5], "", "", heads[7]])
        events = Figure("", Measure.EVENTS, Measure.EVENTS.label, len(direction.events), Measure.EVENTS.unit, "")
        for figure in (events, *direction.totals):
            page.line(
                [figure.label, sources.link(figure), figure.unit, *sources.check(figure), None, None, figure.rule]
            )
    if report.analysis:
        page.group("Анализ показывает, что")
        for sentence in report.analysis:
            page.note(sentence)
    for section, text in report.words.items():
        page.group(section.label)
        page.note(text)


def events_sheet(book: Workbook, looks: Looks, sources: Sources) -> None:
    """«События»: a row for each, a column for each kind of figure."""
    report = sources.report
    kinds = [kind for kind in OutcomeKind if any(kind in event.outcomes for event in report.events)]
    heads = ["№", "Событие", "Модуль", "Организатор", "Даты", "Для кого", "Как проходило", "Муниципалитеты"]
    widths = [6, 34, 18, 28, 22, 26, 18, 34, *(14 for _ in _IN_EVENTS), *(13 for _ in kinds), 14]
    page = Page(book, looks, "События", widths)
    page.heads(
        [*heads, *(measure.label for measure in _IN_EVENTS), *map(outcome_word, kinds), "Не сходится"], freeze=True
    )
    for event in report.events:
        page.line([*_about(event), *_numbers(event, kinds, sources), _wrong(event, sources)])
    _stages(page, sources)
    _parts(page, report)


def _about(event: EventReport) -> list[Cell]:
    places = ", ".join(event.geography.municipalities)
    unknown = len(event.geography.unknown)
    where = f"{places}; неизвестно организаций: {unknown}" if unknown else places
    return [
        event.key, event.full_title, event.module or "не указан", event.organiser, event.dates,
        event.audience, event.format, where,
    ]  # fmt: skip


def _numbers(event: EventReport, kinds: Sequence[OutcomeKind], sources: Sources) -> list[Linked | None]:
    found = [event.figure(measure) for measure in _IN_EVENTS]
    by_key = {figure.key: figure for figure in event.figures}
    found += [by_key.get(f"{event.key}.outcome.{kind}") for kind in kinds]
    return [None if figure is None else sources.link(figure) for figure in found]


def _wrong(event: EventReport, sources: Sources) -> Cell:
    wrong = [figure.label for figure in event.figures if sources.added_up(figure) != figure.value]
    return f"✗ {', '.join(wrong)}" if wrong else "0"


def _stages(page: Page, sources: Sources) -> None:
    rows = [(event, figure) for event in sources.report.events for figure in event.figures]
    staged = [(event, figure) for event, figure in rows if figure.measure is Measure.STAGE]
    if staged:
        page.group("По этапам")
        page.heads(["№", "Показатель", "Значение"])
        for event, figure in staged:
            page.line([event.key, figure.label, sources.link(figure)])


def _parts(page: Page, report: Report) -> None:
    if any(event.parts for event in report.events):
        page.group("По частям событий")
        page.heads(["№", "Часть", "Вид", "Даты", "Показатели"])
        for event in report.events:
            for part in event.parts:
                told = "; ".join(f"{figure.label.lower()}: {figure.value}" for figure in part.figures)
                page.line([event.key, part.title, part.kind, part.dates, told])


def comparison_sheet(book: Workbook, looks: Looks, sources: Sources) -> None:
    """«Сравнение»: with the year before, and the two rules line by line."""
    report = sources.report
    page = Page(book, looks, "Сравнение", (34, 34, 14, 14, 12, 90))
    page.title("С прошлым годом")
    page.heads(["Показатель", "Единица", "Этот год", "Прошлый год", "Разница", "Откуда"])
    for line in report.comparison:
        source = "неизвестно" if line.before is None else "записал координатор" if line.typed else "из базы"
        page.line([line.label, line.unit, line.this, line.before, line.difference, source])
    if report.beside is not None:
        page.group(f"Два правила рядом: «{report.rules.title}» и «{report.beside.title}»")
        page.note("Только строки, где числа разные. События и показатели, которых здесь нет, совпали.")
        page.heads(["Событие", "Итог года", "Первое", "Второе", "Разница", "Почему"])
        for line_ in report.rule_lines:
            title = f"{line_.event} {line_.title}"
            page.line([title, line_.measure.label, line_.one, line_.other, line_.other - line_.one, line_.why])


def rules_sheet(book: Workbook, looks: Looks, sources: Sources) -> None:
    """«Правила счёта»: the rules as they are, and what each event adds by the chosen one."""
    report = sources.report
    page = Page(book, looks, "Правила счёта", (34, 40, 60, 60))
    for rules in sources.rules:
        page.title(f"«{rules.title}»")
        page.note(rules.note)
        page.heads(["Итог года", "Все события", "Иначе", "Почему"])
        for measure in TOTALS:
            usual = terms_text([term for term in rules.usual if term.total is measure])
            page.line([measure.label, usual, None, None])
            for own in rules.events:
                terms = [term for term in own.terms if term.total is measure]
                if terms or measure in own.drops:
                    words = terms_text(terms, report.names.get(own.event))
                    page.line([None, own.event, words, own.why])
        page.row += 1
    page.group(f"Что каждое событие даёт итогам по правилу «{report.rules.title}»")
    page.heads(["Событие", "Итог года", "Как посчитано", "Значение"])
    for event in report.events:
        for figure in event.counted:
            if figure.value:
                page.line([f"{event.key} {event.title}", figure.label, figure.rule, sources.link(figure)])
    page.group("Что значит каждый показатель")
    page.heads(["Показатель", "Единица", "Как посчитано", ""])
    for measure in Measure:
        page.line([measure.label, measure.unit, measure.rule, None])


def warnings_sheet(book: Workbook, looks: Looks, sources: Sources) -> None:
    """«Предупреждения»: each leads to its first row; the others have its number in «Предупр.»."""
    page = Page(book, looks, "Предупреждения", (6, 30, 10, 100, 16))
    page.title("Что проверить до подписи")
    if not sources.report.warnings:
        page.note("Замечаний нет.")
        return
    page.note("В листах «Заявки» и «Участия» номер предупреждения стоит в столбце «Предупр.».")
    page.heads(["№", "О чём", "Событие", "Что замечено", "Строки"], freeze=True)
    for number, caution in enumerate(sources.report.warnings, start=1):
        where = _where(caution)
        rows = None if where is None else Linked(len(caution.places), where)
        page.line([number, caution.concern.label, caution.event, caution.text, rows])


def _where(caution: Caution) -> str | None:
    if caution.rows is None or not caution.places:
        return None
    row = caution.places[0] + 2
    return address(caution.rows.sheet.label, 0, row, row)


def organisations_sheet(book: Workbook, looks: Looks, sources: Sources) -> None:
    """«Организации»: the network, then all that took part."""
    report = sources.report
    page = Page(book, looks, "Организации", (46, 24, 24, 14, 26, 22, 12, 14, 14, 12))
    page.title("Участники сети по договору")
    page.heads(["Организация", "Муниципалитет", "Регион", "Страна", "В сети", "По", "Новая", "Участвовала", "Проводит"])
    for one in (*report.network.members, *report.network.gone):
        page.line(
            [
                one.name, one.municipality, one.region, one.country, one.entered, one.left or None,
                "да" if one.is_new else None, "да" if one.took_part else "✗ ни разу", ", ".join(one.holds) or None,
            ]
        )  # fmt: skip
    page.group("Все организации, которые участвовали")
    heads = ["Организация", "Муниципалитет", "Регион", "Страна", "События", "В справочнике", "Договор", "Заявок"]
    page.heads([*heads, "Участий", "Наград"])
    for org in report.organisations:
        page.line(
            [
                org.name, org.municipality, org.region, org.country, ", ".join(org.events), "да" if org.code else "нет",
                "да" if org.is_member else "нет", org.applications, org.participations, org.awards,
            ]
        )  # fmt: skip


def municipalities_sheet(book: Workbook, looks: Looks, sources: Sources) -> None:
    """«Муниципалитеты»."""
    page = Page(book, looks, "Муниципалитеты", (30, 30, 16, 14, 14, 14))
    page.heads(["Муниципалитет", "Регион", "Страна", "Организаций", "Заявок", "Участий"], freeze=True)
    for one in sources.report.municipalities:
        page.line([one.municipality, one.region, one.country, one.organisations, one.applications, one.participations])


def outcomes_sheet(book: Workbook, looks: Looks, sources: Sources) -> None:
    """«Итоги по школам»."""
    report = sources.report
    kinds = [kind for kind in OutcomeKind if any(kind in event.outcomes for event in report.events)]
    page = Page(book, looks, "Итоги по школам", (8, 34, 46, 24, *(13 for _ in kinds), 50))
    page.heads(["№", "Событие", "Организация", "Муниципалитет", *map(outcome_word, kinds), "Награды"], freeze=True)
    for event in report.events:
        for one in event.by_school:
            titles = ", ".join(f"{title} — {count}" for title, count in one.titles)
            counts = [one.outcomes.get(kind) for kind in kinds]
            page.line([event.key, event.title, one.organisation, one.municipality, *counts, titles or None])


class People:
    """«Люди»: one row for each different person who took part, by the number."""

    def __init__(self, report: Report, *, names: bool) -> None:
        self._names = names
        self._first: dict[int, ParticipationRow] = {}
        #: In how many applications each is.
        self._counts = Counter[int]()
        #: Events beyond the first one.
        self._more: dict[int, list[str]] = {}
        for row in report.rows.participations:
            if row.number is not None and row.entry.took_part:
                self._meet(row.number, row)

    def __len__(self) -> int:
        return len(self._first)

    def rows(self) -> Iterator[list[Cell]]:
        """The cells of each."""
        for number, row in sorted(self._first.items()):
            events = ", ".join([row.event, *self._more.get(number, ())])
            yield [
                number, *((_person(row),) if self._names else ()), "педагог" if row.is_teacher else "обучающийся",
                row.someone.grade if row.someone else None, row.entry.organisation, self._counts[number], events,
            ]  # fmt: skip

    def _meet(self, number: int, row: ParticipationRow) -> None:
        self._counts[number] += 1
        first = self._first.setdefault(number, row).event
        if row.event != first and row.event not in self._more.get(number, ()):
            self._more.setdefault(number, []).append(row.event)


def _person(row: ParticipationRow) -> str:
    one = row.someone
    if one is None or one.hidden:
        return "не называется"
    return " ".join(filter(None, (one.surname, one.name, one.patronymic)))

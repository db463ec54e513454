"""What the report says of one event: facts, sentences made of figures, the figures themselves, awards by school."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.contest.awards import OutcomeKind
from bot.contest.naming import quoted
from bot.contest.plurals import number
from bot.contest.report.measures import Measure
from bot.contest.report.model import EventReport, Figure, PartReport, SchoolOutcome, Shown
from bot.documents.report_docx import sentences
from bot.documents.report_docx.parts import Block, Heading, Paragraph, Style, Table

FIGURES_HEAD = ("Показатель", "Число", "Единица", "Как посчитано")
FIGURES_WIDTHS = (32, 10, 12, 46)
#: The caption of the table that says what each kind of figure counts.
GLOSSARY = "Как посчитаны показатели"
_TYPED = "внесено вручную"
_AWARDED = (OutcomeKind.GRAND_PRIX, OutcomeKind.WINNER, OutcomeKind.PRIZE)


def heading_of(event: EventReport) -> str:
    """«У5. Открытый межрегиональный конкурс «Мамочка моя!»»."""
    return f"{event.key}. {event.full_title}"


def passage(event: EventReport, rules: Shown, *, working: bool) -> Iterator[Block]:
    """Everything about one event, under its heading."""
    yield Heading(heading_of(event), 2)
    for label, text in _facts(event):
        yield Paragraph(text, label=label)
    if working:
        yield from (Paragraph(lack, Style.GAP) for lack in _lacks(event))
    if told := " ".join(_sentences(event)):
        yield Paragraph(told)
    if said := sentences.outcomes(event.outcomes):
        yield Paragraph(said, label="Итоги.")
    if event.figures:
        yield own_figures(f"Показатели события {event.key}", event.figures, rules)
    for part in event.parts:
        yield own_figures(_part_caption(part), part.figures, rules)
    if table := awards_table(event):
        yield table


def own_figures(caption: str, figures: Sequence[Figure], rules: Shown) -> Table:
    """An event's figures, two beside each other; what each counts is said once for all, in the glossary."""
    cells = [(one.label, number(one.value)) for one in figures]
    half = -(-len(cells) // 2)
    right = [*cells[half:], ("", "")][:half]
    own = [f"{one.label}: {one.rule}" for one in figures if one.rule != one.measure.rule]
    own += [f"{one.label}: {_TYPED}" for one in figures if one.typed]
    said = [f"Правило счёта: «{rules.title}»; что значит каждый показатель — в таблице «{GLOSSARY}»", *own]
    return Table(
        caption=caption,
        head=("Показатель", "Число", "Показатель", "Число"),
        rows=[(*left, *beside) for left, beside in zip(cells[:half], right, strict=True)],
        widths=(35, 15, 35, 15),
        figures=frozenset({1, 3}),
        note=f"{'. '.join(said)}.",
    )


def glossary(figures: Iterable[Figure]) -> Table:
    """What each kind of figure counts."""
    measures = sorted({one.measure for one in figures}, key=list(Measure).index)
    rows = [(one.label, one.unit, one.rule) for one in measures]
    return Table(
        caption=GLOSSARY,
        head=("Показатель", "Единица", "Что считается"),
        rows=rows,
        widths=(28, 14, 58),
        figures=frozenset({1}),
        note="Показатели разного рода не складываются: заявка, участие и человек — не одно и то же.",
    )


def figures_table(caption: str, figures: Sequence[Figure]) -> Table:
    """Every figure under its own label, with the rule by which it was counted."""
    rows = [
        (one.label, number(one.value), one.unit, f"{one.rule}; {_TYPED}" if one.typed else one.rule) for one in figures
    ]
    return Table(caption=caption, head=FIGURES_HEAD, rows=rows, widths=FIGURES_WIDTHS, figures=frozenset({1, 2}))


def awards_table(event: EventReport) -> Table | None:
    """Winners and prize holders by their organisations; None where nobody was awarded."""
    awarded = [one for one in event.by_school if any(one.outcomes.get(kind) for kind in _AWARDED)]
    if not awarded:
        return None
    kinds = [kind for kind in _AWARDED if any(one.outcomes.get(kind) for one in awarded)]
    head = ("Организация", "Муниципалитет", *(_KIND_HEADS[kind] for kind in kinds), "Звания")
    rows = [_awarded(one, kinds) for one in awarded]
    sums = [number(sum(one.outcomes.get(kind, 0) for one in awarded)) for kind in kinds]
    return Table(
        caption=f"Победители и призёры события {event.key} по организациям",
        head=head,
        rows=[*rows, ("Всего", "", *sums, "")],
        widths=(25, 22, *(_KIND_WIDTHS[kind] for kind in kinds), 26),
        figures=frozenset(range(2, 2 + len(kinds))),
        note="Считаются заявки, а не люди: команда, пара или коллектив — одна заявка.",
        total=True,
    )


_KIND_HEADS = {
    OutcomeKind.GRAND_PRIX: "Гран-при",
    OutcomeKind.WINNER: "Победители",
    OutcomeKind.PRIZE: "Призёры",
}


_KIND_WIDTHS = {OutcomeKind.GRAND_PRIX: 10, OutcomeKind.WINNER: 15, OutcomeKind.PRIZE: 11}


def _awarded(one: SchoolOutcome, kinds: Sequence[OutcomeKind]) -> tuple[str, ...]:
    titles = "; ".join(f"{title} — {number}" for title, number in one.titles)
    counts = [number(one.outcomes[kind]) if one.outcomes.get(kind) else "–" for kind in kinds]
    return (one.organisation, one.municipality or "нет в справочнике", *counts, titles)


def _facts(event: EventReport) -> Iterator[tuple[str, str]]:
    known = (
        ("Модуль:", f"«{event.module}»" if event.module else ""),
        ("Организатор:", event.organiser),
        ("Сроки:", event.dates),
        ("Из объявления:", f"«{event.goal.rstrip('. ')}»" if event.goal else ""),
        ("Целевая аудитория:", event.audience),
        ("Формат:", event.format),
        ("Этапы:", "; ".join(event.stages)),
        ("Номинации:", "; ".join(event.nominations)),
        (
            "География:",
            sentences.geography(event.geography.municipalities, event.geography.regions, event.geography.countries),
        ),
    )
    return ((label, sentences.ended(text)) for label, text in known if text)


def _lacks(event: EventReport) -> Iterator[str]:
    """What the working copy asks for."""
    for text, lack in (
        (event.module, "Не указан модуль."),
        (event.organiser, "Не указан организатор."),
        (event.goal, "Нет описания события."),
        (event.outcomes, "Итогов нет."),
    ):
        if not text:
            yield lack
    if event.geography.unknown:
        yield f"Нет в справочнике муниципалитета организаций: {', '.join(event.geography.unknown)}."


def _sentences(event: EventReport) -> Iterator[str]:
    """The main figures in words; those that are zero say nothing."""

    def value(measure: Measure) -> int:
        found = event.figure(measure)
        return found.value if found else 0

    yield sentences.applied(value(Measure.APPLICATIONS), value(Measure.TAKING_PART))
    said = (
        sentences.people(value(Measure.PUPILS), value(Measure.TEACHERS), value(Measure.ORGANISATIONS)),
        sentences.unnamed(value(Measure.UNNAMED)),
        sentences.teams(value(Measure.TEAMS)),
        sentences.handed_in(value(Measure.WORKS)),
        sentences.speakers(value(Measure.SPEAKERS), value(Measure.LISTENERS)),
        sentences.experts(value(Measure.EXPERTS)),
        sentences.documents(value(Measure.DOCUMENTS)),
    )
    yield from (one for one in said if one)


def _part_caption(part: PartReport) -> str:
    return f"Часть события: {part.kind} {quoted(part.title)} ({part.dates})"

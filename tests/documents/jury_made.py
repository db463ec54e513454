"""Snapshots of protocols as tests need them: invented works, an invented jury."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bot.contest.awards import OutcomeKind
from bot.contest.event.moments import TOMSK
from bot.contest.event.scoring import Aggregation, Measure, Tie
from bot.contest.protocol_facts import (
    Entry,
    Facts,
    Field,
    Happening,
    Line,
    Order,
    Rules,
    Sheet,
    SheetState,
    Source,
    Way,
)
from bot.contest.protocol_snapshot import Snapshot, Word, WordKind
from bot.contest.protocol_summary import Issue

AT = datetime(2026, 5, 12, 5, 0, tzinfo=UTC)
ISSUE = Issue(TOMSK, "СК-2026/1", AT)
DRAFT = Issue(TOMSK)
EVENT = Happening(
    code="scratch-2026",
    kind="конкурс",
    title="Создавай со Scratch",
    status="III открытый конкурс",
    organiser="МАОУ гимназия № 13 г. Томска",
    stage="",
    place="дистанционно",
    city="Томск",
)
RULES = Rules(Way.POINTS, Aggregation.MEAN, 2, Tie.CHAIR_DECIDES)
CRITERIA = ("Оригинальность", "Сложность", "Обучающая ценность", "Оформление")
NAMES = ("Соколова Вера Ильинична", "Ветрова Анна", "Белов Артём Олегович", "Осипова Дарья Константиновна")
SCHOOLS = ("МАОУ гимназия № 13 г. Томска", "МБОУ «Богашевская СОШ им. А.И. Фёдорова»", "МАОУ лицей № 7 г. Томска")
JURORS = ("Лаптев Егор Ильич", "Громова Инна Павловна", "Зимин Олег Юрьевич", "Рябова Нина Львовна")
TEACHERS = ("Орлова Нина Петровна", "Кедрова Зоя Львовна", "")
AWARDS = (
    (OutcomeKind.WINNER, "Победитель, диплом I степени"),
    (OutcomeKind.PRIZE, "Призёр, диплом II степени"),
    (OutcomeKind.PARTICIPANT, "Участник"),
)


def line(code: str, title: str, source: Source = Source.JURY, measure: Measure = Measure.POINTS) -> Line:
    """A criterion from 0 to 10."""
    return Line(code, title, source, measure, Decimal(0), Decimal(10), Decimal(1))


def lines(count: int = 4) -> tuple[Line, ...]:
    """So many criteria of the jury."""
    return tuple(line(f"c{index}", CRITERIA[index % 4] + (" и всё" * (index // 4))) for index in range(count))


def sheet(work: int, juror: int, criteria: tuple[Line, ...]) -> Sheet:
    """A finished sheet."""
    points = {one.code: Decimal((work * 3 + juror * 2 + index) % 10) for index, one in enumerate(criteria)}
    return Sheet(juror, SheetState.SCORED, points, sum(points.values(), Decimal(0)), AT - timedelta(days=juror))


def entry(work: int, jurors: tuple[int, ...], criteria: tuple[Line, ...], *, place: int | None = None) -> Entry:
    """A pupil's work that these members have judged."""
    sheets = tuple(sheet(work, juror, criteria) for juror in jurors)
    totals = [one.total for one in sheets if one.total is not None]
    outcome, award = AWARDS[min((place or 3) - 1, 2)]
    return Entry(
        application=work,
        ordinal=work,
        number=f"СК-2026-{work:04d}",
        members=(work * 10,),
        titled=False,
        people=1,
        school=SCHOOLS[work % 3],
        nomination="«Обучающая игра» · 3–4 классы",
        outcome=outcome,
        award=award,
        sheets=sheets,
        points=(sum(totals, Decimal(0)) / len(totals)).quantize(Decimal("0.01")) if totals else None,
        place=place,
    )


def snapshot(works: int = 5, jurors: int = 3, criteria: int = 4, *, rules: Rules = RULES) -> Snapshot:
    """One comparison; the second of the last two equal works lost by the chair's word."""
    scales, jury = lines(criteria), tuple(range(1, jurors + 1))
    entries = tuple(entry(work, jury, scales, place=work) for work in range(1, works + 1))
    facts = Facts(
        event=EVENT,
        rules=rules,
        accepted=works,
        people=works,
        jury=jury,
        fields=(Field("«Обучающая игра» · 3–4 классы", scales, Decimal(10 * criteria), entries),),
        others=(),
        balance=(("Победитель, диплом I степени", 1), ("Участник", works - 1)),
        orders=(Order(1, ((1,), (2,)), Tie.CHAIR_DECIDES),) if works > 1 else (),
    )
    return Snapshot(facts, words(works, jurors))


def words(works: int, jurors: int) -> dict[Word, str]:
    """Everybody's name."""
    found: dict[Word, str] = {Word(WordKind.TIE, of=1): "сложнее алгоритм"}
    for work in range(1, works + 1):
        found[Word(WordKind.MEMBER, work, work * 10)] = NAMES[work % 4]
        found[Word(WordKind.GRADE, work, work * 10)] = ("3Б", "4", "11А")[work % 3]
        found[Word(WordKind.SUPERVISOR, work)] = TEACHERS[work % 3]
        found[Word(WordKind.REMARK, work, 1)] = "Хорошая идея, но правила игры непонятны" if work % 3 == 0 else ""
    for juror in range(1, jurors + 1):
        found[Word(WordKind.JUROR, of=juror)] = JURORS[(juror - 1) % 4] + (f" {juror}" if juror > len(JURORS) else "")
    return {word: text for word, text in found.items() if text}

"""What a protocol says: who is called how, what was counted how, who did not judge; and what a correction changes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.awards import OutcomeKind
from bot.contest.event.scoring import Aggregation, Measure, Tie
from bot.contest.protocol_changes import Change, What, changes
from bot.contest.protocol_facts import Broken, Entry, Facts, Round, Rules, SheetState, Source, Way
from bot.contest.protocol_layout import LANDSCAPE_MM, shown
from bot.contest.protocol_sheets import score_sheet, score_sheets
from bot.contest.protocol_snapshot import Snapshot, Word, WordKind, number_of
from bot.contest.protocol_summary import DRAFT as DRAFT_MARK
from bot.contest.protocol_summary import summary
from bot.contest.protocol_wording import counted_how, decision, not_judged, rounds, ties
from tests.documents.jury_made import DRAFT, ISSUE, RULES, line, snapshot

CRITERIA = "Критерии жюри: Оригинальность, 0–10; Сложность, 0–10; Обучающая ценность, 0–10; Оформление, 0–10."
MEAN = "Результат работы — среднее арифметическое сумм баллов оценивших её членов жюри, с округлением до 2-го знака."


def with_entry(made: Snapshot, index: int, **facts: object) -> Snapshot:
    """The snapshot with other facts about one work of its only comparison."""
    (field,) = made.facts.fields
    entries = [replace(one, **facts) if at == index else one for at, one in enumerate(field.entries)]  # type: ignore[arg-type]
    return replace(made, facts=replace(made.facts, fields=(replace(field, entries=tuple(entries)),)))


def work(made: Snapshot, index: int) -> Entry:
    return made.facts.fields[0].entries[index]


@given(st.integers(0, 12), st.integers(0, 9), st.integers(1, 12), st.sampled_from(Way))
def test_facts_come_back_from_their_text_as_they_were(works: int, jurors: int, criteria: int, way: Way) -> None:
    facts = snapshot(works, jurors, criteria, rules=replace(RULES, way=way)).facts
    assert Facts.from_json(facts.to_json()) == facts
    assert Facts.from_json(facts.to_json()).to_json() == facts.to_json()


@given(st.integers(1, 30), st.integers(0, 22), st.integers(1, 14), st.booleans())
def test_every_work_stands_in_the_summary_once_and_every_table_fits_the_page(
    works: int, jurors: int, criteria: int, blind: bool
) -> None:
    made = snapshot(works, jurors, criteria, rules=replace(RULES, blind=blind))
    papers = [summary(made, ISSUE), *score_sheets(made, ISSUE)]
    (table,) = papers[0].tables
    assert [row[1] for row in table.rows] == [f"СК-2026-{one:04d}" for one in range(1, works + 1)]
    assert all(len(row) == len(one.columns) for paper in papers for one in paper.tables for row in one.rows)
    assert all(one.least_mm <= LANDSCAPE_MM for paper in papers for one in paper.tables)
    assert len(papers) == jurors + 1


def test_who_may_not_be_named_is_a_number_and_one_of_several_leaves_the_others() -> None:
    made = with_entry(snapshot(2), 0, members=(10, 11))
    words = {**made.words, Word(WordKind.MEMBER, 1, 11): "Лапина Ева", Word(WordKind.GRADE, 1, 11): "5"}
    made = replace(made, words=words)
    first = work(made, 0)
    assert (made.who(first), made.grades(first)) == ("Ветрова Анна, Лапина Ева", "4, 5")
    without_one = made.without({1: frozenset({10})})
    assert (without_one.who(first), without_one.grades(first)) == ("Лапина Ева", "5")
    without_all = made.without({1: None})
    assert without_all.who(first) == "участник № 1"
    assert without_all.word(WordKind.SUPERVISOR, 1) == ""
    assert without_all.who(work(made, 1)) == "Белов Артём Олегович"
    assert made.without({9: None}) is made
    assert Snapshot(made.facts).juror(7) == "эксперт № 7"


def test_a_team_is_called_by_its_title_while_it_is_known() -> None:
    made = with_entry(snapshot(1), 0, titled=True)
    made = replace(made, words={**made.words, Word(WordKind.TITLE, 1): "«Ракета» (7 чел.)"})
    assert made.who(work(made, 0)) == "«Ракета» (7 чел.)"
    assert made.without({1: None}).who(work(made, 0)) == "участник № 1"


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (RULES, (MEAN, CRITERIA, "При равенстве решает председатель жюри.")),
        (
            replace(RULES, aggregation=Aggregation.SUM, tie=Tie.SHARED_PLACE, blind=True),
            (
                "Результат работы — сумма баллов всех оценивших её членов жюри.",
                CRITERIA,
                "При равенстве участники делят место.",
                "Работы оценивались без имён участников и названий организаций.",
            ),
        ),
        (
            Rules(Way.POINTS, Aggregation.MEAN, 0, Tie.CRITERIA, ("Сложность",), least_percent=Decimal(50),
                  least_entries=2),
            (
                MEAN.replace("2-го знака", "целого"),
                CRITERIA,
                "При равенстве сравниваются баллы по критериям: Сложность.",
                "Награда присуждается, если набрано не меньше 50 % от максимума.",
                "Если работ в сравнении меньше 2, награды не присуждаются.",
            ),
        ),
        (replace(RULES, way=Way.ATTENDANCE), ("Работы не сравнивались: результат — участие.",)),
        (replace(RULES, way=Way.TESTS, tie=Tie.LESS_TIME), (
            "Результат — сумма баллов за задания.",
            CRITERIA,
            "При равенстве выше тот, кто затратил меньше времени.",
        )),
    ],
)  # fmt: skip
def test_the_protocol_says_what_was_counted_how(rules: Rules, said: tuple[str, ...]) -> None:
    assert counted_how(snapshot(3, rules=rules).facts) == said


def test_trials_have_the_numbers_of_their_columns_and_their_results_a_table() -> None:
    run, faults = line("run", "Бег", Source.TRIAL, Measure.TIME_S), line("f", "Ошибки", Source.TRIAL, Measure.PENALTY)
    theory = line("t", "Теория", Source.TEST)
    rules = Rules(Way.PLACES, Aggregation.MEAN, 2, Tie.CRITERIA, ("Теория",))
    made = snapshot(2, jurors=0, rules=rules)
    field = replace(made.facts.fields[0], lines=(theory, run, faults))
    facts = replace(made.facts, fields=(field,), orders=())
    values = {"run": Decimal("65.3"), "f": Decimal(2), "t": Decimal(8)}
    made = with_entry(Snapshot(facts, made.words), 0, values=values, places={"run": 1, "f": 2}, points=Decimal(3))
    assert counted_how(made.facts)[1:3] == (
        "Испытания: 1) Бег (время); 2) Ошибки (штраф).",
        "Задания: Теория, 0–10.",
    )
    ranking, results = summary(made, ISSUE).tables
    assert ranking.rows[0][6:] == (1, 2, Decimal(3), 1, "Победитель, диплом I степени")
    assert results.rows[0][1:] == ("Ветрова Анна", "1:05,3", "2", "8")
    assert results.rows[1][2:] == ("—", "—", "—")


def test_ties_name_the_rule_the_decision_and_who_shares_a_place() -> None:
    made = snapshot(3)
    (field,) = made.facts.fields
    broken = (Broken(1, 2, "Сложность"), Broken(2, 3, ""))
    made = replace(made, facts=replace(made.facts, fields=(replace(field, broken=broken),)))
    vera, anna = "Осипова Дарья Константиновна (СК-2026-0003)", "Ветрова Анна (СК-2026-0001)"
    boris = "Белов Артём Олегович (СК-2026-0002)"
    assert ties(made) == (
        f"{anna} выше, чем {boris}: по критерию «Сложность».",
        f"{boris} выше, чем {vera}: по затраченному времени.",
        f"{anna}, далее {boris}: решение председателя жюри. Основание: сложнее алгоритм.",
    )
    assert ties(with_entry(made, 2, place=2))[2] == f"2-е место делят {boris} и {vera}."
    together = replace(made.facts.orders[0], levels=((1, 2),), way=Tie.VOTE)
    shared = replace(
        made, facts=replace(made.facts, orders=(together,)), words={**made.words, Word(WordKind.TIE, of=1): ""}
    )
    assert ties(shared)[-1] == f"{anna} и {boris} делят место: открытое голосование жюри."


def test_b24_who_had_a_conflict_or_did_not_finish_is_named_and_counts_for_nothing() -> None:
    made = snapshot(2, 2)
    own, other = work(made, 0).sheets
    conflict, begun = (
        replace(own, state=SheetState.CONFLICT, total=None),
        replace(other, state=SheetState.OPEN, total=None),
    )
    made = with_entry(made, 0, sheets=(conflict, begun))
    made = replace(made, words={**made.words, Word(WordKind.CONFLICT, 1, 1): "мой ученик."})
    assert not_judged(made) == (
        "Лаптев Егор Ильич не оценивал(а) из-за конфликта интересов: СК-2026-0001 (мой ученик).",
        "Громова Инна Павловна не завершил(а) оценивание, не учтено: СК-2026-0001.",
    )
    assert summary(made, ISSUE).tables[0].rows[0][6:8] == ("к/и", "—")
    sheet = score_sheet(made, 1, ISSUE)
    assert sheet is not None
    assert sheet.tables[0].rows[0][3:] == ("—", "—", "—", "—", "—", "конфликт интересов: мой ученик.")


def test_the_decision_gives_the_sums_and_a_draft_says_what_is_open() -> None:
    facts = snapshot(3).facts
    assert decision(facts) == (
        "Утвердить итоги по таблицам этого протокола: Победитель, диплом I степени — 1; Участник — 2.",
        "Принято заявок 3, в них участников 3.",
    )
    assert decision(replace(facts, balance=(("Участник", 2),))) == (
        "Итоги ещё не утверждены. Принято заявок 3, в них участников 3, без итога 1.",
    )


def test_stages_before_the_final_say_where_and_how_many() -> None:
    made = snapshot(1)
    held = (Round("Отбор", "лицей № 7", "26.10.2020", "очно", 10, 3), Round("Отбор", "", "", "", 4, 4))
    words = {**made.words, Word(WordKind.COMMISSION, of=0): "Лапина Е. И., Зимин О. Ю."}
    assert rounds(Snapshot(replace(made.facts, rounds=held), words)) == (
        "Отбор: лицей № 7, 26.10.2020, очно, участвовали 10, прошли дальше 3, комиссия: Лапина Е. И., Зимин О. Ю.",
        "Отбор: организатор, участвовали 4, прошли дальше 4.",
    )


def test_an_event_without_a_jury_has_a_list_and_the_committee_signs() -> None:
    made = snapshot(3, jurors=0, rules=replace(RULES, way=Way.ATTENDANCE))
    (field,) = made.facts.fields
    others = tuple(replace(one, outcome=OutcomeKind.PARTICIPANT, award="Слушатель") for one in field.entries)
    made = replace(made, facts=replace(made.facts, fields=(), others=others, orders=()))
    paper = summary(made, ISSUE)
    assert (paper.title, [table.title for table in paper.tables]) == ("Протокол", ["Участники"])
    assert [row[-1] for row in paper.tables[0].rows] == ["Слушатель"] * 3
    assert [one.role for one in paper.signatures] == ["Председатель оргкомитета", "Ответственный секретарь"]
    assert [one.heading for one in paper.sections] == ["Порядок подсчёта", "Решение", "Особые мнения"]
    assert score_sheets(made, ISSUE) == ()


def test_the_chair_signs_once_and_lines_are_left_for_who_is_not_named() -> None:
    made = snapshot(1, 2)
    made = replace(made, words={**made.words, Word(WordKind.CHAIR): "Лаптев Егор Ильич"})
    signed = [(one.role, one.name) for one in summary(made, ISSUE).signatures]
    assert signed == [
        ("Председатель жюри", "Лаптев Егор Ильич"),
        ("Член жюри", "Громова Инна Павловна"),
        ("Ответственный секретарь", ""),
    ]


def test_a_blind_sheet_names_nobody_and_a_finished_one_is_no_draft() -> None:
    blind = score_sheet(snapshot(2, 2, rules=replace(RULES, blind=True)), 1, DRAFT)
    assert blind is not None
    assert [column.title for column in blind.tables[0].columns][:3] == ["№", "№ работы", "Оригинальность (0–10)"]
    assert blind.mark == ""
    begun = replace(work(snapshot(2, 2), 0).sheets[0], state=SheetState.OPEN, total=None)
    unfinished = score_sheet(with_entry(snapshot(2, 2), 0, sheets=(begun,)), 1, DRAFT)
    assert unfinished is not None
    assert unfinished.mark == DRAFT_MARK
    assert score_sheet(snapshot(2, 2), 3, ISSUE) is None


def test_many_criteria_are_numbers_with_a_list_below() -> None:
    sheet = score_sheet(snapshot(1, 1, 9), 1, ISSUE)
    assert sheet is not None
    assert [column.title for column in sheet.tables[0].columns if column.group] == [str(one) for one in range(1, 10)]
    assert sheet.sections[0].lines[0] == "1) Оригинальность (0–10)"


def test_a_correction_shows_each_value_before_and_after() -> None:
    before = snapshot(2)
    assert changes(before, before) == ()
    sheet = work(before, 0).sheets[0]
    raised = replace(sheet, points={**sheet.points, "c0": Decimal(10)}, total=Decimal("31.5"))
    after = with_entry(
        before, 0, sheets=(raised, *work(before, 0).sheets[1:]), points=Decimal("22.5"), place=2, award="Призёр",
        outcome=OutcomeKind.PRIZE,
    )  # fmt: skip
    after = replace(after, words={**after.words, Word(WordKind.CHAIR): "Громова Инна Павловна"})
    assert changes(before, after) == (
        Change(What.SHEET, "26", "31,5", 1, 1),
        Change(What.POINTS, "20,67", "22,5", 1),
        Change(What.PLACE, "1", "2", 1),
        Change(What.AWARD, "Победитель, диплом I степени", "Призёр", 1),
        Change(What.CHAIR, "—", "Громова Инна Павловна"),
    )
    gone = replace(before, facts=replace(before.facts, fields=()))
    assert {one.what for one in changes(before, gone)} == {What.SHEET, What.POINTS, What.PLACE, What.AWARD}


@pytest.mark.parametrize(("value", "text"), [(Decimal("31.50"), "31,5"), (Decimal(10), "10"), (3, "3"), ("=1", "=1")])
def test_cells_as_people_read_them(value: Decimal | int | str, text: str) -> None:
    assert shown(value) == text


def test_a_version_has_a_number_of_its_own() -> None:
    assert [number_of("СК", 2026, version) for version in (1, 2)] == ["СК-2026/1", "СК-2026/2"]

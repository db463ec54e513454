"""The award schemes: what a ranking proposes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.applications import ApplicationState
from bot.contest.awards import (
    PARTICIPANT,
    Bar,
    Outcome,
    OutcomeKind,
    Step,
    by_attendance,
    by_own_nomination,
    by_quota,
    by_steps,
    by_thresholds,
    outcome_without_scores,
    with_grand_prix,
)
from bot.contest.ranking import Ranked, Score, rank

FIRST = Outcome(OutcomeKind.WINNER, "Победитель, I место")
SECOND = Outcome(OutcomeKind.PRIZE, "Призёр, II место")
THIRD = Outcome(OutcomeKind.PRIZE, "Призёр, III место")
GRAND_PRIX = Outcome(OutcomeKind.GRAND_PRIX)
PLACES = (Step(FIRST), Step(SECOND), Step(THIRD))


def ranking(*points: str | int) -> tuple[Ranked, ...]:
    return rank(Score(work, Decimal(value)) for work, value in enumerate(points))


def titles(outcomes: dict[int, Outcome]) -> list[str]:
    return [outcomes[work].label for work in sorted(outcomes)]


def test_a_places_go_down_the_ranking() -> None:
    assert by_steps(ranking(30, 20, 10, 5), PLACES) == {0: FIRST, 1: SECOND, 2: THIRD, 3: PARTICIPANT}


@pytest.mark.parametrize(
    ("points", "given_"),
    [
        ((30, 30, 10, 5), [FIRST, FIRST, THIRD, PARTICIPANT]),
        ((30, 20, 20, 5), [FIRST, SECOND, SECOND, PARTICIPANT]),
        ((30, 20, 10, 10), [FIRST, SECOND, THIRD, THIRD]),
        ((5, 5, 5, 5), [FIRST] * 4),
        ((30,), [FIRST]),
        ((), []),
    ],
)
def test_equal_works_at_a_boundary_all_get_the_place(points: tuple[int, ...], given_: list[Outcome]) -> None:
    assert by_steps(ranking(*points), PLACES) == dict(enumerate(given_))


def test_a_a_degree_may_have_several_holders() -> None:
    steps = (Step(FIRST), Step(SECOND, 3), Step(THIRD))
    assert titles(by_steps(ranking(9, 8, 7, 6, 5, 4), steps)) == [
        FIRST.title, SECOND.title, SECOND.title, SECOND.title, THIRD.title, "Участник",
    ]  # fmt: skip


def test_a_a_degree_without_a_limit_goes_to_all_equal_works_and_the_next_result_gets_the_next_degree() -> None:
    steps = (Step(FIRST), Step(SECOND, None), Step(THIRD, None))
    assert titles(by_steps(ranking(9, 8, 8, 8, 7, 6), steps)) == [
        FIRST.title, SECOND.title, SECOND.title, SECOND.title, THIRD.title, "Участник",
    ]  # fmt: skip
    assert by_steps(ranking(9, 9), steps) == {0: FIRST, 1: FIRST}
    assert by_steps((), steps) == {}


def test_not_all_awards_must_be_given() -> None:
    assert by_steps(ranking(30, 12, 11), PLACES, bar=Bar(Decimal(20))) == {0: FIRST, 1: PARTICIPANT, 2: PARTICIPANT}
    assert by_steps(ranking(30), PLACES, bar=Bar(shut=True)) == {0: PARTICIPANT}


def test_b_winners_and_prize_holders_stand_out_from_the_rest() -> None:
    certificate = Outcome(OutcomeKind.PARTICIPANT, "Участник финала")
    steps = (Step(Outcome(OutcomeKind.WINNER), 2), Step(Outcome(OutcomeKind.PRIZE), 2))
    outcomes = by_steps(ranking(9, 8, 7, 6, 5), steps, rest=certificate)
    assert titles(outcomes) == ["Победитель", "Победитель", "Призёр", "Призёр", "Участник финала"]


def test_c_points_become_titles() -> None:
    laureate = Outcome(OutcomeKind.WINNER, "Лауреат I степени")
    thresholds = [(Decimal(6), Outcome(OutcomeKind.PRIZE, "Дипломант")), (Decimal(9), laureate),
                  (Decimal(10), GRAND_PRIX)]  # fmt: skip
    outcomes = by_thresholds(ranking("10", "9.99", "9", "8.99", "6", "5.99"), thresholds)
    assert titles(outcomes) == [
        "Гран-при", "Лауреат I степени", "Лауреат I степени", "Дипломант", "Дипломант", "Участник",
    ]  # fmt: skip
    assert by_thresholds(ranking(10), thresholds, bar=Bar(shut=True)) == {0: PARTICIPANT}


def test_d_the_jury_names_nominations_afterwards_beside_an_award() -> None:
    outcome = FIRST.with_special("Самый смелый сюжет").with_special("Самый смелый сюжет")
    assert outcome.label == "Победитель, I место, «Самый смелый сюжет»"
    assert PARTICIPANT.with_special("За упорство").label == "Участник, «За упорство»"


def test_e_everybody_gets_the_award_and_whoever_has_a_nomination_gets_it_beside() -> None:
    award = Outcome(OutcomeKind.WINNER, "Диплом")
    outcomes = by_own_nomination([1, 2], award, {1: "Самые дружные"})
    assert titles(outcomes) == ["Диплом, «Самые дружные»", "Диплом"]


def quota(*points: int, share: int = 30) -> list[str]:
    winner, prize = Outcome(OutcomeKind.WINNER), Outcome(OutcomeKind.PRIZE)
    most = len(points) * share // 100
    return titles(by_quota(ranking(*points), winner=winner, prize=prize, most=most, above_points=Decimal(20)))


def test_f_a_share_gets_awards_and_only_above_half_of_the_points() -> None:
    assert quota(40, 39, 38, 37, 36, 35, 34, 33, 32, 31) == ["Победитель", "Призёр", "Призёр"] + ["Участник"] * 7
    assert quota(40, 21, 20, 9, 9, 9, 9, 9, 9, 9) == ["Победитель", "Призёр"] + ["Участник"] * 8
    assert quota(20, 19, 18, 17) == ["Участник"] * 4
    assert quota(40, 39, 39, 37, share=50) == ["Победитель", "Призёр", "Призёр", "Участник"]
    assert quota(40, 39, 38) == ["Участник"] * 3


def test_g_who_came_took_part() -> None:
    speaker = Outcome(OutcomeKind.PARTICIPANT, "Выступающий")
    outcomes = by_attendance([1, 2, 3], attended=[1, 2], speakers=[2], speaker=speaker)
    assert titles(outcomes) == ["Участник", "Выступающий", "не присутствовал(а)"]


def test_one_grand_prix_goes_to_the_one_best_winner() -> None:
    best = ranking(30, 20)
    proposed = by_steps(best, PLACES)
    proposed[0] = proposed[0].with_special("За музыку")
    assert with_grand_prix(proposed, best, GRAND_PRIX)[0] == GRAND_PRIX.with_special("За музыку")
    tied = ranking(30, 30)
    assert with_grand_prix(by_steps(tied, PLACES), tied, GRAND_PRIX) == {0: FIRST, 1: FIRST}
    weak = by_steps(best, PLACES, bar=Bar(Decimal(40)))
    assert with_grand_prix(weak, best, GRAND_PRIX) == weak


@pytest.mark.parametrize(
    ("state", "handed_in", "label"),
    [
        (ApplicationState.ACCEPTED, False, "не сдал(а) работу"),
        (ApplicationState.WITHDRAWN, True, "заявка отозвана"),
        (ApplicationState.DROPPED_OUT, False, "выбыл(а)"),
        (ApplicationState.DISQUALIFIED, True, "дисквалифицирован(а)"),
    ],
)
def test_who_is_not_judged_has_an_outcome_too(state: ApplicationState, handed_in: bool, label: str) -> None:
    outcome = outcome_without_scores(state, handed_in=handed_in)
    assert outcome is not None
    assert outcome.label == label
    assert not outcome.kind.is_award


def test_a_work_handed_in_is_left_to_the_scheme() -> None:
    assert outcome_without_scores(ApplicationState.ACCEPTED, handed_in=True) is None


@given(st.lists(st.integers(0, 12), max_size=15), st.integers(0, 100))
def test_equal_works_have_equal_outcomes_and_better_ones_never_worse(points: list[int], share: int) -> None:
    order = [GRAND_PRIX, FIRST, SECOND, THIRD, PARTICIPANT]
    places = ranking(*points)
    thresholds = [(Decimal(10), FIRST), (Decimal(7), SECOND)]
    for outcomes in (
        by_steps(places, PLACES),
        by_thresholds(places, thresholds),
        by_quota(places, winner=FIRST, prize=SECOND, most=len(points) * share // 100, above_points=Decimal(6)),
    ):
        assert set(outcomes) == set(range(len(points)))
        worth = [order.index(outcomes[entry.work]) for entry in places]
        assert worth == sorted(worth)
        assert len({(entry.points, outcomes[entry.work]) for entry in places}) == len(set(points))

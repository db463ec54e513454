"""The award schemes as an event's file writes them, with the real year's figures (2020-21) and what always holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.event.awards import AwardRules, Awards, Paper
from bot.contest.ranking import Score, rank
from bot.contest.schemes import (
    Entries,
    GrandPrix,
    awards_of,
    contested,
    grand_prix,
    outcomes_of,
    papers,
    shared_out,
)
from bot.contest.ties import Order, settled

Scheme = dict[str, Any]
WON = {"title": "Победитель", "outcome": "winner", "paper": "honour"}
PRIZE = {"title": "Призёр", "outcome": "prize", "paper": "honour"}
GRAND_PRIX = {"title": "Абсолютный победитель", "outcome": "grand_prix"}


def degrees(*holders: int | None) -> list[Scheme]:
    signs = "I" * len(holders)
    return [
        {
            "place": place,
            "title": f"Диплом {signs[:place]} степени",
            "outcome": "winner" if place == 1 else "prize",
            "holders_most": most,
        }
        for place, most in enumerate(holders, 1)
    ]


TITLES = [("10", "Гран-при", "grand_prix"), ("9", "Лауреат I", "winner"), ("8", "Лауреат II", "prize"),
          ("7", "Лауреат III", "prize"), ("6", "Дипломант", "prize")]  # fmt: skip
PLACES: Scheme = {"scheme": "places", "places": degrees(1, 1, 1)}
SHARED_PLACES: Scheme = {"scheme": "places", "grand_prix": GRAND_PRIX, "places": degrees(None, None, None)}
THRESHOLDS: Scheme = {
    "scheme": "thresholds",
    "thresholds": [{"points": Decimal(points), "title": title, "outcome": kind} for points, title, kind in TITLES],
}
LAUREATES: Scheme = {
    "scheme": "thresholds",
    "thresholds": THRESHOLDS["thresholds"][1:],
    "grand_prix": {"title": "Гран-при", "outcome": "grand_prix"},
    "grand_prix_per": "comparison",
}
SHARE: Scheme = {"scheme": "winners_prizes", "winner": WON, "prize": PRIZE, "share_percent": 30}
JURY: Scheme = {"scheme": "jury_nominations", "winner": WON, "prize": PRIZE, "winners_most": 2, "prizes_most": 4}
OWN: Scheme = {"scheme": "own_nominations", "award": {"title": "Диплом", "outcome": "prize"}, "titles": ["Дружные"]}
QUOTA: Scheme = {"scheme": "quota", "winner": WON, "prize": PRIZE}
ATTEND: Scheme = {"scheme": "participation"}
ALL = [PLACES, SHARED_PLACES, THRESHOLDS, LAUREATES, SHARE, JURY, OWN, QUOTA, ATTEND]
_RULES: TypeAdapter[AwardRules] = TypeAdapter(Awards)


def rules(scheme: Scheme, **more: Any) -> AwardRules:
    return _RULES.validate_python(
        {name: tuple(value) if isinstance(value, list) else value for name, value in {**scheme, **more}.items()},
        strict=False,
    )


def entries(*points: str | float, less: bool = False, most: int | None = 40, **more: Any) -> Entries:
    scores = [Score(work, Decimal(str(value))) for work, value in enumerate(points)]
    return Entries(
        rank(scores, less=less), max_points=None if less or most is None else Decimal(most), less=less, **more
    )


def labels(found: dict[int, Outcome]) -> list[str]:
    return [found[work].label for work in sorted(found)]


def kinds(*found: dict[int, Outcome]) -> Counter[str]:
    return Counter(outcome.kind.value for outcomes in found for outcome in outcomes.values())


@pytest.mark.parametrize(
    ("scheme", "points", "expected"),
    [
        (PLACES, (9, 8, 7, 6), ["Диплом I степени", "Диплом II степени", "Диплом III степени", "Участник"]),
        (PLACES, (9, 9, 7, 6), ["Диплом I степени", "Диплом I степени", "Диплом III степени", "Участник"]),
        ({**PLACES, "least_percent": 20}, (9, 8, 7), ["Диплом I степени", "Диплом II степени", "Участник"]),
        ({**PLACES, "least_entries": 4}, (9, 8, 7), ["Участник"] * 3),
        ({**PLACES, "participant": {"title": "Сертификат", "outcome": "participant"}}, (), []),
        (SHARED_PLACES, (9,), ["Абсолютный победитель"]),
        (SHARED_PLACES, (9, 9, 8), ["Диплом I степени", "Диплом I степени", "Диплом II степени"]),
        ({**SHARED_PLACES, "grand_prix": None}, (9, 8, 8, 7), ["Диплом I степени"] + ["Диплом II степени"] * 2
         + ["Диплом III степени"]),
        (THRESHOLDS, (10, 10, 9.9, 8.5, 7, 6, 5.9), ["Гран-при", "Гран-при", "Лауреат I", "Лауреат II", "Лауреат III",
         "Дипломант", "Участник"]),
        (LAUREATES, (9.8, 9.5, 8), ["Гран-при", "Лауреат I", "Лауреат II"]),
        (LAUREATES, (9.8, 9.8, 8), ["Лауреат I", "Лауреат I", "Лауреат II"]),
        (LAUREATES, (8.9, 8), ["Лауреат II", "Лауреат II"]),
        (SHARE, (9, 8, 7, 6, 5, 4, 3), ["Победитель", "Призёр"] + ["Участник"] * 5),
        ({**SHARE, "winners_most": 2, "share_percent": 50}, (9, 8, 7, 6), ["Победитель"] * 2 + ["Участник"] * 2),
        ({**SHARE, "share_percent": None}, (9, 8, 7, 6), ["Победитель", "Призёр", "Призёр", "Участник"]),
        ({**SHARE, "share_percent": 10}, (9, 8), ["Участник", "Участник"]),
        ({**SHARE, "prizes_most": 1, "share_percent": 90}, (9, 8, 7, 6), ["Победитель", "Призёр"] + ["Участник"] * 2),
        (JURY, (9, 8, 7), ["Победитель", "Победитель", "Призёр"]),
        ({**JURY, "winners_most": None, "prizes_most": None}, (9, 8, 7, 6), ["Победитель", "Призёр", "Призёр",
         "Участник"]),
        (OWN, (9, 0), ["Диплом", "Диплом"]),
        (QUOTA, (40, 39, 38, 37, 20, 19, 18, 17, 16, 15), ["Победитель", "Призёр", "Призёр"] + ["Участник"] * 7),
        (QUOTA, (40, 20, 20, 19), ["Победитель"] + ["Участник"] * 3),
        ({**QUOTA, "above_percent": Decimal(0), "share_percent": 100}, (2, 1), ["Победитель", "Призёр"]),
        (ATTEND, (9, 8), ["Участник", "Участник"]),
    ],
)  # fmt: skip
def test_each_option_of_a_scheme_gives_what_it_says(
    scheme: Scheme, points: tuple[float, ...], expected: list[str]
) -> None:
    assert labels(outcomes_of(rules(scheme), entries(*points))) == expected


@pytest.mark.parametrize(
    ("fields", "orders", "best", "tied"),
    [
        ([(9.8, 9.5), (9.9, 8), ()], [], 10, ()),
        ([(8.9, 8), (7,)], [], None, ()),
        ([(9.8, 9.5), (9.8, 8)], [], None, (0, 10)),
        ([(9.8, 9.8), (9.8, 8)], [], None, (0, 1, 10)),
        ([(9.8, 9.5), (9.8, 8)], [Order(((10,), (0,)))], 10, ()),
        ([(9.8, 9.5), (9.8, 8)], [Order(((10, 0),))], None, ()),
        ([(9.8, 9.8), (9.8, 8)], [Order(((1,), (0, 10)))], 1, ()),
        ([(9.8, 9.5), (9.8, 8)], [Order(((0, 1),))], None, (0, 10)),
    ],
)
def test_one_grand_prix_goes_to_the_best_of_all_comparisons(
    fields: list[tuple[float, ...]], orders: list[Order], best: int | None, tied: tuple[int, ...]
) -> None:
    scheme = rules({**LAUREATES, "grand_prix_per": "event"})
    scores = [
        [Score(10 * nth + work, Decimal(str(one))) for work, one in enumerate(of)] for nth, of in enumerate(fields)
    ]
    found = [Entries(settled(rank(of), orders), max_points=Decimal(10)) for of in scores]
    prize = grand_prix(scheme, found, orders)
    assert prize == GrandPrix(best, tied)
    given_out = [outcomes_of(scheme, replace(one, grand_prix=prize.work if prize.work in one.works else None))
                 for one in found]  # fmt: skip
    assert kinds(*given_out)["grand_prix"] == (best is not None)
    assert not any(contested(scheme, one) for one in found)
    assert grand_prix(rules(LAUREATES), found, orders) == GrandPrix()


def test_everybody_has_a_diploma_even_without_points_where_nobody_is_compared() -> None:
    assert labels(outcomes_of(rules(OWN), Entries((), (3, 5)))) == ["Диплом", "Диплом"]
    assert outcomes_of(rules(PLACES), Entries((), (3, 5))) == {}


def test_fewest_entries_counts_works_that_wait_for_their_points_too() -> None:
    two = Entries(entries(9).ranking, (7,), Decimal(40))
    assert labels(outcomes_of(rules(PLACES, least_entries=2), two)) == ["Диплом I степени"]


def test_a_sum_of_places_has_places_but_no_thresholds_and_no_half_of_the_points() -> None:
    sums = entries(12, 9, 30, less=True)
    assert labels(outcomes_of(rules(PLACES), sums)) == ["Диплом II степени", "Диплом I степени", "Диплом III степени"]
    assert labels(outcomes_of(rules(PLACES, least_percent=50), sums))[1] == "Диплом I степени"
    assert labels(outcomes_of(rules(THRESHOLDS), sums)) == ["Участник"] * 3
    assert labels(outcomes_of(rules(QUOTA, share_percent=40), sums)) == ["Участник", "Победитель", "Участник"]


# The real year (domain: §1.2) --------------------------------------------------------------------------------


def test_u1_one_absolute_winner_one_first_three_second_and_one_third_degree_of_six_teams() -> None:
    found = outcomes_of(rules(SHARED_PLACES), entries(11, 19, 25, 25, 25, 40, less=True))
    assert labels(found) == ["Абсолютный победитель", "Диплом I степени", *["Диплом II степени"] * 3,
                             "Диплом III степени"]  # fmt: skip


def test_u2_seventeen_of_fifty_four_finalists_in_two_groups_are_winners_and_prize_holders() -> None:
    scheme, sizes = rules(SHARE, share_percent=32, winners_most=2), (29, 25)
    parts = shared_out(sizes, 32)
    found = [
        outcomes_of(scheme, entries(*range(size, 0, -1), awards_most=part))
        for size, part in zip(sizes, parts, strict=True)
    ]
    assert kinds(*found) == {"winner": 4, "prize": 13, "participant": 37}


def test_u6_sixty_one_diplomas_of_ninety_two_and_u11_seventy_one_of_seventy_five() -> None:
    u6 = outcomes_of(rules(SHARE, share_percent=67, winners_most=15), entries(*range(92, 0, -1)))
    assert kinds(u6) == {"winner": 15, "prize": 46, "participant": 31}
    u11 = outcomes_of(rules({"scheme": "places", "places": degrees(15, 24, 32)}), entries(*range(75, 0, -1)))
    assert kinds(u11) == {"winner": 15, "prize": 56, "participant": 4}


def test_u7_seven_winners_in_four_nominations_ten_prizes_and_five_named_by_the_jury() -> None:
    found = [outcomes_of(rules(JURY), entries(*range(size, 0, -1))) for size in (8, 6, 4, 1)]
    assert kinds(*found) == {"winner": 7, "prize": 10, "participant": 2}
    named = [outcome.with_special(f"Номинация {nth}") for nth, outcome in enumerate(list(found[0].values())[-5:])]
    assert [one.label for one in named][-1] == "Участник, «Номинация 4»"
    assert named[0].label == "Призёр, «Номинация 0»"


def test_u8_all_fourteen_teams_have_a_diploma() -> None:
    leagues = [outcomes_of(rules(OWN), entries(*range(size, 0, -1))) for size in (9, 5)]
    assert kinds(*leagues) == {"prize": 14}


def test_u10_points_become_titles_in_each_nomination_by_itself() -> None:
    voice, dance = entries(10, 9.4, 8.2, 7.9), entries(8.8, 6.1, 5.2)
    found = [outcomes_of(rules(THRESHOLDS), one) for one in (voice, dance)]
    assert kinds(*found) == {"grand_prix": 1, "winner": 1, "prize": 4, "participant": 1}


def test_p2_fourteen_teams_of_seventeen() -> None:
    assert kinds(outcomes_of(rules(SHARE, share_percent=83, winners_most=3), entries(*range(17, 0, -1)))) == {
        "winner": 3, "prize": 11, "participant": 3,
    }  # fmt: skip


# A share over several comparisons ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sizes", "percent", "parts"),
    [
        ((27, 27), 32, (9, 8)),
        ((10, 10, 10), 25, (3, 2, 2)),
        ((1, 1, 1), 34, (1, 0, 0)),
        ((), 30, ()),
        ((4,), 100, (4,)),
    ],
)
def test_a_share_of_all_is_divided_without_losing_any(
    sizes: tuple[int, ...], percent: int, parts: tuple[int, ...]
) -> None:
    assert shared_out(sizes, percent) == parts


@given(st.lists(st.integers(0, 60), max_size=12), st.integers(1, 100))
def test_the_parts_of_a_share_are_the_share_and_nobody_gets_more_than_one_above_their_own(
    sizes: list[int], percent: int
) -> None:
    parts = shared_out(sizes, percent)
    assert sum(parts) == sum(sizes) * percent // 100
    assert all(0 <= part - size * percent // 100 <= 1 for part, size in zip(parts, sizes, strict=True))


# Documents ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("collective", "place", "people", "found"),
    [
        ("each", 1, 7, {Paper.HONOUR: 7}),
        ("one", 1, 7, {Paper.HONOUR: 1}),
        ("one_and_certificates", 1, 7, {Paper.HONOUR: 1, Paper.CERTIFICATE: 7}),
        ("one_and_certificates", 1, 1, {Paper.HONOUR: 1}),
        ("one_and_certificates", 3, 7, {Paper.CERTIFICATE: 7}),
        ("each", 3, 2, {Paper.CERTIFICATE: 2}),
    ],
)
def test_papers_for_a_team(collective: str, place: int, people: int, found: dict[Paper, int]) -> None:
    scheme = rules(SHARE, collective=collective)
    winner, _, participant = awards_of(scheme)
    outcome = winner if place == 1 else participant
    assert papers(scheme, outcome, people) == found


def test_a_special_nomination_is_a_diploma_more_and_an_absence_brings_no_paper() -> None:
    scheme = rules(SHARE)
    assert papers(scheme, awards_of(scheme)[1].with_special("За музыку"), 1) == {Paper.HONOUR: 1, Paper.DIPLOMA: 1}
    assert papers(scheme, Outcome(OutcomeKind.NOT_SUBMITTED), 1) == {}
    own = rules(OWN)
    assert papers(own, awards_of(own)[0].with_special("Дружные"), 4) == {Paper.DIPLOMA: 4}


# What always holds --------------------------------------------------------------------------------------------

compared = st.lists(st.integers(0, 12), max_size=14)
schemes = st.sampled_from([rules(scheme) for scheme in ALL])


def worth(scheme: AwardRules, outcome: Outcome) -> int:
    return awards_of(scheme).index(outcome)


@given(schemes, compared)
def test_each_work_has_one_outcome_equal_ones_the_same_and_a_better_one_never_less(
    scheme: AwardRules, points: list[int]
) -> None:
    found = entries(*points, most=12)
    outcomes = outcomes_of(scheme, found)
    assert set(outcomes) == set(range(len(points)))
    order = [worth(scheme, outcomes[ranked.work]) for ranked in found.ranking]
    assert order == sorted(order)
    assert len({(points[work], outcome) for work, outcome in outcomes.items()}) == len(set(points))


@given(schemes, compared, st.randoms(use_true_random=False))
def test_the_order_in_which_works_came_changes_nothing(scheme: AwardRules, points: list[int], random: Any) -> None:
    order = list(range(len(points)))
    random.shuffle(order)
    before, after = entries(*points, most=12), entries(*(points[work] for work in order), most=12)
    by_work = outcomes_of(scheme, before)
    assert outcomes_of(scheme, after) == {new: by_work[old] for new, old in enumerate(order)}


@given(schemes, compared)
def test_a_higher_score_never_costs_a_work_its_award(scheme: AwardRules, points: list[int]) -> None:
    before = outcomes_of(scheme, entries(*points, most=12))
    for work in range(len(points)):
        raised = [value + (index == work) for index, value in enumerate(points)]
        after = outcomes_of(scheme, entries(*raised, most=12))
        assert worth(scheme, after[work]) <= worth(scheme, before[work])


@given(compared, st.integers(1, 100))
def test_a_quota_and_a_share_are_exceeded_by_equal_works_alone(points: list[int], percent: int) -> None:
    for scheme in (rules(QUOTA, share_percent=percent), rules(SHARE, share_percent=percent)):
        found = entries(*points, most=12)
        awarded = [one for one in found.ranking if outcomes_of(scheme, found)[one.work].kind.is_award]
        most = len(points) * percent // 100
        over = awarded[most:]
        assert all(one.points == awarded[most - 1].points for one in over)
        assert not over or most > 0


@given(schemes, st.lists(st.integers(0, 4), max_size=10))
def test_once_all_equal_works_are_put_in_order_no_tie_matters(scheme: AwardRules, points: list[int]) -> None:
    found = entries(*points, most=4)
    order = Order(tuple((work,) for work in range(len(points))))
    assert contested(scheme, replace(found, ranking=settled(found.ranking, [order]))) == ()

"""How many go on: by school, nomination, group, their combinations, and by share."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.event.base import Per
from bot.contest.event.stages import Stage, StageKind, StageQuota
from bot.contest.quotas import (
    Candidate,
    adding_refusals,
    may_be_overridden,
    most_by_share,
    quota_refusals,
    rule,
)

NOW = datetime(2026, 10, 19, tzinfo=UTC)


def stage(*quotas: StageQuota, share: int | None = None) -> Stage:
    return Stage(
        code="selection",
        title="Отбор",
        kind=StageKind.SELECTION,
        opens_at=NOW,
        closes_at=NOW + timedelta(days=9),
        quotas=quotas,
        share_percent=share,
    )


def candidate(id_: int, school: str = "s47", nomination: str = "poetry", group: str = "middle") -> Candidate:
    keys = ((Per.ORGANISATION, school), (Per.NOMINATION, nomination), (Per.GROUP, group))
    return Candidate(id_, f"Участник {id_}", keys, frozenset({nomination, "reading"}), group)


BY_SCHOOL = StageQuota(per=(Per.ORGANISATION,), most=2)
BOTH = StageQuota(per=(Per.NOMINATION, Per.ORGANISATION), most=1)
PROSE = StageQuota(per=(Per.NOMINATION,), most=1, nominations=("prose",))
people = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["poetry", "prose"]), st.sampled_from(["m", "s"])), max_size=14
).map(lambda rows: [candidate(number, *row) for number, row in enumerate(rows, 1)])
quotas = st.lists(
    st.builds(
        StageQuota,
        per=st.sets(st.sampled_from([Per.ORGANISATION, Per.NOMINATION, Per.GROUP]), min_size=1).map(tuple),
        most=st.integers(1, 3),
        nominations=st.sampled_from([(), ("prose",), ("reading",)]),
        groups=st.sampled_from([(), ("s",)]),
    ),
    max_size=3,
).map(tuple)


@pytest.mark.parametrize(
    ("quota", "said"),
    [
        (BY_SCHOOL, "от школы не больше 2"),
        (BOTH, "от школы в номинации не больше 1"),
        (StageQuota(per=(Per.GROUP, Per.HOST), most=3), "от площадки отбора в возрастной группе не больше 3"),
    ],
)
def test_a_quota_is_said_in_words(quota: StageQuota, said: str) -> None:
    assert rule(quota) == said


def test_one_more_than_the_quota_is_refused_with_those_who_are_chosen() -> None:
    everyone = [candidate(1), candidate(2), candidate(3), candidate(4, school="s58")]
    (refusal,) = adding_refusals(stage(BY_SCHOOL), everyone[2], {1, 2}, everyone)
    assert refusal.key == "quota.over"
    assert refusal.values["chosen"] == "Участник 1, Участник 2"
    assert adding_refusals(stage(BY_SCHOOL), everyone[3], {1, 2}, everyone) == ()
    assert quota_refusals(stage(BY_SCHOOL), {1, 2}, everyone) == ()
    assert quota_refusals(stage(BY_SCHOOL), {1, 2, 3}, everyone) != ()


def test_a_quota_of_some_nominations_says_nothing_of_the_others() -> None:
    everyone = [candidate(1, nomination="prose"), candidate(2, nomination="prose"), candidate(3), candidate(4)]
    assert adding_refusals(stage(PROSE), everyone[1], {1}, everyone) != ()
    assert adding_refusals(stage(PROSE), everyone[3], {1, 3}, everyone) == ()


@pytest.mark.parametrize(
    ("percent", "total", "most"), [(56, 96, 54), (50, 5, 3), (50, 4, 2), (1, 3, 1), (100, 7, 7), (None, 9, None)]
)
def test_a_share_is_rounded_half_up_and_lets_one_through_at_least(
    percent: int | None, total: int, most: int | None
) -> None:
    assert most_by_share(stage(share=percent), total) == most


def test_a_quota_that_may_not_be_overridden_stays() -> None:
    strict = StageQuota(per=(Per.ORGANISATION,), most=1, override_allowed=False)
    everyone = [candidate(1), candidate(2)]
    assert not may_be_overridden(stage(strict), everyone[1], {1}, everyone)
    assert may_be_overridden(stage(strict), everyone[1], set(), everyone)
    assert may_be_overridden(stage(BY_SCHOOL), everyone[1], {1}, everyone)


@given(people, quotas, st.sampled_from([None, 30, 60]), st.randoms(use_true_random=False))
def test_who_is_added_only_where_nothing_is_refused_never_breaks_a_quota(
    everyone: list[Candidate], rules: tuple[StageQuota, ...], share: int | None, random: object
) -> None:
    held = stage(*rules, share=share)
    order = list(everyone)
    random.shuffle(order)  # type: ignore[attr-defined]
    chosen: set[int] = set()
    for one in order:
        if not adding_refusals(held, one, chosen, everyone):
            chosen.add(one.id)
    assert quota_refusals(held, chosen, everyone) == ()
    for quota in rules:
        counted = Counter(
            one.key(quota.per)
            for one in everyone
            if one.id in chosen
            and (not quota.nominations or one.nominations & set(quota.nominations))
            and (not quota.groups or one.group in quota.groups)
        )
        assert all(count <= quota.most for count in counted.values())

"""Works are given to the jury evenly, and nobody judges an own pupil."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.contest.assigning import Assignment, Entry, Juror, assign

JURORS = [Juror(1, "g13"), Juror(2, "l7"), Juror(3)]


def loads(assignment: Assignment, jurors: list[Juror]) -> dict[int, int]:
    counted = Counter(juror for juror, _ in assignment.pairs)
    return {juror.person: counted[juror.person] for juror in jurors}


def entries(count: int) -> list[Entry]:
    return [Entry(work) for work in range(100, 100 + count)]


def test_b24_nobody_judges_a_work_of_the_own_school_or_of_an_own_pupil() -> None:
    works = [Entry(100, "g13"), Entry(101, "l7"), Entry(102, "s50", frozenset((3,)))]
    assert assign(works, JURORS, per_work=3).pairs == {(2, 100), (3, 100), (1, 101), (3, 101), (1, 102), (2, 102)}
    assert assign(works, JURORS, per_work=3).short == {100: 1, 101: 1, 102: 1}
    allowed = assign(works, JURORS, per_work=3, own_school=True)
    assert allowed.short == {102: 1}


def test_a_declared_conflict_takes_the_work_away_and_gives_it_to_another() -> None:
    before = assign(entries(1), JURORS, per_work=1)
    assert before.pairs == {(1, 100)}
    after = assign(entries(1), JURORS, per_work=1, conflicts={(1, 100)}, existing=before.pairs)
    assert after.pairs == {(2, 100)}


def test_a_chain_evens_what_greed_leaves_uneven() -> None:
    # given one after another, 2 gets three works and 1 only one, and 1 may judge none of those three:
    # the work comes to 1 from 3, who gets one from 2
    banned = {(1, 101), (1, 102), (1, 104), (1, 105), (3, 100), (3, 101), (3, 102)}
    assignment = assign(entries(6), JURORS, per_work=1, conflicts=banned)
    assert loads(assignment, JURORS) == {1: 2, 2: 2, 3: 2}


def test_new_works_go_to_those_who_have_least() -> None:
    first = assign(entries(4), JURORS[:2], per_work=1)
    second = assign(entries(6), JURORS, per_work=1, existing=first.pairs)
    assert first.pairs < second.pairs
    assert loads(second, JURORS) == {1: 2, 2: 2, 3: 2}


def test_what_was_given_stays_even_where_it_is_uneven() -> None:
    given_before = {(1, 100), (1, 101), (1, 102)}
    assert assign(entries(3), JURORS, per_work=1, existing=given_before).pairs == given_before


def test_without_a_jury_every_work_is_short() -> None:
    assert assign(entries(2), [], per_work=2) == Assignment(frozenset(), {100: 2, 101: 2})


def test_a_contest_of_real_size_is_even() -> None:
    jurors = [Juror(person, f"school{person % 16}") for person in range(22)]
    works = [Entry(work, f"school{work % 16}") for work in range(75)]
    assignment = assign(works, jurors, per_work=3)
    assert assignment.short == {}
    counts = loads(assignment, jurors).values()
    assert max(counts) - min(counts) <= 1


pairs = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=25)


@given(st.integers(0, 10), st.integers(1, 6), st.integers(1, 3), pairs, pairs)
def test_every_work_has_its_jurors_and_no_exchange_would_be_fairer(
    works: int, jury: int, per_work: int, conflicts: set[tuple[int, int]], existing: set[tuple[int, int]]
) -> None:
    jurors = [Juror(person) for person in range(jury)]
    entered = [Entry(work) for work in range(works)]
    assignment = assign(entered, jurors, per_work=per_work, conflicts=conflicts, existing=existing)
    kept = {(juror, work) for juror, work in existing - conflicts if juror < jury and work < works}

    assert kept <= assignment.pairs
    assert not assignment.pairs & conflicts
    for work in range(works):
        able = sum((juror, work) not in conflicts for juror in range(jury))
        has = sum(judged == work for _, judged in assignment.pairs)
        kept_here = sum(judged == work for _, judged in kept)
        assert has == max(kept_here, min(per_work, able))
        assert assignment.short.get(work, 0) == max(0, per_work - has)

    load = loads(assignment, jurors)
    for juror, work in assignment.pairs - kept:
        for other in range(jury):
            if (other, work) not in conflicts and (other, work) not in assignment.pairs:
                assert load[juror] - load[other] <= 1


@given(st.integers(0, 12), st.integers(1, 6), st.integers(1, 3))
def test_without_conflicts_loads_differ_by_one_at_most_and_do_not_depend_on_the_order(
    works: int, jury: int, per_work: int
) -> None:
    jurors, entered = [Juror(person) for person in range(jury)], entries(works)
    assignment = assign(entered, jurors, per_work=per_work)
    counts = loads(assignment, jurors).values()
    assert max(counts) - min(counts) <= 1
    assert assign(entered[::-1], jurors[::-1], per_work=per_work) == assignment


def test_where_two_sheets_lie_far_apart_one_more_juror_is_given() -> None:
    jurors = [Juror(1), Juror(2), Juror(3)]
    both = {(juror, work) for juror in (1, 2) for work in (100, 101)}
    given_ = assign(entries(2), jurors, per_work=2, existing=both, one_more=[101])
    assert given_.pairs == both | {(3, 101)}
    assert assign(entries(2), jurors[:2], per_work=2, one_more=[101]).short == {101: 1}

"""How many applications may come from one school or one teacher."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.entry_limits import Entry, entry_refusal
from bot.contest.event.base import Limit, Per

SCHOOL = Limit(per=(Per.ORGANISATION,), most=2)
IN_NOMINATION = Limit(per=(Per.ORGANISATION, Per.NOMINATION), most=1)
TEACHER = Limit(per=(Per.SUPERVISOR,), most=1)
CHILD = Limit(per=(Per.PARTICIPANT,), most=1)


def _entry(school: str = "g13", nomination: str = "video", supervisor: str = "") -> Entry:
    known = {Per.ORGANISATION: school, Per.NOMINATION: nomination, Per.SUPERVISOR: supervisor}
    return {per: value for per, value in known.items() if value}


@pytest.mark.parametrize(
    ("limit", "others", "rule"),
    [
        (SCHOOL, [_entry()], None),
        (SCHOOL, [_entry(), _entry(nomination="essay")], "от школы не больше 2"),
        (SCHOOL, [_entry("l7"), _entry("l7")], None),
        (IN_NOMINATION, [_entry(nomination="essay")], None),
        (IN_NOMINATION, [_entry()], "от школы в номинации не больше 1"),
        (TEACHER, [_entry(), _entry()], None),
        (CHILD, [_entry(), _entry()], None),
    ],
)
def test_one_too_many_is_refused_with_the_rule(limit: Limit, others: list[Entry], rule: str | None) -> None:
    refusal = entry_refusal([limit], _entry(), others)
    assert (refusal.values["rule"] if refusal else None) == rule


@given(st.lists(st.tuples(st.sampled_from(["g13", "l7"]), st.sampled_from(["video", "essay"])), max_size=20))
def test_a_limit_is_never_exceeded_by_those_who_were_let_in(coming: list[tuple[str, str]]) -> None:
    taken: list[Entry] = []
    for school, nomination in coming:
        entry = _entry(school, nomination)
        if entry_refusal([SCHOOL, IN_NOMINATION], entry, taken) is None:
            taken.append(entry)
    for school in ("g13", "l7"):
        of_school = [one for one in taken if one[Per.ORGANISATION] == school]
        assert len(of_school) <= 2
        assert len({one[Per.NOMINATION] for one in of_school}) == len(of_school)

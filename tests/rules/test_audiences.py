"""Whom an announcement is for: which applications an audience takes, and how it is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.applications import ApplicationState
from bot.contest.audiences import ALIVE, OF_APPLICATIONS, Audience, Base, Entry, Filter, counts, people_in

HERE = ("scratch-2026",)
VERA = Entry(1, "СК-1", "accepted", "game", "3-4", "gymnasium-13-tomsk", "Гимназия № 13", "teacher", handed_in=True)
ANNA = replace(VERA, number="СК-2", nomination="story", handed_in=False)
OLEG = Entry(2, "СК-3", "sent", "game", "7-9", None, "Школа у моря", "parent", passed=True)
LADA = replace(OLEG, person_id=3, number="СК-4", state="accepted")
GONE = replace(VERA, person_id=4, number="СК-5", state="withdrawn")
ALL = (VERA, ANNA, OLEG, LADA, GONE)


@pytest.mark.parametrize(
    ("audience", "people"),
    [
        (Audience(Base.APPLICANTS), {1, 2, 3}),
        (Audience(Base.STATE, state="sent"), {2}),
        (Audience(Base.STATE, state="withdrawn"), {4}),
        (Audience(Base.WITHOUT_WORK), {1, 2, 3}),
        (Audience(Base.PASSED, stage="selection"), {3}),
        (Audience(Base.JURY), set()),
        (Audience(Base.APPLICANTS, nomination="story"), {1}),
        (Audience(Base.WITHOUT_WORK, nomination="game"), {2, 3}),
        (Audience(Base.APPLICANTS, age_group="7-9", role="parent"), {2, 3}),
        (Audience(Base.APPLICANTS, age_group="7-9", role="teacher"), set()),
        (Audience(Base.APPLICANTS, organisation="gymnasium-13-tomsk"), {1}),
        (Audience(Base.APPLICANTS, organisation_name="Школа у моря"), {2, 3}),
        (Audience(Base.APPLICANTS, organisation_name="Гимназия № 13"), set()),
        (Audience(Base.APPLICANTS, municipality="Томск", organisations=("gymnasium-13-tomsk",)), {1}),
        (Audience(Base.APPLICANTS, municipality="Северск"), set()),
    ],
)
def test_an_audience_takes_people_because_of_their_applications(audience: Audience, people: set[int]) -> None:
    assert people_in(audience, ALL) == people


def test_counts_are_of_people_the_most_first_and_what_is_not_listed_last() -> None:
    assert counts(ALL, Filter.NOMINATION) == {"game": 4, "story": 1}
    assert counts((VERA, OLEG), Filter.ORGANISATION) == {"gymnasium-13-tomsk": 1, "?Школа у моря": 1}
    assert counts((VERA, replace(VERA, nomination=None)), Filter.NOMINATION) == {"game": 1}


WORDS = st.sampled_from(("", "game", "story", "teacher", "sent", "Школа у моря"))
AUDIENCES = st.builds(
    Audience,
    st.sampled_from(Base),
    events=st.sampled_from(((), HERE, (*HERE, "umka-2026"))),
    state=WORDS, stage=WORDS, nomination=WORDS, age_group=WORDS, organisation=WORDS, organisation_name=WORDS,
    municipality=WORDS, organisations=st.sampled_from(((), ("gymnasium-13-tomsk",))), role=WORDS,
    announcement=st.sampled_from((None, 7)),
)  # fmt: skip
ENTRIES = st.builds(
    Entry,
    st.integers(1, 5), st.just("СК-1"), st.sampled_from(ApplicationState), WORDS, WORDS, st.sampled_from((None, "x")),
    WORDS, WORDS, st.booleans(), st.booleans(),
)  # fmt: skip


@given(AUDIENCES)
def test_what_is_kept_comes_back(audience: Audience) -> None:
    kept: dict[str, Any] = audience.to_json()
    assert Audience.from_json(kept) == audience
    assert kept["key"] == audience.base


@given(AUDIENCES, st.lists(ENTRIES))
def test_a_filter_only_narrows_and_only_the_state_reaches_who_has_left(
    audience: Audience, entries: list[Entry]
) -> None:
    narrow, wide = people_in(audience, entries), people_in(audience.without_filters(), entries)
    assert narrow <= wide
    assert not wide or audience.base in OF_APPLICATIONS
    alive = {entry.person_id for entry in entries if entry.state in ALIVE}
    assert audience.base is Base.STATE or narrow <= alive


def test_an_unknown_audience_is_not_taken_for_everybody() -> None:
    with pytest.raises(ValueError, match="somebody"):
        Audience.from_json({"key": "somebody"})

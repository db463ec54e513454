"""What a person chose of a list, what leaves with it, and which lists an event has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.event import Event
from bot.contest.event.loading import read_event
from bot.contest.exports.listings import LISTINGS, OF_NO_EVENT, listing_of, listings_of
from bot.contest.exports.model import ASK_FROM_ROWS, Choice, Ready, is_personal, is_withheld, must_be_asked
from bot.contest.exports.of_applications import APPLICATIONS
from bot.contest.exports.of_results import OUTCOMES, RANKING, SCORES
from tests.talks.scenes import EVENTS

codes = st.sets(st.sampled_from([one.code for one in APPLICATIONS.columns]))


def event(file: str) -> Event:
    found = read_event(EVENTS / file)
    assert isinstance(found, Event)
    return found


@given(st.sampled_from(list(Ready)), codes)
def test_a_choice_is_kept_and_read_as_it_was(ready: Ready, switched: set[str]) -> None:
    choice = Choice(ready, frozenset(switched))
    assert Choice.read(choice.written()) == choice


@pytest.mark.parametrize("kept", [None, "", "nonsense", "ALL", ",a"])
def test_what_is_not_understood_is_the_usual_choice(kept: str | None) -> None:
    assert Choice.read(kept) == Choice(Ready.PRINT)


@given(st.sampled_from(list(Ready)), codes, st.sampled_from([one.code for one in APPLICATIONS.columns]))
def test_a_tap_changes_one_column_and_a_second_one_takes_it_back(ready: Ready, switched: set[str], code: str) -> None:
    choice = Choice(ready, frozenset(switched))
    changed = choice.switch(code)
    column = APPLICATIONS.by_code[code]
    assert changed.takes(column) != choice.takes(column)
    assert all(changed.takes(one) == choice.takes(one) for one in APPLICATIONS.columns if one is not column)
    assert changed.switch(code) == choice


@given(st.sampled_from(list(Ready)), codes)
def test_a_file_has_a_column_whatever_was_chosen(ready: Ready, switched: set[str]) -> None:
    assert Choice(ready, frozenset(switched)).of(APPLICATIONS)


@pytest.mark.parametrize("code", LISTINGS)
def test_without_personal_data_nothing_of_people_is_left_and_nobody_else_sees_how_to_reach_them(code: str) -> None:
    listing = LISTINGS[code]
    assert not is_personal([one for one in listing.columns if Choice(Ready.PLAIN).takes(one)])
    assert not [one for one in listing.seen(contacts=False).columns if one.contact]
    assert not [one for one in listing.columns if one.contact and (not one.personal or one.printed)]
    assert len(listing.by_code) == len(listing.columns)
    assert len({one.title for one in listing.columns}) == len(listing.columns)


@pytest.mark.parametrize(
    ("file", "more"),
    [
        ("scratch.yaml", {"works", "jury", "scores"}),
        ("reciters.yaml", {"works", "jury", "scores", "standings", "hosts"}),
        ("smart-home-blender.yaml", {"attendance", "seats"}),
        ("webinar-scratch.yaml", {"attendance"}),
        ("sports-mosaic.yaml", {"works", "standings", "hosts", "trials", "attempts"}),
    ],
)
def test_an_event_has_the_lists_that_it_has_a_use_for(file: str, more: set[str]) -> None:
    always = {
        "applications", "people", "consents", "schools", "ranking", "outcomes", "papers", "deadlines", "recipients",
        "announcements", "audit", "paper_mistakes",
    }  # fmt: skip
    assert {one.code for one in listings_of(event(file))} == always | more


def test_a_parent_event_has_its_log_and_the_lists_of_no_event_belong_to_none() -> None:
    assert [one.code for one in listings_of(event("smart-home.yaml"))] == ["audit"]
    assert {code for code in LISTINGS if listing_of(None, code)} == OF_NO_EVENT
    assert listing_of(event("scratch.yaml"), "roles") is None
    assert listing_of(event("scratch.yaml"), "nonsense") is None


def test_an_events_own_questions_are_columns_of_the_list_that_they_are_asked_for() -> None:
    listing = listing_of(event("webinar-scratch.yaml"), "applications")
    assert listing is not None
    own = {one.title: one.personal for one in listing.columns if one.code.startswith("own:")}
    assert own == {"Роль": False, "Тема выступления": True, "Тезисы": True}


@pytest.mark.parametrize(
    ("ready", "rows", "asked"),
    [
        (Ready.ALL, ASK_FROM_ROWS, False),
        (Ready.ALL, ASK_FROM_ROWS + 1, True),
        (Ready.PRINT, ASK_FROM_ROWS + 1, True),
        (Ready.PLAIN, 10 * ASK_FROM_ROWS, False),
    ],
)
def test_many_rows_with_personal_data_are_asked_about(ready: Ready, rows: int, *, asked: bool) -> None:
    assert must_be_asked(Choice(ready).of(APPLICATIONS), rows) is asked


@pytest.mark.parametrize("listing", [SCORES, RANKING, OUTCOMES])
def test_who_judges_does_not_take_away_what_others_have_said_before_the_protocol(listing: object) -> None:
    """docs/faults.md B23, of an organizer who is in the jury too."""
    assert listing in LISTINGS.values()
    of = next(one for one in LISTINGS.values() if one is listing)
    assert is_withheld(of, judges=True, approved=False)
    assert not is_withheld(of, judges=True, approved=True)
    assert not is_withheld(of, judges=False, approved=False)
    assert not is_withheld(APPLICATIONS, judges=True, approved=False)

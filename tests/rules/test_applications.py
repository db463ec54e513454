"""An application's way, and who may apply."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from bot.contest.applications import (
    MOVES,
    Act,
    ApplicationState,
    Audience,
    Side,
    applying_refusal,
    audience_refusal,
    duplicate_key,
    editing_refusal,
    nomination_refusal,
    number,
    transition,
    withdrawing_refusal,
)
from bot.contest.grades import Grade, PreschoolGroup
from bot.contest.names import FullName
from bot.contest.refusal import Refusal

OPENS = datetime(2026, 4, 1, tzinfo=UTC)
CLOSES = datetime(2026, 4, 30, 16, 59, tzinfo=UTC)
SECOND = timedelta(seconds=1)
S = ApplicationState


def test_the_usual_way_with_a_correction_leads_to_acceptance() -> None:
    state: ApplicationState | Refusal = S.DRAFT
    for act, after in [
        (Act.EDIT, S.DRAFT),
        (Act.SEND, S.SENT),
        (Act.ASK_CHANGES, S.CHANGES_ASKED),
        (Act.EDIT, S.CHANGES_ASKED),
        (Act.SEND, S.SENT),
        (Act.ACCEPT, S.ACCEPTED),
        (Act.EDIT, S.ACCEPTED),
    ]:
        assert isinstance(state, ApplicationState)
        state = transition(state, act, reason="не указана школа")
        assert state is after


@pytest.mark.parametrize(("state", "act"), [pair for pair in product(S, Act) if pair not in MOVES])
def test_what_is_not_in_the_table_is_refused_in_words(state: ApplicationState, act: Act) -> None:
    refusal = Refusal("application.not_now", {"state": state.label, "act": act.label})
    assert transition(state, act, reason="причина") == refusal


def test_nobody_accepted_is_ever_rejected_or_sent_back() -> None:
    assert {after for (before, _), after in MOVES.items() if before is S.ACCEPTED} == {
        S.ACCEPTED, S.WITHDRAWN, S.DROPPED_OUT, S.DISQUALIFIED,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "act"),
    [(S.SENT, Act.ASK_CHANGES), (S.SENT, Act.REJECT), (S.ACCEPTED, Act.DROP_OUT), (S.ACCEPTED, Act.DISQUALIFY)],
)
def test_bad_news_needs_a_reason(state: ApplicationState, act: Act) -> None:
    assert transition(state, act, reason=" ") == Refusal("application.reason_needed", {"act": act.label})
    assert transition(state, act, reason="дубль заявки") is MOVES[state, act]


def test_an_applicant_never_decides_and_an_organizer_never_writes_for_others() -> None:
    assert {act for act in Act if act.side is Side.APPLICANT} == {Act.SEND, Act.EDIT, Act.WITHDRAW}


def test_b19_an_old_button_after_the_end_changes_nothing() -> None:
    ended = (S.WITHDRAWN, S.DROPPED_OUT, S.DISQUALIFIED)
    assert all(isinstance(transition(state, act, reason="x"), Refusal) for state, act in product(ended, Act))


def test_applications_are_taken_from_the_opening_to_the_deadline() -> None:
    def refusal(now: datetime) -> Refusal | None:
        return applying_refusal("Умка", opens_at=OPENS, closes_at=CLOSES, now=now)

    assert refusal(OPENS - SECOND) == Refusal("apply.not_open", {"title": "Умка", "opens_at": OPENS})
    assert refusal(OPENS) is None
    assert refusal(CLOSES) is None
    assert refusal(CLOSES + SECOND) == Refusal("apply.closed", {"title": "Умка", "closed_at": CLOSES})


PUPILS = Audience(grades=frozenset((1, 2, 3, 4, 7)), preschool=True)
PRESCHOOL = Grade(group=PreschoolGroup.PREPARATORY)


@pytest.mark.parametrize(("grade", "fits"), [(Grade(1), True), (Grade(5), False), (PRESCHOOL, True), (None, False)])
def test_an_audience_is_classes_preschoolers_and_adults(grade: Grade | None, fits: bool) -> None:
    assert PUPILS.fits(grade) is fits
    assert Audience(adults=True).fits(grade) is (grade is None)


def test_who_does_not_fit_is_told_who_does() -> None:
    audience = "воспитанники детских садов, 1–4, 7 классы"
    assert audience_refusal(PUPILS, Grade(5, "А")) == Refusal(
        "apply.wrong_audience", {"participant": "5А класс", "audience": audience}
    )
    assert audience_refusal(PUPILS, Grade(7)) is None
    assert nomination_refusal("Игра", PUPILS, None) == Refusal(
        "apply.wrong_nomination", {"nomination": "Игра", "participant": "взрослый", "audience": audience}
    )
    assert nomination_refusal("Игра", PUPILS, Grade(1)) is None
    assert Audience(grades=frozenset((6,)), adults=True).label == "6 класс, взрослые"


def test_an_application_is_edited_until_the_deadline_and_as_asked_after_it() -> None:
    late = Refusal("application.edit_closed", {"closed_at": CLOSES})
    assert editing_refusal(S.ACCEPTED, closes_at=CLOSES, now=CLOSES) is None
    assert editing_refusal(S.ACCEPTED, closes_at=CLOSES, now=CLOSES + SECOND) == late
    assert editing_refusal(S.CHANGES_ASKED, closes_at=CLOSES, now=CLOSES + SECOND) is None
    assert isinstance(editing_refusal(S.WITHDRAWN, closes_at=CLOSES, now=OPENS), Refusal)


def test_an_application_is_withdrawn_until_results_are_published() -> None:
    assert withdrawing_refusal(S.ACCEPTED, published=False) is None
    assert withdrawing_refusal(S.ACCEPTED, published=True) == Refusal("application.withdraw_published")
    assert isinstance(withdrawing_refusal(S.REJECTED, published=False), Refusal)


def test_a_number_has_four_digits_and_grows_beyond() -> None:
    assert number("СК", 2026, 42) == "СК-2026-0042"
    assert number("СК", 2026, 12345) == "СК-2026-12345"


def test_b9_a_second_application_of_one_child_has_the_same_key() -> None:
    one = duplicate_key(FullName("Соколова", "Алёна", "Ильинична"), "tomsk-g13", "scratch")
    assert one == duplicate_key(FullName("Соколова", "Алена"), "tomsk-g13", "scratch")
    assert one != duplicate_key(FullName("Соколова", "Алена"), "tomsk-l7", "scratch")
    assert one != duplicate_key(FullName("Соколова", "Алена"), "tomsk-g13", "umka")

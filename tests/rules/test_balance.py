"""Accepted applications = the sum of outcomes, whatever happens in whatever order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.contest.applications import Act, ApplicationState, transition
from bot.contest.awards import Outcome, OutcomeKind, outcome_without_scores
from bot.contest.balance import Balance, Row, Standing, balance

S = ApplicationState
WINNER = Outcome(OutcomeKind.WINNER)
PARTICIPANT = Outcome(OutcomeKind.PARTICIPANT)
NEW = Standing(S.DRAFT, was_accepted=False)

SET_OUTCOME = "set outcome"
acts = st.lists(st.tuples(st.integers(0, 4), st.sampled_from([*Act, SET_OUTCOME])), max_size=60)


def acted(application: Standing, act: Act | str) -> Standing:
    if not isinstance(act, Act):
        return replace(application, outcome=WINNER) if application.state is S.ACCEPTED else application
    after = transition(application.state, act, reason="причина")
    if not isinstance(after, ApplicationState):
        return application
    return replace(application, state=after, was_accepted=application.was_accepted or after is S.ACCEPTED)


def concluded(application: Standing) -> Standing:
    if application.state is S.ACCEPTED and application.outcome is None:
        return replace(application, outcome=outcome_without_scores(application.state, handed_in=False))
    return application


def test_every_accepted_application_is_in_one_row() -> None:
    seen = balance([
        Standing(S.ACCEPTED, was_accepted=True, outcome=WINNER),
        Standing(S.ACCEPTED, was_accepted=True, outcome=PARTICIPANT),
        Standing(S.ACCEPTED, was_accepted=True, outcome=PARTICIPANT),
        Standing(S.WITHDRAWN, was_accepted=True, outcome=WINNER),
        Standing(S.DISQUALIFIED, was_accepted=True),
        Standing(S.WITHDRAWN, was_accepted=False),
        Standing(S.REJECTED, was_accepted=False),
        NEW,
    ])  # fmt: skip
    rows = (
        Row(OutcomeKind.WINNER, 1),
        Row(OutcomeKind.PARTICIPANT, 2),
        Row(OutcomeKind.WITHDRAWN, 1),
        Row(OutcomeKind.DISQUALIFIED, 1),
    )
    assert seen == Balance(5, rows, undecided=0, people=5)
    assert seen.closes
    assert [row.label for row in seen.rows] == ["Победитель", "Участник", "заявка отозвана", "дисквалифицирован(а)"]


def test_titles_of_one_kind_and_people_are_counted_apart() -> None:
    finalist = Outcome(OutcomeKind.PARTICIPANT, "Участник финала")
    left_behind = Outcome(OutcomeKind.PARTICIPANT, "Участник отборочного этапа")
    given_ = [finalist, left_behind, left_behind]
    seen = balance([Standing(S.ACCEPTED, was_accepted=True, outcome=outcome, people=7) for outcome in given_])
    assert seen.rows == (Row(OutcomeKind.PARTICIPANT, 3, ((left_behind.title, 2), (finalist.title, 1))),)
    assert (seen.people, seen.closes) == (21, True)


def test_an_accepted_application_without_an_outcome_keeps_the_balance_open() -> None:
    open_ = balance([Standing(S.ACCEPTED, was_accepted=True), Standing(S.ACCEPTED, was_accepted=True, outcome=WINNER)])
    assert (open_.accepted, open_.undecided, open_.closes) == (2, 1, False)
    assert balance([]).closes


@given(acts)
def test_the_balance_closes_whatever_the_order_of_acts(history: list[tuple[int, Act | str]]) -> None:
    applications = [NEW] * 5
    for which, act in history:
        applications[which] = acted(applications[which], act)
        seen = balance(applications)
        assert seen.accepted == sum(row.count for row in seen.rows) + seen.undecided
        assert seen.closes == (seen.undecided == 0)
    seen = balance(map(concluded, applications))
    assert seen.closes
    assert seen.accepted == sum(application.was_accepted for application in applications)

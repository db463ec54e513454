"""How a consent stands after what was said, in whatever order; and whom a public list may name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.consent_states import (
    MOVES,
    Category,
    ConsentState,
    Decision,
    PersonConsents,
    Signer,
    Standing,
    Word,
    named,
    needed_signers,
    standing,
)
from bot.contest.consents import Applicant

S = ConsentState
DAY = date(2026, 11, 20)
PARENT = frozenset((Signer.PARENT,))
BOTH = frozenset(Signer)
DECISIONS: tuple[Decision, ...] = ("waiting", "given", "refused", "paper", "scan", "withdrawn")


def word(decision: Decision, by: Signer = Signer.PARENT, *, own: bool = True, on: date = DAY) -> Word:
    return Word(decision, by, on, own)


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        (S.NOT_ASKED, DECISIONS, (S.WAITING, S.GIVEN, S.REFUSED, S.PAPER, S.SCAN, S.WITHDRAWN)),
        (S.WAITING, DECISIONS, (None, S.GIVEN, S.REFUSED, S.PAPER, S.SCAN, S.WITHDRAWN)),
        (S.GIVEN, DECISIONS, (None, S.GIVEN, S.REFUSED, S.PAPER, S.SCAN, S.WITHDRAWN)),
        (S.SCAN, DECISIONS, (None, S.GIVEN, S.REFUSED, S.PAPER, S.SCAN, S.WITHDRAWN)),
        (S.PAPER, DECISIONS, (None, S.GIVEN, S.REFUSED, S.PAPER, S.SCAN, S.WITHDRAWN)),
        (S.REFUSED, DECISIONS, (None, S.GIVEN, S.REFUSED, S.PAPER, S.SCAN, S.WITHDRAWN)),
        (S.WITHDRAWN, DECISIONS, (None, S.GIVEN, S.REFUSED, S.PAPER, S.SCAN, S.WITHDRAWN)),
        (S.EXPIRED, DECISIONS, (S.WAITING, S.GIVEN, S.REFUSED, S.PAPER, S.SCAN, S.WITHDRAWN)),
    ],
)
def test_where_each_word_moves_each_state(
    before: ConsentState, said: tuple[Decision, ...], after: tuple[ConsentState | None, ...]
) -> None:
    assert tuple(MOVES.get((before, one)) for one in said) == after


@pytest.mark.parametrize(
    ("applicant", "adult", "needed"),
    [
        (Applicant.TEACHER, False, PARENT),
        (Applicant.PARENT, False, PARENT),
        (Applicant.SELF, False, BOTH),
        (Applicant.SELF, True, {Signer.SELF}),
        (Applicant.TEACHER, True, {Signer.SELF}),
    ],
)
def test_b12_b44_who_must_agree(applicant: Applicant, adult: bool, needed: frozenset[Signer]) -> None:
    assert needed_signers(applicant, adult=adult) == needed


@pytest.mark.parametrize(
    ("words", "needed", "state", "missing"),
    [
        ([], PARENT, S.NOT_ASKED, PARENT),
        ([word("waiting")], PARENT, S.WAITING, PARENT),
        ([word("given")], PARENT, S.GIVEN, set()),
        ([word("given", Signer.SELF)], BOTH, S.WAITING, PARENT),
        ([word("given", Signer.SELF), word("scan")], BOTH, S.SCAN, set()),
        ([word("given", Signer.SELF), word("refused")], BOTH, S.REFUSED, PARENT),
        ([word("given"), word("given", Signer.SELF), word("withdrawn", Signer.SELF)], BOTH, S.WITHDRAWN, BOTH),
        ([word("refused", own=False), word("paper", own=False)], PARENT, S.PAPER, set()),
        ([word("refused"), word("paper", own=False)], PARENT, S.REFUSED, PARENT),
        ([word("withdrawn"), word("paper", own=False)], PARENT, S.WITHDRAWN, PARENT),
        ([word("refused"), word("scan", own=False)], PARENT, S.SCAN, set()),
        ([word("refused"), word("waiting")], PARENT, S.REFUSED, PARENT),
        ([word("given", on=date(2025, 12, 31))], PARENT, S.EXPIRED, PARENT),
        ([word("given", on=date(2026, 1, 1))], PARENT, S.GIVEN, set()),
        ([word("given", on=date(2024, 5, 1)), word("waiting")], PARENT, S.WAITING, PARENT),
    ],
)
def test_how_a_consent_stands(
    words: list[Word], needed: frozenset[Signer], state: ConsentState, missing: frozenset[Signer]
) -> None:
    held = standing(words, needed, today=DAY)
    assert (held.state, held.missing) == (state, missing)
    assert held.in_force == (not missing)


def test_a_consent_lasts_until_the_end_of_august_of_the_next_year() -> None:
    said = [word("given", on=DAY)]
    assert standing(said, PARENT, today=date(2027, 8, 31)).state is S.GIVEN
    assert standing(said, PARENT, today=date(2027, 9, 1)).state is S.EXPIRED


def consents(processing: ConsentState, publication: ConsentState, *allowed: Category) -> PersonConsents:
    return PersonConsents(Standing(processing), Standing(publication, categories=frozenset(allowed)))


@pytest.mark.parametrize(
    ("held", "is_named"),
    [
        (consents(S.GIVEN, S.PAPER, Category.NAME, Category.RESULT), True),
        (consents(S.GIVEN, S.GIVEN, Category.NAME), False),
        (consents(S.GIVEN, S.GIVEN, Category.RESULT, Category.WORK), False),
        (consents(S.WITHDRAWN, S.GIVEN, *Category), False),
        (consents(S.WAITING, S.GIVEN, *Category), False),
        (consents(S.GIVEN, S.REFUSED, *Category), False),
        (consents(S.GIVEN, S.EXPIRED, *Category), False),
        (consents(S.GIVEN, S.NOT_ASKED, *Category), False),
    ],
)
def test_nobody_is_named_without_both_consents_for_the_name_and_the_result(
    held: PersonConsents, is_named: bool
) -> None:
    assert named(["Соколова Вера"], [held]) == (("Соколова Вера",) if is_named else ())


WORDS = st.builds(
    Word,
    st.sampled_from(DECISIONS),
    st.sampled_from(Signer),
    st.dates(DAY - timedelta(days=800), DAY),
    st.booleans(),
    st.sets(st.sampled_from(Category)).map(frozenset),
)


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8), st.sampled_from([PARENT, BOTH]), st.booleans())
def test_whoever_took_a_consent_back_is_in_nothing_published_until_they_give_it_again(
    processing: list[Word], publication: list[Word], needed: frozenset[Signer], first: bool
) -> None:
    """Whatever was said before, by whomever, and asked after it."""
    after = [Word("withdrawn", Signer.PARENT, DAY), Word("waiting", Signer.PARENT, DAY)]
    after.append(Word("paper", Signer.PARENT, DAY, own=False))
    said = (processing + after, publication) if first else (processing, publication + after)
    held = PersonConsents(*(standing(words, needed, today=DAY) for words in said))
    taken_back = held.processing if first else held.publication
    assert named([1], [held]) == ()
    assert not taken_back.in_force


@given(st.lists(WORDS, max_size=10), st.sampled_from([PARENT, BOTH]))
def test_only_what_was_granted_is_published_and_never_after_the_term(
    words: list[Word], needed: frozenset[Signer]
) -> None:
    held = standing(words, needed, today=DAY)
    granted = [one for one in words if one.decision in ("given", "paper", "scan")]
    assert all(any(one in word.categories for word in granted) for one in held.categories)
    assert held.in_force or not held.categories
    assert not standing(words, needed, today=DAY + timedelta(days=800)).in_force

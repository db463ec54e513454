"""Outcomes: proposed by the rules, set by hand, counted for the balance."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.contest.awards import Outcome, OutcomeKind
from storage.conflicts import MissingError
from storage.outcomes import Decision, Result
from storage.storage import Storage
from tests.storage.world import HOUR, NOON, ORGANIZER, apply

WINNER = Outcome(OutcomeKind.WINNER, "Диплом I степени", ("Самый смелый сюжет", "Лучший звук"))
PRIZE = Outcome(OutcomeKind.PRIZE, "Диплом II степени")
PARTICIPANT = Outcome(OutcomeKind.PARTICIPANT)


async def test_a_proposal_is_kept_whole(storage: Storage) -> None:
    application = await apply(storage)
    assert await storage.outcomes.get(application.id) is None
    result = Result(application.id, WINNER, Decimal("38.67"), 1)
    assert await storage.outcomes.propose([result], by=ORGANIZER, at=NOON) == 1
    decision = Decision(result, by_hand=False, decided_by=ORGANIZER, decided_at=NOON)
    assert await storage.outcomes.get(application.id) == decision
    assert await storage.outcomes.of_event("scratch") == {application.id: decision}


async def test_a_new_proposal_replaces_proposals_and_leaves_alone_what_was_set_by_hand(storage: Storage) -> None:
    first, second = await apply(storage), await apply(storage)
    proposed = [Result(first.id, PARTICIPANT), Result(second.id, PARTICIPANT)]
    await storage.outcomes.propose(proposed, by=ORGANIZER, at=NOON)
    await storage.outcomes.set(Result(first.id, PRIZE), by=9, at=NOON + HOUR)
    proposed = [Result(first.id, WINNER), Result(second.id, WINNER)]
    assert await storage.outcomes.propose(proposed, by=ORGANIZER, at=NOON + 2 * HOUR) == 1
    decisions = await storage.outcomes.of_event("scratch")
    assert decisions[first.id] == Decision(Result(first.id, PRIZE), True, 9, NOON + HOUR)
    assert decisions[second.id].result.outcome == WINNER


async def test_setting_and_removing_tell_what_was_there_before(storage: Storage) -> None:
    application = await apply(storage)
    assert await storage.outcomes.set(Result(application.id, PRIZE), by=ORGANIZER, at=NOON) is None
    first = Decision(Result(application.id, PRIZE), True, ORGANIZER, NOON)
    assert await storage.outcomes.set(Result(application.id, WINNER), by=9, at=NOON + HOUR) == first
    second = Decision(Result(application.id, WINNER), True, 9, NOON + HOUR)
    assert await storage.outcomes.remove(application.id) == second
    assert await storage.outcomes.remove(application.id) is None
    assert await storage.outcomes.of_event("scratch") == {}


async def test_outcomes_are_counted_by_kind_for_their_event_alone(storage: Storage) -> None:
    for outcome in (WINNER, PARTICIPANT, PARTICIPANT):
        await storage.outcomes.propose([Result((await apply(storage)).id, outcome)], by=ORGANIZER, at=NOON)
    elsewhere = await apply(storage, event_code="webinar")
    await storage.outcomes.set(Result(elsewhere.id, PRIZE), by=ORGANIZER, at=NOON)
    assert await storage.outcomes.counts("scratch") == {OutcomeKind.WINNER: 1, OutcomeKind.PARTICIPANT: 2}


async def test_an_outcome_of_no_application_is_refused(storage: Storage) -> None:
    with pytest.raises(MissingError):
        await storage.outcomes.set(Result(99, WINNER), by=ORGANIZER, at=NOON)
    with pytest.raises(MissingError):
        await storage.outcomes.propose([Result(99, WINNER)], by=ORGANIZER, at=NOON)

"""Decisions between equal works are kept one after another, and special nominations beside the outcomes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.contest.applications import ApplicationState
from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.ties import Order
from storage.conflicts import MissingError
from storage.outcomes import Result
from storage.storage import Storage
from storage.ties import TieDecision
from tests.storage.world import ANYA, BORYA, HOUR, NOON, ORGANIZER, apply, form

VOTE = {"comparison": '["game", null]', "way": "vote", "reason": "3 из 5"}


async def test_every_decision_is_kept_in_its_order(storage: Storage) -> None:
    first = await storage.ties.add("scratch", Order(((5,), (7, 9))), **VOTE, by=ORGANIZER, at=NOON)
    second = await storage.ties.add("scratch", Order(((7,), (5, 9))), **VOTE, by=ORGANIZER, at=NOON + HOUR)
    await storage.ties.add("webinar", Order(((1,), (2,))), **VOTE, by=ORGANIZER, at=NOON)
    assert await storage.ties.of_event("scratch") == (
        TieDecision(first, '["game", null]', Order(((5,), (7, 9))), "vote", "3 из 5", ORGANIZER, NOON),
        TieDecision(second, '["game", null]', Order(((7,), (5, 9))), "vote", "3 из 5", ORGANIZER, NOON + HOUR),
    )


async def test_special_nominations_change_nothing_else(storage: Storage) -> None:
    application = await apply(storage)
    with pytest.raises(MissingError):
        await storage.outcomes.name_special(application.id, ["За музыку"])
    await storage.outcomes.set(
        Result(application.id, Outcome(OutcomeKind.PRIZE, "Призёр"), Decimal(38), 2), by=ORGANIZER, at=NOON
    )
    await storage.outcomes.name_special(application.id, ["За музыку", "За доброту"])
    decision = await storage.outcomes.get(application.id)
    assert decision is not None
    named = Outcome(OutcomeKind.PRIZE, "Призёр", ("За музыку", "За доброту"))
    assert decision.result == Result(application.id, named, Decimal(38), 2)
    assert (decision.by_hand, decision.decided_at) == (True, NOON)


async def test_people_are_counted_whether_they_are_named_or_not(storage: Storage) -> None:
    pair = await apply(storage, form(ANYA, BORYA))
    assert await storage.outcomes.people("scratch") == {}
    await storage.applications.set_state(pair.id, ApplicationState.ACCEPTED, reason=None, at=NOON)
    assert await storage.outcomes.people("scratch") == {pair.id: 2}

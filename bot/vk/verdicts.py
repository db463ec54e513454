"""What came of the rows becomes what is written to the outbox, by the policy's table.

What is remembered here is only in memory: a restart forgets pauses and starts anew, and the outbox has the rest.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from bot.vk import limits, reconcile
from bot.vk.errors import CallError, UnknownOutcome
from bot.vk.gate import Gate
from bot.vk.pace import Pace
from bot.vk.parcels import Outcome, accepted
from bot.vk.policy import EDIT_AS_NEW, Action, Attempt, Decision, decide, rule_for, wait_s
from bot.watching.correlation import on_behalf_of
from storage.outbox import Due, Later, Sent, Settled

log = logging.getLogger(__name__)
PARAMETER_IS_WRONG = 100
#: So many refusals for want of rights without a success between them mean that the right itself is gone.
RIGHTS_GONE = 3


@dataclass(slots=True)
class Marks:
    """What is to be written, in one transaction. `handled` rows may be picked again once that is done."""

    sent: list[Sent] = field(default_factory=list)
    later: list[Later] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    #: Person and code.
    unreachable: list[tuple[int, int]] = field(default_factory=list)
    handled: list[Due] = field(default_factory=list)

    def ids(self) -> list[int]:
        """The rows that have come to their end."""
        return [row.id for row in self.sent] + [row.id for row in self.settled]


class Verdicts:
    """Judges outcomes; remembers between attempts what the outbox does not."""

    def __init__(self, gate: Gate, pace: Pace, *, now: Callable[[], datetime], jitter: Callable[[], float]) -> None:
        self._gate = gate
        self._pace = pace
        self._now = now
        self._jitter = jitter
        self._failures: Counter[int] = Counter()
        self._together: dict[int, int] = {}
        self._floods: Counter[int] = Counter()
        self._quota_hits: Counter[str] = Counter()
        self._unrightful = 0
        self._people_paused: dict[int, datetime] = {}
        self._methods_paused: dict[str, datetime] = {}
        #: What VK said since the start, by its code; "ok" where it took the message, "unknown" where it did not answer.
        self.results: Counter[str] = Counter()
        #: Rows that may have been delivered, rows that VK was asked about, edits to be sent as new messages.
        self.uncertain: set[int] = set()
        self.verified: set[int] = set()
        self.as_new: set[int] = set()

    def most_together(self, row: Due) -> int:
        """How many rows may share a request with this one."""
        return self._together.get(row.id, limits.EXECUTE_CALLS)

    def paused_until(self, row: Due, method: str) -> datetime | None:
        """Until when this person or method is left alone, None where neither is."""
        now = self._now()
        ends = (self._people_paused.get(row.peer_id, now), self._methods_paused.get(method, now))
        return max(ends) if max(ends) > now else None

    def method_paused(self, method: str) -> bool:
        """Is this method's quota spent?"""
        return self._methods_paused.get(method, self._now()) > self._now()

    def judge(self, outcomes: Iterable[Outcome], asked_at: float, marks: Marks) -> None:
        """Add what follows from one request's outcomes; `asked_at` (monotonic) is when it was sent."""
        outcomes = list(outcomes)
        self._judge_request(outcomes[0])
        for outcome in outcomes:
            with on_behalf_of("update", outcome.item.row.update_id):
                self._judge(outcome, asked_at, marks)

    def _judge(self, outcome: Outcome, asked_at: float, marks: Marks) -> None:
        marks.handled.append(outcome.item.row)
        self.results[_result(outcome)] += 1
        if outcome.failure is not None:
            self._failed(outcome, outcome.failure, marks)
        elif outcome.item.verifies:
            self._verified(outcome, marks)
        else:
            self._gate.delivered(asked_at)
            self._unrightful = 0
            self._quota_hits[outcome.method] = 0
            self.forget(outcome.item.row)
            marks.sent.append(accepted(outcome))
            log.debug("message %s is sent", outcome.item.row.id)

    def refuse(self, row: Due, error: str, marks: Marks) -> None:
        """A row that can't be made into a call."""
        log.error("message %s can't be sent: %s", row.id, error)
        marks.settled.append(Settled(row.id, "dead", None, error))
        self.forget(row)

    def _judge_request(self, first: Outcome) -> None:
        if not first.answered:
            self._gate.unanswered(str(first.failure))
        elif self._gate.answered():
            self._failures.clear()  # the outage failed them, not their content
            self._together.clear()

    def _failed(self, outcome: Outcome, failure: CallError, marks: Marks) -> None:
        row = outcome.item.row
        if isinstance(failure, UnknownOutcome):
            self.uncertain.add(row.id)
            self.verified.discard(row.id)
        if outcome.shared == 1 and self._ends_well(outcome, failure, marks):
            return
        attempt = Attempt(
            failure.code,
            tries=row.tries,
            created_at=row.created_at,
            floods=self._floods[row.id],
            quota_hits=self._quota_hits[outcome.method],
            everywhere=self._is_everywhere(outcome, failure),
        )
        decision = decide(attempt, now=self._now(), jitter=self._jitter)
        self._note(outcome, decision)
        if decision.action in (Action.STOP, Action.SLOW_DOWN, Action.PAUSE_METHOD):
            by_itself = outcome.shared > 1 and decision.action is Action.PAUSE_METHOD
            self._later(row, self._now() if by_itself else decision.retry_at, failure, marks)
        elif outcome.shared > 1 or failure.code is None:
            self._together_failed(outcome, failure, decision, marks)
        else:
            self._own_failure(row, failure, decision, marks)

    def _ends_well(self, outcome: Outcome, failure: CallError, marks: Marks) -> bool:
        """Refusals that need no table: they mean something else for what they answer."""
        row, code = outcome.item.row, failure.code
        if outcome.item.verifies and code is not None and rule_for(code).action not in _NOT_ABOUT_THE_QUESTION:
            self.verified.add(row.id)  # it can't be looked up: sent again, for a double is better than a loss
        elif row.kind == "edit" and code in EDIT_AS_NEW and row.id not in self.as_new:
            self.as_new.add(row.id)
        elif row.kind == "answer" and code == PARAMETER_IS_WRONG:
            self._answer_is_used_up(row, failure, marks)
        else:
            return False
        return True

    def _answer_is_used_up(self, row: Due, failure: CallError, marks: Marks) -> None:
        """A button takes one answer within a minute: after an earlier attempt this means that it had come."""
        if row.tries or self._failures[row.id] or row.id in self.uncertain:
            marks.sent.append(Sent(row.id))
        else:
            marks.settled.append(Settled(row.id, "dropped", failure.code, str(failure)))
        self.forget(row)

    def _is_everywhere(self, outcome: Outcome, failure: CallError) -> bool:
        if rule_for(failure.code).action is not Action.RIGHTS:
            return False
        self._unrightful += 1
        return outcome.shared > 1 or self._unrightful >= RIGHTS_GONE

    def _note(self, outcome: Outcome, decision: Decision) -> None:
        """What concerns more than this row."""
        row, failure = outcome.item.row, outcome.failure
        if decision.action is Action.DEAD and outcome.shared == 1:
            log.error("message %s, %s: %s (%s)", row.id, outcome.method, decision.why, failure)
        match decision.action:
            case Action.STOP:
                self._gate.stop(f"{decision.why} ({failure})")
            case Action.SLOW_DOWN:
                self._pace.refused()
            case Action.PAUSE_METHOD if decision.retry_at is not None and not self.method_paused(outcome.method):
                log.error("%s pauses until %s: %s", outcome.method, decision.retry_at, decision.why)
                self._methods_paused[outcome.method] = decision.retry_at
                self._quota_hits[outcome.method] += 1
            case Action.PAUSE_PEER if decision.retry_at is not None and outcome.shared == 1:
                self._floods[row.id] += 1
                self._people_paused[row.peer_id] = decision.retry_at

    def _together_failed(self, outcome: Outcome, failure: CallError, decision: Decision, marks: Marks) -> None:
        """Nothing is known against this row: from the second time on, half as many will show whose fault it is."""
        row = outcome.item.row
        if decision.action is Action.DEAD and failure.code is None:
            self._own_failure(row, failure, decision, marks)
            return
        wait = wait_s(self._failures[row.id], self._jitter)
        if self._failures[row.id]:
            self._together[row.id] = max(1, outcome.shared // 2)
        self._failures[row.id] += 1
        self._later(row, self._now() + timedelta(seconds=wait), failure, marks)

    def _own_failure(self, row: Due, failure: CallError, decision: Decision, marks: Marks) -> None:
        text = f"{decision.why}: {failure}"
        if decision.retry_at is not None:
            marks.later.append(Later(row.id, decision.retry_at, failure.code, text, counted=decision.counted))
            return
        state: Literal["dead", "dropped"] = "dead" if decision.action is Action.DEAD else "dropped"
        marks.settled.append(Settled(row.id, state, failure.code, text))
        if decision.action is Action.UNREACHABLE and failure.code is not None and row.peer_id < limits.CHATS_FROM:
            marks.unreachable.append((row.peer_id, failure.code))
        self.forget(row)

    def _later(self, row: Due, at: datetime | None, failure: CallError, marks: Marks) -> None:
        marks.later.append(Later(row.id, at or self._now(), failure.code, str(failure), counted=False))

    def _verified(self, outcome: Outcome, marks: Marks) -> None:
        row = outcome.item.row
        if sent := reconcile.found(row, outcome.value):
            marks.sent.append(sent)
            self.forget(row)
        else:
            self.verified.add(row.id)

    def forget(self, row: Due) -> None:
        """The row has come to its end."""
        for kept in (self.uncertain, self.verified, self.as_new):
            kept.discard(row.id)
        self._failures.pop(row.id, None)
        self._together.pop(row.id, None)
        self._floods.pop(row.id, None)


def _result(outcome: Outcome) -> str:
    if outcome.failure is None:
        return "ok"
    return "unknown" if outcome.failure.code is None else str(outcome.failure.code)


_NOT_ABOUT_THE_QUESTION = frozenset({Action.STOP, Action.SLOW_DOWN, Action.PAUSE_METHOD, Action.RETRY})

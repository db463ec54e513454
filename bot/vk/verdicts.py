"""What came of the rows becomes what is written to the outbox, by the policy's table."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from bot.vk import limits, reconcile
from bot.vk.compose import SEND
from bot.vk.errors import CallError, UnknownOutcome
from bot.vk.gate import Gate
from bot.vk.marks import Marks
from bot.vk.pace import Pace
from bot.vk.parcels import EXECUTE, Outcome
from bot.vk.policy import (
    ABOUT_THE_TEXT,
    EDIT_AS_NEW,
    NOT_ABOUT_THE_MESSAGE,
    TABLE,
    Action,
    Attempt,
    Decision,
    decide,
    rule_for,
    wait_s,
)
from bot.vk.remembered import Remembered
from bot.watching.correlation import on_behalf_of
from storage.outbox import Due, Later, Priority, Sent, Settled

log = logging.getLogger(__name__)
#: Of a button: it has its answer. Of a message to be deleted: it is not there (any more).
PARAMETER_IS_WRONG = 100
#: So many refusals for want of rights without a success between them mean that the right itself is gone.
RIGHTS_GONE = 3


class Verdicts:
    """Judges outcomes."""

    def __init__(
        self,
        gate: Gate,
        bulk_gate: Gate,
        pace: Pace,
        remembered: Remembered,
        *,
        now: Callable[[], datetime],
        jitter: Callable[[], float],
    ) -> None:
        """`bulk_gate` is closed where VK restricts the community for spam: announcements wait, replies go on."""
        self._gate = gate
        self._bulk_gate = bulk_gate
        self._pace = pace
        self._remembered = remembered
        self._now = now
        self._jitter = jitter
        self._luck = 0.0
        self._quota_hits: Counter[str] = Counter()
        self._unrightful = 0
        #: What VK said since the start, by its code; "ok" where it took the message, "unknown" where it did not answer.
        self.results: Counter[str] = Counter()

    def judge(self, outcomes: Sequence[Outcome], asked_at: float, marks: Marks) -> None:
        """Add what follows from one request's outcomes; `asked_at` (monotonic) is when it was sent."""
        first = outcomes[0]
        if first.answered:
            self._remembered.answered(was_outage=self._gate.answered())
        else:
            self._gate.unanswered(str(first.failure))
            self._remembered.unanswered(outcome.row for outcome in outcomes)
        self._luck = self._jitter()  # the same for all: what failed together is tried again together
        if any(outcome.failure is None and not outcome.verifies for outcome in outcomes):
            self._unrightful = -len(outcomes)  # some have the right: no refusal among them says that it is gone
        for outcome in outcomes:
            self._judge(outcome, asked_at, marks)
        self._unrightful = max(0, self._unrightful)

    def _judge(self, outcome: Outcome, asked_at: float, marks: Marks) -> None:
        marks.handled.append(outcome.row)
        if outcome.failure is not None:
            self.results["unknown" if outcome.failure.code is None else str(outcome.failure.code)] += 1
            with on_behalf_of("update", outcome.row.update_id):
                self._failed(outcome, outcome.failure, marks)
            return
        self.results["ok"] += 1
        if outcome.verifies:
            self._verified(outcome, marks)
        else:
            self._delivered(outcome, asked_at, marks)

    def _delivered(self, outcome: Outcome, asked_at: float, marks: Marks) -> None:
        row = outcome.row
        self._gate.delivered(asked_at)
        if row.priority is Priority.BULK and row.kind == "send":
            self._bulk_gate.delivered(asked_at)
        self._quota_hits[outcome.method] = 0
        self._remembered.delivered(row)
        marks.sent.append(outcome.value)
        if log.isEnabledFor(logging.DEBUG):
            with on_behalf_of("update", row.update_id):
                log.debug("message %s is sent", row.id)

    def refuse(self, row: Due, error: str, marks: Marks) -> None:
        """A row that can't be made into a call."""
        log.error("message %s can't be sent: %s", row.id, error)
        self.settle(row, Settled(row.id, "dead", None, error), marks)

    def settle(self, row: Due, settled: Settled, marks: Marks) -> None:
        """The row has come to an end other than its delivery."""
        marks.settled.append(settled)
        self._remembered.forget(row)

    def _failed(self, outcome: Outcome, failure: CallError, marks: Marks) -> None:
        row = outcome.row
        if isinstance(failure, UnknownOutcome):
            self._remembered.unsure(row)
        if outcome.shared == 1 and self._ends_well(outcome, failure, marks):
            return
        attempt = Attempt(
            failure.code,
            tries=row.tries,
            created_at=row.created_at,
            floods=row.floods,
            quota_hits=self._quota_hits[outcome.method],
            everywhere=self._is_everywhere(outcome, failure),
        )
        decision = decide(attempt, now=self._now(), jitter=self._jitter)
        self._note(outcome, decision, marks)
        match decision.action:
            case Action.STOP | Action.STOP_BULK | Action.SLOW_DOWN:
                self._later(outcome, decision.retry_at, failure, marks)
            case Action.PAUSE_METHOD:
                by_itself = outcome.method == EXECUTE  # its rows go one by one meanwhile
                self._later(outcome, self._now() if by_itself else decision.retry_at, failure, marks)
            case Action.RETRY:
                self._together_failed(outcome, failure, marks)
            case _ if outcome.shared > 1 and failure.code is not None and not _meets_all(outcome, failure):
                self._together_failed(outcome, failure, marks)
            case _:
                self._own_failure(outcome, failure, decision, marks)

    def _ends_well(self, outcome: Outcome, failure: CallError, marks: Marks) -> bool:
        """Refusals that need no table: they mean something else for what they answer."""
        row, code = outcome.row, failure.code
        if outcome.verifies and code is not None and rule_for(code).action not in _NOT_ABOUT_THE_QUESTION:
            self._remembered.verified.add(row.id)  # it can't be looked up: a double is better than a loss
        elif row.kind == "edit" and code in EDIT_AS_NEW and row.id not in self._remembered.as_new:
            self._remembered.as_new.add(row.id)
        elif row.kind == "answer" and code == PARAMETER_IS_WRONG:
            self._is_used_up(row, failure, marks)
        elif row.kind == "delete" and code is not None and _is_refused_for_good(code):
            self._is_used_up(row, failure, marks, again=code == PARAMETER_IS_WRONG)
        else:
            return False
        return True

    def _is_used_up(self, row: Due, failure: CallError, marks: Marks, *, again: bool = True) -> None:
        """What can be done once only: refused `again` after an earlier attempt means that the earlier one was done."""
        if again and (row.tries or self._remembered.failures[row.id] or row.id in self._remembered.uncertain):
            marks.sent.append(Sent(row.id))
            self._remembered.forget(row)
        else:
            self.settle(row, Settled(row.id, "dropped", failure.code, str(failure)), marks)

    def _is_everywhere(self, outcome: Outcome, failure: CallError) -> bool:
        if rule_for(failure.code).action is not Action.RIGHTS:
            return False
        self._unrightful += 1
        return outcome.shared > 1 or self._unrightful >= RIGHTS_GONE

    def _note(self, outcome: Outcome, decision: Decision, marks: Marks) -> None:
        """What concerns more than this row."""
        row, failure, paused = outcome.row, outcome.failure, self._remembered.methods_paused
        if decision.action is Action.DEAD and outcome.shared == 1:
            log.error("message %s, %s: %s (%s)", row.id, outcome.method, decision.why, failure)
        match decision.action:
            case Action.STOP if failure is not None:
                self._gate.stop(f"{decision.why} ({failure})", failure.code)
            case Action.STOP_BULK if failure is not None:
                self._bulk_gate.stop(f"{decision.why} ({failure})", failure.code)
            case Action.SLOW_DOWN:
                self._pace.refused()
            case Action.PAUSE_METHOD if decision.retry_at and not self._remembered.method_paused(outcome.method):
                log.error("%s pauses until %s: %s", outcome.method, decision.retry_at, decision.why)
                paused[outcome.method] = decision.retry_at
                self._quota_hits[outcome.method] += 1
            case Action.PAUSE_PEER if decision.retry_at and outcome.shared == 1:
                self._remembered.people_paused[row.peer_id] = decision.retry_at
                marks.paused.append((row.peer_id, decision.retry_at))

    def _together_failed(self, outcome: Outcome, failure: CallError, marks: Marks) -> None:
        """Nothing is known against this row: from the second time on, half as many will show whose fault it is."""
        row, failures = outcome.row, self._remembered.failures
        wait = wait_s(failures[row.id], lambda: self._luck)
        ours = rule_for(failure.code).action is Action.DEAD  # the same again would be refused again
        if outcome.shared > 1 and (failures[row.id] or ours):
            self._remembered.together[row.id] = max(1, outcome.shared // 2)
        failures[row.id] += 1
        self._later(outcome, self._now() + timedelta(seconds=wait), failure, marks)

    def _own_failure(self, outcome: Outcome, failure: CallError, decision: Decision, marks: Marks) -> None:
        row, text = outcome.row, f"{decision.why}: {failure}"
        if decision.retry_at is not None:
            flood = decision.action is Action.PAUSE_PEER
            marks.later.append(
                Later(row.id, decision.retry_at, failure.code, text, counted=decision.counted, flood=flood)
            )
            return
        state: Literal["dead", "dropped"] = "dead" if decision.action is Action.DEAD else "dropped"
        if decision.action is Action.UNREACHABLE and failure.code is not None and row.peer_id < limits.CHATS_FROM:
            marks.unreachable.append((row.peer_id, failure.code))
        if self._remembered.may_have_arrived(row):  # it counts as delivered where the lost answer would have said so
            self._remembered.doubted.add(row.id)
            self._later(outcome, self._now(), failure, marks)
            return
        self.settle(row, Settled(row.id, state, failure.code, text), marks)

    def _later(self, outcome: Outcome, at: datetime | None, failure: CallError, marks: Marks) -> None:
        unsure = isinstance(failure, UnknownOutcome) and not outcome.verifies
        later = Later(outcome.row.id, at or self._now(), failure.code, str(failure), counted=False, unsure=unsure)
        marks.later.append(later)

    def _verified(self, outcome: Outcome, marks: Marks) -> None:
        row = outcome.row
        if sent := reconcile.found(row, outcome.value):
            marks.sent.append(sent)
            self._remembered.forget(row)
        else:
            self._remembered.verified.add(row.id)


def _meets_all(outcome: Outcome, failure: CallError) -> bool:
    """Is the text of a batch refused, whoever it goes to?"""
    return outcome.method == SEND and failure.code in ABOUT_THE_TEXT


def _is_refused_for_good(code: int) -> bool:
    """A deletion that VK will not do; what the table does not know is about the message, such as 924."""
    rule = TABLE.get(code)
    return rule is None or not (rule.action in NOT_ABOUT_THE_MESSAGE or rule.action is Action.RETRY_FEW)


_NOT_ABOUT_THE_QUESTION = frozenset({Action.STOP, Action.SLOW_DOWN, Action.PAUSE_METHOD, Action.RETRY})

"""How fast one person may act: a bucket each, by the messenger's own times.

The messenger's times, not ours: what was written calmly while the bot was down comes all at once.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

#: reliability: messages 1 a second with a burst of 10, buttons 1 a second with a burst of 5.
MESSAGE_BURST = 10
BUTTON_BURST = 5
PER_SECOND = 1.0
#: Buckets kept at most; the longest unused go first.
MOST_PEOPLE = 10_000


class Ruling(Enum):
    """What becomes of an act."""

    ANSWER = "answer"
    WARN = "warn"  # too fast, and they have not been told so since they last slowed down
    IGNORE = "ignore"


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: datetime
    warned: bool = False


class Throttle:
    """Says who is too fast, and once in a while that they be told so."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[tuple[int, bool], _Bucket] = OrderedDict()
        self._ruled: dict[int, Ruling] = {}

    def rule(self, act: int, person_id: int, *, button: bool, at: datetime) -> Ruling:
        """What becomes of the act. Asked again before `settled` (its transaction was lost) it is the same."""
        if act not in self._ruled:
            self._ruled[act] = self._take(person_id, button=button, at=at)
        return self._ruled[act]

    def settled(self) -> None:
        """What was ruled has been committed."""
        self._ruled.clear()

    def _take(self, person_id: int, *, button: bool, at: datetime) -> Ruling:
        burst = BUTTON_BURST if button else MESSAGE_BURST
        bucket = self._buckets.setdefault((person_id, button), _Bucket(burst, at))
        self._buckets.move_to_end((person_id, button))
        if len(self._buckets) > MOST_PEOPLE:
            self._buckets.popitem(last=False)
        passed_s = max((at - bucket.at).total_seconds(), 0.0)
        bucket.tokens = min(burst, bucket.tokens + passed_s * PER_SECOND)
        bucket.at = max(at, bucket.at)
        if bucket.tokens < 1:
            warned, bucket.warned = bucket.warned, True
            return Ruling.IGNORE if warned else Ruling.WARN
        bucket.tokens -= 1
        bucket.warned = False
        return Ruling.ANSWER

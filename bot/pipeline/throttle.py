"""How fast one person may act: a bucket each, by the messenger's own times.

The messenger's times, not ours: what was written calmly while the bot was down comes all at once.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

#: reliability: messages 1 a second with a burst of 10, buttons 1 a second with a burst of 5.
MESSAGE_BURST = 10
BUTTON_BURST = 5
PER_SECOND = 1.0
#: Buckets kept at most; the longest unused go first.
MOST_PEOPLE = 10_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: datetime
    warned: bool = False


class Throttle:
    """Says who is too fast, and once in a while that they be told so."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[tuple[int, bool], _Bucket] = OrderedDict()

    def take(self, person_id: int, *, button: bool, at: datetime) -> bool:
        """Whether the act may be answered."""
        burst = BUTTON_BURST if button else MESSAGE_BURST
        bucket = self._buckets.setdefault((person_id, button), _Bucket(burst, at))
        self._buckets.move_to_end((person_id, button))
        if len(self._buckets) > MOST_PEOPLE:
            self._buckets.popitem(last=False)
        passed_s = max((at - bucket.at).total_seconds(), 0.0)
        bucket.tokens = min(burst, bucket.tokens + passed_s * PER_SECOND)
        bucket.at = max(at, bucket.at)
        if bucket.tokens < 1:
            return False
        bucket.tokens -= 1
        bucket.warned = False
        return True

    def warns(self, person_id: int, *, button: bool) -> bool:
        """Whether to say that this is too fast: once until they slow down."""
        bucket = self._buckets[person_id, button]
        warned, bucket.warned = bucket.warned, True
        return not warned

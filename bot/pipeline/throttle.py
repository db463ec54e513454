"""How fast one person may act: a bucket each, by the messenger's own times.

The messenger's times, not ours: what was written calmly while the bot was down comes all at once.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

#: A burst, and how many a second after it. A juror taps two buttons a second for a whole sheet of eight.
MESSAGE_BURST, MESSAGES_PER_SECOND = 10, 1.0
BUTTON_BURST, BUTTONS_PER_SECOND = 20, 2.0
#: The same button again so soon was tapped twice by one finger.
DOUBLE_TAP_S = 1.0
#: Buckets kept at most; the longest unused go first.
MOST_PEOPLE = 10_000


class Ruling(Enum):
    """What becomes of an act."""

    ANSWER = "answer"
    REPEAT = "repeat"  # the second tap of a double one: nothing but the end of its waiting mark
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
        self._taps: OrderedDict[int, tuple[str, datetime]] = OrderedDict()
        self._ruled: dict[int, Ruling] = {}

    def rule(self, act: int, person_id: int, *, button: bool, at: datetime, leads_to: str = "") -> Ruling:
        """What becomes of the act. Asked again before `settled` (its transaction was lost) it is the same.

        `leads_to`: where the pressed button leads, if it is one that would do the same thing twice.
        """
        if act not in self._ruled:
            ruling = self._take(person_id, button=button, at=at)
            if ruling is Ruling.ANSWER and leads_to and self._is_second_tap(person_id, leads_to, at):
                ruling = Ruling.REPEAT
            self._ruled[act] = ruling
        return self._ruled[act]

    def settled(self) -> None:
        """What was ruled has been committed."""
        self._ruled.clear()

    def _is_second_tap(self, person_id: int, leads_to: str, at: datetime) -> bool:
        before = self._taps.get(person_id)
        self._taps[person_id] = (leads_to, at)
        self._taps.move_to_end(person_id)
        if len(self._taps) > MOST_PEOPLE:
            self._taps.popitem(last=False)
        return before is not None and before[0] == leads_to and (at - before[1]).total_seconds() < DOUBLE_TAP_S

    def _take(self, person_id: int, *, button: bool, at: datetime) -> Ruling:
        burst, per_second = MESSAGE_BURST, MESSAGES_PER_SECOND
        if button:
            burst, per_second = BUTTON_BURST, BUTTONS_PER_SECOND
        bucket = self._buckets.setdefault((person_id, button), _Bucket(burst, at))
        self._buckets.move_to_end((person_id, button))
        if len(self._buckets) > MOST_PEOPLE:
            self._buckets.popitem(last=False)
        passed_s = max((at - bucket.at).total_seconds(), 0.0)
        bucket.tokens = min(burst, bucket.tokens + passed_s * per_second)
        bucket.at = max(at, bucket.at)
        if bucket.tokens < 1:
            warned, bucket.warned = bucket.warned, True
            return Ruling.IGNORE if warned else Ruling.WARN
        bucket.tokens -= 1
        bucket.warned = False
        return Ruling.ANSWER

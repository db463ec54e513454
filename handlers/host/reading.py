"""Several results in one message: «Бег: 12,4», a line each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.contest.refusal import Refusal
from bot.contest.text import fold
from bot.contest.trials import Trial, read_result


def read_lines(text: str, trials: Sequence[Trial]) -> dict[str, Decimal] | Refusal | None:
    """The results of lines that name a trial; the first that can't be read refuses all. None: no line names one."""
    found: dict[str, Decimal] = {}
    for line in text.splitlines():
        name, colon, typed = line.partition(":")
        trial = next((one for one in trials if fold(one.title) == fold(name)), None)
        if not colon or trial is None:
            continue
        value = read_result(typed, trial)
        if isinstance(value, Refusal):
            return value
        found[trial.code] = value
    return found or None

"""One attempt at a test or at task cards: when it may begin, how long it lasts, what an answer is worth.

Time is judged by the messenger's own date of a message, never by when the bot read it.

Refusal keys: `attempt.not_open` (opens_at), `attempt.closed` (closed_at), `attempt.taken` (most),
`attempt.not_in` (title), `attempt.late` (ended_at), `attempt.number_expected`, `attempt.link_expected`,
`attempt.text_expected`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from bot.contest.event.stages import Attempt, Stage, TaskAnswer, TimedTask
from bot.contest.refusal import Refusal
from bot.contest.text import fold

_NUMBER = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,6})?")
_LINK = re.compile(r"https?://\S{3,500}")


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given: words, or the number of an option, or things that the messenger keeps."""

    text: str = ""
    #: Of a choice: counts from 0.
    option: int | None = None
    #: What the messenger resends the things by.
    attachments: tuple[str, ...] = ()
    #: It came when the time was over: kept, worth nothing by itself.
    late: bool = False


def starting_refusal(stage: Stage, *, said_at: datetime, taken: int, takes_part: bool) -> Refusal | None:
    """Why an attempt can't begin at `said_at`, or None; the stage's last second is still in time."""
    if not takes_part:
        return Refusal("attempt.not_in", {"title": stage.title})
    if said_at < stage.opens_at:
        return Refusal("attempt.not_open", {"opens_at": stage.opens_at})
    if said_at > stage.closes_at:
        return Refusal("attempt.closed", {"closed_at": stage.closes_at})
    return Refusal("attempt.taken", {"most": stage.attempts_most}) if taken >= stage.attempts_most else None


def ends_at(stage: Stage, started_at: datetime) -> datetime:
    """When an attempt that began then is over, at the latest."""
    if stage.attempt_s is None:
        return stage.closes_at
    return min(started_at + timedelta(seconds=stage.attempt_s), stage.closes_at)


def is_late(said_at: datetime, ended_at: datetime) -> bool:
    """Whether an answer came too late; the last second itself is in time."""
    return said_at > ended_at


def in_order(stage: Stage, seed: int) -> tuple[str, ...]:
    """The codes of the questions as one attempt gets them; equal seeds give equal orders."""
    codes = [task.code for task in stage.questions]
    if stage.shuffled:
        Random(seed).shuffle(codes)  # noqa: S311 - an order of questions is no secret
    return tuple(codes)


def read_answer(task: TimedTask, text: str) -> Given | Refusal:
    """Words as the answer to a question of words, or what was expected."""
    typed = " ".join(text.split())
    match task.answer:
        case TaskAnswer.NUMBER if not _NUMBER.fullmatch(typed.replace(" ", "").replace("−", "-")):
            return Refusal("attempt.number_expected")
        case TaskAnswer.LINK if not _LINK.search(typed):
            return Refusal("attempt.link_expected")
    return Given(text=text.strip()) if typed else Refusal("attempt.text_expected")


def points_of(task: TimedTask, given: Given | None) -> Decimal | None:
    """What an answer is worth by itself; None: people have to look at it."""
    if given is None:
        return Decimal(0)
    if not task.by_itself:
        return None
    if given.late:
        return Decimal(0)
    if task.options:
        chosen = given.option
        right = chosen is not None and 0 <= chosen < len(task.options) and task.options[chosen].right
    else:
        right = _key(task, given.text) in {_key(task, one) for one in task.right}
    return Decimal(task.points) if right else Decimal(0)


def total(tasks: Iterable[TimedTask], given: Mapping[str, Given], marks: Mapping[str, Decimal]) -> Decimal:
    """The points of an attempt; `marks`, what people gave, outweigh. An answer that nobody has looked at adds none."""
    worth = (
        marks[task.code] if task.code in marks else points_of(task, given.get(task.code)) or Decimal(0)
        for task in tasks
    )
    return sum(worth, Decimal(0))


def unmarked(tasks: Iterable[TimedTask], given: Mapping[str, Given], marks: Mapping[str, Decimal]) -> tuple[str, ...]:
    """The codes of the answers that wait for somebody to look at them."""
    return tuple(
        task.code for task in tasks if task.code not in marks and points_of(task, given.get(task.code)) is None
    )


def of_application(stage: Stage, by_member: Mapping[int | None, Sequence[Decimal]], members: int) -> Decimal:
    """The points of an application at one stage, from the totals of its finished attempts by member (None: the team).

    The best attempt counts. Of members the mean of all counts, rounded to hundredths: who has not tried adds nothing.
    """
    best = [max(totals) for totals in by_member.values() if totals]
    if stage.attempt is Attempt.TEAM or not best:
        return max(best, default=Decimal(0))
    return (sum(best, Decimal(0)) / max(members, 1)).quantize(Decimal("0.01"))


def _key(task: TimedTask, text: str) -> str:
    if task.answer is TaskAnswer.NUMBER:
        typed = "".join(text.split()).replace(",", ".").replace("−", "-")
        return f"{Decimal(typed).normalize():f}" if _NUMBER.fullmatch(typed) else typed
    return fold(text).strip(" .!")

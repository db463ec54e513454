"""What each error of VK means for a message: one table, and the decision that follows from it.

Sources of the table: VK's list of errors, the pages of messages.send and messages.edit, and the rule that a message
is repeated only where the repetition is harmless (the same `random_id`) and can help.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto


class Action(Enum):
    """What to do with a message after an attempt."""

    RETRY = auto()  # the same message later
    RETRY_FEW = auto()  # the same, a few times; then it is dead
    SLOW_DOWN = auto()  # everything pauses a second; no try of this message
    PAUSE_PEER = auto()  # this person pauses; the third time the message is dead
    PAUSE_METHOD = auto()  # this method pauses until the next hour, then day; alert
    STOP = auto()  # nothing is sent until VK takes us again; no try of this message; alert
    STOP_BULK = auto()  # no announcement is sent until VK takes one again; replies go on; no try; alert
    RIGHTS = auto()  # a few times; STOP if it is so for every call
    UNREACHABLE = auto()  # this person can't be written to
    CHAT_GONE = auto()  # this chat can't be written to
    DEAD = auto()  # our mistake: never the same again; alert


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the table: `most_tries` bounds the repeating actions, `why` is for the log."""

    action: Action
    why: str
    most_tries: int = 0


NO_ANSWER = Rule(Action.RETRY, "no sound answer")
UNKNOWN = Rule(Action.RETRY_FEW, "unknown error", 3)
_GLITCH = Rule(Action.RETRY_FEW, "VK's internal error", 8)
_NO_SUCH_CHAT = Rule(Action.CHAT_GONE, "the chat can't be written to")
_OUR_MISTAKE = Rule(Action.DEAD, "VK refuses the message itself")
TABLE: dict[int, Rule] = {
    **dict.fromkeys((1, 10, 13, 36, 43), _GLITCH),
    6: Rule(Action.SLOW_DOWN, "too many requests a second"),
    9: Rule(Action.PAUSE_PEER, "flood", 3),
    29: Rule(Action.PAUSE_METHOD, "the method's quota is spent"),
    984: Rule(Action.STOP_BULK, "VK restricts the community for spam"),
    995: Rule(Action.RETRY, "VK's messenger is degraded"),
    14: Rule(Action.STOP, "VK asks for a captcha, which a bot cannot solve"),
    17: Rule(Action.STOP, "VK asks to validate the account"),
    24: Rule(Action.STOP, "VK asks for a confirmation"),
    5: Rule(Action.STOP, "the token is not valid"),
    27: Rule(Action.STOP, "the token is not a community's"),
    912: Rule(Action.STOP, "bot features are switched off in the community's settings"),
    7: Rule(Action.RIGHTS, "no permission", 3),
    15: Rule(Action.RIGHTS, "access denied", 3),
    18: Rule(Action.UNREACHABLE, "deleted or banned"),
    900: Rule(Action.UNREACHABLE, "on the community's blacklist"),
    901: Rule(Action.UNREACHABLE, "messages not allowed"),
    902: Rule(Action.UNREACHABLE, "privacy settings"),
    932: Rule(Action.UNREACHABLE, "the community can't interact with this peer"),
    936: Rule(Action.UNREACHABLE, "contact not found"),
    950: Rule(Action.UNREACHABLE, "the time to reply is over"),
    1021: Rule(Action.UNREACHABLE, "no dialog yet"),
    **dict.fromkeys((917, 922, 925, 927, 945, 946, 962, 983, 993, 1012, 1017), _NO_SUCH_CHAT),
    **dict.fromkeys((3, 8, 100, 113, 910, 911, 913, 914), _OUR_MISTAKE),
}
#: An edit that VK refuses so is sent as a new message: too old, too big, of a kind or place that can't be edited,
#: or the message is not there any more.
EDIT_AS_NEW = frozenset({100, 909, 920, 924, 949})
#: Refusals of what is said, not of whom it is said to: every recipient of one text meets them.
ABOUT_THE_TEXT = frozenset({910, 911, 913, 914})
#: Refusals that say nothing of the message, its recipient or what is asked: it may go later as it is.
NOT_ABOUT_THE_MESSAGE = frozenset(
    {Action.STOP, Action.STOP_BULK, Action.SLOW_DOWN, Action.PAUSE_METHOD, Action.PAUSE_PEER, Action.RETRY}
)

FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 300.0
FLOOD_PAUSE = timedelta(hours=1)
#: A message that could not be sent for so long says nothing any more.
MESSAGE_LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows for one message; `retry_at` where it is tried again, `counted` if this was a try of its own."""

    action: Action
    why: str
    retry_at: datetime | None = None
    counted: bool = False
    alert: bool = False


def rule_for(code: int | None) -> Rule:
    """The line of the table; None stands for an unknown outcome."""
    return NO_ANSWER if code is None else TABLE.get(code, UNKNOWN)


def wait_s(tries: int, jitter: Callable[[], float], *, longest_s: float = LONGEST_WAIT_S) -> float:
    """Full jitter: anything between nothing and 1 s, 2 s, 4 s, … 5 min; `jitter` gives 0..1."""
    return float(min(longest_s, FIRST_WAIT_S * 2 ** min(tries, 30)) * jitter())


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that did not deliver a message, and what came before it."""

    #: VK's code; None where the outcome is unknown.
    code: int | None
    #: Counted attempts before this one, and among them earlier refusals with code 9.
    tries: int
    created_at: datetime
    floods: int = 0
    #: Code 29 for this method, in a row, before this one.
    quota_hits: int = 0
    #: VK answers every call so (matters to codes 7 and 15).
    everywhere: bool = False


def decide(attempt: Attempt, *, now: datetime, jitter: Callable[[], float]) -> Decision:
    """What follows from an attempt; `jitter` gives 0..1."""
    rule = rule_for(attempt.code)
    action = Action.STOP if attempt.everywhere and rule.action is Action.RIGHTS else rule.action
    if action in _FINAL:
        return Decision(action, rule.why, counted=True, alert=action is Action.DEAD)
    if action is Action.STOP:
        return Decision(action, rule.why, now, alert=True)
    if now - attempt.created_at > MESSAGE_LIFE:
        return Decision(Action.DEAD, f"{rule.why}; given up after {MESSAGE_LIFE.days} days", alert=True)
    done = (attempt.floods if action is Action.PAUSE_PEER else attempt.tries) + 1
    if rule.most_tries and done >= rule.most_tries:
        return Decision(Action.DEAD, f"{rule.why}, {done} times", alert=True)
    later = _again_at(action, attempt, now, jitter)
    return Decision(action, rule.why, later, counted=bool(rule.most_tries), alert=action in _ALARMING)


_FINAL = frozenset({Action.DEAD, Action.UNREACHABLE, Action.CHAT_GONE})
_ALARMING = frozenset({Action.PAUSE_METHOD, Action.STOP_BULK})


def _again_at(action: Action, attempt: Attempt, now: datetime, jitter: Callable[[], float]) -> datetime:
    match action:
        case Action.SLOW_DOWN:
            return now + timedelta(seconds=1)
        case Action.PAUSE_PEER:
            return now + FLOOD_PAUSE
        case Action.STOP_BULK:
            return now + timedelta(seconds=LONGEST_WAIT_S)
        case Action.PAUSE_METHOD:
            return quota_returns_at(now, attempt.quota_hits)
        case _:
            return now + timedelta(seconds=wait_s(attempt.tries, jitter))


def quota_returns_at(now: datetime, hits_before: int) -> datetime:
    """The next full hour; the next midnight (UTC) where an hour did not help."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return hour + timedelta(hours=1) if hits_before == 0 else hour.replace(hour=0) + timedelta(days=1)

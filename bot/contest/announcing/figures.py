"""How far an announcement is, out of what its messages came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.contest.announcing.model import OVER, Announcement, Figures


@dataclass(frozen=True, slots=True)
class Counted:
    """So many messages, or (`delete`) wishes to take one back, stand there."""

    kind: Literal["send", "delete"]
    state: Literal["due", "held", "sent", "dropped", "dead"]
    error_code: int | None
    count: int


def figures_of(
    announcement: Announcement,
    counted: Iterable[Counted],
    *,
    left_out: Mapping[str, int],
    read: int = 0,
    too_old: int = 0,
) -> Figures:
    """Each person in one place; whoever got no message because it was stopped before their turn is dropped."""
    states: Counter[str] = Counter()
    unreachable: Counter[int] = Counter()
    failed: Counter[int] = Counter()
    back: Counter[str] = Counter()
    for one in counted:
        if one.kind == "delete":
            back[one.state] += one.count
        elif one.state == "dropped" and one.error_code is not None:
            unreachable[one.error_code] += one.count
        elif one.state == "dead":
            failed[one.error_code or 0] += one.count
        else:
            states[one.state] += one.count
    made = states.total() + unreachable.total() + failed.total()
    planned = max(announcement.recipients, made)
    never_made = planned - made
    over = announcement.state in OVER
    return Figures(
        planned=planned,
        sent=states["sent"],
        read=read,
        ahead=0 if over else never_made,
        on_the_way=states["due"] + states["held"],
        dropped=states["dropped"] + (never_made if over else 0),
        unreachable=dict(sorted(unreachable.items())),
        failed=dict(sorted(failed.items())),
        left_out=dict(sorted(left_out.items())),
        recalled=back["sent"],
        recalling=back["due"] + back["held"],
        not_recalled=back["dead"] + back["dropped"],
        too_old=too_old,
    )

"""Equal works that share an award until somebody decides between them, as the event's declared rule says."""

from __future__ import annotations

from bot.talk.model import Button
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.organizer.record import Record
from handlers.organizer.results.proposing import OpenTie, Proposed
from handlers.organizer.wording import who


def tie_lines(case: Case, record: Record, found: Proposed) -> list[str]:
    """«При равенстве решает председатель. 1-е место поделили: Соколова Вера, Ветрова Анна.»"""
    return [_line(case, record, one) for one in found.ties]


def settle_button(code: str, found: Proposed) -> list[Button]:
    """The way to settle a tie, if one is open."""
    return [Button("org.settle_tie", f"tie:{code}", colour="primary")] if found.ties else []


def _line(case: Case, record: Record, one: OpenTie) -> str:
    rule = record.running.event.scoring.tie
    named = [record.application(work) for work in one.works]
    return case.say(
        "org.tie_for_prize" if one.prize else "org.tie_shared",
        rule=case.say(f"org.tie.{rule}"),
        place=one.place,
        prize=Trusted(one.prize),
        whom=", ".join(f"{who(application)} ({application.number})" for application in named),
    )

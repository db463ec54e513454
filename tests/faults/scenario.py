"""A short story that passes every fault point of the bot, played once without faults and then with each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults import invariants
from tests.faults.expected import Expected
from tests.faults.stage import Stage
from tests.talks.chat import chat_with_sandbox

ANNA, BORIS, VERA = 101, 102, 103
CAST = {ANNA: ("Анна", "Смирнова"), BORIS: ("Борис", "Кедров"), VERA: ("Вера", "Соснина")}
#: She is told when somebody calls a human.
SETTINGS = {"ADMIN_IDS": str(VERA)}
START = "Начать"


@dataclass(frozen=True)
class Act:
    """Somebody presses a button, or writes where there is none of this label."""

    person: int
    text: str
    is_button: bool = False


def press(person: int, label: str) -> Act:
    """A button of this label."""
    return Act(person, label, is_button=True)


#: The last act of everyone is «меню»: repeating it changes nothing.
STORY: Sequence[Act] = (
    Act(VERA, START),
    Act(ANNA, START),
    press(ANNA, "Помощь"),
    Act(BORIS, START),
    press(ANNA, "Позвать человека"),
    press(VERA, "Как хранятся данные") if False else Act(VERA, "помощь"),
    Act(ANNA, "меню"),
    Act(BORIS, "что делать?"),
    *(Act(person, "меню") for person in CAST),
)

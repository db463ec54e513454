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
    Act(VERA, "помощь"),
    Act(ANNA, "меню"),
    Act(BORIS, "что делать?"),
    *(Act(person, "меню") for person in CAST),
)


async def played(folder: Path) -> Expected:
    """The story without a fault, by a bot in this process: what it leads to."""
    found = Expected()
    database = folder / "bot.db"
    async with chat_with_sandbox() as chat:
        people = {id_: await chat.person(*name, id=id_) for id_, name in CAST.items()}
        async with chat.runs(database, admin_ids=frozenset({VERA})):
            for act in STORY:
                person = people[act.person]
                if act.text == START:
                    await person.starts()
                else:
                    await (person.presses(act.text) if act.is_button else person.writes(act.text))
                found.note(database, chat.sandbox.world)
    return found


async def play(stage: Stage, expected: Expected, fault: str) -> bool:
    """The same story with a fault; whether it struck. Fails where anything came out in another way."""
    assert [stage.person(*name) for name in CAST.values()] == list(CAST)
    stage.settings = SETTINGS
    stage.expected = expected
    stage.start(fault)
    await stage.ready()
    for number, act in enumerate(STORY):
        _do(stage, act)
        await _answered(stage, expected.seen[number])
    wanted = expected.seen[-1]
    while (code := await stage.stop()) != 0:
        stage.died()
        stage.start()
        wanted = await _repeat_last(stage, wanted)
    assert code == 0
    stage.look()
    invariants.check_finished(stage.database)
    assert invariants.tables(stage.database) == max(expected.rows.items())[1]
    return bool(stage.deaths)


async def _repeat_last(stage: Stage, wanted: dict[int, list[str]]) -> dict[int, list[str]]:
    """What was sent and not marked goes before anything newer: when that is here, all is marked."""
    for act in STORY[-len(CAST) :]:
        _do(stage, act)
    more = {person: [*texts, texts[-1]] for person, texts in wanted.items()}
    await _answered(stage, more)
    return more


async def _answered(stage: Stage, wanted: dict[int, list[str]]) -> None:
    await stage.until(lambda: all(len(stage.seen(person)) >= len(texts) for person, texts in wanted.items()))
    assert {person: stage.seen(person) for person in wanted} == wanted


def _do(stage: Stage, act: Act) -> None:
    if act.text == START:
        stage.starts(act.person)
    elif act.is_button:
        stage.press(act.person, act.text)
    else:
        stage.write(act.person, act.text)

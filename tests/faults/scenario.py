"""Stories that pass every fault point of the bot, played once without faults and then with each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.commands.events import load_events
from bot.contest.event import Event
from bot.contest.event.loading import read_event
from storage.database import opened
from tests.faults import invariants
from tests.faults.expected import Expected
from tests.faults.stage import Stage
from tests.talks.chat import chat_with_sandbox
from tests.talks.scenes import EVENTS, WEBINAR

ANNA, VERA = 101, 102
CAST = {ANNA: ("Анна", "Смирнова"), VERA: ("Вера", "Соснина")}
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


#: The last act of everyone: repeating it changes nothing.
ENDING = tuple(Act(person, "меню") for person in CAST)
#: A first contact, help, a call for a human that somebody else hears of.
CALL: Sequence[Act] = (
    Act(VERA, START),
    Act(ANNA, START),
    press(ANNA, "Помощь"),
    press(ANNA, "Позвать человека"),
    Act(ANNA, "меню"),  # the bot is back
    *ENDING,
)
#: A teacher registers for the webinar.
REGISTRATION: Sequence[Act] = (
    Act(ANNA, START),
    press(ANNA, "Мероприятия"),
    press(ANNA, "Scratch на уроке и после"),
    press(ANNA, "Зарегистрироваться"),
    press(ANNA, "Согласен(на)"),
    press(ANNA, "Публиковать можно"),
    Act(ANNA, "Соснина Анна Игоревна"),
    Act(ANNA, "учитель информатики"),
    press(ANNA, "Пропустить"),
    Act(ANNA, "гимназия 13 томск"),
    press(ANNA, "Да"),
    press(ANNA, "Пропустить"),
    press(ANNA, "Слушатель"),
    press(ANNA, "Отправить"),
    Act(VERA, START),
    *ENDING,
)
STORIES = {"call": CALL, "registration": REGISTRATION}


async def prepared(database: Path) -> None:
    """Load the webinar, open since yesterday."""
    event = read_event(EVENTS / WEBINAR)
    assert isinstance(event, Event)
    async with opened(database) as found:
        await load_events(found, [event.moved_to((datetime.now(UTC) - timedelta(days=1)).date())])


async def played(folder: Path, story: Sequence[Act]) -> Expected:
    """The story without a fault, by a bot in this process: what it leads to."""
    found = Expected()
    database = folder / "bot.db"
    await prepared(database)
    async with chat_with_sandbox() as chat:
        people = {id_: await chat.person(*name, id=id_) for id_, name in CAST.items()}
        async with chat.runs(database, admin_ids=frozenset({VERA})):
            for act in story:
                person = people[act.person]
                if act.text == START:
                    await person.starts()
                else:
                    await (person.presses(act.text) if act.is_button else person.writes(act.text))
                found.note(database, chat.sandbox.world)
    return found


async def play(stage: Stage, story: Sequence[Act], expected: Expected, fault: str) -> bool:
    """The same story with a fault; whether it struck. Fails where anything came out in another way."""
    await prepared(stage.database)
    assert [stage.person(*name) for name in CAST.values()] == list(CAST)
    stage.settings = SETTINGS
    stage.expected = expected
    stage.start(fault)
    await stage.ready()
    for number, act in enumerate(story):
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
    for act in ENDING:
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

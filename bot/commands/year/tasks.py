"""Tests and trials of a stage: a team answers in its time, its teacher writes down the results of its trials."""

from __future__ import annotations

import re
from collections.abc import Sequence
from zlib import crc32

from bot.commands.year.crowd import Person, StuckError, label_like
from bot.commands.year.desk import Organizer, starting
from bot.commands.year.entries import Entry
from bot.commands.year.handing_in import file_of
from bot.contest.event.scoring import Measure
from bot.contest.event.stages import Stage, TaskAnswer, TimedTask
from bot.contest.event.works import WorkKind

MOST_QUESTIONS = 80
_MOST = re.compile(r"Сколько баллов, от 0 до (\d+)")
_NUMBER = re.compile(r"[А-ЯЁ]+-\d{4}-\d{4}")


async def answers(person: Person, entry: Entry, stage: Stage) -> None:
    """The team's attempt. Raises StuckError where it does not end."""
    await person.writes("мои заявки")
    await starting(person, entry.number)
    await starting(person, "Задания")
    await starting(person, "Начать")
    for _ in range(MOST_QUESTIONS):
        if "Закончить" in person.labels:
            await person.presses("Закончить")
            return
        await _answers_one(person, entry, stage)
    raise StuckError(f"{person.id}: no end of questions: {person.last}")


async def _answers_one(person: Person, entry: Entry, stage: Stage) -> None:
    text = person.text
    task = next((one for one in stage.questions if (one.question or one.title).strip()[:60] in text), None)
    if task is None:
        raise StuckError(f"{person.id}: which question is it? {person.last}")
    match task.answer:
        case TaskAnswer.CHOICE:
            await person.presses(_option(person, task, right=_knows(entry, task)))
        case TaskAnswer.PHOTO | TaskAnswer.VIDEO:
            kind = WorkKind.PHOTO if task.answer is TaskAnswer.PHOTO else WorkKind.VIDEO
            await person.writes(attachments=[file_of(person, kind, entry)])
        case TaskAnswer.LINK:
            await person.writes(f"https://vk.com/video-1_{entry.serial}")
        case TaskAnswer.NUMBER:
            await person.writes(task.right[0] if task.right and _knows(entry, task) else "1")
        case _:
            wrong = f"Так ответила команда {entry.title}."
            await person.writes(task.right[0] if task.right and _knows(entry, task) else wrong)


def _option(person: Person, task: TimedTask, *, right: bool) -> str:
    place = next(place for place, one in enumerate(task.options) if one.right is right)
    return label_like(person.labels, task.options[place].title) or str(place + 1)


def _knows(entry: Entry, task: TimedTask) -> bool:
    """The better the team, the more it knows; the same whenever it is asked."""
    return crc32(f"{entry.serial} {task.code}".encode()) % 10 < entry.level


async def scores_answers(organizer: Organizer, stage: Stage, entries: Sequence[Entry]) -> None:
    """The organizer gives points where the bot does not know what is right."""
    if all(task.by_itself for task in stage.questions):
        return
    by_number = {entry.number: entry for entry in entries}
    await organizer.opens_stage(stage.title)
    person = organizer.person
    await person.presses("Оценить ответы")
    for _ in range(MOST_QUESTIONS * len(entries)):
        most, number = _MOST.search(person.text), _NUMBER.search(person.text)
        if most is None or number is None:
            return
        points = str(round(int(most[1]) * by_number[number[0]].level / 10))
        if points in person.labels:
            await person.presses(points)
        else:
            await person.writes(points)


async def writes_results(person: Person, entry: Entry, stage: Stage) -> None:
    """The teacher writes down what the school's own judge has measured, all trials in one message."""
    await person.writes("мои заявки")
    await starting(person, entry.number)
    await starting(person, "Результаты испытаний")
    await person.presses("Вписать результаты")
    tasks = [task for task in stage.tasks if task.measure is not None]
    await person.writes("\n".join(f"{task.title}: {_result(task, entry)}" for task in tasks))


def _result(task: TimedTask, entry: Entry) -> str:
    """Better teams are faster and make fewer mistakes; no two are quite equal."""
    luck = crc32(f"{entry.serial} {task.code}".encode()) % 10
    match task.measure:
        case Measure.TIME_S:
            return f"{25 - entry.level + luck / 10:.1f}".replace(".", ",")
        case Measure.PENALTY:
            return str(round(10 - entry.level) + luck % 3)
    return str(min(10, round(entry.level)) if "из десяти" in task.title else round(3 * entry.level) + luck % 4)

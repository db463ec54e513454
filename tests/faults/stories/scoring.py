"""Jurors score works; an organizer accepts what is proposed, approves the protocol and publishes it."""

from __future__ import annotations

from pathlib import Path

from tests.faults.stories.ground import event_since, ground, judges, load, organizes, scene_on, somebody
from tests.faults.stories.model import Act, Story, presses, starts, writes
from tests.talks.scenes import SCRATCH

EGOR, OLGA, NINA = 101, 102, 103
#: Days since intake began: judging is over, the protocol is due.
PROTOCOL = 38
TITLE = "Создавай со Scratch"
POINTS = (("2", "4", "5", "3", "8", "5", "5"), ("1", "3", "3", "2", "4", "4", "1"))


async def works_to_score(database: Path) -> None:
    """Nina has handed in two works, Egor is to score them, Olga organizes the contest."""
    event = event_since(SCRATCH, PROTOCOL)
    async with ground(database) as found:
        await load(found, event)
        scene = scene_on(found, event)
        await organizes(scene, OLGA)
        async with scene.storage() as storage:
            await storage.people.known(NINA, at=scene.chat.clock())
        works = [await scene.applies(somebody(NINA), name) for name in ("Соколова Вера", "Ветрова Анна")]
        await scene.hands_in(*works)
        await judges(scene, EGOR, "Лаптев Егор Ильич", [one.id for one in works])


def scores(person: int, points: tuple[str, ...]) -> list[Act]:
    """The card in sight, from its first criterion to «Сохранить»."""
    return [*presses(person, *points), *presses(person, "Сохранить")]


def begins_scoring(person: int) -> list[Act]:
    """From the first contact to the first card."""
    return [starts(person), *presses(person, "Оценивание", "Оценивать")]


def publishes(person: int) -> list[Act]:
    """From the ranking to the published results."""
    return [
        writes(person, "меню"),
        *presses(person, "Кабинет организатора", TITLE, "Рейтинг", "Принять предложенные", "Протокол", "Утвердить"),
        *presses(person, "Публикация итогов", "Опубликовать"),
    ]


SCORING = Story(
    {EGOR: ("Егор", "Лаптев"), OLGA: ("Ольга", "Лугова"), NINA: ("Нина", "Орлова")},
    works_to_score,
    (
        starts(NINA),
        starts(OLGA),
        *begins_scoring(EGOR),
        *scores(EGOR, POINTS[0]),
        *scores(EGOR, POINTS[1]),
        *publishes(OLGA),
    ),
)

"""What each of a crowd plays, again and again, and what it leads to: a story of one person, played once without kills.

A role's texts are compared without what is one person's own, so that any number of people can play it at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.contest.applications import ApplicationState
from storage.database import Database
from storage.storage import Storage
from tests.faults.plain import blurred
from tests.faults.scenario import played
from tests.faults.stories import evening, importing, scoring
from tests.faults.stories.ground import event_since, ground, judges, load, organizes, scene_on, somebody
from tests.faults.stories.model import Act, Story, presses, starts, writes
from tests.talks.organizer_scene import JUDGING
from tests.talks.scenes import SCRATCH, WEBINAR

#: Who rehearses: nobody who organizes or judges.
ME = 999
SYLLABLES = ("ба", "ве", "го", "да", "жи", "зу", "ла", "ми", "но", "ру")
#: A contest of another year, which is in judging while the other one is open.
JUDGED = {"code": "scratch-2020", "number_prefix": "СЛ", "title": "Создавай!", "short_title": "Создавай!"}
#: So many jurors wait for their turn; all score the same works.
JURORS, WORKS = 200, 2
OLGA = 101
FIRST_JUROR = OLGA + 1
#: Who gets Olga's announcements.
READERS = range(FIRST_JUROR + JURORS, FIRST_JUROR + JURORS + 150)


@dataclass(frozen=True)
class Role:
    """Acts, what is seen after each of them, and the rows that it leaves."""

    name: str
    acts: Sequence[Act]
    seen: Sequence[Sequence[str]]
    rows: Mapping[str, int]


async def crowded(database: Path) -> None:
    """Every event of the stories, with Olga who organizes and a long bench of jurors."""
    judged = event_since(SCRATCH, JUDGING, **JUDGED)
    async with ground(database) as found:
        for event in (event_since(WEBINAR, 1), event_since(SCRATCH, 12), event_since("my-mother.yaml", 5), judged):
            await load(found, event)
        scene = scene_on(found, judged)
        await organizes(scene, OLGA)
        await _meet(found, READERS)
        for reader in READERS:
            await scene.applies(somebody(reader), f"Соколова Вера {reader}", state=ApplicationState.SENT)
        works = [await scene.applies(somebody(READERS[0]), f"Соколова {name}") for name in ("Вера", "Анна")[:WORKS]]
        await scene.hands_in(*works)
        for juror in range(FIRST_JUROR, FIRST_JUROR + JURORS):
            await judges(scene, juror, "Лаптев Егор Ильич", [one.id for one in works])


async def _meet(database: Database, people: Iterable[int]) -> None:
    """They have written to the bot before."""
    now = datetime.now(UTC)
    async with database.transaction() as connection:
        storage = Storage(connection)
        for person in people:
            await storage.people.meet(person, at=now)
            await storage.people.greeted(person, at=now)
        await storage.people.set_names(dict.fromkeys(people, ("Нина", "Орлова")))


def words_of(number: int) -> Mapping[str, str]:
    """A surname that nobody else has."""
    stem = "".join(SYLLABLES[int(digit)] for digit in f"{number:04d}").capitalize()
    return {"surname": f"{stem}нова"}


def _chats(person: int) -> list[Act]:
    words = ("меню", "помощь", "меню", "абракадабра", "мои заявки", "меню")
    return [starts(person), *(writes(person, word) for word in words)]


def _enters(person: int) -> list[Act]:
    return [*evening.applies(person), *evening.hands_in(person)]


def _imports(person: int) -> list[Act]:
    return [*importing.imports(person, "{surname}"), *importing.imports_again(person)]


def _judges(person: int) -> list[Act]:
    sheets = [act for nth in range(WORKS) for act in scoring.scores(person, scoring.POINTS[nth])]
    return [starts(person), *presses(person, "Оценивание", "Оценивать"), *sheets]


#: What each role does, and the rows that each play of it leaves.
PLAYED = {
    "chats": (_chats, {}),
    "registers": (evening.registers, {"application": 1, "participant": 1, "consent": 2}),
    "enters": (_enters, {"application": 1, "participant": 1, "consent": 2, "work_version": 1}),
    "imports": (
        _imports,
        {"application": importing.CHILDREN, "participant": importing.CHILDREN, "consent": 2 * importing.CHILDREN},
    ),
    "judges": (_judges, {"score": 7 * WORKS}),
}  # fmt: skip


async def rehearsed(
    folder: Path, names: Sequence[str], prepare: Callable[[Path], Awaitable[None]] = crowded
) -> list[Role]:
    """These roles, each played once by somebody alone, on this ground."""
    return [await _rehearsed(folder / name, name, prepare) for name in names]


async def _rehearsed(folder: Path, name: str, prepare: Callable[[Path], Awaitable[None]]) -> Role:
    acts, rows = PLAYED[name]
    me = FIRST_JUROR if name == "judges" else ME
    words = words_of(0)
    folder.mkdir()
    story = Story({me: ("Нина", "Орлова")}, prepare, acts(me), words=words)
    found = await played(folder, story)
    seen = [[blurred(text, words) for text in texts[me]] for texts in found.seen]
    return Role(name, story.acts, seen[: len(story.acts)], rows)

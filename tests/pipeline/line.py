"""The pipeline without a messenger: updates are put in, what would be sent is read from the outbox.

The book is a small one of its own: a talk of three questions, a route that raises, a job.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.contest.consents import Operator
from bot.contest.facts import Facts
from bot.contest.organisations import Directory
from bot.pipeline.jobbing import Jobbing, Work
from bot.pipeline.receiving import Receiving
from bot.pipeline.stepping import Stepping
from bot.pipeline.worker import Worker
from bot.talk.book import Book
from bot.talk.case import Case
from bot.talk.engine import Engine
from bot.talk.model import Open, Reply, Step, Talk, fixed
from bot.talk.position import Answers
from bot.talk.seal import Seal
from bot.talk.texts import Texts
from bot.vk import incoming
from bot.vk.arrivals import arrival, chat_hint
from storage.database import Database, opened
from storage.inbox import Arrival
from storage.storage import Storage
from tests.fresh import fresh

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
#: The messenger's time between one person's messages: nobody is too fast.
CALMLY = timedelta(seconds=10)
TEXTS = {
    "menu": "Меню",
    "said": "Не понял",
    "help": "Справка",
    "error": "Что-то пошло не так",
    "too_fast": "Слишком быстро",
    "stale": "Устарела",
    "stale_popup": "Устарела",
    "forged": "Недоступно",
    "only_private": "Пишите мне лично",
    "asked": "Спросил",
    "answered": "Ответ {number}: {result}",
    "trip.where": "Куда?",
    "trip.when": "Когда?",
    "trip.who": "Кто?",
    "trip.done": "{where}, {when}, {who}",
    "button.back": "Назад",
    "button.cancel": "Отмена",
    "button.menu": "Меню",
    "button.help": "Помощь",
}
WORDS = {"меню": "menu", "назад": "back", "отмена": "cancel", "помощь": "help"}


class PoisonError(Exception):
    """What the raising route raises."""


async def _taken(_case: Case[Any], _answers: Answers, text: str) -> str:
    return text


async def _finish(_case: Case[Any], _subject: str, answers: Answers) -> Reply:
    return Reply("trip.done", **dict(answers))


async def _said(case: Case[Storage], _argument: str) -> Reply | Open:
    match case.incoming.text.split():
        case ["яд"]:
            raise PoisonError("this update is poison")
        case ["поездка"]:
            return Open("trip")
        case ["спроси", number]:
            case.ask(case.person.id, "echo", {"number": int(number)}, key=f"echo:{case.person.id}:{number}")
            return Reply("asked")
        case _:
            return Reply("said")


async def _answered(case: Case[Storage], _argument: str) -> Reply:
    result = case.incoming.result or {}
    return Reply("answered", number=result["number"], result=result.get("said", "отказ"))


def _shows(key: str) -> Any:
    async def shown(_case: Case[Any], _argument: str) -> Reply:
        return Reply(key)

    return shown


TRIP = Talk("trip", fixed(*(Step(name, parse=_taken) for name in ("where", "when", "who"))), _finish)
BOOK = Book(
    texts=Texts(TEXTS),
    talks={"trip": TRIP},
    routes={
        **{name: _shows(name) for name in ("menu", "help", "forged", "stale")},
        "cancelled": _shows("menu"),
        "start": _shows("menu"),
        "said": _said,
        "job.echo": _answered,
    },
    menu=(),
    words=WORDS,
)


class Line:
    """Inbox, worker, jobs and outbox on one database."""

    def __init__(self, database: Database, works: Mapping[str, Work]) -> None:
        operator = Operator("МАОУ гимназия № 13 г. Томска", "data@gymnasium13.example", "https://policy.example")
        facts = Facts(UTC, operator, Directory.load(), "club1", frozenset())  # type: ignore[arg-type]
        self.database = database
        self.now = NOON
        #: Set with each batch that was committed.
        self.worked = asyncio.Event()
        stepping = Stepping(Engine(BOOK, Seal(b"key")), BOOK.texts, facts, incoming.read, chat_hint)
        #: How much a step takes by the worker's clock: what is in a batch does not depend on the machine.
        self.step_s = 0.0
        self._clock_s = 0.0
        self.worker = Worker(database, stepping, now=lambda: self.now, done=self.worked.set, monotonic=self._ticks)
        self.receiving = Receiving(database, now=lambda: self.now, arrived=lambda: None)
        self.jobbing = Jobbing(database, works, now=lambda: self.now, arrived=lambda: None)

    def _ticks(self) -> float:
        self._clock_s += self.step_s
        return self._clock_s

    async def comes(self, *updates: Arrival) -> None:
        """These updates come from the messenger, at once."""
        await self.receiving.store(updates)

    async def works(self) -> None:
        """Work off all there is, jobs too."""
        while await self.worker.work() or await self.jobbing.work():
            pass

    async def sent(self, person: int) -> list[str]:
        """The texts that would be sent to somebody, in their order."""
        async with self.database.transaction() as connection:
            rows = await connection.execute_fetchall(
                "select body from outbox where peer_id = ? and kind = 'send' order by id", (person,)
            )
        return [json.loads(row["body"])["text"] for row in rows]

    async def count(self, table: str, state: str) -> int:
        """How many rows of inbox, outbox or job are in this state."""
        async with self.database.transaction() as connection:
            statement = f"select count(*) from {table} where state = ?"  # noqa: S608 - a table's name of ours
            return int(next(iter(await connection.execute_fetchall(statement, (state,))))[0])


def wrote(person: int, number: int, text: str, *, at: datetime | None = None, payload: str | None = None) -> Arrival:
    """The update of somebody's message with this number in the dialog."""
    said_at = at or NOON + number * CALMLY
    message = {
        "from_id": person,
        "peer_id": person,
        "conversation_message_id": number,
        "date": round(said_at.timestamp()),
        "text": text,
        **({"payload": payload} if payload else {}),
    }
    found = arrival({"type": "message_new", "event_id": f"{person}-{number}", "object": {"message": message}})
    assert found is not None
    return found


def written(person: int, texts: Sequence[str]) -> list[Arrival]:
    """Somebody's messages in their order."""
    return [wrote(person, number, text) for number, text in enumerate(texts, start=1)]


@asynccontextmanager
async def line_on(path: Path, works: Mapping[str, Work] | None = None) -> AsyncIterator[Line]:
    """A pipeline on the database at `path`."""
    async with opened(await fresh(path)) as database:
        yield Line(database, works or {})


__all__ = ["BOOK", "NOON", "Line", "PoisonError", "line_on", "written", "wrote"]

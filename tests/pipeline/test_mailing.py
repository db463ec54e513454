"""The mailing engine on a real database, its looks taken by hand: what lies ready for the sender, and when."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.contest.announcing.model import Announcement, AnnouncementState, Figures, Left
from bot.contest.consents import Operator
from bot.contest.event.moments import TOMSK
from bot.contest.facts import Facts
from bot.contest.organisations import Directory
from bot.pipeline.mailing import feeding, gathering, showing
from bot.pipeline.mailing.engine import Mailing
from bot.pipeline.mailing.letters import Office
from bot.talk.engine import Engine
from bot.talk.seal import Seal
from handlers.book import book
from handlers.organizer.announcing.letters import Letters
from storage.database import Database, opened
from storage.outbox import Later, Priority, Sent, Settled
from storage.restoring import RESTORED_KEY
from storage.storage import Storage
from tests.fresh import fresh

State = AnnouncementState
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=TOMSK)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
AUTHOR, TEXT = 1, "Завтра консультация"


@dataclass
class Post:
    """An announcing community whose sender is the test."""

    database: Database
    clock: list[datetime] = field(default_factory=lambda: [NOON])
    engine: Mailing | None = None

    def __post_init__(self) -> None:
        self.restarts()

    def restarts(self) -> None:
        """Forget all that is not in the database."""
        product = book()
        facts = Facts(TOMSK, Operator("", "", ""), Directory.load(), "kreitv")
        office = Office(
            self.database, Engine(product, Seal(b"seal")), Letters(), product.texts, facts, lambda: self.clock[0]
        )
        self.engine = Mailing(office, done=lambda: None)

    @asynccontextmanager
    async def storage(self) -> AsyncIterator[Storage]:
        """The database, in a transaction."""
        async with self.database.transaction() as connection:
            yield Storage(connection)

    async def looks(self, times: int = 4) -> None:
        """So many looks of the engine."""
        assert self.engine is not None
        for _ in range(times):
            await self.engine.look()

    async def starts(self, text: str = TEXT, *, live: bool = True, at: datetime | None = None) -> int:
        """Somebody confirms an announcement to everybody."""
        async with self.storage() as storage:
            one = await storage.announcements.draft(
                event_code=None, author_id=AUTHOR, text=text, audience={"key": "everyone"}, live=live, at=self.clock[0]
            )
            acts, now = storage.announcements, self.clock[0]
            await acts.schedule(one.id, version=1, starts_at=at or now, by=AUTHOR, at=now)
        return one.id

    async def is_(self, id_: int) -> tuple[Announcement, Figures]:
        """How it stands."""
        async with self.storage() as storage:
            one = await storage.announcements.get(id_)
            assert one is not None
            return one, await storage.announcements.figures(one)

    async def ready(self) -> list[int]:
        """For whom news lie ready, in order."""
        async with self.storage() as storage:
            rows = await storage.outbox.due(10_000, now=self.clock[0])
            return [one.peer_id for one in rows if one.priority is Priority.BULK]

    async def sends(self, *people: int, code: int | None = None) -> None:
        """The sender takes what lies ready for these people (all of them if none is named)."""
        now = self.clock[0]
        async with self.storage() as storage:
            rows = [one for one in await storage.outbox.due(10_000, now=now) if not people or one.peer_id in people]
            if code is None:
                await storage.outbox.sent([Sent(one.id, 1000 + one.id, one.id) for one in rows], at=now)
            elif code == 9:
                await storage.outbox.later([Later(one.id, now + HOUR, code, "flood") for one in rows])
            else:
                await storage.outbox.settled([Settled(one.id, "dropped", code, "refused") for one in rows], at=now)

    async def said(self, person_id: int, priority: Priority = Priority.BULK) -> list[str]:
        """The texts made for somebody, whether they have gone or not."""
        async with self.storage() as storage:
            found = [await storage.outbox.row(number) for number in range(1, 200)]
        return [one["body"] for one in found if one and (one["peer_id"], one["priority"]) == (person_id, priority)]


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    """The people 1 to 6 are known."""
    async with opened(await fresh(tmp_path / "bot.db")) as database:
        async with database.transaction() as connection:
            for person_id in range(1, 7):
                await Storage(connection).people.meet(person_id, at=NOON)
                await Storage(connection).people.greeted(person_id, at=NOON)
        yield Post(database)


async def test_everybody_gets_it_once_and_it_is_finished_when_all_have_it(post: Post) -> None:
    async with post.storage() as storage:
        await storage.people.unreachable(4, 901, at=NOON)
        await storage.people.no_news(5, since=NOON)
    id_ = await post.starts()
    await post.looks()
    assert await post.ready() == [1, 2, 3, 6]
    await post.sends(1, 2)
    await post.sends(3, code=902)
    await post.looks()
    one, figures = await post.is_(id_)
    assert (one.state, figures.sent, figures.on_the_way) == (State.RUNNING, 2, 1)
    await post.sends(6)
    await post.looks()
    one, figures = await post.is_(id_)
    assert one.state is State.DONE
    assert figures == Figures(planned=4, sent=3, unreachable={902: 1}, left_out={"code:901": 1, "no_news": 1})
    await post.sends()
    await post.looks()
    one, _ = await post.is_(id_)
    assert one.closed_at is not None


async def test_nothing_is_early_and_the_night_is_quiet(post: Post) -> None:
    tonight = NOON.replace(hour=21, minute=59)
    id_ = await post.starts(at=tonight)
    post.clock[0] = tonight - timedelta(seconds=1)
    await post.looks()
    assert (await post.is_(id_))[0].state is State.SCHEDULED
    post.clock[0] = tonight
    await post.looks()
    await post.sends(1, 2, 3)
    post.clock[0] = NOON.replace(hour=22)
    late = await post.starts("Другое")
    await post.looks()
    assert await post.ready() == []
    one, figures = await post.is_(id_)
    assert (one.state, one.held, figures.sent, figures.on_the_way) == (State.RUNNING, True, 3, 3)
    assert (await post.is_(late))[0].state is State.SCHEDULED
    post.restarts()
    post.clock[0] = (NOON + timedelta(days=1)).replace(hour=8)
    await post.looks()
    assert await post.ready() == [4, 5, 6, 2, 3]  # the author is told first how far the other one is
    await post.sends()
    await post.sends()
    await post.looks()
    assert [(await post.is_(one))[0].state for one in (id_, late)] == [State.DONE, State.DONE]


async def test_f35_after_a_restoration_nothing_goes_to_many_until_somebody_has_looked(post: Post) -> None:
    await post.starts()
    await post.looks()
    async with post.storage() as storage:
        await storage.settings.set(RESTORED_KEY, "{}")
    other = await post.starts("Другое")
    await post.looks()
    assert await post.ready() == []
    assert (await post.is_(other))[0].state is State.SCHEDULED
    async with post.storage() as storage:
        await storage.settings.forget(RESTORED_KEY)
    await post.looks()
    assert await post.ready() == [1, 2, 3, 4, 5, 6]


async def test_a_pause_lasts_until_it_is_ended_and_a_stop_for_good(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeding, "AHEAD", 3)
    monkeypatch.setattr(feeding, "SLICE", 2)
    id_ = await post.starts()
    await post.looks()
    assert await post.ready() == [1, 2, 3, 4]
    await post.sends(1)
    async with post.storage() as storage:
        await storage.announcements.pause(id_, by=2, at=NOON)
    await post.looks()
    assert await post.ready() == []
    post.restarts()
    await post.looks()
    async with post.storage() as storage:
        await storage.people.no_news(3, since=NOON)
        assert (await storage.announcements.resume(id_, by=AUTHOR, at=NOON)).done
    await post.looks()
    assert await post.ready() == [2, 4, 5, 6]
    assert (await post.is_(id_))[1].left_out == {Left.NO_NEWS: 1}
    await post.sends(2, 4)
    async with post.storage() as storage:
        await storage.announcements.stop(id_, by=2, at=NOON)
    await post.looks()
    one, figures = await post.is_(id_)
    assert (one.state, await post.ready(), figures.sent, figures.dropped) == (State.STOPPED, [], 3, 2)
    again = await post.starts()
    await post.looks()
    assert await post.ready() == [5, 6]
    async with post.storage() as storage:
        assert await storage.announcements.left_out(again) == {Left.SAME_TEXT: 3, Left.NO_NEWS: 1}


async def test_recipients_are_those_of_the_start_or_those_of_the_confirmation(post: Post) -> None:
    live, frozen = [await post.starts(text, live=text == "Живо", at=NOON + HOUR) for text in ("Живо", "Твёрдо")]
    await post.looks()
    async with post.storage() as storage:
        await storage.people.meet(7, at=NOON)
        await storage.people.greeted(7, at=NOON)
    post.clock[0] = NOON + HOUR
    await post.looks()
    async with post.storage() as storage:
        assert await storage.announcements.sent_to(frozen) == [1, 2, 3, 4, 5, 6]
        assert await storage.announcements.sent_to(live) == [1, 2, 3, 4, 5, 6, 7]


async def test_a_change_while_it_is_gathered_begins_it_anew(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "SLICE", 2)
    id_ = await post.starts(live=False, at=NOON + HOUR)
    async with post.storage() as storage:
        one = await storage.announcements.get(id_)
        assert one is not None
        await storage.mailings.gather(one, [(77, None), (1, None), (2, None)])  # a kill left these
    await post.looks()
    one, _ = await post.is_(id_)
    assert (one.recipients, one.gathered_at) == (6, NOON)
    async with post.storage() as storage:
        changed = await storage.announcements.change(id_, version=one.version, text="Иначе")
        await storage.mailings.gathered(one, recipients=6, at=NOON)
    assert changed.announcement.recipients == 0
    await post.looks()
    assert (await post.is_(id_))[0].state is State.DRAFT


async def test_one_who_is_tried_again_and_again_does_not_keep_it_open(post: Post) -> None:
    id_ = await post.starts()
    await post.looks()
    await post.sends(6, code=9)
    await post.sends()
    await post.looks()
    assert (await post.is_(id_))[0].state is State.RUNNING
    post.clock[0] += 3 * MINUTE
    await post.looks()
    one, figures = await post.is_(id_)
    assert (one.state, figures.on_the_way, one.closed_at) == (State.DONE, 1, None)
    post.clock[0] += HOUR
    await post.sends()
    post.restarts()
    await post.looks()
    await post.sends()
    await post.looks()
    one, figures = await post.is_(id_)
    assert (figures.sent, figures.on_the_way, one.closed_at) == (6, 0, post.clock[0])


async def test_a_text_for_each_is_drawn_for_each(post: Post) -> None:
    async with post.storage() as storage:
        await storage.people.set_names({1: ("Нина", "Орлова"), 2: ("evil.ru", "@all")})
    id_ = await post.starts("{имя}, завтра консультация")
    await post.looks()
    said = [" ".join(await post.said(person_id)) for person_id in (1, 2, 3)]
    for text, wanted in zip(said, ("Нина, завтра", "evil.\u2060ru, завтра", '"Завтра'), strict=True):
        assert wanted in text
    assert (await post.is_(id_))[1].on_the_way == 6


async def test_the_author_sees_one_message_that_changes(post: Post) -> None:
    id_ = await post.starts()
    await post.looks()
    (first,) = await post.said(AUTHOR, Priority.NOTICE)
    assert "6" in first
    await post.sends()
    await post.looks()
    assert len(await post.said(AUTHOR, Priority.NOTICE)) == 1
    assert len(await post.said(AUTHOR, Priority.REPLY)) == 1
    await post.sends()
    await post.looks()
    assert (await post.is_(id_))[0].closed_at is not None
    assert len(await post.said(AUTHOR, Priority.REPLY)) == 1


async def test_what_was_sent_within_a_day_is_taken_back(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = await post.starts()
    await post.looks()
    await post.sends(1, 2)
    post.clock[0] += 23 * HOUR
    await post.sends()
    await post.looks()
    await post.sends()
    post.clock[0] += 2 * HOUR
    async with post.storage() as storage:
        assert (await storage.announcements.recall(id_, by=AUTHOR, at=post.clock[0])).done
    await post.looks()
    _, figures = await post.is_(id_)
    assert (figures.too_old, figures.recalling, figures.recalled) == (2, 4, 0)
    post.restarts()
    await post.looks()
    await post.sends()
    await post.looks()
    await post.sends()
    monkeypatch.setattr(showing, "OVER_EVERY_S", 0.0)
    post.restarts()
    post.clock[0] += MINUTE
    await post.looks()
    one, figures = await post.is_(id_)
    assert (figures.recalled, figures.recalling, one.closed_at) == (4, 0, post.clock[0])


async def test_one_that_can_not_be_drawn_does_not_keep_the_others(post: Post, caplog: Any) -> None:
    async with post.storage() as storage:
        bad = await storage.announcements.draft(
            event_code=None, author_id=AUTHOR, text=TEXT, audience={"key": "nobody knows"}, at=NOON
        )
        await storage.announcements.start(bad.id, version=1, by=AUTHOR, at=NOON)
    await post.starts("Другое")
    await post.looks()
    assert await post.ready() == [1, 2, 3, 4, 5, 6]
    assert f"announcement {bad.id}" in caplog.text


async def test_what_was_on_its_way_when_it_was_stopped_is_counted_and_taken_back_too(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "OVER_EVERY_S", 0.0)
    id_ = await post.starts()
    await post.looks()
    async with post.storage() as storage:
        on_the_way = await storage.outbox.due(10_000, now=NOON, priorities=[Priority.BULK])
        await storage.announcements.stop(id_, by=AUTHOR, at=NOON)
    await post.looks()
    async with post.storage() as storage:
        assert (await storage.announcements.recall(id_, by=AUTHOR, at=NOON)).done
    await post.sends()
    await post.looks()
    async with post.storage() as storage:
        await storage.outbox.sent([Sent(one.id, 1000 + one.id, one.id) for one in on_the_way[:4]], at=NOON)
    await post.looks()
    assert (await post.is_(id_))[0].closed_at is None
    post.clock[0] += MINUTE
    for _ in range(6):
        await post.looks(2)
        await post.sends()
    one, figures = await post.is_(id_)
    assert (figures.sent, figures.dropped, figures.recalled, one.closed_at) == (4, 2, 4, post.clock[0])


async def test_a_recall_calls_off_what_is_tried_again(post: Post) -> None:
    id_ = await post.starts()
    await post.looks()
    await post.sends(6, code=9)
    await post.sends()
    post.clock[0] += 3 * MINUTE
    await post.looks()
    async with post.storage() as storage:
        assert (await storage.announcements.recall(id_, by=AUTHOR, at=post.clock[0])).done
    post.clock[0] += 2 * HOUR
    for _ in range(3):
        await post.looks(1)
        await post.sends()
    assert await post.ready() == []
    _, figures = await post.is_(id_)
    assert (figures.recalled, figures.dropped, figures.on_the_way) == (5, 1, 0)


async def test_whoever_is_forgotten_before_their_turn_is_not_written_to(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "AHEAD", 3)
    monkeypatch.setattr(feeding, "SLICE", 3)
    id_ = await post.starts()
    await post.looks()
    async with post.storage() as storage:
        await storage.forgetting.person(2, at=NOON)
        await storage.forgetting.person(5, at=NOON)
    await post.sends()
    await post.looks()
    assert await post.ready() == [4, 6]
    _, figures = await post.is_(id_)
    assert (figures.sent, figures.dropped, figures.left_out) == (2, 1, {Left.UNKNOWN: 1})

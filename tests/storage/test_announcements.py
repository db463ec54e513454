"""Announcements in the tables: acts are compared and set, recipients are there once, reports count each person once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.contest.announcing.model import Acted, Announcement, AnnouncementState, Left
from storage.announcement_rows import Delivery
from storage.conflicts import MissingError
from storage.database import opened
from storage.mailings import Next, Waiting
from storage.outbox import Sent, Settled
from storage.receipts import Receipt
from storage.storage import Storage
from tests.fresh import fresh
from tests.storage.world import HOUR, NOON, ORGANIZER, OTHER_JUROR

State = AnnouncementState
TEXT = "Завтра консультация"


async def written(storage: Storage, event_code: str | None = "scratch", text: str = TEXT) -> Announcement:
    return await storage.announcements.draft(
        event_code=event_code, author_id=ORGANIZER, text=text, audience={"base": "applicants"}, at=NOON
    )


async def running(storage: Storage, *people: int, text: str = TEXT) -> Announcement:
    """Started, and all of these are its recipients."""
    one = await written(storage, text=text)
    one = (await storage.announcements.start(one.id, version=1, by=ORGANIZER, at=NOON)).announcement
    one = await storage.mailings.begin(one) or one
    await storage.mailings.gather(one, [(person_id, None) for person_id in people])
    count = await storage.mailings.count_gathered(one)
    found = await storage.mailings.gathered(one, recipients=count, at=NOON)
    assert found is not None
    return found


async def test_an_announcement_is_kept_whole_and_belongs_to_an_event_or_to_all(storage: Storage) -> None:
    with pytest.raises(MissingError):
        await written(storage, "poem")
    one = await storage.announcements.draft(
        event_code="scratch",
        author_id=ORGANIZER,
        text="Приём продлён до {срок}",
        attachments=["photo5_65_key"],
        audience={"base": "state", "state": "sent"},
        live=False,
        at=NOON,
    )
    assert one == Announcement(
        id=one.id, event_code="scratch", author_id=ORGANIZER, version=1, text="Приём продлён до {срок}",
        attachments=("photo5_65_key",), audience={"base": "state", "state": "sent"}, live=False, state=State.DRAFT,
        created_at=NOON,
    )  # fmt: skip
    of_all = await written(storage, None)
    assert await storage.announcements.of_event("scratch") == []
    for made in (one, of_all):
        await storage.announcements.start(made.id, version=1, by=ORGANIZER, at=NOON)
    assert [made.id for made in await storage.announcements.of_event("scratch")] == [one.id]
    assert [made.id for made in await storage.announcements.of_event(None)] == [of_all.id]
    with pytest.raises(MissingError):
        await storage.announcements.pause(77, by=ORGANIZER, at=NOON)


async def test_f48_fifty_start_it_at_once_and_one_has_done_it(tmp_path: Path) -> None:
    async with opened(await fresh(tmp_path / "bot.db")) as database:
        async with database.transaction() as connection:
            storage = Storage(connection)
            for person_id in range(1, 51):
                await storage.people.meet(person_id, at=NOON)
            one = await written(storage, None)

        async def starts(person_id: int) -> Acted:
            async with database.transaction() as connection:
                at = NOON + timedelta(seconds=person_id)
                return await Storage(connection).announcements.start(one.id, version=1, by=person_id, at=at)

        acted = await asyncio.gather(*(starts(person_id) for person_id in range(1, 51)))
    (winner,) = [one.announcement.started_by for one in acted if one.done]
    assert winner is not None
    assert {(one.announcement.started_by, one.announcement.started_at) for one in acted} == {
        (winner, NOON + timedelta(seconds=winner))
    }


async def test_an_act_on_an_older_version_does_nothing(storage: Storage) -> None:
    one = await written(storage)
    changed = await storage.announcements.change(one.id, version=1, text="Иначе", live=False)
    assert (changed.done, changed.announcement.version, changed.announcement.live) == (True, 2, False)
    late = await storage.announcements.start(one.id, version=1, by=ORGANIZER, at=NOON)
    assert (late.done, late.announcement.state) == (False, State.DRAFT)
    at = NOON + HOUR
    planned = await storage.announcements.schedule(one.id, version=2, starts_at=at, by=ORGANIZER, at=NOON)
    assert (planned.done, planned.announcement.starts_at, planned.announcement.version) == (True, at, 3)
    again = await storage.announcements.change(one.id, version=3, audience={"base": "jury"})
    assert again.announcement.state is State.DRAFT
    assert again.announcement.starts_at is None
    assert again.announcement.text == "Иначе"
    started = await storage.announcements.start(one.id, version=4, by=OTHER_JUROR, at=at)
    assert (started.done, started.announcement.started_by) == (True, OTHER_JUROR)
    assert [one.person_id for one in await storage.mailings.watchers(started.announcement)] == [OTHER_JUROR, ORGANIZER]
    assert not (await storage.announcements.change(one.id, version=4, text="Поздно")).done


async def test_pause_resume_stop_and_recall_reach_its_messages(storage: Storage) -> None:
    one = await running(storage, 1, 2, 3)
    await storage.outbox.add_batch([1, 2, 3], {"text": TEXT}, at=NOON, announcement_id=one.id)
    one = await storage.mailings.fed(one, fed_to=3, all_at=NOON)
    paused = await storage.announcements.pause(one.id, by=ORGANIZER, at=NOON)
    assert (paused.done, paused.announcement.held) == (True, True)
    assert await storage.outbox.ahead(one.id) == 0
    assert not (await storage.announcements.pause(one.id, by=OTHER_JUROR, at=NOON)).done
    resumed = await storage.announcements.resume(one.id, by=OTHER_JUROR, at=NOON + HOUR)
    assert (resumed.done, resumed.announcement.state) == (True, State.RUNNING)
    assert (resumed.announcement.acted_by, resumed.announcement.acted_at) == (OTHER_JUROR, NOON + HOUR)
    await storage.outbox.sent([Sent(1, message_id=501, cmid=7)], at=NOON)
    stopped = await storage.announcements.stop(one.id, by=ORGANIZER, at=NOON)
    assert stopped.announcement.finished_at == NOON
    figures = await storage.announcements.figures(stopped.announcement)
    assert (figures.planned, figures.sent, figures.dropped) == (3, 1, 2)
    recalled = await storage.announcements.recall(one.id, by=ORGANIZER, at=NOON + HOUR)
    assert recalled.done
    assert not (await storage.announcements.recall(one.id, by=ORGANIZER, at=NOON + HOUR)).done
    assert await storage.outbox.recall(one.id, at=NOON + HOUR, since=NOON) == 1
    figures = await storage.announcements.figures(recalled.announcement)
    assert (figures.recalling, figures.too_old) == (1, 0)


async def test_recipients_are_there_once_and_those_left_out_have_a_reason(storage: Storage) -> None:
    await storage.people.unreachable(2, 901, at=NOON)
    await storage.people.no_news(3, since=NOON)
    one = await running(storage, 1, 2, 3, 77)
    assert await storage.announcements.left_out(one.id) == {"code:901": 1, Left.NO_NEWS: 1, Left.UNKNOWN: 1}
    assert (one.recipients, one.state, await storage.announcements.sent_to(one.id)) == (1, State.RUNNING, [1])
    other = (await storage.announcements.start((await written(storage)).id, version=1, by=1, at=NOON)).announcement
    for _ in range(2):
        await storage.mailings.gather(other, [(4, None), (5, Left.SAME_TEXT.value), (6, None)])
    gathered = await storage.mailings.gathered(other, recipients=2, at=NOON)
    assert gathered is not None
    assert gathered.state is State.SCHEDULED
    assert await storage.announcements.sent_to(other.id) == [4, 6]
    assert await storage.mailings.forget_recipients(gathered, 9) == 0
    await storage.people.unreachable(6, 902, at=NOON)
    assert await storage.mailings.next(gathered, 9) == [Next(4, None), Next(6, "code:902")]
    await storage.mailings.leave_out(gathered, {6: "code:902"})
    fed = await storage.mailings.fed(gathered, fed_to=6, left_out=1)
    assert (fed.recipients, fed.fed_to, await storage.mailings.next(fed, 9)) == (1, 6, [])


async def test_the_same_words_to_the_same_event_are_found(storage: Storage) -> None:
    first = await running(storage, 1, 2, 3)
    await storage.outbox.add_batch([1, 2], {"text": TEXT}, at=NOON, announcement_id=first.id)
    await storage.mailings.fed(first, fed_to=2)
    await storage.outbox.sent([Sent(1, message_id=501, cmid=7)], at=NOON)
    again, other = await written(storage), await written(storage, text="Иначе")
    assert await storage.mailings.had_the_same(again, since=NOON) == {1, 2, 3}
    assert await storage.mailings.had_the_same(other, since=NOON) == frozenset()
    assert await storage.mailings.had_the_same(again, since=NOON + HOUR) == frozenset()
    assert await storage.mailings.had_the_same(await written(storage, "webinar"), since=NOON) == {1, 2, 3}
    await storage.announcements.stop(first.id, by=ORGANIZER, at=NOON)
    assert await storage.mailings.had_the_same(again, since=NOON) == {1}
    of_event = "Ждём на {название}"
    await running(storage, 4, text=of_event)
    assert await storage.mailings.had_the_same(await written(storage, "webinar", of_event), since=NOON) == frozenset()


async def test_each_message_is_reported_with_what_became_of_it_and_whether_it_was_read(storage: Storage) -> None:
    await storage.people.set_names({1: ("Нина", "Орлова")})
    one = await running(storage, 1, 2, 3, 4)
    await storage.outbox.add_batch([1, 2, 3, 4], {"text": TEXT}, at=NOON, announcement_id=one.id)
    assert await storage.mailings.waiting(one) == Waiting(4, 4)
    await storage.outbox.sent([Sent(1, 501, 7), Sent(2, 502, 3)], at=NOON)
    await storage.outbox.settled([Settled(3, "dropped", 901, "refused")], at=NOON)
    await storage.receipts.keep([Receipt(1, 0, 9), Receipt(2, 400, 2), Receipt(1, 0, 8)], at=NOON + HOUR)
    assert await storage.announcements.deliveries(one.id) == [
        Delivery(1, "Нина Орлова", "sent", None, NOON, NOON + HOUR),
        Delivery(2, "", "sent", None, NOON),
        Delivery(3, "", "dropped", 901, NOON),
        Delivery(4, "", "due"),
    ]
    await storage.mailings.leave_out(one, {2: Left.NO_NEWS.value})
    assert await storage.announcements.all_left_out(one.id) == [Delivery(2, "", "left_out", left_out="no_news")]
    figures = await storage.announcements.figures(one)
    assert (figures.sent, figures.read, figures.unreachable, figures.on_the_way) == (2, 1, {901: 1}, 1)
    assert (await storage.announcements.figures(one, read=False)).read == 0
    assert await storage.receipts.of(1) == (Receipt(1, 0, 9), NOON + HOUR)
    assert await storage.receipts.of(5) is None


async def test_a_draft_goes_with_all_that_hangs_on_it_and_old_ones_by_themselves(storage: Storage) -> None:
    scheduled = (await running(storage, ORGANIZER, OTHER_JUROR)).id
    sent = (await storage.announcements.get(scheduled)) or await written(storage)
    draft, young = (
        await written(storage),
        await storage.announcements.draft(event_code=None, author_id=ORGANIZER, text=TEXT, audience={}, at=NOON + HOUR),
    )
    frozen = await storage.announcements.schedule(draft.id, version=1, starts_at=NOON + HOUR, by=ORGANIZER, at=NOON)
    await storage.mailings.gather(frozen.announcement, [(ORGANIZER, None)])
    again = await storage.announcements.change(draft.id, version=frozen.announcement.version)
    assert not await storage.announcements.discard(draft.id, version=1)
    assert await storage.announcements.sent_to(draft.id) == [ORGANIZER]
    assert again.announcement.state is State.DRAFT
    assert await storage.announcements.forget_drafts(before=NOON + HOUR, most=10) == 1
    assert await storage.announcements.get(draft.id) is None
    assert [await storage.announcements.get(one.id) for one in (young, sent)] == [young, sent]

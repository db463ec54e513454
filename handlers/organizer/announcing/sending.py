"""An announcement goes: at once where few get it, after a minute where many do."""

from __future__ import annotations

from datetime import UTC, timedelta

from bot.contest.announcing.model import Announcement, AnnouncementState
from bot.contest.quiet import is_quiet, not_before
from bot.talk.model import Button, Outcome, Reply
from handlers.kinds import Case
from handlers.organizer.announcing import standing
from handlers.organizer.announcing.progress import is_restored
from handlers.organizer.announcing.scope import Opened, note, of_announcement
from handlers.organizer.announcing.words import moment, people, way_back
from handlers.organizer.scope import whole

#: More people than this get it after a minute, in which it can be called back.
MANY = 100
MINUTE = timedelta(minutes=1)
#: The same text to the same people within this time is asked about.
SAME_FOR = timedelta(days=1)


@of_announcement
async def send(case: Case, found: Opened, more: str) -> Outcome:
    """«Отправить 1 240 людям»: `more` has the version and how many they are; `/yes`: though it is the same again."""
    version, reached, sure = [*more.split("/"), "", ""][:3]
    announcement = found.announcement
    if announcement.version != whole(version) or announcement.state is not AnnouncementState.DRAFT:
        return await standing.meanwhile(case, found)
    if not sure and (earlier := await _same(case, announcement)):
        return _warned(case, found, earlier, whole(reached))
    return await _begin(case, found, whole(reached))


async def _begin(case: Case, found: Opened, reached: int) -> Outcome:
    announcement, now = found.announcement, case.now
    starts_at = now + MINUTE if reached > MANY else now
    restored, night = await is_restored(case), is_quiet(starts_at, case.facts.zone)
    starts_at = not_before(starts_at, case.facts.zone)
    acted = await case.storage.announcements.schedule(
        announcement.id, version=announcement.version, starts_at=starts_at, by=case.person.id, at=now
    )
    after = Opened(acted.announcement, found.running)
    if not acted.done:
        return await standing.meanwhile(case, after)
    await note(case, acted.announcement, "start", recipients=reached, starts_at=starts_at.astimezone(UTC).isoformat())
    if restored:
        return _waits(case, after, "announce.begins_when_checked", reached)
    if night:
        return _waits(case, after, "announce.begins_in_the_morning", reached)
    if starts_at > now:
        return _waits(case, after, "announce.begins_in_a_minute", reached)
    return Reply("announce.begun", number=announcement.id, people=people(case, reached))


def _waits(case: Case, found: Opened, key: str, reached: int) -> Reply:
    """It has not begun yet: it can be begun at once, or called back."""
    id_ = found.announcement.id
    may_begin = key == "announce.begins_in_a_minute"
    now = [Button("announcement.now", f"announcement_now:{id_}")] if may_begin else []
    return Reply(
        key,
        number=id_,
        at=moment(case, found.announcement.starts_at or case.now),
        people=people(case, reached),
        buttons=[
            [*now, Button("announcement.cancel", f"announcement_cancel:{id_}", colour="negative")],
            [way_back(found.announcement)],
        ],
    )


async def _same(case: Case, announcement: Announcement) -> Announcement | None:
    """The same text that went to the same people a short while ago: two organizers, or one twice."""
    for one in await case.storage.announcements.of_event(announcement.event_code):
        recent = one.started_at is not None and case.now - one.started_at < SAME_FOR
        same = (one.text, one.attachments, one.audience) == (
            announcement.text, announcement.attachments, announcement.audience,
        )  # fmt: skip
        if one.id != announcement.id and recent and same and one.state is not AnnouncementState.RECALLED:
            return one
    return None


def _warned(case: Case, found: Opened, earlier: Announcement, reached: int) -> Reply:
    id_ = found.announcement.id
    return Reply(
        "announce.same_again",
        number=earlier.id,
        at=moment(case, earlier.started_at or case.now),
        buttons=[
            [Button("announcement.open_that", f"announcement:{earlier.id}", colour="primary")],
            [Button("announcement.anyway", f"announcement_send:{found.version}/{reached}/yes")],
            [
                Button("announcement.drop", f"announcement_drop:{found.version}"),
                Button("announcement.open", f"announcement:{id_}"),
            ],
        ],
    )


@of_announcement
async def begin_now(case: Case, found: Opened, _more: str) -> Outcome:
    """«Начать сразу»: it waits no longer."""
    announcement = found.announcement
    if announcement.state is not AnnouncementState.SCHEDULED:
        return await standing.meanwhile(case, found)
    acted = await case.storage.announcements.start(
        announcement.id, version=announcement.version, by=case.person.id, at=case.now
    )
    after = Opened(acted.announcement, found.running)
    if not acted.done:
        return await standing.meanwhile(case, after)
    await note(case, announcement, "now")
    restored = await is_restored(case)
    if restored or is_quiet(case.now, case.facts.zone):
        key = "announce.checked_first" if restored else "announce.quiet_now"
        return Reply(key, number=announcement.id, buttons=[[way_back(announcement)]])
    return Reply("announce.begun_now", number=announcement.id)


@of_announcement
async def cancel(case: Case, found: Opened, _more: str) -> Outcome:
    """«Отменить»: it is a draft again."""
    announcement = found.announcement
    if announcement.state is not AnnouncementState.SCHEDULED:
        return await standing.meanwhile(case, found)
    acted = await case.storage.announcements.change(announcement.id, version=announcement.version)
    after = Opened(acted.announcement, found.running)
    if not acted.done:
        return await standing.meanwhile(case, after)
    await note(case, announcement, "cancel")
    open_ = Button("announcement.open", f"announcement:{announcement.id}")
    drop = Button("announcement.drop", f"announcement_drop:{after.version}")
    return Reply("announce.cancelled", number=announcement.id, buttons=[[open_, drop], [way_back(announcement)]])

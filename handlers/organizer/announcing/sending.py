"""An announcement goes: at once where few get it, after a minute where many do, or at a time that was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from bot.contest.announcing.model import Acted, Announcement, AnnouncementState
from bot.contest.announcing.quiet import is_quiet, not_before
from bot.contest.audiences import Base
from bot.contest.calendar import local
from bot.contest.refusal import Refusal
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.kinds import Case
from handlers.organizer.announcing import drafts
from handlers.organizer.announcing.scope import (
    Opened,
    announcement_for,
    announcement_steps,
    note,
    of_announcement,
)
from handlers.organizer.announcing.words import moment, people, way_back
from handlers.organizer.scope import not_available, whole
from handlers.organizer.time.moments import DAY_END, LIMIT, read_coming
from handlers.participant.papers.own_papers import capital

TALK = "org_announce_when"
#: More people than this get it after a minute, in which it can be called back.
MANY = 100
MINUTE = timedelta(minutes=1)
#: The same text to the same people within this time is asked about.
SAME_FOR = timedelta(days=1)
#: A day without an hour means this one.
MORNING = time(9)
TODAY_AT, TOMORROW_AT = time(18), time(9)
LIVE, FROZEN = "live", "frozen"


@of_announcement
async def send(case: Case, found: Opened, more: str) -> Outcome:
    """«Отправить 1 240 людям»: `more` has the version and how many they are; `/yes`: though it is the same again."""
    version, reached, sure = [*more.split("/"), "", ""][:3]
    announcement = found.announcement
    if announcement.version != whole(version) or announcement.state is not AnnouncementState.DRAFT:
        return await drafts.meanwhile(case, found)
    if not sure and (earlier := await _same(case, announcement)):
        return _warned(case, found, earlier, whole(reached))
    return await _begin(case, found, whole(reached))


async def _begin(case: Case, found: Opened, reached: int) -> Outcome:
    announcement, now = found.announcement, case.now
    starts_at = now + MINUTE if reached > MANY else now
    night = is_quiet(starts_at, case.facts.zone)
    starts_at = not_before(starts_at, case.facts.zone)
    acted = await case.storage.announcements.schedule(
        announcement.id, version=announcement.version, starts_at=starts_at, by=case.person.id, at=now
    )
    after = Opened(acted.announcement, found.running)
    if not acted.done:
        return await drafts.meanwhile(case, after)
    await note(case, acted.announcement, "start", recipients=reached, starts_at=starts_at.astimezone(UTC).isoformat())
    if night:
        return _waits(case, after, "announce.begins_in_the_morning", reached)
    if starts_at > now:
        return _waits(case, after, "announce.begins_in_a_minute", reached)
    return Reply("announce.begun", number=announcement.id, people=people(case, reached))


def _waits(case: Case, found: Opened, key: str, reached: int) -> Reply:
    """It has not begun yet: it can be begun at once, or called back."""
    id_ = found.announcement.id
    now = [] if key == "announce.begins_in_the_morning" else [Button("announcement.now", f"announcement_now:{id_}")]
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
        return await drafts.meanwhile(case, found)
    acted = await case.storage.announcements.start(
        announcement.id, version=announcement.version, by=case.person.id, at=case.now
    )
    after = Opened(acted.announcement, found.running)
    if not acted.done:
        return await drafts.meanwhile(case, after)
    await note(case, announcement, "now")
    if is_quiet(case.now, case.facts.zone):
        return Reply("announce.quiet_now", number=announcement.id, buttons=[[way_back(announcement)]])
    return Reply("announce.begun_now", number=announcement.id)


@of_announcement
async def cancel(case: Case, found: Opened, _more: str) -> Outcome:
    """«Отменить»: it is a draft again."""
    announcement = found.announcement
    if announcement.state is not AnnouncementState.SCHEDULED:
        return await drafts.meanwhile(case, found)
    acted = await case.storage.announcements.change(announcement.id, version=announcement.version)
    after = Opened(acted.announcement, found.running)
    if not acted.done:
        return await drafts.meanwhile(case, after)
    await note(case, announcement, "cancel")
    open_ = Button("announcement.open", f"announcement:{announcement.id}")
    drop = Button("announcement.drop", f"announcement_drop:{after.version}")
    return Reply("announce.cancelled", number=announcement.id, buttons=[[open_, drop], [way_back(announcement)]])


@of_announcement
async def when(case: Case, found: Opened, _version: str) -> Outcome:
    """«Назначить время»: ask when."""
    if found.announcement.state not in (AnnouncementState.DRAFT, AnnouncementState.SCHEDULED):
        return await drafts.meanwhile(case, found)
    answers = {"live": LIVE} if found.audience.base is Base.SAME else {}
    return Open(TALK, found.version, answers=answers, resume=False)


async def _moments(case: Case, _answers: Answers) -> Sequence[Option]:
    """Today at six in the evening, if that is to come, and tomorrow at nine."""
    zone, today = case.facts.zone, local(case.now, case.facts.zone).date()
    evening = datetime.combine(today, TODAY_AT, zone)
    morning = datetime.combine(today + timedelta(days=1), TOMORROW_AT, zone)
    coming = [evening, morning] if evening > case.now else [morning]
    return [Option(capital(moment(case, at)), at.astimezone(UTC).isoformat()) for at in coming]


async def _read(case: Case, _answers: Answers, text: str) -> str | Refusal:
    """A moment as it was typed; of a day alone its morning."""
    zone = case.facts.zone
    at = read_coming(text, now=case.now, zone=zone)
    if isinstance(at, Refusal):
        return Refusal("announce.when_expected") if at.key == "org.moment.expected" else at
    if at.time() == DAY_END:
        at = datetime.combine(at.date(), MORNING, zone)
        if at <= case.now:
            return Refusal("announce.when_hour")
    return at.astimezone(UTC).isoformat()


async def _whose(case: Case, _answers: Answers) -> Sequence[Option]:
    return [Option(case.say("announce.choose.live"), LIVE), Option(case.say("announce.choose.frozen"), FROZEN)]


async def _scheduled(case: Case, subject: str, answers: Answers) -> Outcome:
    id_, _, version = subject.partition("/")
    found = await announcement_for(case, id_, case.person.id)
    if found is None:
        return not_available()
    wanted = datetime.fromisoformat(str(answers["moment"]))
    starts_at = not_before(wanted, case.facts.zone)
    acted = await _confirm(case, found.announcement, whole(version), starts_at, live=answers["live"] == LIVE)
    after = Opened(acted.announcement, found.running)
    if not acted.done:
        return await drafts.meanwhile(case, after)
    await note(case, acted.announcement, "schedule", starts_at=starts_at.astimezone(UTC).isoformat())
    shown = drafts.scheduled_card(case, after)
    return [Reply("announce.quiet", at=moment(case, starts_at)), shown] if starts_at != wanted else shown


async def _confirm(case: Case, announcement: Announcement, version: int, starts_at: datetime, *, live: bool) -> Acted:
    """Both or nothing: who gets it, and when."""
    storage = case.storage.announcements
    changed = await storage.change(announcement.id, version=version, live=live)
    if not changed.done:
        return changed
    version = changed.announcement.version
    return await storage.schedule(announcement.id, version=version, starts_at=starts_at, by=case.person.id, at=case.now)


WHEN = Talk(
    TALK,
    announcement_steps(Step("moment", parse=_read, options=_moments, limit=LIMIT), Step("live", options=_whose)),
    _scheduled,
    cancelled=drafts.announcement,
)

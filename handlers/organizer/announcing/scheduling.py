"""«Назначить время»: when an announcement goes, and to whom by then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from bot.contest.announcing.model import Acted, Announcement, AnnouncementState
from bot.contest.audiences import Base
from bot.contest.calendar import local
from bot.contest.quiet import not_before
from bot.contest.refusal import Refusal
from bot.talk.model import Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from handlers.kinds import Case
from handlers.organizer.announcing import standing
from handlers.organizer.announcing.scope import Opened, announcement_for, announcement_steps, note, of_announcement
from handlers.organizer.announcing.words import moment
from handlers.organizer.scope import not_available, whole
from handlers.organizer.time.moments import DAY_END, LIMIT, read_coming
from handlers.participant.papers.own_papers import capital

TALK = "org_announce_when"
#: A day without an hour means this one.
MORNING = time(9)
TODAY_AT, TOMORROW_AT = time(18), time(9)
LIVE, FROZEN = "live", "frozen"


@of_announcement
async def when(case: Case, found: Opened, _version: str) -> Outcome:
    """«Назначить время»: ask when."""
    if found.announcement.state not in (AnnouncementState.DRAFT, AnnouncementState.SCHEDULED):
        return await standing.meanwhile(case, found)
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
        return await standing.meanwhile(case, after)
    await note(case, acted.announcement, "schedule", starts_at=starts_at.astimezone(UTC).isoformat())
    shown = standing.scheduled_card(case, after)
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
    cancelled=standing.announcement,
)

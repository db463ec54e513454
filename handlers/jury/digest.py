"""The digest: once a day at the event's hour, and whenever a juror asks."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.contest import calendar
from bot.contest.authorize import Action, Actor, Target, authorize
from bot.contest.event import Jury
from bot.contest.phases import Phase
from bot.contest.quiet import BEGIN
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, all_events
from handlers.jury.seat import JUDGED, Judging, judging, seat_of
from handlers.kinds import Case, Desk
from handlers.participant.wording import deadline
from handlers.reminding.jury import asking, question
from handlers.reminding.occasions import JURY
from handlers.reminding.reasons import reason
from storage.jury_rows import Juror, JurorProgress

DAY = timedelta(days=1)
NOON, EVENING = 12, 18
#: After this hour nobody is written to unasked, unless the event's own hour is later.
QUIET_FROM = BEGIN.hour


async def send_digests(desk: Desk) -> None:
    """Tell every juror who has something to score, once a day of judging."""
    for running in await all_events(desk):
        if running.phase(desk.now) is Phase.JUDGING and (hours := _hours(desk, running)):
            await _send(desk, running, *hours)


async def ask_digest(case: Case, event_code: str) -> Reply:
    """The same on demand."""
    seat = await seat_of(case, event_code)
    if seat is None:
        return Reply("not_available")
    state = judging(case, seat.running)
    found = [one for one in await _progress(case, seat.running) if one.person_id == case.person.id]
    if state in (Judging.BEFORE, Judging.CLOSED) or not found or found[0].scored == found[0].assigned:
        return Reply(
            "jury.digest_nothing",
            title=seat.title,
            buttons=[[Button("jury_desk", f"jury:{event_code}")]],
            callback=case.incoming.shows_callback,
            edits=True,
        )
    await case.storage.jury.set_digest(case.person.id, event_code, at=case.now)
    return await digest(case, seat.running, found[0])


async def digest(desk: Desk, running: Running, progress: JurorProgress) -> Reply:
    """«Доброе утро! «Создавай со Scratch»: новых работ 4, оценено 12 из 45, до конца оценивания 3 дня.»

    When few days are left it asks whether the juror will be in time.
    """
    until = running.event.judging_until
    rule = await asking(desk, running, progress.person_id)
    person = await desk.storage.people.get(progress.person_id) if rule else None
    first_name = person.first_name or "" if person else ""
    left = progress.assigned - progress.scored
    return Reply(
        "jury.digest",
        greeting=desk.say(_greeting(desk)),
        title=Trusted(running.event.title),
        new=desk.say("jury.digest_new", new=progress.new) if progress.new else desk.say("jury.digest_no_new"),
        scored=progress.scored,
        total=progress.assigned,
        left=_left(desk, until),
        until=Trusted(desk.say("jury.digest_until", until=deadline(desk, until))) if until else "",
        question=Trusted(question(desk, running, rule, left=left, first_name=first_name)) if rule else "",
        buttons=[
            [Button("nudge.nod", f"jury_nod:{running.code}", colour="positive")] if rule else [],
            [Button("jury_go", f"jury_go:{running.code}", colour="primary")],
            [Button("jury_list", f"jury_list:{running.code}"), Button("jury_away", f"jury_away:{running.code}")],
        ],
    )


async def _send(desk: Desk, running: Running, since: datetime, until: datetime) -> None:
    today = calendar.local(desk.now, desk.facts.zone).date()
    jurors = {juror.person_id: juror for juror in await desk.storage.jury.members(running.code)}
    for progress in await _progress(desk, running):
        juror = jurors[progress.person_id]
        told = juror.digest_at is not None and juror.digest_at >= since
        if progress.scored == progress.assigned or told or juror.away_on == today:
            continue
        if await _is_juror(desk, juror):
            key = f"digest:{running.code}:{juror.person_id}:{today.isoformat()}"
            why = reason(JURY, running.code, person=juror.person_id, until=until)
            desk.tell(juror.person_id, await digest(desk, running, progress), key=key, reason=why)
            await desk.storage.jury.set_digest(juror.person_id, running.code, at=desk.now)


async def _progress(desk: Desk, running: Running) -> list[JurorProgress]:
    return await desk.storage.jury.progress(running.code, states=JUDGED)


async def _is_juror(desk: Desk, juror: Juror) -> bool:
    """Whether the role is still theirs."""
    actor = Actor(juror.person_id, await desk.storage.roles.of_person(juror.person_id))
    return authorize(actor, Action.VIEW_DIGEST, Target(juror.event_code))


def _hours(desk: Desk, running: Running) -> tuple[datetime, datetime] | None:
    """From when to when today's digest may come; None: not now."""
    hour = (running.event.jury or Jury()).digest_hour
    here = calendar.local(desk.now, desk.facts.zone)
    since = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    until = since + timedelta(hours=max(QUIET_FROM - hour, 1))
    return (since, until) if since <= here < until else None


def _greeting(desk: Desk) -> str:
    hour = calendar.local(desk.now, desk.facts.zone).hour
    if hour < NOON:
        return "jury.morning"
    return "jury.afternoon" if hour < EVENING else "jury.evening"


def _left(desk: Desk, until: datetime | None) -> str:
    if until is None:
        return ""
    days = (until - desk.now) // DAY
    if days > 0:
        return desk.say("jury.digest_days", days=days)
    return desk.say("jury.digest_last_day") if until >= desk.now else desk.say("jury.digest_over")

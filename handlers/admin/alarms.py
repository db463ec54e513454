"""What is wrong with the running bot, written to administrators while the chat can still carry it."""

from __future__ import annotations

from datetime import timedelta

from bot.talk.model import Reply
from bot.talk.texts import Trusted
from handlers.admin.people import admins
from handlers.kinds import Desk

#: What is told of, in the words of `alarm.what`.
TOLD = frozenset({"database", "receiving", "inbox", "disk", "quarantine", "dead", "jobs", "backup", "bulk"})
#: Not more than one such message in this time.
QUIET = timedelta(hours=1)


async def tell_of_alarms(desk: Desk) -> None:
    """Tell administrators what is new; once of each incident, and not more often than once an hour."""
    alarms = await desk.storage.watching.alarms()
    if any(one.kind == "sending" for one in alarms):
        return
    told_at = await desk.storage.watching.alarms_told_at()
    if told_at is not None and timedelta() <= desk.now - told_at < QUIET:
        return
    fresh = [one for one in alarms if one.kind in TOLD and (told_at is None or one.since > told_at)]
    if not fresh:
        return
    lines = Trusted("\n".join(desk.say("alarm_line", what=desk.say(f"alarm_what.{one.kind}")) for one in fresh))
    for admin in await admins(desk):
        desk.tell(admin, Reply("alarm", lines=lines))
    await desk.storage.watching.alarms_told(at=desk.now)

"""What somebody who asks for a human may expect: an answer, and when; or whom to write to where nobody hears."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.contest import calendar
from bot.contest.helping.hours import BEGIN, END, answered_on
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.kinds import Desk


def nobody_hears(desk: Desk) -> Reply:
    """There is no organizer whom a message would reach: whom to write to instead. The bot goes on answering."""
    operator = desk.facts.operator
    return Reply(
        "help.nobody_hears",
        operator=Trusted(operator.name),
        contact=Trusted(operator.contact),
        buttons=[[Button("to_menu", "menu")]],
    )


def expected(desk: Desk) -> Trusted:
    """When an answer may be expected, and whom to ask if it can't wait."""
    zone = desk.facts.zone
    words = desk.say(
        "help.expected",
        begin=BEGIN.hour,
        end=END.hour,
        zone=calendar.zone_name(desk.now, zone),
        when=_day(desk, answered_on(desk.now, zone), calendar.local(desk.now, zone).date()),
        contact=Trusted(desk.facts.operator.contact),
    )
    return Trusted(words)


def _day(desk: Desk, on: date, today: date) -> str:
    if on == today:
        return desk.say("help.when.today")
    if on == today + timedelta(days=1):
        return desk.say("help.when.tomorrow")
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=desk.facts.zone)
    return desk.say(f"help.when.{on.weekday()}", day=calendar.day(noon, desk.facts.zone))

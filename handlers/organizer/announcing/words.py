"""Announcements in words: whom they are for, how many people that is, when they go."""

from __future__ import annotations

from datetime import datetime

from bot.contest import calendar
from bot.contest.announcing.model import Announcement
from bot.contest.applications import ApplicationState
from bot.contest.audiences import UNLISTED, Audience, Base, Filter
from bot.contest.report.facts import year_title
from bot.contest.text import shorten
from bot.talk.model import Button
from bot.talk.screens import MOST_LABEL
from handlers.events import Running
from handlers.kinds import Desk
from handlers.organizer.wording import back_to_event

#: Stands for the whole programme where a route names an event.
PROGRAMME = "-"
#: Thousands stand apart: «1 240».
_THIN = "\u00a0"


def place_of(announcement: Announcement) -> str:
    """What routes call the event of an announcement by."""
    return announcement.event_code or PROGRAMME


def spaced(number: int) -> str:
    """«1 240»."""
    return f"{number:,}".replace(",", _THIN)


def people(desk: Desk, count: int) -> str:
    """«1 240 людям»."""
    return _spaced(desk.say("announce.to_people", count=count), count)


def counted_people(desk: Desk, count: int) -> str:
    """«1 240 человек»."""
    return _spaced(desk.say("announce.people", count=count), count)


def _spaced(said: str, count: int) -> str:
    return said.replace(str(count), spaced(count), 1)


def with_count(label: str, count: int | None) -> str:
    """«Все заявители: 1 240»: on a button the label gives way, not the number; None: nobody has counted."""
    if count is None:
        return label
    shown = f": {spaced(count)}"
    return f"{shorten(label, MOST_LABEL - len(shown))}{shown}"


def moment(desk: Desk, at: datetime) -> str:
    """«завтра в 9:00»."""
    return calendar.near(at, desk.now, desk.facts.zone)


def way_back(announcement: Announcement) -> Button:
    """To the event, or to the desk."""
    return back_to_event(announcement.event_code) if announcement.event_code else Button("org.desk", "desk")


def audience_of(announcement: Announcement) -> Audience:
    """Whom it is for, as a value."""
    return Audience.from_json(announcement.audience)


def described(desk: Desk, running: Running | None, audience: Audience) -> str:
    """«все заявители · „Обучающая игра“ · гимназия № 13»."""
    parts = [_base(desk, running, audience)]
    if audience.year:
        parts.append(desk.say("announce.of_year", year=year_title(audience.year)))
    parts += [value_label(desk, running, filter_, value) for filter_, value in set_filters(audience)]
    return " · ".join(parts)


def set_filters(audience: Audience) -> list[tuple[Filter, str]]:
    """The filters that are set, with what they are set to."""
    values = {
        Filter.NOMINATION: audience.nomination,
        Filter.AGE_GROUP: audience.age_group,
        Filter.ORGANISATION: audience.organisation or f"{UNLISTED}{audience.organisation_name}",
        Filter.MUNICIPALITY: audience.municipality,
        Filter.ROLE: audience.role,
    }
    return [(filter_, values[filter_]) for filter_ in audience.filters]


def value_label(desk: Desk, running: Running | None, filter_: Filter, value: str) -> str:
    """One value of a filter as people read it."""
    directory = desk.facts.directory
    match filter_:
        case Filter.NOMINATION if running and any(leaf.code == value for leaf in running.event.leaves):
            return f"«{running.event.nomination_title(value)}»"
        case Filter.AGE_GROUP if running:
            return next((group.title for group in running.event.age_groups if group.code == value), value)
        case Filter.ORGANISATION:
            return directory.get(value).name_short if value in directory.codes else value.removeprefix(UNLISTED)
        case Filter.ROLE:
            return desk.say(f"announce.role.{value}")
    return value


def _base(desk: Desk, running: Running | None, audience: Audience) -> str:
    match audience.base:
        case Base.STATE:
            return desk.say("announce.base.state", state=ApplicationState(audience.state).label)
        case Base.PASSED:
            stages = running.event.stages if running else ()
            title = next((stage.title for stage in stages if stage.code == audience.stage), audience.stage)
            return desk.say("announce.base.passed", title=title)
        case Base.SAME:
            return desk.say("announce.base.same", number=audience.announcement)
    return desk.say(f"announce.base.{audience.base}")

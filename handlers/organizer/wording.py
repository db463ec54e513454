"""How organizers see applications, works and people: short lines put together of the catalogue's pieces."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.contest import calendar
from bot.contest.naming import full_name, graded_name, listed_name
from bot.contest.phases import Phase
from bot.contest.stages import running as going_on
from bot.talk.model import Button
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.kinds import Desk
from handlers.participant.wording import due
from storage.application_rows import Application
from storage.works import WorkVersion

#: States of a link that a juror can't follow.
BROKEN = ("closed", "not_found", "wrong_host", "malformed", "refused")
NEEDS_LOGIN = "needs_login"
UNKNOWN = ("waiting", "unchecked")
MENU = Button("to_menu", "menu")


def back_to_event(code: str) -> Button:
    """The way back from each part."""
    return Button("org.event", f"desk_event:{code}")


def who(application: Application) -> str:
    """«Соколова Вера, Белов Артём», «„Ракета“ (7 чел.)»; «участник № 5» where nobody may be named."""
    return listed_name(application) or _unnamed(application)


def who_and_grade(application: Application) -> str:
    """«Соколова Вера, 3Б класс»; of a team its title."""
    return graded_name(application) or _unnamed(application)


def who_in_full(application: Application) -> str:
    """«Соколова Вера Ильинична, 3Б класс»: as the diploma will have it."""
    return full_name(application) or _unnamed(application)


def _unnamed(application: Application) -> str:
    return f"участник № {application.ordinal}"


def school(desk: Desk, application: Application) -> str:
    """The organisation's canonical name, or what was typed."""
    code = application.organisation_code
    known = code is not None and code in desk.facts.directory.codes
    return desk.facts.directory.get(code).name_short if known and code else application.organisation_name


def nomination(running: Running, application: Application) -> str:
    """«Обучающая игра» · 3–4 классы; empty where the event has neither."""
    event = running.event
    parts = []
    if application.nomination and any(leaf.code == application.nomination for leaf in event.leaves):
        parts.append(f"«{event.nomination_title(application.nomination)}»")
    parts += [group.title for group in event.age_groups if group.code == application.age_group]
    return " · ".join(parts)


def phase(desk: Desk, running: Running, *, briefly: bool = False) -> str:
    """«идёт приём до 30 апреля, 23:59 (томское время)»; `briefly`, for a list: «идёт приём до 30 апреля»."""
    reached, event = running.phase(desk.now), running.event
    if reached in (Phase.PREPARATION, Phase.ANNOUNCED):
        return desk.say(f"org.phase.{reached}", moment=_from(desk, event.opens_at))
    if reached is Phase.PUBLISHED and running.stored.published_at is not None:
        return desk.say("org.phase.published", moment=_from(desk, running.stored.published_at))
    until = _last_day if briefly else due
    if reached is Phase.SELECTION and (stage := going_on(event, desk.now)) is not None:
        return desk.say("org.phase.stage", title=stage.title, moment=until(desk, stage.closes_at))
    if reached is Phase.INTAKE:
        return desk.say("org.phase.intake", moment=until(desk, running.closes_at))
    if reached is Phase.JUDGING and event.judging_until is not None:
        return desk.say("org.phase.judging_until", moment=until(desk, event.judging_until))
    return desk.say(f"org.phase.{'approved' if running.stored.approved_at and reached is Phase.PROTOCOL else reached}")


def _from(desk: Desk, at: datetime) -> str:
    """«1 апреля»: a day begins at midnight; another hour is said."""
    zone = desk.facts.zone
    if calendar.clock(at, zone) == "00:00":
        return calendar.day(at, zone, now=desk.now)
    return calendar.at(at, zone, now=desk.now)


def _last_day(desk: Desk, at: datetime) -> str:
    """«30 апреля»; midnight belongs to the day before."""
    return calendar.day(at - timedelta(microseconds=1), desk.facts.zone, now=desk.now)


def link_state(desk: Desk, work: WorkVersion) -> str:
    """What is known of the link, or that it is a file."""
    state = work.state
    if state in BROKEN:
        state = "broken"
    elif state in UNKNOWN:
        state = "unknown"
    return desk.say(f"org.link.{state}", title=work.check_title or "")


def lines(found: Iterable[str]) -> Trusted:
    """Lines that were rendered before, one below the other; empty ones are left out."""
    return Trusted("\n".join(line for line in found if line))


def bullets(found: Iterable[str]) -> Trusted:
    """The same as a list."""
    return lines(f"• {line}" for line in found)

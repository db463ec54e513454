"""A small school year for the tests of its report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path

from bot.contest.applications import ApplicationState
from bot.contest.awards import OutcomeKind
from bot.contest.event.base import Category
from bot.contest.event.loading import read_event
from bot.contest.event.model import Event
from bot.contest.event.units import UnitKind
from bot.contest.organisations import Directory
from bot.contest.programme import Programme
from bot.contest.report.build import Beside, build_report
from bot.contest.report.counting import Rules, shipped_rules
from bot.contest.report.facts import Document, Entry, Expert, Facts, Forgotten, Held, Someone
from bot.contest.report.model import Report

FILES = Path(__file__).resolve().parents[2] / "bot/data/events/2020-21"
NOON = datetime(2021, 6, 1, 5, tzinfo=UTC)
DIRECTORY, PROGRAMME = Directory.load(), Programme.load()
RULES = shipped_rules()
UNIQUE, PRINTED = RULES["unique"], RULES["printed-2020-21"]
READERS, CASES, WEBINAR = "reciters-2020", "school-cases-2020", "webinar-scratch-2020"
HOME, HOME_WEBINAR, HOME_PROJECTS = "smart-home-2020", "smart-home-webinar-2020", "smart-home-projects-2020"
EVENTS = ("reciters", "school-cases", "webinar-scratch", "smart-home", "smart-home-webinar", "smart-home-projects")
SCHOOL, OTHER = "gymnasium-13-tomsk", "bogashevo"
_UNITS = {CASES: UnitKind.PAIR, WEBINAR: UnitKind.ATTENDANCE, HOME_WEBINAR: UnitKind.ATTENDANCE}
_ids = count(1)


@cache
def event(name: str) -> Event:
    """An event of the real year."""
    found = read_event(FILES / f"{name}.yaml")
    assert isinstance(found, Event)
    return found


def held(*names: str, published: bool = True) -> tuple[Held, ...]:
    """Events as they were held."""
    return tuple(Held(event(name), published=published) for name in names or EVENTS)


def someone(name: str = "Ветрова Анна", *, forgotten: Forgotten | None = None, grade: int | None = None) -> Someone:
    """A participant: surname, name and perhaps patronymic."""
    surname, first, *father = name.split()
    return Someone(next(_ids), surname, first, father[0] if father else None, grade=grade, forgotten=forgotten)


def entry(
    code: str = READERS,
    *people: Someone,
    school: str | None = SCHOOL,
    school_name: str = "Школа",
    teacher: bool | None = None,
    state: ApplicationState = ApplicationState.ACCEPTED,
    outcome: OutcomeKind | None = OutcomeKind.PARTICIPANT,
    handed_in: bool = True,
    headcount: int | None = None,
    role: str | None = None,
    stages: tuple[str, ...] = (),
    accepted: bool | None = None,
) -> Entry:
    """An application of one or several."""
    number = next(_ids)
    is_teacher = code in (CASES, WEBINAR, HOME_WEBINAR) if teacher is None else teacher
    return Entry(
        id=number,
        number=f"Т-{number:04}",
        event=code,
        state=state,
        category=Category.TEACHER if is_teacher else Category.PUPIL,
        organisation_code=school,
        organisation=school_name,
        accepted=state is not ApplicationState.SENT if accepted is None else accepted,
        handed_in=handed_in,
        unit=_UNITS.get(code, UnitKind.PERSON),
        headcount=headcount,
        role=role,
        outcome=outcome,
        stages=stages,
        people=people or (() if headcount else (someone(),)),
    )


def facts(
    *entries: Entry,
    events: Iterable[Held] | None = None,
    experts: Iterable[Expert] = (),
    documents: Iterable[Document] = (),
) -> Facts:
    """The year 2020-21 with these applications."""
    wanted = held() if events is None else tuple(events)
    return Facts("2020-21", wanted, tuple(entries), tuple(experts), tuple(documents))


def report(year: Facts, rules: Rules = UNIQUE, beside: Beside | None = None) -> Report:
    """Its report."""
    return build_report(year, rules, directory=DIRECTORY, programme=PROGRAMME, made_at=NOON, beside=beside)

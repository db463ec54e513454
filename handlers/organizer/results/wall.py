"""The public list: names only of those who may be published, everybody else by number (152-ФЗ, article 10.1)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from bot.contest.awards import Outcome
from bot.contest.event.base import Per
from bot.contest.naming import is_titled
from handlers.kinds import Case
from handlers.organizer.record import Record
from handlers.organizer.results.letters import TOOK_PART, in_order, told
from handlers.organizer.wording import nomination, school, who_and_grade
from handlers.participant.applying import units
from handlers.seeing import Ledger, ledger_of_event
from storage.application_rows import Application


def numbered(outcome: Outcome) -> bool:
    """Whether such an outcome stands in the list at all."""
    return outcome.kind in TOOK_PART


async def named_now(case: Case, record: Record) -> list[int]:
    """The applications somebody of which the list names today."""
    ledger = await ledger_of_event(case, record.running.code)
    return [one.id for one, outcome in told(record) if numbered(outcome) and ledger.publishable(one)]


def wall_lines(case: Case, record: Record, ledger: Ledger) -> list[str]:
    """The list by outcome, the highest first; supervisors are not named, they were not asked."""
    listed: dict[str, list[str]] = defaultdict(list)
    for application, outcome in in_order(record, (pair for pair in told(record) if numbered(pair[1]))):
        listed[outcome.title or outcome.kind.label].append(_line(case, record, application, outcome, ledger))
    lines: list[str] = []
    for title, people in listed.items():
        lines += ["\n" + case.say("org.wall_head", title=title), *people]
    return lines


def _line(case: Case, record: Record, application: Application, outcome: Outcome, ledger: Ledger) -> str:
    special = "".join(f", «{name}»" for name in outcome.special)
    found = _place(record, application)
    place = f", {found}" if found else ""
    people = ledger.publishable(application)
    if not people and not _is_counted_in_public(application, ledger):
        return case.say(
            f"org.wall_number.{units.kind_of(record.running.event, application)}",
            ordinal=application.ordinal,
            grade=_grade(application),
            place=place,
            special=special,
        )
    # A team is named by its title, so nobody of it is passed over.
    titled = is_titled(application)
    others = 0 if titled else len(application.participants) - len(people)
    return case.say(
        "org.wall_name",
        who=who_and_grade(application if titled else replace(application, participants=people)),
        others=case.say("org.wall_others", count=others) if others else "",
        school=school(case, application),
        place=place,
        special=special,
    )


def hidden_count(application: Application, ledger: Ledger) -> int:
    """How many of its people the list leaves without their names."""
    if _is_counted_in_public(application, ledger):
        return 0
    return max(len(application.participants), 1) - len(ledger.publishable(application))


def _is_counted_in_public(application: Application, ledger: Ledger) -> bool:
    """Whether a collective that names nobody of itself may be named."""
    held = ledger.of(application, None)
    return not application.participants and bool(application.title) and held.may_be_named


def _grade(application: Application) -> str:
    """«, 8 класс» of one alone: a number says nothing of who it is."""
    grades = [one.grade for one in application.participants if one.grade is not None]
    return f", {replace(grades[0], letter='').label}" if len(grades) == len(application.participants) == 1 else ""


def _place(record: Record, application: Application) -> str:
    """Where the place was won: the age group only if works were compared inside it."""
    by_group = Per.GROUP in record.running.event.awards.per
    return nomination(record.running, application if by_group else replace(application, age_group=None))

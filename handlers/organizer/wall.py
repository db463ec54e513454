"""The public list: names only of those who may be published, everybody else by number (152-ФЗ, article 10.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from bot.contest.awards import Outcome
from bot.contest.consents import ConsentKind
from bot.contest.event.base import Per
from handlers.kinds import Case
from handlers.organizer.letters import TOOK_PART, told
from handlers.organizer.record import Record
from handlers.organizer.wording import nomination, school, who_and_grade
from handlers.seeing import Consents, in_force
from storage.application_rows import Application


def publishable(consents: Consents) -> bool:
    """Whether the participant may be named in public: both consents hold; silence is no consent."""
    return in_force(consents, ConsentKind.PROCESSING) and in_force(consents, ConsentKind.PUBLICATION)


def numbered(outcome: Outcome) -> bool:
    """Whether such an outcome stands in the list at all."""
    return outcome.kind in TOOK_PART


def wall_lines(case: Case, record: Record, consents: Mapping[int, Consents]) -> list[str]:
    """The list by outcome, the highest first; supervisors are not named, they were not asked."""
    listed: dict[str, list[str]] = defaultdict(list)
    order = list(TOOK_PART)
    found = [(one, outcome) for one, outcome in told(record) if numbered(outcome)]
    found.sort(key=lambda pair: (order.index(pair[1].kind), pair[1].title, pair[0].ordinal))
    for application, outcome in found:
        listed[outcome.title or outcome.kind.label].append(
            _line(case, record, application, outcome, consents.get(application.id, {}))
        )
    lines: list[str] = []
    for title, people in listed.items():
        lines += ["\n" + case.say("org.wall_head", title=title), *people]
    return lines


def _line(case: Case, record: Record, application: Application, outcome: Outcome, consents: Consents) -> str:
    special = "".join(f", «{name}»" for name in outcome.special)
    named = _place(record, application)
    place = f", {named}" if named else ""
    if not publishable(consents) or not application.participants:
        return case.say("org.wall_number", ordinal=application.ordinal, place=place, special=special)
    return case.say(
        "org.wall_name",
        who=who_and_grade(application),
        school=school(case, application),
        place=place,
        special=special,
    )


def _place(record: Record, application: Application) -> str:
    """Where the place was won: the age group only if works were compared inside it."""
    by_group = Per.GROUP in record.running.event.awards.per
    return nomination(record.running, application if by_group else replace(application, age_group=None))

"""The public list: names only of those who may be published, everybody else by number (152-ФЗ, article 10.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from bot.contest.awards import Outcome
from bot.contest.consents import ConsentKind
from handlers.kinds import Case
from handlers.organizer.letters import TOOK_PART, told
from handlers.organizer.record import Record
from handlers.organizer.wording import nomination, school, who_and_grade
from storage.application_rows import Application
from storage.consents import Consent

Consents = Mapping[ConsentKind, Consent]


def publishable(consents: Consents) -> bool:
    """Whether the participant may be named in public; silence is no consent."""
    consent = consents.get(ConsentKind.PUBLICATION)
    return consent is not None and consent.decision in ("given", "paper")


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
    named = nomination(record.running, application)
    place = f", {named}" if named else ""
    if not publishable(consents):
        return case.say("org.wall_number", ordinal=application.ordinal, place=place, special=special)
    return case.say(
        "org.wall_name",
        who=who_and_grade(application),
        school=school(case, application),
        place=place,
        special=special,
    )

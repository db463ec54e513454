"""The letters of a publication: outcomes to applicants, thanks to teachers and to the jury."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.contest.applications import ApplicationState
from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.consents import Applicant
from bot.contest.schemes import awards_of
from bot.talk.model import Button, Reply
from handlers.kinds import Case
from handlers.organizer.record import Record
from handlers.organizer.wording import lines, who, who_and_grade
from storage.application_rows import Application

#: Whoever withdrew, dropped out or was disqualified has heard so, with the reason.
TOLD_BEFORE = (OutcomeKind.WITHDRAWN, OutcomeKind.DROPPED_OUT, OutcomeKind.DISQUALIFIED)
KINDS = list(OutcomeKind)
#: Outcomes of those who did take part.
TOOK_PART = (OutcomeKind.GRAND_PRIX, OutcomeKind.WINNER, OutcomeKind.PRIZE, OutcomeKind.PARTICIPANT)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one person; `kind` tells letters apart that read alike."""

    person_id: int
    kind: str
    reply: Reply

    def key(self, event_code: str) -> str:
        """Makes it happen once, ever: `outcome:scratch-2026:5`."""
        return f"{self.kind.partition('.')[0]}:{event_code}:{self.person_id}"


def told(record: Record) -> tuple[tuple[Application, Outcome], ...]:
    """The applications whose outcome their applicants hear now."""
    return tuple(
        (one, record.decisions[one.id].result.outcome)
        for one in record.staying
        if one.state is ApplicationState.ACCEPTED and one.id in record.decisions
    )


def letters(case: Case, record: Record) -> tuple[Letter, ...]:
    """Every letter; several participants of one applicant share one."""
    return (*_outcomes(case, record), *_to_teachers(case, record), *_to_jury(case, record))


def _by_applicant(record: Record) -> dict[int, list[tuple[Application, Outcome]]]:
    found: dict[int, list[tuple[Application, Outcome]]] = defaultdict(list)
    for application, outcome in told(record):
        found[application.person_id].append((application, outcome))
    return found


def _outcomes(case: Case, record: Record) -> list[Letter]:
    found = []
    for person_id, applications in _by_applicant(record).items():
        kinds = {outcome.kind for _, outcome in applications}
        mood = "award" if any(kind.is_award for kind in kinds) else "part" if kinds & set(TOOK_PART) else "none"
        number = "several" if len(applications) > 1 else "one"
        reply = Reply(
            "org.letter.outcome",
            title=record.running.event.title,
            lines=lines(
                case.say("org.letter.line", who=who_and_grade(application), outcome=outcome.label)
                for application, outcome in applications
            ),
            closing=case.say(f"org.letter.closing.{mood}"),
            buttons=[[Button("applications", "applications")]],
        )
        found.append(Letter(person_id, f"outcome.{number}.{mood}", reply))
    return found


def _to_teachers(case: Case, record: Record) -> list[Letter]:
    """One letter a teacher, for all whom they have prepared."""
    found = []
    for person_id, applications in _by_applicant(record).items():
        pupils: dict[str, list[str]] = defaultdict(list)
        for application, outcome in in_order(record, applications):
            if application.applicant_role is Applicant.TEACHER and outcome.kind in TOOK_PART:
                pupils[outcome.label].append(who(application))
        if pupils:
            named = [
                case.say("org.letter.pupils", outcome=outcome, whom=", ".join(of)) for outcome, of in pupils.items()
            ]
            reply = Reply("org.letter.teacher", title=record.running.event.title, pupils=lines(named))
            found.append(Letter(person_id, "thanks.teacher", reply))
    return found


def in_order(record: Record, found: Iterable[tuple[Application, Outcome]]) -> list[tuple[Application, Outcome]]:
    """The highest outcome first, as the event's file orders them; then by number."""
    titles = [award.title for award in awards_of(record.running.event.awards)]

    def height(pair: tuple[Application, Outcome]) -> tuple[int, int, str, int]:
        application, outcome = pair
        known = titles.index(outcome.title) if outcome.title in titles else len(titles)
        return KINDS.index(outcome.kind), known, outcome.title, application.ordinal

    return sorted(found, key=height)


def _to_jury(case: Case, record: Record) -> list[Letter]:
    found = []
    for juror in record.jury:
        scored = sum(one.person_id == juror.person_id and one.state == "scored" for one in record.assignments)
        reply = Reply(
            "org.letter.jury",
            name=juror.full_name,
            title=record.running.event.title,
            scored=case.say("org.letter.scored", count=scored) if scored else "",
        )
        found.append(Letter(juror.person_id, "jury_thanks", reply))
    return found

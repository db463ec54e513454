"""What is missing before a protocol may be approved, each as a line of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.contest.event.stages import StageKind
from bot.contest.phases import is_in_time
from handlers.kinds import Case
from handlers.organizer.jury.judging import far_apart, owed_by_juror, without_jury
from handlers.organizer.record import WAITING, Record
from handlers.organizer.results.proposing import Proposed, proposed
from handlers.organizer.results.special import without_own
from handlers.organizer.results.ties import tie_lines
from handlers.participant.wording import deadline
from storage.application_rows import Application
from storage.outcomes import Decision, Result

#: So many numbers are listed in one line; fewer where one button settles them all.
MOST_NAMED, FEW = 5, 3


def gaps(case: Case, record: Record) -> list[str]:
    """Everything that stands between this record and an approved protocol; [] when nothing does."""
    found = proposed(record)
    return [
        *_time(case, record),
        *_moderation(case, record),
        *_selection(case, record),
        *_jury(case, record),
        *_outcomes(case, record, found),
        *(case.say("org.gap.tie", tie=line) for line in tie_lines(case, record, found)),
    ]


def numbers(applications: Iterable[Application], most: int = MOST_NAMED) -> str:
    """«СК-2026-0001, СК-2026-0004 и ещё 3»."""
    found = [one.number for one in applications]
    more = f" и ещё {len(found) - most}" if len(found) > most else ""
    return ", ".join(found[:most]) + more


def _time(case: Case, record: Record) -> list[str]:
    event = record.running.event
    if is_in_time(case.now, record.running.closes_for_all_at):
        return [case.say("org.gap.intake", until=deadline(case, record.running.closes_for_all_at))]
    ends: datetime | None = event.meeting.ends_at if event.meeting else None
    if ends is not None and case.now < ends:
        return [case.say("org.gap.meeting", until=deadline(case, ends))]
    running = [stage for stage in event.stages if stage.kind is not StageKind.FINAL and case.now < stage.closes_at]
    return [
        case.say("org.gap.stage", title=stage.title, until=deadline(case, stage.closes_at)) for stage in running[-1:]
    ]


def _moderation(case: Case, record: Record) -> list[str]:
    waiting = {state: [one for one in record.applications if one.state is state] for state in WAITING}
    return [
        case.say(f"org.gap.{state}", count=len(found), numbers=numbers(found, FEW))
        for state, found in waiting.items()
        if found
    ]


def _jury(case: Case, record: Record) -> list[str]:
    lines = [case.say("org.gap.unmarked", count=record.measured.unmarked)] if record.measured.unmarked else []
    if not record.running.event.has_sheets:
        return lines
    lines += [
        case.say("org.gap.sheets", name=record.juror_name(person_id), count=count)
        for person_id, count in owed_by_juror(record).items()
    ]
    if found := without_jury(record):
        lines.append(case.say("org.gap.no_jury", count=len(found), numbers=numbers(found, FEW)))
    if apart := [one for one in far_apart(record) if one.id not in record.by_hand and not _is_owed(record, one)]:
        lines.append(case.say("org.gap.far_apart", count=len(apart), numbers=numbers(apart)))
    return lines


def _selection(case: Case, record: Record) -> list[str]:
    """A stage from which only some go on is not decided for everybody."""
    waiting = [one for one in record.staying if _waits(record, one)]
    return [case.say("org.gap.selection", count=len(waiting), numbers=numbers(waiting, FEW))] if waiting else []


def _waits(record: Record, application: Application) -> bool:
    return application.id in record.fates and record.fates[application.id].waiting is not None


def _is_owed(record: Record, application: Application) -> bool:
    return any(one.state == "assigned" for one in record.assigned.get(application.id, ()))


def _outcomes(case: Case, record: Record, found: Proposed) -> list[str]:
    lines = [] if record.counted else [case.say("org.gap.nobody")]
    if undecided := [one for one in record.staying if one.id not in record.decisions and not _waits(record, one)]:
        lines.append(case.say("org.gap.undecided", count=len(undecided), numbers=numbers(undecided, FEW)))
    results = found.results
    if outdated := [one for one in record.staying if _outdated(record.decisions.get(one.id), results.get(one.id))]:
        lines.append(case.say("org.gap.outdated", count=len(outdated), numbers=numbers(outdated)))
    bare = [one for one in without_own(record) if one.id in record.decisions]
    if bare:
        lines.append(case.say("org.gap.own_nomination", count=len(bare), numbers=numbers(bare)))
    return lines


def _outdated(decision: Decision | None, proposed: Result | None) -> bool:
    """Whether points have changed since the proposal was taken."""
    return decision is not None and not decision.by_hand and decision.result != proposed

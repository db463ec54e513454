"""Who hears of a correction: those whose outcome or place is another now, each once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from bot.contest.applications import ApplicationState
from bot.contest.protocol_changes import Change, What
from bot.talk.model import Button, Reply
from handlers.kinds import Case
from handlers.organizer.moderation.deciding import tell_applicant
from handlers.organizer.record import Record
from handlers.organizer.results.letters import told
from handlers.organizer.results.wall import named_now
from handlers.organizer.wording import lines, who_and_grade
from storage.protocols import Protocol

#: What a participant is told about: points are the jury's affair.
HEARD = (What.AWARD, What.PLACE)
#: By an organizer; whoever has taken an application back knows it.
TAKEN_OUT = (ApplicationState.DISQUALIFIED, ApplicationState.DROPPED_OUT)


async def tell_corrected(
    case: Case, record: Record, protocol: Protocol, found: Iterable[Change], *, heard: Collection[int]
) -> int:
    """See to it that the applicants concerned hear, each once; how many. The list for the wall is kept in step.

    `heard`: applications whose new documents bring the news. Whoever is taken out hears that, and why.
    """
    changed = {one.application for one in found if one.what in HEARD}
    for left in record.counted:
        if left.id in changed and left.state in TAKEN_OUT:
            await tell_applicant(case, record.running, left)
    by_person: dict[int, list[str]] = defaultdict(list)
    for application, outcome in told(record):
        if application.id in changed and application.id not in heard:
            line = case.say("org.letter.line", who=who_and_grade(application), outcome=outcome.label)
            by_person[application.person_id].append(line)
    for person_id, rows in by_person.items():
        reply = Reply(
            "protocols.letter",
            title=record.running.event.title,
            number=protocol.number,
            lines=lines(rows),
            buttons=[[Button("applications", "applications")]],
        )
        key = f"outcome:{record.running.code}:{person_id}/{protocol.version}"
        case.tell(person_id, reply, key=key, bulk=True)
    await _keep_in_step(case, record)
    return len({record.application(id_).person_id for id_ in changed if id_ is not None})


async def _keep_in_step(case: Case, record: Record) -> None:
    """Whoever is named in the new list and was in none before is now named in public."""
    known = {one.application_id for one in await case.storage.publications.of_event(record.running.code)
             if one.removed_at is None}  # fmt: skip
    new = [id_ for id_ in await named_now(case, record) if id_ not in known]
    await case.storage.publications.add(new, "results", at=case.now)

"""The versions of an event's protocol: the first one made with the approval, each next one by a correction."""

from __future__ import annotations

from bot.contest.protocol_facts import Entry, entries
from bot.contest.protocol_snapshot import Snapshot, number_of
from bot.contest.protocol_summary import Issue
from handlers.events import Running
from handlers.kinds import Desk
from handlers.organizer.protocols.gathering import snapshot_of
from handlers.organizer.record import Record, record_of
from handlers.organizer.results.proposing import proposed
from handlers.seeing import Ledger, hiding_of_event
from storage.protocols import Protocol


async def add_version(
    desk: Desk, running: Running, snapshot: Snapshot, *, version: int, by: int, reason: str = ""
) -> Protocol:
    """Keep what the protocol says as its next version. Raises StaleError: somebody was faster."""
    event = running.event
    number = number_of(event.number_prefix, event.year, version)
    return await desk.storage.protocols.add(
        running.code, snapshot, version=version, number=number, by=by, at=desk.now, reason=reason
    )


async def approve_first(desk: Desk, record: Record, *, by: int) -> Protocol:
    """The first version, of the record as it is approved."""
    snapshot = await snapshot_of(desk, record, proposed(record))
    return await add_version(desk, record.running, snapshot, version=1, by=by)


async def versions_of(desk: Desk, running: Running) -> list[Protocol]:
    """Every version; an event that was approved before versions were kept gets its first one here."""
    found = await desk.storage.protocols.of_event(running.code)
    stored = running.stored
    if found or stored.approved_at is None or stored.approved_by is None:
        return found
    record = await record_of(desk, running)
    snapshot = await snapshot_of(desk, record, proposed(record))
    number = number_of(running.event.number_prefix, running.event.year, 1)
    first = await desk.storage.protocols.add(
        running.code, snapshot, version=1, number=number, by=stored.approved_by, at=stored.approved_at
    )
    return [first]


async def snapshot_seen(desk: Desk, running: Running, version: int) -> Snapshot | None:
    """What a version says, or a draft of it (version 0), without those who may not be named today."""
    if version:
        snapshot = await desk.storage.protocols.snapshot(running.code, version)
    else:
        record = await record_of(desk, running)
        snapshot = await snapshot_of(desk, record, proposed(record))
    if snapshot is None:
        return None
    return snapshot.without(_hidden(snapshot, await hiding_of_event(desk, running.code)))


def _hidden(snapshot: Snapshot, ledger: Ledger) -> dict[int, frozenset[int] | None]:
    """Who may not be named, by application; None: nothing of it may be."""
    found: dict[int, frozenset[int] | None] = {}
    for entry in entries(snapshot.facts):
        people = frozenset(one for one in entry.members if ledger.hides(entry.application, one))
        if _is_wholly_hidden(entry, people, ledger):
            found[entry.application] = None
        elif people:
            found[entry.application] = people
    return found


def _is_wholly_hidden(entry: Entry, people: frozenset[int], ledger: Ledger) -> bool:
    if entry.members:
        return len(people) == len(entry.members)
    return ledger.hides(entry.application, None)


def issue_of(desk: Desk, protocol: Protocol | None) -> Issue:
    """How a version's papers are headed; None: a draft."""
    if protocol is None:
        return Issue(desk.facts.zone)
    return Issue(
        desk.facts.zone, protocol.number, protocol.approved_at, reason=protocol.reason, replaced_by=protocol.replaced_by
    )

"""«Исправить протокол»: one named change after the approval, with its reason, shown before and after; a new version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.contest.authorize import Action
from bot.contest.protocol_changes import Change, What, changes
from bot.contest.protocol_facts import entries
from bot.contest.protocol_snapshot import Signers, Snapshot, WordKind
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.papers.issuing import begin
from handlers.organizer.protocols import asking
from handlers.organizer.protocols.asking import correction_of
from handlers.organizer.protocols.changing import Ahead, Correction, Kind, looked_ahead, write
from handlers.organizer.protocols.following import following
from handlers.organizer.protocols.gathering import snapshot_of
from handlers.organizer.protocols.listing import protocols
from handlers.organizer.protocols.telling import tell_corrected
from handlers.organizer.protocols.versions import add_version, versions_of
from handlers.organizer.record import Record, record_of
from handlers.organizer.results.proposing import proposed
from handlers.organizer.results.publishing import wall
from handlers.organizer.results.ties import tie_lines
from handlers.organizer.scope import detail, event_steps, finish_of_event, of_event, the_event
from handlers.organizer.wording import back_to_event, bullets, lines
from storage.protocols import Protocol

TALK = "protocol_fix"
#: The answer that takes the documents along.
WITH_PAPERS = "papers"
REASON_LIMIT = 300
#: So many changes are shown; of more only how many.
MOST_SHOWN = 25


@of_event(Action.CORRECT_PROTOCOL)
async def correct(case: Case, running: Running, _more: str) -> Outcome:
    """Ask what is to be put right."""
    found = await versions_of(case, running)
    if not found:
        rows = [[Button("org.approve", f"approve:{running.code}", colour="primary")], [back_to_event(running.code)]]
        return Reply("protocols.not_approved", title=running.event.title, buttons=rows)
    answers = {"event": running.code, "version": found[-1].version}
    return Open(TALK, running.code, answers=answers, resume=False)


@dataclass(frozen=True, slots=True)
class _Looked:
    """What a correction would do."""

    record: Record
    made: Correction
    ahead: Ahead
    before: Snapshot
    after: Snapshot

    @property
    def changes(self) -> tuple[Change, ...]:
        """What would have another value in the protocol."""
        return changes(self.before, self.after)


async def _look(case: Case, running: Running, answers: Answers) -> _Looked:
    record, before = await _standing(case, running, int(answers["version"]))
    made = correction_of(record, answers)
    ahead = looked_ahead(case, record, before.facts.placed, _signers(before), made)
    after = await snapshot_of(case, ahead.record, ahead.found, placed=ahead.placed, signers=ahead.signers)
    return _Looked(record, made, ahead, before, after)


async def _preview(case: Case, answers: Answers) -> dict[str, object]:
    """Old and new side by side, and what would follow."""
    running = await the_event(case, str(answers["event"]))
    seen = await _look(case, running, answers)
    found, ahead = seen.changes, seen.ahead
    tied = tie_lines(case, ahead.record, ahead.found) if seen.made.kind is Kind.POINTS else []
    key = "protocols.follows_published" if running.stored.published_at else "protocols.follows"
    papers = await following(case, running, ahead.record, found)
    return {
        "lines": bullets(change_lines(case, seen.before, seen.after, found))
        if found
        else case.say("protocols.no_changes"),
        "tied": lines(["", *tied]) if tied else "",
        "reason": str(answers["reason"]),
        "follows": Trusted(case.say(key)),
        "papers": Trusted("\n" + case.say("protocols.papers.follow", parts=papers.parts(case))) if papers.any else "",
    }


async def _sure(case: Case, answers: Answers) -> Sequence[Option]:
    """The last question; where documents would be others, they go along unless the organizer wants otherwise."""
    running = await the_event(case, str(answers["event"]))
    seen = await _look(case, running, answers)
    no = Option(case.say("protocols.sure_no"), False)
    if (await following(case, running, seen.ahead.record, seen.changes)).any:
        with_papers = Option(case.say("protocols.sure_papers"), WITH_PAPERS, "primary")
        return [with_papers, Option(case.say("protocols.sure_alone"), True), no]
    return [Option(case.say("protocols.sure_yes"), True, "primary"), no]


def change_lines(case: Case, before: Snapshot, after: Snapshot, found: tuple[Change, ...]) -> list[str]:
    """«Соколова Вера Ильинична (СК-2026-0001), место: 2 → 1»."""
    known = {one.application: one for one in (*entries(before.facts), *entries(after.facts))}
    rows = []
    for one in found[:MOST_SHOWN]:
        entry = known[one.application] if one.application is not None else None
        rows.append(
            case.say(
                f"protocols.change.{one.what}",
                who=after.who(entry) if entry else "",
                number=entry.number if entry else "",
                juror=after.juror(one.juror) if one.what is What.SHEET else "",
                before=one.before,
                after=one.after,
            )
        )
    more = len(found) - MOST_SHOWN
    return [*rows, case.say("protocols.change_more", count=more)] if more > 0 else rows


async def _standing(case: Case, running: Running, version: int) -> tuple[Record, Snapshot]:
    """The record as it is now, and what the version says."""
    before = await case.storage.protocols.snapshot(running.code, version)
    if before is None:
        raise LookupError(f"protocol {version} of {running.code}")
    return await record_of(case, running), before


def _signers(snapshot: Snapshot) -> Signers:
    return Signers(snapshot.word(WordKind.CHAIR), snapshot.word(WordKind.SECRETARY))


@finish_of_event(Action.CORRECT_PROTOCOL)
async def _finish(case: Case, running: Running, answers: Answers) -> Outcome:
    last = await case.storage.protocols.latest(running.code)
    back = [[Button("protocols.back", f"protocols:{running.code}")], [back_to_event(running.code)]]
    if not answers["sure"]:
        return await protocols(case, running.code)
    if last is None or last.version != answers["version"]:
        return Reply("protocols.corrected_meanwhile", number=last.number if last else "", buttons=back)
    seen = await _look(case, running, answers)
    if not seen.changes:
        return Reply("protocols.nothing_changed", buttons=back)
    if not seen.ahead.record.balance.closes:
        return Reply("protocols.balance_open", buttons=back)
    await write(case, seen.record, seen.made)
    now = await record_of(case, running)
    after = await snapshot_of(case, now, proposed(now), placed=seen.ahead.placed)
    protocol = await add_version(
        case, running, after, version=last.version + 1, by=case.person.id, reason=seen.made.reason
    )
    await _note(case, protocol, seen.made)
    found = changes(seen.before, after)
    return await _corrected(case, now, protocol, found, with_papers=answers["sure"] == WITH_PAPERS)


async def _note(case: Case, protocol: Protocol, made: Correction) -> None:
    await case.storage.audit.add(
        case.person.id,
        Action.CORRECT_PROTOCOL,
        f"event:{protocol.event_code}",
        detail(
            version=protocol.version,
            what=made.kind,
            application=made.application or None,
            juror=made.juror or None,
            points={code: str(value) for code, value in (made.points or {}).items()} or None,
            place=made.place or None,
            outcome=made.outcome.kind if made.outcome else None,
        ),
        at=case.now,
    )


async def _corrected(
    case: Case, record: Record, protocol: Protocol, found: tuple[Change, ...], *, with_papers: bool
) -> Outcome:
    """The new version is there; where the results were out, the people concerned hear, and the wall is made anew."""
    running, code = record.running, record.running.code
    version = Button(label=case.say("protocols.version", number=protocol.number), go=_go(protocol))
    rows = [[version], [Button("protocols.back", f"protocols:{code}"), back_to_event(code)]]
    if running.stored.published_at is None:
        return Reply("protocols.corrected", number=protocol.number, told="", papers="", buttons=rows)
    papers = await following(case, running, record, found)
    begun = await begin(case, running, protocol=protocol.number) if with_papers else None
    count = await tell_corrected(case, record, protocol, found, heard=papers.heard_with if begun else frozenset())
    if papers.any and begun is None:
        rows.insert(0, [Button("papers.open", f"papers:{code}", colour="primary")])
    said = Reply(
        "protocols.corrected",
        number=protocol.number,
        told=case.say("protocols.told", count=count) if count else "",
        papers=case.say(f"protocols.papers.{'going' if begun else 'stale'}") if papers.any else "",
        buttons=rows,
    )
    text = await wall(case, code)
    return [one for one in (said, begun, text) if isinstance(one, Reply)]


def _go(one: Protocol) -> str:
    return f"protocol:{one.event_code}/{one.version}"


CORRECT = Talk(
    TALK,
    event_steps(Action.CORRECT_PROTOCOL, *asking.STEPS, Step("reason", parse=asking.read_reason, limit=REASON_LIMIT),
                Step("sure", options=_sure, values=_preview)),
    _finish,
    cancelled=protocols,
)  # fmt: skip

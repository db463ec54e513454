"""Delivery, step by step: what a job has done is told, and the next one is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.contest.papers.parcels import MOST_FILES, Due, Form, Letter, letters
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.events import event_of
from handlers.kinds import Case, Desk
from handlers.organizer.papers.considering import counted
from handlers.organizer.papers.issuing import DELIVER, progress_of
from handlers.organizer.papers.previewing import to_hand_over
from handlers.organizer.wording import back_to_event, lines, who_and_grade
from handlers.participant.papers.own_papers import MINE, capital
from storage.paper_rows import Paper
from storage.paper_runs import ON_THE_WAY, Again, Parcel, Run, ToPost, Way

#: After so many steps that failed one after another (an hour and more) somebody is to look.
MOST_FAILURES = 12
PAUSE_S = 60.0
#: People who can be written to again, at one look.
AGAIN_AT_ONCE = 200
_BAR = 10
#: So many papers are named in a message; all are in the file.
MOST_LISTED = 20


async def issued(case: Case, _argument: str) -> None:
    """The register is up to date (or could not be brought so): the papers go."""
    result = case.incoming.result or {}
    run = await case.storage.paper_runs.get(int(result["run"]))
    if run is None or run.state in ("paused", "done"):
        return
    if result.get("failed"):
        await _pause(case, run)
        return
    await _tell_withdrawn(case, run)
    await _show(case, run)
    await _next(case, run)


async def _tell_withdrawn(case: Case, run: Run) -> None:
    """Whoever has a paper that holds no more, and none instead, hears that once."""
    running = await event_of(case, run.event_code)
    for one in await case.storage.papers.withdrawn_since(run.event_code, run.started_at):
        if one.person_id is not None and running is not None:
            title, label = Trusted(running.event.title), one.label[:1].upper() + one.label[1:]
            reply = Reply(
                "papers.letter.withdrawn", title=title, kind=label, number=Trusted(one.number), buttons=[[MINE]]
            )
            case.tell(one.person_id, reply, key=f"paper_withdrawn:{one.id}", bulk=True)


async def delivered(case: Case, _argument: str) -> None:
    """Some papers are uploaded: their letters are written; then the next ones, after a pause where VK fails."""
    result = case.incoming.result or {}
    run = await case.storage.paper_runs.get(int(result["run"]))
    if run is None or run.state != "delivering":
        return
    await _post(case, run)
    await _show(case, run)
    if result.get("failed") and run.failures + 1 >= MOST_FAILURES:
        await _pause(case, run)
    elif result.get("failed"):
        await _next(case, run, failed=True, delay_s=PAUSE_S * (run.failures + 1))
    elif result.get("left"):
        await _next(case, run)


async def deliver(desk: Desk, papers: Iterable[Paper], *, by: int) -> None:
    """Put these versions of papers on their way to whose they are, in a minute; `by`: who made them anew."""
    due: dict[str, list[Due]] = {}
    for one in papers:
        due.setdefault(one.event_code, []).append(Due(one.id, one.version, one.person_id))
    for event_code, found in due.items():
        run = await desk.storage.paper_runs.start(event_code, "again", state="delivering", by=by, at=desk.now)
        if run is not None:
            await desk.storage.paper_runs.add(run.id, await _parcels(desk, found), at=desk.now)
            await _next(desk, run)


async def follow(desk: Desk) -> None:
    """What became of the letters: who got theirs, who has to be handed theirs, who can be written to again."""
    await desk.storage.paper_runs.settle(at=desk.now)
    for run in await desk.storage.paper_runs.open_runs():
        counts = await desk.storage.paper_runs.counts(run.id)
        if run.state == "delivering" and not any(counts.get(way) for way in ON_THE_WAY):
            await desk.storage.paper_runs.set_state(run.id, "done", at=desk.now)
            await _tell_end(desk, run)
    for event_code, found in groupby(
        await desk.storage.paper_runs.reachable_again(AGAIN_AT_ONCE), key=lambda one: one.event_code
    ):
        await _send_again(desk, event_code, list(found))


async def _send_again(desk: Desk, event_code: str, found: Sequence[Again]) -> None:
    by = found[0].started_by
    run = await desk.storage.paper_runs.start(event_code, "reachable", state="delivering", by=by, at=desk.now)
    if run is not None:
        due = [Due(one.paper_id, one.version, one.person_id) for one in found]
        await desk.storage.paper_runs.move(run.id, await _parcels(desk, due), at=desk.now)
        await _next(desk, run)


async def _parcels(desk: Desk, due: Sequence[Due]) -> list[Parcel]:
    cut_off = await desk.storage.people.unreachable_of(one.person_id for one in due if one.person_id is not None)
    return parcels(letters(due, unreachable=cut_off))


def parcels(found: Iterable[Letter]) -> list[Parcel]:
    """Letters as rows."""
    return [
        Parcel(
            paper.paper_id,
            paper.version,
            letter.person_id,
            letter.number,
            letter.form is Form.ARCHIVE,
            part,
            Way.UNREACHABLE if letter.form is Form.BY_HAND else Way.WAITING,
        )
        for letter in found
        for part, papers in enumerate(letter.parts)
        for paper in papers
    ]


async def _next(desk: Desk, run: Run, *, failed: bool = False, delay_s: float = 0.0) -> None:
    step = await desk.storage.paper_runs.take_step(run.id, failed=failed)
    if step is not None:
        desk.ask(run.started_by, DELIVER, {"run": run.id}, key=f"papers:{run.id}:{step}", delay_s=delay_s)


async def _post(case: Case, run: Run) -> None:
    """Write the letters whose papers are all uploaded, each once."""
    running = await event_of(case, run.event_code)
    title = running.event.title if running else run.event_code
    notices: dict[int, str] = {}
    for number, papers in groupby(await case.storage.paper_runs.to_post(run.id), key=lambda one: one.letter):
        found = list(papers)
        notices[number] = f"paper_letter:{run.id}:{number}"
        letter = await _letter(case, run, title, found)
        case.tell(found[0].person_id, letter, key=notices[number], bulk=run.kind == "event")
    await case.storage.paper_runs.posted(run.id, notices, at=case.now)


async def _letter(case: Case, run: Run, title: str, papers: Sequence[ToPost]) -> Reply:
    form = "again" if run.kind == "again" else "archive" if papers[0].archive else "files"
    return Reply(
        f"papers.letter.{'corrected' if run.protocol else form}",
        title=title,
        count=len(papers),
        number=run.protocol,
        outcomes=await _outcomes(case, papers) if run.protocol else "",
        parts=counted(case, (one.kind for one in papers)),
        attachments=list(dict.fromkeys(one.attachment for one in papers)),
        buttons=[[MINE]],
    )


async def _outcomes(case: Case, papers: Sequence[ToPost]) -> Trusted:
    """How the applications stand that these papers are of; of more than a few the papers say it."""
    found = list(dict.fromkeys(one.application_id for one in papers if one.application_id is not None))
    rows = []
    for id_ in found if len(found) <= MOST_FILES else ():
        application, decision = await case.storage.applications.get(id_), await case.storage.outcomes.get(id_)
        if application is not None and decision is not None:
            outcome = decision.result.outcome.label
            rows.append(case.say("org.letter.line", who=who_and_grade(application), outcome=outcome) + "\n")
    return Trusted("".join(rows))


async def _show(case: Case, run: Run) -> None:
    """The progress, in its own message."""
    if run.kind != "event":
        return
    counts = await case.storage.paper_runs.counts(run.id)
    of = sum(counts.values())
    done = of - counts.get(Way.WAITING, 0) - counts.get(Way.MADE, 0)
    running = await event_of(case, run.event_code)
    full = round(_BAR * done / of) if of else 0
    progress = Reply(
        "papers.progress",
        title=running.event.title if running else run.event_code,
        done=done,
        of=of,
        bar="▓" * full + "░" * (_BAR - full),
    )
    case.tell(run.started_by, progress, edits=progress_of(run))


async def _pause(case: Case, run: Run) -> None:
    await case.storage.paper_runs.set_state(run.id, "paused", at=case.now)
    running = await event_of(case, run.event_code)
    rows = [[Button("papers.go_on", f"papers_go_on:{run.event_code}/{run.id}", colour="primary")]]
    case.tell(run.started_by, Reply("papers.stopped", title=running.event.title if running else "", buttons=rows))


async def _tell_end(desk: Desk, run: Run) -> None:
    """Once, when all letters are where they can be."""
    running = await event_of(desk, run.event_code)
    if run.kind != "event" or running is None:
        return
    counts = await desk.storage.paper_runs.counts(run.id)
    by_hand = await to_hand_over(desk, running)
    rows = [[Button("papers.open", f"papers:{run.event_code}"), back_to_event(run.event_code)]]
    if by_hand:
        rows.insert(0, [Button("papers.print", f"papers_print:{run.event_code}", colour="primary")])
    reply = Reply(
        "papers.done",
        title=running.event.title,
        sent=counts.get(Way.SENT, 0),
        by_hand=Trusted("\n\n" + _to_hand(desk, by_hand)) if by_hand else "",
        buttons=rows,
    )
    desk.tell(run.started_by, reply, key=f"papers_done:{run.id}")


def _to_hand(desk: Desk, papers: Sequence[Paper]) -> str:
    found = [
        desk.say(
            "papers.to_hand",
            kind=capital(one.label),
            name=one.content.name if one.content else "",
            number=Trusted(one.number),
        )
        for one in papers[:MOST_LISTED]
    ]
    more = len(papers) - MOST_LISTED
    listed = lines([*found, f"… и ещё {more}" if more > 0 else ""])
    return desk.say("papers.done_by_hand", count=len(papers), papers=listed)

"""Issuing: with the count, confirmed once, begun once whoever presses; then carried on by jobs."""

from __future__ import annotations

from bot.contest.authorize import Action
from bot.talk.model import Button, Outcome, Reply
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.papers.overview import ask_screen, when
from handlers.organizer.people import page_name
from handlers.organizer.scope import detail, of_event, whole
from handlers.organizer.wording import back_to_event
from storage.paper_runs import Run

ISSUE, DELIVER = "issue_papers", "deliver_papers"


@of_event(Action.MAKE_PAPERS)
async def issue(case: Case, running: Running, _more: str) -> Outcome:
    """What will happen, with the numbers; nothing happens yet."""
    if (no := await _not_now(case, running)) is not None:
        return no
    return ask_screen(case, running, sure=True)


@of_event(Action.MAKE_PAPERS)
async def issue_yes(case: Case, running: Running, last_run: str) -> Outcome:
    """Begin; the second of two taps, or of two organizers, finds it begun. `last_run`: the last one that was seen."""
    if (no := await _not_now(case, running)) is not None:
        return no
    last = await case.storage.paper_runs.last_of_event(running.code)
    if (last.id if last else 0) != whole(last_run):
        return ask_screen(case, running)
    return await begin(case, running) or await _begun(case, running)


async def begin(case: Case, running: Running, *, protocol: str = "") -> Reply | None:
    """Bring the papers up to what the data say, and send them; None: that is being done already.

    `protocol`: the number of a corrected one, of which nobody has been told yet.
    """
    run = await case.storage.paper_runs.start(
        running.code, "event", state="issuing", by=case.person.id, at=case.now, protocol=protocol
    )
    if run is None:
        return None
    await case.storage.audit.add(
        case.person.id, Action.MAKE_PAPERS, f"event:{running.code}", detail(run=run.id), at=case.now
    )
    case.ask(case.person.id, ISSUE, {"run": run.id}, key=f"papers_issue:{run.id}")
    return Reply("papers.started", title=running.event.title, called=progress_of(run))


@of_event(Action.MAKE_PAPERS)
async def go_on(case: Case, running: Running, written_run: str) -> Outcome:
    """What had stopped goes on: the register is looked through first, what was uploaded stays so."""
    run = await case.storage.paper_runs.get(whole(written_run))
    if run is None or run.event_code != running.code or run.state != "paused":
        return ask_screen(case, running)
    again = detail(run=run.id, again=True)
    await case.storage.audit.add(case.person.id, Action.MAKE_PAPERS, f"event:{running.code}", again, at=case.now)
    await case.storage.paper_runs.set_state(run.id, "issuing" if run.kind == "event" else "delivering", at=case.now)
    step = await case.storage.paper_runs.take_step(run.id)
    kind = ISSUE if run.kind == "event" else DELIVER
    case.ask(run.started_by, kind, {"run": run.id}, key=f"papers:{run.id}:{step}")
    return Reply("papers.gone_on", title=running.event.title, buttons=[[back_to_event(running.code)]])


def progress_of(run: Run) -> str:
    """What the message that shows the progress is called."""
    return f"papers:{run.id}"


async def _not_now(case: Case, running: Running) -> Reply | None:
    """Begun before, or the results are not published yet."""
    if running.stored.published_at is None:
        rows = [[Button("org.publish", f"publish:{running.code}", colour="primary")], [back_to_event(running.code)]]
        return Reply("papers.unpublished", title=running.event.title, buttons=rows)
    run = await case.storage.paper_runs.last_of_event(running.code)
    return await _begun(case, running) if run is not None and run.state != "done" else None


async def _begun(case: Case, running: Running) -> Reply:
    run = await case.storage.paper_runs.last_of_event(running.code)
    if run is None:
        return ask_screen(case, running)
    ways = [Button("papers.open", f"papers:{running.code}"), back_to_event(running.code)]
    return Reply("papers.begun", at=when(case, run), who=await page_name(case, run.started_by), buttons=[ways])

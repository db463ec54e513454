"""Issuing: with the count, confirmed once, begun once whoever presses; then carried on by jobs."""

from __future__ import annotations

from bot.contest.authorize import Action
from bot.contest.papers.content import Planned
from bot.contest.papers.parcels import Due, Form, letters
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.papers.comparing import compared
from handlers.organizer.papers.overview import counted, overview, when
from handlers.organizer.people import page_name
from handlers.organizer.scope import detail, of_event, whole
from handlers.organizer.wording import back_to_event
from storage.paper_rows import Paper
from storage.paper_runs import Run

ISSUE, DELIVER = "issue_papers", "deliver_papers"


@of_event(Action.MAKE_PAPERS)
async def issue(case: Case, running: Running, _more: str) -> Outcome:
    """What will happen, with the numbers; nothing happens yet."""
    if (no := await _not_now(case, running)) is not None:
        return no
    todo = (await compared(case, running)).changes()
    waiting = await case.storage.paper_runs.undelivered(running.code)
    fresh: list[Planned | Paper] = [*todo.missing, *waiting]
    if not fresh and not todo.any:
        return await overview(case, running)
    due = [Due(0, 1, one.person_id) for one in fresh]
    cut_off = await case.storage.people.unreachable_of(one.person_id for one in due if one.person_id is not None)
    going = letters(due, unreachable=cut_off)
    sent = [one for one in going if one.form is not Form.BY_HAND]
    by_hand = sum(len(one.parts) for one in going if one.form is Form.BY_HAND)
    return Reply(
        "papers.issue_sure",
        title=running.event.title,
        parts=counted(case, (one.kind for one in fresh)) or case.say("papers.no_new"),
        letters=len(sent),
        changed=_further(case, "changed", len(todo.changed)),
        overdue=_further(case, "overdue", len(todo.overdue)),
        by_hand=_further(case, "by_hand", by_hand),
        buttons=[
            [Button("papers.issue_yes", f"papers_issue_yes:{running.code}", colour="primary")],
            [Button("org.not_now", f"papers:{running.code}")],
        ],
    )


@of_event(Action.MAKE_PAPERS)
async def issue_yes(case: Case, running: Running, _more: str) -> Outcome:
    """Begin; the second of two taps, or of two organizers, finds it begun."""
    if (no := await _not_now(case, running)) is not None:
        return no
    if not await _is_due(case, running):
        return await overview(case, running)
    run = await case.storage.paper_runs.start(running.code, "event", state="issuing", by=case.person.id, at=case.now)
    if run is None:
        return await _begun(case, running)
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
        return await overview(case, running)
    again = detail(run=run.id, again=True)
    await case.storage.audit.add(case.person.id, Action.MAKE_PAPERS, f"event:{running.code}", again, at=case.now)
    await case.storage.paper_runs.set_state(run.id, "issuing" if run.kind == "event" else "delivering", at=case.now)
    step = await case.storage.paper_runs.take_step(run.id)
    kind = ISSUE if run.kind == "event" else DELIVER
    case.ask(run.started_by, kind, {"run": run.id}, key=f"papers:{run.id}:{step}")
    return Reply("papers.gone_on", title=running.event.title, buttons=[[back_to_event(running.code)]])


def _further(case: Case, what: str, count: int) -> Trusted:
    """A line of its own, where there is anything to say."""
    return Trusted("\n" + case.say(f"papers.sure.{what}", count=count) if count else "")


async def _is_due(case: Case, running: Running) -> bool:
    """Whether there is anything to be done: a second tap, when all is done, begins nothing."""
    waiting = await case.storage.paper_runs.undelivered(running.code)
    return bool(waiting) or (await compared(case, running)).changes().any


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
        return await overview(case, running)
    ways = [Button("papers.open", f"papers:{running.code}"), back_to_event(running.code)]
    return Reply("papers.begun", at=when(case, run), who=await page_name(case, run.started_by), buttons=[ways])

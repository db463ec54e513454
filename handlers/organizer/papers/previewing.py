"""Samples in the chat before anything is issued, and one file of what is to be handed over on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.contest.authorize import Action, Target, authorize
from bot.contest.papers.numbers import paper_number
from bot.contest.papers.samples import Sample, samples
from bot.documents.file import File
from bot.documents.papers.designs import Design
from bot.documents.papers.drawing import draw_many, preview_png
from bot.documents.papers.extremes import USUAL
from bot.documents.papers.printing import bound
from bot.talk.model import Button, Outcome, Reply
from handlers.access import actor_for
from handlers.events import Running, event_of
from handlers.everyone.files import ask_file
from handlers.everyone.paper_check import check_url
from handlers.kinds import Case, Desk, Draw
from handlers.organizer.papers.gathering import gather
from handlers.organizer.papers.looks import design_of
from handlers.organizer.papers.printed import sheet_of
from handlers.organizer.scope import detail, of_event
from handlers.organizer.wording import back_to_event
from handlers.seeing import hiding_of_event
from storage.paper_rows import Paper, Series

SAMPLE, PRINT = "paper_sample", "papers_print"
#: A sample's number and code, which nothing has.
NO_NUMBER, NO_CODE = 0, "sample"


@of_event(Action.MAKE_PAPERS)
async def show_samples(case: Case, running: Running, offered: str) -> Outcome:
    """Pictures of what may not fit: made by jobs, sent to nobody but the organizer."""
    found = [sample for sample in Sample if sample in offered.split(".")]
    if not found:
        return Reply("papers.no_samples", buttons=[[Button("papers.open", f"papers:{running.code}")]])
    for sample in found:
        ask_sample(case, running.code, sample)
    return Reply("papers.samples", count=len(found))


def ask_sample(case: Case, code: str, sample: Sample | None) -> None:
    """Have a picture made of this sample, or of the first that there is, in the look in use."""
    ask_file(
        case, SAMPLE, {"event": code, "sample": sample}, text=f"papers.sample.{sample or 'look'}", go=f"papers:{code}"
    )


async def make_sample(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """One paper of the event as a picture."""
    running = await event_of(desk, str(about["event"]))
    actor = await actor_for(desk, int(about["person_id"]))
    if running is None or not authorize(actor, Action.MAKE_PAPERS, Target(event=running.code)):
        return None
    return await sample_of(desk, running, await design_of(desk, running.code), about.get("sample"))


async def sample_of(desk: Desk, running: Running, design: Design, wanted: str | None) -> Draw:
    """A picture of this sample in this look; None: of the first that there is, or of an invented one."""
    gathered, url = await gather(desk, running), check_url(desk.facts.community, NO_CODE)

    def draw() -> File:
        found = samples(gathered.papers())
        paper = found.get(Sample(wanted)) if wanted else next(iter(found.values()), None)
        content = paper.content if paper else USUAL
        number = _number(gathered.series)
        return File("sample.png", preview_png(content, design, number=number, check_url=url), photo=True)

    return draw


def _number(series: Series) -> str:
    return paper_number(series.prefix, series.year, series.event_number, NO_NUMBER)


@of_event(Action.MAKE_PAPERS)
async def print_papers(case: Case, running: Running, _more: str) -> Outcome:
    """One file with exactly what reached nobody, and whom it is for."""
    found = await to_hand_over(case, running)
    if not found:
        return Reply("papers.nothing_to_print", buttons=[[Button("papers.open", f"papers:{running.code}")]])
    await case.storage.audit.add(
        case.person.id, Action.MAKE_PAPERS, f"event:{running.code}", detail(printed=len(found)), at=case.now
    )
    ask_file(case, PRINT, {"event": running.code}, text="papers.printed", go=f"papers_print:{running.code}")
    return Reply("papers.printing", count=len(found), buttons=[[back_to_event(running.code)]])


async def make_print(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """The file."""
    running = await event_of(desk, str(about["event"]))
    actor = await actor_for(desk, int(about["person_id"]))
    if running is None or not authorize(actor, Action.MAKE_PAPERS, Target(event=running.code)):
        return None
    sheets = [sheet for one in await to_hand_over(desk, running) if (sheet := sheet_of(desk, one))]
    design, name = await design_of(desk, running.code), desk.say("papers.print_name", title=running.event.short_title)
    return (lambda: File(f"{name}.pdf", bound(draw_many(sheets, design)))) if sheets else None


async def to_hand_over(desk: Desk, running: Running) -> list[Paper]:
    """What reached nobody; of whoever has taken the consent back, nothing is printed."""
    ledger = await hiding_of_event(desk, running.code)
    return [
        one
        for one in await desk.storage.paper_runs.not_arrived(running.code)
        if one.application_id is None or not ledger.hides(one.application_id, one.participant_id)
    ]

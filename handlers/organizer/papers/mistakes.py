"""«Ошибки в документах»: what people report, old and new beside each other, with a picture of the new paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.contest.authorize import Action, Target, authorize
from bot.contest.papers.content import PaperContent
from bot.contest.papers.correcting import Change, Wrong, differences
from bot.documents.file import File
from bot.documents.papers.designs import Design
from bot.documents.papers.drawing import preview_png
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.access import actor_for, actor_of
from handlers.events import Running, event_of
from handlers.everyone.files import ask_file
from handlers.everyone.paper_check import check_url
from handlers.kinds import Case, Desk, Draw
from handlers.organizer.exports.button import export_button
from handlers.organizer.papers.correcting import Outlook, outlook
from handlers.organizer.papers.looks import design_of
from handlers.organizer.papers.printed import mark_of
from handlers.organizer.people import page_name
from handlers.organizer.scope import event_for, not_available, of_event, whole
from handlers.organizer.wording import MENU, back_to_event, lines
from handlers.paging import paged
from handlers.participant.papers.own_papers import capital
from handlers.participant.papers.wrongs import is_hidden
from storage.paper_mistakes import Mistake
from storage.paper_rows import Paper

#: So many requests on one screen, with a button each.
PAGE = 5
#: So many papers are shown line by line.
MOST_SHOWN = 4
PREVIEW = "mistake_preview"


async def mistakes_desk(case: Case, _argument: str) -> Outcome:
    """The events at which somebody waits for a decision; the only one is opened at once."""
    found = await waiting(case)
    if not found:
        return Reply("mistakes.none_at_all", buttons=[[Button("org.desk", "desk"), MENU]])
    if len(found) == 1:
        return await mistakes(case, next(iter(found)))
    rows = []
    for code, count in list(found.items())[:PAGE]:
        running = await event_of(case, code)
        title = running.event.short_title if running else code
        rows.append([Button(label=case.say("mistakes.event", count=count, title=title), go=f"paper_mistakes:{code}")])
    return Reply("mistakes.by_event", count=sum(found.values()), buttons=[*rows, [Button("org.desk", "desk"), MENU]])


async def waiting(case: Case) -> dict[str, int]:
    """How many wait at the events of the one who asks."""
    actor = await actor_of(case)
    counts = await case.storage.paper_mistakes.count_waiting()
    return {code: count for code, count in counts.items() if authorize(actor, Action.CORRECT_PAPER, Target(event=code))}


@of_event(Action.CORRECT_PAPER)
async def mistakes(case: Case, running: Running, more: str) -> Outcome:
    """What waits at one event, the oldest first; `more`: the number of the page."""
    found = await case.storage.paper_mistakes.waiting(running.code)
    if not found:
        return Reply("mistakes.none", title=running.event.title, buttons=[[back_to_event(running.code)]])
    _, shown, turns = paged(found, whole(more), PAGE, f"paper_mistakes:{running.code}/")
    rows = [[Button(label=_label(case, one), go=f"paper_mistake:{one.id}")] for one in shown]
    return Reply(
        "mistakes.list",
        title=running.event.title,
        count=len(found),
        buttons=[*rows, [*turns, export_button(running.code, "paper_mistakes", "asked"), back_to_event(running.code)]],
    )


async def mistake_for(case: Case, written_id: str) -> tuple[Running, Mistake] | None:
    """The request with its event, for one who may decide about it; absent and somebody else's are the same."""
    found = await case.storage.paper_mistakes.get(whole(written_id))
    running = await event_for(case, found.event_code, Action.CORRECT_PAPER) if found else None
    return None if found is None or running is None else (running, found)


async def paper_mistake(case: Case, argument: str) -> Outcome:
    """One request: old and new, line by line; a picture of the new paper follows."""
    found = await mistake_for(case, argument)
    if found is None:
        return not_available()
    running, mistake = found
    if mistake.state != "asked":
        return await decided(case, running, mistake)
    seen = await outlook(case, running, mistake)
    if seen is None or await is_hidden(case, seen.paper):
        key = "mistakes.gone" if seen is None else "mistakes.hidden"
        return Reply(key, number=Trusted(mistake.number), buttons=_buttons(running, mistake, None))
    if seen.own is not None:
        ask_file(
            case, PREVIEW, {"mistake": mistake.id}, text="mistakes.preview", go=f"paper_mistake:{mistake.id}",
            number=mistake.number,
        )  # fmt: skip
    return Reply(
        "mistakes.one",
        number=Trusted(mistake.number),
        kind=seen.paper.label,
        who=await page_name(case, mistake.person_id),
        what=Trusted(case.say(f"mistake.wrong.{mistake.field}")),
        was=mistake.was or case.say("mistake.nothing"),
        wanted=mistake.wanted,
        changes=_changes(case, mistake, seen),
        buttons=_buttons(running, mistake, seen),
    )


async def decided(case: Case, running: Running, mistake: Mistake) -> Reply:
    """Somebody has decided already, or the person has asked otherwise since."""
    return Reply(
        f"mistakes.over.{mistake.state}",
        number=Trusted(mistake.number),
        who=await page_name(case, mistake.decided_by) if mistake.decided_by else "",
        reason=mistake.reason or "",
        buttons=[[queue_button(running.code), back_to_event(running.code)]],
    )


def queue_button(code: str) -> Button:
    """The way to the rest of them."""
    return Button("mistake.queue", f"paper_mistakes:{code}")


async def preview(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """A picture of the paper as it would be."""
    mistake = await desk.storage.paper_mistakes.get(int(about["mistake"]))
    running = await event_of(desk, mistake.event_code) if mistake else None
    if mistake is None or running is None:
        return None
    actor = await actor_for(desk, int(about["person_id"]))
    seen = await outlook(desk, running, mistake)
    allowed = authorize(actor, Action.CORRECT_PAPER, Target(event=running.code))
    if not allowed or seen is None or seen.own is None:
        return None
    return _picture(desk, seen.paper, seen.own, await design_of(desk, running.code))


def _picture(desk: Desk, paper: Paper, content: PaperContent, design: Design) -> Draw:
    url, mark = check_url(desk.facts.community, paper.code), mark_of(desk, paper, reissued_at=desk.now)
    name = f"{paper.number}.png"
    return lambda: File(name, preview_png(content, design, number=paper.number, check_url=url, mark=mark), photo=True)


def _changes(case: Case, mistake: Mistake, seen: Outlook) -> Trusted:
    """What becomes of each paper, line by line."""
    if not seen.issued:
        key = "other" if mistake.field == Wrong.OTHER else "same"
        return Trusted("\n\n" + case.say(f"mistakes.unchanged.{key}"))
    shown = [_paper(case, paper, change) for paper, change in seen.issued[:MOST_SHOWN]]
    more = len(seen.issued) - MOST_SHOWN
    shown += [case.say("mistakes.more", count=more)] if more > 0 else []
    return Trusted("\n\n" + "\n\n".join(shown))


def _paper(case: Case, paper: Paper, change: Change) -> str:
    head = case.say("mistakes.paper", kind=capital(paper.label), number=Trusted(paper.number))
    if change.after is None:
        return lines([head, case.say("mistakes.merged")])
    old = paper.content or change.after.content
    return lines([head, *_sides(case, differences(old, change.after.content))])


def _sides(case: Case, found: Sequence[tuple[str, str]]) -> list[str]:
    shown = []
    for old, new in found:
        shown += [case.say("mistakes.minus", line=old)] if old else []
        shown += [case.say("mistakes.plus", line=new)] if new else []
    return shown


def _buttons(running: Running, mistake: Mistake, seen: Outlook | None) -> list[list[Button]]:
    rows = []
    if seen is not None and seen.issued:
        rows.append([Button("mistake.confirm", f"mistake_yes:{mistake.id}", colour="positive")])
    elif seen is not None and seen.paper.application_id:
        rows.append([Button("org.this_app", f"moderate:{seen.paper.application_id}")])
    refuse = "mistake.answer" if mistake.field == Wrong.OTHER else "mistake.refuse"
    rows.append([Button(refuse, f"mistake_no:{mistake.id}")])
    return [*rows, [queue_button(running.code), back_to_event(running.code)]]


def _label(case: Case, mistake: Mistake) -> str:
    return case.say("mistakes.label", number=mistake.number, what=case.say(f"mistake.wrong.{mistake.field}"))


async def desk_buttons(case: Case) -> list[Button]:
    """The way from the organizer's desk, while somebody waits."""
    return [Button("mistake.desk", "mistakes_desk", colour="primary")] if await waiting(case) else []

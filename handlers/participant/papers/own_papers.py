"""«Мои документы»: the list by event, and a tap that sends the file at once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contest.authorize import Action, Target
from bot.contest.papers.content import PaperKind
from bot.contest.text import fold, shorten
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.access import may
from handlers.events import event_of
from handlers.everyone.paper_check import day
from handlers.everyone.thinking import ask_thought
from handlers.kinds import Case
from handlers.organizer.scope import whole
from handlers.paging import paged
from handlers.participant.own import own_application
from handlers.participant.papers.sheet import SHEET
from handlers.participant.wording import MENU
from storage.paper_rows import Paper

#: So many events, and papers, on one screen, with a button each.
PAGE = 4
#: A label has 40 characters: so many of an event's name, where a count follows.
MOST_OF_LABEL = 34
MINE = Button("mypapers.mine", "my_papers")
_PHRASES = frozenset(
    fold(phrase)
    for phrase in (
        "мои документы", "мои дипломы", "мой диплом", "мой сертификат", "мои сертификаты", "моя грамота",
        "моя благодарность", "где мой диплом", "где диплом", "где дипломы", "скачать диплом", "дипломы", "документы",
    )
)  # fmt: skip


async def typed(case: Case, text: str) -> Outcome:
    """«Мои документы», «где мой диплом?»; None: it is something else."""
    return await my_papers(case, "") if fold(text.strip(" ?!.")) in _PHRASES else None


async def my_papers(case: Case, argument: str) -> Outcome:
    """The events whose papers the person has, the newest first; what is the only choice is taken at once."""
    found = await case.storage.papers.events_of_person(case.person.id)
    if not found:
        return Reply("mypapers.none", buttons=[[Button("check_paper.open", "check_paper"), MENU]])
    if len(found) == 1:
        (code,) = found
        return await papers_of(case, code)
    _, shown, turns = paged(list(found.items()), whole(argument), PAGE, "my_papers:")
    rows = [[Button(label=await _event_label(case, code, count), go=f"papers_of:{code}")] for code, count in shown]
    return Reply(
        "mypapers.events",
        count=sum(found.values()),
        buttons=[*rows, [*turns, MENU]],
    )


async def papers_of(case: Case, argument: str) -> Outcome:
    """The person's papers of one event; the only one is sent at once."""
    code, _, page = argument.partition("/")
    running = await event_of(case, code)
    mine = await case.storage.papers.of_person(case.person.id, code) if running else []
    if running is None or not mine:
        return await gone(case)
    if len(mine) == 1:
        return await send(case, mine[0])
    several = len(await case.storage.papers.events_of_person(case.person.id)) > 1
    return _list(mine, running.event.title, f"papers_of:{code}/", page, archive=code, back=[MINE] if several else [])


async def papers_app(case: Case, argument: str) -> Outcome:
    """The papers of one application of the person's own."""
    written_id, _, page = argument.partition("/")
    application = await own_application(case, written_id)
    running = await event_of(case, application.event_code) if application else None
    papers = await case.storage.papers.of_application(application.id) if application else []
    mine = [one for one in papers if one.is_valid and one.person_id == case.person.id]
    if application is None or running is None or not mine:
        return await gone(case)
    if len(mine) == 1:
        return await send(case, mine[0])
    back = [Button("open_application", f"application:{application.id}")]
    return _list(mine, running.event.title, f"papers_app:{application.id}/", page, back=back)


async def my_paper(case: Case, argument: str) -> Outcome:
    """One paper: its file."""
    found = await own_paper(case, argument)
    return await gone(case) if found is None else await send(case, found)


async def own_paper(case: Case, written_id: str, action: Action = Action.VIEW_PAPER) -> Paper | None:
    """The paper of this id for whoever may do this with it; absent and somebody else's are the same."""
    if not (written_id.isdecimal() and len(written_id) < len(str(2**63))):
        return None
    found = await case.storage.papers.get(int(written_id))
    if found is None or not await may(case, action, Target(event=found.event_code, owner=found.person_id)):
        return None
    return found


async def send(case: Case, paper: Paper) -> Reply:
    """The file of the version in force: the one that was sent before, else made anew by a job."""
    if not paper.is_valid:
        return Reply("mypapers.withdrawn", number=Trusted(paper.number), buttons=[[MINE, MENU]])
    if paper.content is None:
        return Reply("mypapers.forgotten", number=Trusted(paper.number), buttons=[[MINE, MENU]])
    if paper.attachment is not None and paper.person_id == case.person.id:
        return sent(case, paper, paper.attachment)
    ask_thought(case, SHEET, {"paper": paper.id})
    return Reply("mypapers.making", what=_what(paper), buttons=_ways(case, paper))


async def made(case: Case, _argument: str) -> None:
    """The file that was made: sent, and kept for the next time if it is of the version in force."""
    result = case.incoming.result or {}
    about = result.get("about") or {}
    paper = await own_paper(case, str(about.get("paper", "")))
    attachment = result.get("attachment")
    if paper is None:
        return
    if result.get("failed"):
        case.tell(case.person.id, Reply("file_failed", buttons=[[Button("try_again", f"my_paper:{paper.id}")]]))
    elif not attachment or (result.get("thought") or {}).get("version") != paper.version:
        case.tell(case.person.id, Reply("mypapers.changed", buttons=[[Button("try_again", f"my_paper:{paper.id}")]]))
    else:
        if paper.person_id == case.person.id:
            await case.storage.papers.keep_attachment(paper.id, paper.version, str(attachment))
        case.tell(case.person.id, sent(case, paper, str(attachment)))


def sent(case: Case, paper: Paper, attachment: str) -> Reply:
    """The file with what it is, and the ways on."""
    again = case.say("mypapers.again", day=day(case, paper.reissued_at)) if paper.reissued_at else ""
    return Reply(
        "mypapers.file",
        what=_what(paper),
        number=Trusted(paper.number),
        again=Trusted("\n" + again) if again else "",
        attachments=[attachment],
        buttons=_ways(case, paper),
    )


async def paper_buttons(case: Case, application_id: int) -> list[Button]:
    """The way from an application's card to its papers, where there are any for this person."""
    papers = await case.storage.papers.of_application(application_id)
    if not any(one.is_valid and one.person_id == case.person.id for one in papers):
        return []
    return [Button("mypapers.of_application", f"papers_app:{application_id}")]


def capital(words: str) -> str:
    """«Диплом команды»."""
    return words[:1].upper() + words[1:]


def label(paper: Paper) -> str:
    """«Диплом: Соколова Вера», for a button."""
    kind = capital(paper.label)
    if paper.content is None or paper.kind in (PaperKind.THANKS, PaperKind.JUROR):
        return f"{kind} · {paper.number.rpartition('-')[2]}" if paper.content is None else kind
    name = paper.content.name
    return f"{kind} · {name if name.startswith('«') else ' '.join(name.split()[:2])}"


def _what(paper: Paper) -> str:
    name = paper.content.name if paper.content else ""
    kind = capital(paper.label)
    return f"{kind}: {name}" if name and paper.kind not in (PaperKind.THANKS, PaperKind.JUROR) else kind


def _ways(case: Case, paper: Paper) -> list[list[Button]]:
    mine = paper.person_id == case.person.id
    return [[Button("mistake.open", f"mistake:{paper.id}")] if mine else [], [MINE, MENU]]


def _list(
    mine: Sequence[Paper], title: str, route: str, written_page: str, *, back: Sequence[Button], archive: str = ""
) -> Reply:
    _, shown, turns = paged(mine, whole(written_page), PAGE, route)
    rows = [[Button(label=label(one), go=f"my_paper:{one.id}")] for one in shown]
    rows += [[Button("mypapers.archive", f"papers_archive:{archive}", colour="primary")]] if archive else []
    last = [*turns, *back, MENU]
    return Reply("mypapers.list", title=title, count=len(mine), buttons=[*rows, last])


async def _event_label(case: Case, code: str, count: int) -> str:
    running = await event_of(case, code)
    return f"{shorten(running.event.short_title, MOST_OF_LABEL)} · {count}" if running else code


async def gone(case: Case) -> Reply:
    """Absent, withdrawn since the list was shown, or somebody else's: nobody can tell which."""
    some = bool(await case.storage.papers.count_of_person(case.person.id))
    return Reply("mypapers.absent", buttons=[[*([MINE] if some else []), MENU]])

"""What was, is and will be written to the people of an event, or of the programme."""

from __future__ import annotations

from bot.contest.announcing.model import Announcement, AnnouncementState
from bot.contest.text import shorten
from bot.talk.model import Button, Outcome, Reply
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.announcing.progress import heading, is_restored, state_line
from handlers.organizer.announcing.scope import of_place
from handlers.organizer.announcing.words import PROGRAMME, audience_of, described
from handlers.organizer.scope import whole
from handlers.organizer.wording import back_to_event, lines
from handlers.paging import paged

PAGE = 5
#: So many drafts come first, the others last; more than that there are not.
FIRST_DRAFTS, MOST_DRAFTS = 3, 50
#: So much of a text is shown in a line.
MOST_OF_TEXT = 60


@of_place
async def announcements(case: Case, running: Running | None, more: str) -> Outcome:
    """A page of them; where there is none, that is said."""
    place = running.code if running else PROGRAMME
    new = Button("announcement.new", f"announce:{place}/new", colour="primary")
    return await listed(case, running, whole(more)) or Reply("announce.none", buttons=[[new]])


async def listed(case: Case, running: Running | None, page: int) -> Reply | None:
    """The newest drafts, then what was sent, the newest first, then older drafts; None where there is nothing."""
    code, place = (running.code, running.code) if running else (None, PROGRAMME)
    drafts = await case.storage.announcements.drafts(code, most=MOST_DRAFTS)
    sent = await case.storage.announcements.of_event(code)
    found = [*drafts[:FIRST_DRAFTS], *sent, *drafts[FIRST_DRAFTS:]]
    if not found:
        return None
    _, shown, turns = paged(found, page, PAGE, f"announcements:{place}/")
    restored = await is_restored(case)
    back = back_to_event(running.code) if running else Button("org.desk", "desk")
    return Reply(
        "announce.list",
        of=heading(case, running),
        lines=lines(_line(case, running, one, restored=restored) for one in shown),
        buttons=[
            [Button("announcement.new", f"announce:{place}/new", colour="primary")],
            *([Button(label=_label(case, one), go=f"announcement:{one.id}")] for one in shown[:2]),
            [Button(label=_short(case, one), go=f"announcement:{one.id}") for one in shown[2:]],
            turns,
            [back],
        ],
    )


def _line(case: Case, running: Running | None, one: Announcement, *, restored: bool) -> str:
    return case.say(
        "announce.line",
        number=one.id,
        state=state_line(case, one, restored=restored),
        audience=described(case, running, audience_of(one)),
        text=shorten(" ".join(one.text.split()), MOST_OF_TEXT),
    )


def _label(case: Case, one: Announcement) -> str:
    key = "draft" if one.state is AnnouncementState.DRAFT else "one"
    return case.say(f"announce.label.{key}", number=one.id, text=" ".join(one.text.split()))


def _short(case: Case, one: Announcement) -> str:
    return case.say("announce.label.short", number=one.id)

"""An announcement as it stands: a draft, one that waits for its time, one that goes or has gone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.contest.announcing.model import AnnouncementState
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.everyone.thinking import ask_thought
from handlers.kinds import Case, Desk, Think, Thought
from handlers.organizer.announcing.aside import counted_aside
from handlers.organizer.announcing.counting import Tally, is_large, tally
from handlers.organizer.announcing.drafts import draft_card
from handlers.organizer.announcing.previewing import preview_text
from handlers.organizer.announcing.progress import heading
from handlers.organizer.announcing.reporting import report
from handlers.organizer.announcing.scope import Opened, announcement_for, of_announcement
from handlers.organizer.announcing.words import described, moment, way_back
from handlers.organizer.people import page_name
from handlers.organizer.scope import whole

THINKER = "announcement"


@of_announcement
async def announcement(case: Case, found: Opened, _more: str) -> Outcome:
    """The announcement as it stands."""
    return await show(case, found)


@of_announcement
async def as_is(case: Case, found: Opened, version: str) -> Outcome:
    """«Оставить как есть»: what stands in braces and means nothing goes out as it was written."""
    if found.announcement.version != whole(version):
        return await meanwhile(case, found)
    return await show(case, found, as_is=True)


async def show(case: Case, found: Opened, *, lost: str = "", as_is: bool = False) -> Outcome:
    """The card of a draft; of one that has been confirmed how far it is. `lost`: what it could not carry."""
    match found.announcement.state:
        case AnnouncementState.DRAFT:
            pass
        case AnnouncementState.SCHEDULED:
            return scheduled_card(case, found)
        case _:
            return await report(case, found)
    if await is_large(case, found.audience):
        ask_thought(case, THINKER, {"announcement": found.announcement.id, "lost": lost, "as_is": as_is})
        return Reply("announce.counting")
    return draft_card(case, found, await tally(case, found.audience), lost=lost, as_is=as_is)


async def think(desk: Desk, about: Mapping[str, Any]) -> Think | None:
    """Count an audience that is too large for a step."""
    found = await announcement_for(desk, str(about["announcement"]), int(about["person_id"]))
    if found is None:
        return None
    counted = await tally(desk, found.audience)
    return lambda: Thought(counted.to_json())


async def thought(case: Case, _argument: str) -> Outcome:
    """The draft whose people have been counted."""
    heard = await counted_aside(case)
    if isinstance(heard, Reply):
        return heard
    if heard.opened.announcement.state is not AnnouncementState.DRAFT:
        return await show(case, heard.opened)
    lost, as_is = str(heard.about.get("lost", "")), bool(heard.about.get("as_is"))
    return draft_card(case, heard.opened, Tally.from_json(heard.counted), lost=lost, as_is=as_is)


def scheduled_card(case: Case, found: Opened) -> Reply:
    """When it goes, to whom, and what can be done until then."""
    announcement = found.announcement
    id_, starts_at = announcement.id, announcement.starts_at or case.now
    whose = "announce.live" if announcement.live else "announce.frozen"
    return Reply(
        "announce.scheduled",
        number=id_,
        of=heading(case, found.running),
        at=moment(case, starts_at),
        audience=described(case, found.running, found.audience),
        whose=case.say(whose),
        text=Trusted(preview_text(case, found)),
        buttons=[
            [Button("announcement.now", f"announcement_now:{id_}", colour="primary")],
            [
                Button("announcement.when_else", f"announcement_when:{found.version}"),
                Button("announcement.text", f"announcement_text:{id_}"),
            ],
            [Button("announcement.cancel", f"announcement_cancel:{id_}", colour="negative")],
            [way_back(announcement)],
        ],
    )


async def meanwhile(case: Case, found: Opened) -> Outcome:
    """Somebody was faster: who, when, and how it stands now."""
    announcement = found.announcement
    if announcement.state is AnnouncementState.DRAFT:
        case.tell(case.person.id, Reply("announce.changed"))
        return await show(case, found)
    return await already(case, found)


async def already(case: Case, found: Opened) -> Reply:
    """«Уже запущена в 12:03, Нина Орлова»: of two who press, one starts it (docs/faults.md, F48)."""
    announcement = found.announcement
    by_start = announcement.acted_by is None or announcement.state is AnnouncementState.DONE
    at = announcement.started_at if by_start else announcement.acted_at
    by = announcement.started_by if by_start else announcement.acted_by
    key = announcement.state.value if not by_start or announcement.state is AnnouncementState.SCHEDULED else "started"
    return Reply(
        f"announce.already.{key}",
        at=moment(case, at or case.now),
        by=await page_name(case, by or announcement.author_id),
        buttons=[[Button("announcement.open", f"announcement:{announcement.id}"), way_back(announcement)]],
    )

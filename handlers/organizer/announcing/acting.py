"""What is done to an announcement: shown to oneself, thrown away; paused, resumed, stopped, taken back, looked at."""

from __future__ import annotations

from bot.contest.announcing.model import Act, Acted, Announcement, AnnouncementState
from bot.talk.model import Button, Outcome, Reply
from handlers.kinds import Case
from handlers.organizer.announcing import reporting, standing
from handlers.organizer.announcing.counting import AT_ONCE
from handlers.organizer.announcing.drafts import draft_buttons
from handlers.organizer.announcing.previewing import preview
from handlers.organizer.announcing.scope import Opened, note, of_announcement
from handlers.organizer.announcing.words import counted_people, place_of, way_back
from handlers.organizer.scope import whole


@of_announcement
async def pause(case: Case, found: Opened, _more: str) -> Outcome:
    """«Пауза»: what has not gone waits."""
    id_ = found.announcement.id
    acted = await case.storage.announcements.pause(id_, by=case.person.id, at=case.now)
    return await _shown(case, found, acted, Act.PAUSE)


@of_announcement
async def resume(case: Case, found: Opened, _more: str) -> Outcome:
    """«Продолжить»."""
    id_ = found.announcement.id
    acted = await case.storage.announcements.resume(id_, by=case.person.id, at=case.now)
    return await _shown(case, found, acted, Act.RESUME)


@of_announcement
async def stop(case: Case, found: Opened, _more: str) -> Outcome:
    """«Остановить»: it waits from this moment on, and is ended when that is confirmed."""
    id_ = found.announcement.id
    acted = await case.storage.announcements.pause(id_, by=case.person.id, at=case.now)
    if acted.done:
        await note(case, acted.announcement, Act.PAUSE)
    if acted.announcement.state is not AnnouncementState.PAUSED:
        return await _too_late(case, Opened(acted.announcement, found.running))
    return Reply(
        "announce.stop_ask",
        number=id_,
        buttons=[
            [Button("announcement.stop_sure", f"announcement_stop_sure:{id_}", colour="negative")],
            [Button("announcement.resume", f"announcement_resume:{id_}")],
        ],
    )


@of_announcement
async def stop_sure(case: Case, found: Opened, _more: str) -> Outcome:
    """Nobody else gets it."""
    id_ = found.announcement.id
    acted = await case.storage.announcements.stop(id_, by=case.person.id, at=case.now)
    return await _shown(case, found, acted, Act.STOP)


@of_announcement
async def recall(case: Case, found: Opened, _more: str) -> Outcome:
    """«Отозвать»: what that does and what it does not."""
    announcement = found.announcement
    if not announcement.allows(Act.RECALL):
        return await standing.meanwhile(case, found)
    return Reply(
        "announce.recall_ask",
        number=announcement.id,
        got=await _got(case, announcement),
        buttons=[
            [Button("announcement.recall_sure", f"announcement_recall_sure:{announcement.id}", colour="negative")],
            [Button("announcement.keep", f"announcement:{announcement.id}"), way_back(announcement)],
        ],
    )


async def _got(case: Case, announcement: Announcement) -> str:
    """«Получили: 624 человека.», where that can be counted within a step."""
    if announcement.recipients > AT_ONCE:
        return ""
    figures = await case.storage.announcements.figures(announcement, read=False)
    return case.say("announce.recall_got", people=counted_people(case, figures.sent))


@of_announcement
async def recall_sure(case: Case, found: Opened, _more: str) -> Outcome:
    """Take it back from whoever got it within a day."""
    id_ = found.announcement.id
    acted = await case.storage.announcements.recall(id_, by=case.person.id, at=case.now)
    return await _shown(case, found, acted, Act.RECALL)


@of_announcement
async def report(case: Case, found: Opened, _more: str) -> Outcome:
    """«Отчёт»: how it went, as far as is known now."""
    return await standing.show(case, found)


async def _shown(case: Case, found: Opened, acted: Acted, act: Act) -> Outcome:
    """How it stands after the act; of two who act at once the second hears who was first."""
    after = Opened(acted.announcement, found.running)
    if not acted.done:
        return await _too_late(case, after)
    await note(case, acted.announcement, act)
    return await reporting.report(case, after, popup=case.say(f"announce.popup.{act}"))


async def _too_late(case: Case, found: Opened) -> Outcome:
    """Everybody has it by now; or somebody else was faster."""
    if found.announcement.state is AnnouncementState.DONE:
        return await reporting.report(case, found, popup=case.say("announce.popup.done"))
    return await standing.meanwhile(case, found)


@of_announcement
async def mine(case: Case, found: Opened, reached: str) -> Outcome:
    """«Показать мне»: exactly as it will look, and what to do with it below."""
    if found.announcement.state is not AnnouncementState.DRAFT:
        return await standing.show(case, found)
    below = Reply("announce.after_preview", buttons=draft_buttons(case, found, whole(reached)))
    return [preview(case, found), below]


@of_announcement
async def drop(case: Case, found: Opened, version: str) -> Outcome:
    """Throw a draft away."""
    announcement = found.announcement
    if not await case.storage.announcements.discard(announcement.id, version=whole(version)):
        return await standing.meanwhile(case, found)
    await note(case, announcement, "drop")
    again = Button("announcement.new", f"announce:{place_of(announcement)}/new")
    return Reply("announce.dropped", buttons=[[again, way_back(announcement)]])

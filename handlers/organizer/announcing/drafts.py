"""A draft as its author sees it: to whom, how many, how it will look, and what to do with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.contest.announcing.model import AnnouncementState, Figures
from bot.contest.announcing.placeholders import Placeholder, is_personal
from bot.contest.applications import number
from bot.contest.audiences import Base
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.everyone.thinking import ask_thought
from handlers.kinds import Case, Desk, Think, Thought
from handlers.organizer.announcing.counting import AT_ONCE, Tally, is_large, tally, unreached_line
from handlers.organizer.announcing.letter import event_values, letter
from handlers.organizer.announcing.progress import heading, progress
from handlers.organizer.announcing.scope import Opened, announcement_for, note, of_announcement
from handlers.organizer.announcing.words import counted_people, described, moment, people, place_of, way_back
from handlers.organizer.people import page_name
from handlers.organizer.scope import not_available, whole
from handlers.organizer.wording import lines

THINKER, REPORTER = "announcement", "announcement_report"


@of_announcement
async def announcement(case: Case, found: Opened, _more: str) -> Outcome:
    """The announcement as it stands."""
    return await show(case, found)


async def show(case: Case, found: Opened, *, lost: str = "") -> Outcome:
    """The card of a draft; of one that has been confirmed how far it is. `lost`: what it could not carry."""
    match found.announcement.state:
        case AnnouncementState.DRAFT:
            pass
        case AnnouncementState.SCHEDULED:
            return scheduled_card(case, found)
        case _:
            return await report(case, found)
    if await is_large(case, found.audience):
        ask_thought(case, THINKER, {"announcement": found.announcement.id, "lost": lost})
        return Reply("announce.counting")
    return draft_card(case, found, await tally(case, found.audience), lost=lost)


async def think(desk: Desk, about: Mapping[str, Any]) -> Think | None:
    """Count an audience that is too large for a step."""
    found = await announcement_for(desk, str(about["announcement"]), int(about["person_id"]))
    if found is None:
        return None
    counted = await tally(desk, found.audience)
    return lambda: Thought(counted.to_json())


async def thought(case: Case, _argument: str) -> Outcome:
    """The draft whose people have been counted."""
    result = case.incoming.result or {}
    about, counted = result.get("about", {}), result.get("thought")
    found = await announcement_for(case, str(about.get("announcement", "")), case.person.id)
    if found is None:
        return not_available()
    if result.get("failed") or not counted:
        again = Button("try_again", f"announcement:{found.announcement.id}")
        return Reply("announce.count_failed", buttons=[[again]])
    if found.announcement.state is not AnnouncementState.DRAFT:
        return await show(case, found)
    return draft_card(case, found, Tally.from_json(counted), lost=str(about.get("lost", "")))


def draft_card(case: Case, found: Opened, counted: Tally, *, lost: str = "") -> Reply:
    """To whom, how many, how it will look."""
    announcement, attached = found.announcement, found.announcement.attachments
    return Reply(
        "announce.draft",
        number=announcement.id,
        of=heading(case, found.running),
        audience=described(case, found.running, found.audience),
        facts=lines(
            [
                case.say("announce.reached", people=counted_people(case, counted.reached)),
                unreached_line(case, counted),
                case.say("announce.attached", count=len(attached)) if attached else "",
                case.say("announce.lost_line", what=lost) if lost else "",
                case.say("announce.sample") if is_personal(announcement.text) else "",
            ]
        ),
        text=Trusted(preview_text(case, found)),
        buttons=draft_buttons(case, found, counted.reached),
    )


def draft_buttons(case: Case, found: Opened, reached: int) -> list[list[Button]]:
    """What to do with a draft; without anybody to reach it can't be sent."""
    id_, version = found.announcement.id, found.version
    send = Button(
        label=case.say("announce.send_to", people=people(case, reached)),
        go=f"announcement_send:{version}/{reached}",
        colour="positive",
    )
    mine, when = (
        Button("announcement.mine", f"announcement_mine:{id_}/{reached}"),
        Button("announcement.when", f"announcement_when:{version}"),
    )
    whom = Button("announcement.whom", f"announcement_whom:{id_}")
    rows = [[send], [when, mine]] if reached else [[mine]]
    rows.append(
        [Button("announcement.text", f"announcement_text:{id_}"), *([] if found.audience.base is Base.SAME else [whom])]
    )
    return [*rows, [Button("announcement.drop", f"announcement_drop:{version}"), way_back(found.announcement)]]


def sample_values(case: Case, found: Opened) -> dict[str, str]:
    """What the preview puts in: the event's own values, one's own name and a number like theirs."""
    values = event_values(case, found.running)
    if case.person.first_name:
        values[Placeholder.NAME] = case.person.first_name
    if found.running is not None:
        event = found.running.event
        values[Placeholder.NUMBER] = number(event.number_prefix, event.year, 1)
    return values


def preview(case: Case, found: Opened) -> Reply:
    """The very message that people get."""
    announcement = found.announcement
    return letter(found.running, announcement.text, sample_values(case, found), attachments=announcement.attachments)


def preview_text(case: Case, found: Opened) -> str:
    """The same as words alone."""
    shown = preview(case, found)
    return case.say(shown.key, **shown.values)


@of_announcement
async def mine(case: Case, found: Opened, reached: str) -> Outcome:
    """«Показать мне»: exactly as it will look, and what to do with it below."""
    if found.announcement.state is not AnnouncementState.DRAFT:
        return await show(case, found)
    below = Reply("announce.after_preview", buttons=draft_buttons(case, found, whole(reached)))
    return [preview(case, found), below]


@of_announcement
async def drop(case: Case, found: Opened, version: str) -> Outcome:
    """Throw a draft away."""
    announcement = found.announcement
    if not await case.storage.announcements.discard(announcement.id, version=whole(version)):
        return await meanwhile(case, found)
    await note(case, announcement, "drop")
    again = Button("announcement.new", f"announce:{place_of(announcement)}/new")
    return Reply("announce.dropped", buttons=[[again, way_back(announcement)]])


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


async def report(case: Case, found: Opened, *, popup: str = "") -> Outcome:
    """How far it is; it is edited in place where a button of it is pressed.

    Of very many the figures are read aside; the mailing itself puts them into the message that it keeps up to date.
    """
    announcement = found.announcement
    if announcement.recipients <= AT_ONCE or popup:
        few = announcement.recipients <= AT_ONCE
        figures = await case.storage.announcements.figures(announcement) if few else Figures(planned=0, sent=0)
        return progress(case, found.running, announcement, figures, popup=popup)
    ask_thought(case, REPORTER, {"announcement": announcement.id})
    return Reply("announce.counting")


async def think_report(desk: Desk, about: Mapping[str, Any]) -> Think | None:
    """Count what became of very many messages."""
    found = await announcement_for(desk, str(about["announcement"]), int(about["person_id"]))
    if found is None:
        return None
    figures = await desk.storage.announcements.figures(found.announcement)
    return lambda: Thought(asdict(figures))


async def thought_report(case: Case, _argument: str) -> Outcome:
    """The report whose figures have been counted."""
    result = case.incoming.result or {}
    about, counted = result.get("about", {}), result.get("thought")
    found = await announcement_for(case, str(about.get("announcement", "")), case.person.id)
    if found is None:
        return not_available()
    if result.get("failed") or not counted:
        again = Button("try_again", f"announcement:{found.announcement.id}")
        return Reply("announce.count_failed", buttons=[[again]])
    codes = {name: {int(code): count for code, count in counted[name].items()} for name in ("unreachable", "failed")}
    return progress(case, found.running, found.announcement, Figures(**{**counted, **codes}))

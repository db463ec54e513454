"""The card of a draft: to whom, how many, how it will look, and what to do with it."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.audiences import Base
from bot.contest.placeholders import PERSONAL, Placeholder, known, named, unknown, used
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.kinds import Case, Desk
from handlers.organizer.announcing.counting import Tally, unreached_line
from handlers.organizer.announcing.previewing import preview_text
from handlers.organizer.announcing.progress import heading
from handlers.organizer.announcing.scope import Opened
from handlers.organizer.announcing.words import counted_people, described, people, way_back
from handlers.organizer.wording import lines

#: A draft is kept so long after it was begun.
KEPT_FOR = timedelta(days=90)
#: So many are forgotten at a look.
AT_A_LOOK = 10


def draft_card(case: Case, found: Opened, counted: Tally, *, lost: str = "", as_is: bool = False) -> Reply:
    """To whom, how many, how it will look.

    `as_is`: what stands in braces and means nothing is to go out as it was written; until that is said, or the text
    is put right, it can't be sent.
    """
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
                _sample_line(case, announcement.text),
                unknown_line(case, found),
            ]
        ),
        text=Trusted(preview_text(case, found)),
        buttons=draft_buttons(case, found, counted.reached) if as_is or not _unknown(found) else _unclear(found),
    )


def unknown_line(case: Case, found: Opened) -> str:
    """«Не знаю, что подставить вместо {фамилия}…», or nothing."""
    if not (typed := _unknown(found)):
        return ""
    placeholders = named(known(of_event=found.running is not None))
    return case.say("announce.unknown", typed=", ".join(typed), placeholders=placeholders)


def _unknown(found: Opened) -> tuple[str, ...]:
    return unknown(found.announcement.text, of_event=found.running is not None)


def _unclear(found: Opened) -> list[list[Button]]:
    """What stands in braces is a mistake, or is meant so."""
    id_ = found.announcement.id
    return [
        [Button("announcement.text", f"announcement_text:{id_}", colour="primary")],
        [Button("announcement.as_is", f"announcement_as_is:{found.version}")],
        [Button("announcement.drop", f"announcement_drop:{found.version}"), way_back(found.announcement)],
    ]


def _sample_line(case: Case, text: str) -> str:
    """What in the preview each reader will see otherwise."""
    words = used(text) & PERSONAL
    if not words:
        return ""
    key = "both" if len(words) > 1 else "name" if Placeholder.NAME in words else "number"
    return case.say(f"announce.sample.{key}")


async def forget_drafts(desk: Desk) -> bool:
    """What nobody has sent for long is of no use any more; whether there may be more of it."""
    return await desk.storage.announcements.forget_drafts(before=desk.now - KEPT_FOR, most=AT_A_LOOK) == AT_A_LOOK


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

"""The report on an announcement as a file: who got it when, who has read it, why others did not get it.

A long one is gathered and written in a process of its own, and takes no processor time from those who wait for answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.apart import made_apart
from bot.contest import calendar
from bot.contest.announcing.model import Figures, left_for_code
from bot.documents.announcement_report import draw_report
from bot.documents.exports.cells import Value
from bot.documents.file import File
from bot.talk.model import Outcome, Reply
from handlers.desk_apart import AskedApart
from handlers.everyone.files import ask_file
from handlers.kinds import Case, Desk, Draw
from handlers.organizer.announcing.nameless import nameless
from handlers.organizer.announcing.progress import heading, is_restored, left_reason, state_line
from handlers.organizer.announcing.scope import Opened, announcement_for, note, of_announcement
from handlers.organizer.announcing.words import spaced
from handlers.organizer.exports.wanted import page_link
from storage.announcement_rows import Delivery

MAKER = "announcement_report"
#: A report on fewer people is written on the spot.
MOST_HERE = 2000
#: A hundred thousand rows take some ten seconds.
WALL_S = 300.0


@dataclass(frozen=True, slots=True)
class Asked(AskedApart):
    """A report with all that it is written by; whom it is for is asked once more where it is written."""

    announcement: str
    person_id: int


@of_announcement
async def xlsx(case: Case, found: Opened, _more: str) -> Outcome:
    """«Отчёт XLSX»: have it made; that much of people leaves by it is noted."""
    announcement = found.announcement
    ask_file(
        case,
        MAKER,
        {"announcement": announcement.id},
        text="announcing_report.ready",
        go=f"announcement:{announcement.id}",
        number=str(announcement.id),
    )
    await note(case, announcement, "report", rows=announcement.recipients)
    return Reply("announcing_report.asked")


async def make(desk: Desk, about: Mapping[str, Any]) -> Draw | None:
    """Gather it; None: it is not for this person (any more)."""
    number, person_id = str(about["announcement"]), int(about["person_id"])
    found = await announcement_for(desk, number, person_id)
    if found is None:
        return None
    left_out = await desk.storage.announcements.left_out(found.announcement.id)
    if found.announcement.recipients + sum(left_out.values()) <= MOST_HERE:
        return await _gathered(desk, found)
    asked = Asked(await desk.storage.exports.place(), desk.now, desk.facts, desk.texts, number, person_id)
    return lambda: made_apart(written, asked, wall_s=WALL_S)


def written(asked: Asked) -> File:
    """The report, by a process that reads the database by itself. Raises LookupError: it is not for this person."""
    return asyncio.run(_read_and_written(asked))


async def _read_and_written(asked: Asked) -> File:
    async with asked.desk() as desk:
        found = await announcement_for(desk, asked.announcement, asked.person_id)
        if found is None:
            raise LookupError(asked.announcement)
        return (await _gathered(desk, found))()


async def _gathered(desk: Desk, found: Opened) -> Draw:
    announcement, storage = found.announcement, desk.storage
    figures = await storage.announcements.figures(announcement)
    deliveries = await storage.announcements.deliveries(announcement.id)
    deliveries += await storage.announcements.all_left_out(announcement.id)
    hidden = await nameless(desk, (announcement.event_code,) if announcement.event_code else ())
    lines = [*_heads(desk, found, restored=await is_restored(desk)), *_figures(desk, figures)]
    name = desk.say("announcing_report.name", number=announcement.id)
    return lambda: draw_report(
        name, about=lines, rows=(_row(desk, one, hidden) for one in deliveries), zone=desk.facts.zone
    )


def _row(desk: Desk, one: Delivery, hidden: Collection[int]) -> list[Value]:
    known = one.person_id not in hidden
    sent_at = one.settled_at if one.state == "sent" else None
    return [
        (one.name or f"id{one.person_id}") if known else "",
        page_link(one.person_id) if known else "",
        _what(desk, one),
        sent_at,
        one.read_at if sent_at else None,
    ]


def _what(desk: Desk, one: Delivery) -> str:
    if one.left_out is not None:
        return left_reason(desk, one.left_out)
    if one.state == "dropped" and one.error_code is not None:
        return left_reason(desk, left_for_code(one.error_code))
    return desk.say(f"announcing_report.what.{one.state}", code=one.error_code or "")


def _heads(desk: Desk, found: Opened, *, restored: bool) -> list[tuple[str, str]]:
    zone = desk.facts.zone
    lines = {
        "event": heading(desk, found.running),
        "text": found.announcement.text,
        "state": state_line(desk, found.announcement, restored=restored),
        "when": f"{calendar.local(desk.now, zone):%d.%m.%Y %H:%M} ({calendar.zone_name(desk.now, zone)})",
    }
    return [(desk.say(f"announcing_report.about.{key}"), said) for key, said in lines.items()]


def _figures(desk: Desk, figures: Figures) -> Iterator[tuple[str, str]]:
    plain = {
        "planned": figures.planned,
        "sent": figures.sent,
        "read": figures.read,
        "on_the_way": figures.on_the_way + figures.ahead,
        "dropped": figures.dropped,
        "recalled": figures.recalled,
        "not_recalled": figures.not_recalled + figures.too_old,
    }
    for key, count in plain.items():
        yield desk.say(f"announcing_report.figure.{key}"), spaced(count)
    for code, count in figures.unreachable.items():
        reason = left_reason(desk, left_for_code(code))
        yield desk.say("announcing_report.figure.unreachable", reason=reason), spaced(count)
    for code, count in figures.failed.items():
        yield desk.say("announcing_report.figure.failed", code=code), spaced(count)
    for why, count in figures.left_out.items():
        yield desk.say("announcing_report.figure.left_out", reason=left_reason(desk, why)), spaced(count)

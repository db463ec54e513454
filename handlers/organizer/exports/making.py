"""From the wish to the file: asked once more where much of people leaves, written aside, noted in the log, sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.contest import calendar
from bot.contest.authorize import Action
from bot.contest.exports.model import Listing, is_personal, must_be_asked
from bot.contest.text import shorten
from bot.documents.file import File
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.events import Running
from handlers.everyone.thinking import ask_thought
from handlers.kinds import Case, Desk, Think, Thought
from handlers.organizer.exports.apart import Asked, Format, apart
from handlers.organizer.exports.asking import NO_EVENT, Asking, back, listed, of_list, withheld
from handlers.organizer.exports.screens import filter_name
from handlers.organizer.exports.sources.all import COUNTED, rows_at_most
from handlers.organizer.exports.wanted import Filter
from handlers.organizer.people import page_name
from handlers.organizer.scope import detail, not_available

THINKER = "export"
#: VK takes no larger document.
MOST_BYTES = 200 * 1024 * 1024
_MOST_NAME = 120
_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@of_list
async def make(case: Case, asking: Asking, kind: str) -> Outcome:
    """Have the file made; where it carries many people's data away, the number is confirmed first."""
    count = await rows_at_most(case, asking.running, asking.listing.code, asking.filter)
    if not count and asking.listing.code in COUNTED:
        return Reply("exports.nothing", buttons=[[Button("exports.back", f"export:-/{asking.where}")]])
    if kind in set(Format) and must_be_asked(asking.columns, count):
        sure = Button("exports.sure", f"export_sure:{kind}/{asking.where}", colour="negative")
        return Reply(
            "exports.sure",
            list=asking.listing.title,
            count=count,
            buttons=[[sure], [Button("exports.back", f"export:-/{asking.where}")]],
        )
    return await sure_make(case, asking, kind)


async def sure_make(case: Case, asking: Asking, kind: str) -> Outcome:
    """The same, confirmed."""
    if kind not in set(Format):
        return not_available()
    about = {
        "event": asking.code,
        "list": asking.listing.code,
        "filter": asking.filter.code,
        "searched": asking.filter.searched,
        "named": filter_name(case, asking, asking.filter),
        "columns": [one.code for one in asking.columns],
        "format": kind,
        "go": f"export:-/{asking.where}",
    }
    ask_thought(case, THINKER, about)
    return Reply("exports.making", list=asking.listing.title, buttons=[[back(asking)]])


async def think(desk: Desk, about: Mapping[str, Any]) -> Think | None:
    """Ready to write the file; None: it is not for this person (any more)."""
    found = await _allowed(desk, about)
    if found is None:
        return None
    running, listing = found
    columns = tuple(code for code in about["columns"] if code in listing.by_code)
    asked = Asked(
        database=await desk.storage.exports.place(),
        now=desk.now,
        facts=desk.facts,
        texts=desk.texts,
        event=running.code if running else None,
        listing=listing.code,
        chosen=Filter(str(about["filter"]), str(about["searched"])),
        columns=columns,
        format=Format(about["format"]),
        about=await _about(desk, about, running, listing),
    )
    name = _file_name(desk, about, running, listing)
    personal = is_personal([listing.by_code[code] for code in columns])
    return lambda: _thought(asked, name, personal=personal)


def _thought(asked: Asked, name: str, *, personal: bool) -> Thought:
    done = apart(asked)
    result = {"rows": done.rows, "columns": list(asked.columns), "personal": personal}
    if not done.rows or len(done.data) > MOST_BYTES:
        return Thought({**result, "large": bool(done.rows)})
    return Thought(result, File(name, done.data))


async def thought(case: Case, _argument: str) -> Outcome:
    """The file is there: noted in the log and sent, in one transaction; or why there is none."""
    result = case.incoming.result
    if result is None:
        return not_available()
    about, found = result["about"], result.get("thought")
    again = [[Button("exports.back", str(about["go"]))]]
    allowed = await _allowed(case, about)
    if result.get("failed"):
        reply = Reply("file_failed", buttons=again)
    elif allowed is None or not found:
        reply = not_available()
    elif not result.get("attachment"):
        reply = Reply("exports.too_large" if found["large"] else "exports.nothing", buttons=again)
    else:
        await _note(case, about, found)
        if about["searched"]:
            await case.storage.exports.search(case.person.id, str(about["list"]), None)  # it may be a name
        reply = Reply(
            "exports.done",
            list=allowed[1].title,
            filter=Trusted(about["named"]),
            count=found["rows"],
            attachments=[str(result["attachment"])],
            buttons=again,
        )
    case.tell(case.person.id, reply)
    return None


async def _allowed(desk: Desk, about: Mapping[str, Any]) -> tuple[Running | None, Listing] | None:
    """Rights are asked for when the file is wanted, when it is written and when it is sent."""
    person_id = int(about["person_id"])
    found = await listed(desk, person_id, str(about["event"]), str(about["list"]))
    return None if found is None or await withheld(desk, person_id, *found) else found


async def _note(case: Case, about: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    """Who took what away: never whom it is about, nor the words of a search, which may be a name."""
    await case.storage.audit.add(
        case.person.id,
        Action.EXPORT,
        "roles" if about["event"] == NO_EVENT else f"event:{about['event']}",
        detail(
            list=about["list"],
            format=about["format"],
            filter="search" if about["searched"] else about["filter"] or None,
            rows=found["rows"],
            columns=found["columns"],
            personal=found["personal"],
        ),
        at=case.now,
    )


async def _about(
    desk: Desk, about: Mapping[str, Any], running: Running | None, listing: Listing
) -> tuple[tuple[str, str], ...]:
    zone = desk.facts.zone
    lines = [
        ("what", f"{listing.title}; {desk.say('exports.one_row', row=Trusted(listing.row))}"),
        ("event", running.event.title if running else desk.say("org.every_event")),
        ("filter", str(about["named"])),
        ("when", f"{calendar.local(desk.now, zone):%d.%m.%Y %H:%M} ({calendar.zone_name(desk.now, zone)})"),
        ("whose", await page_name(desk, int(about["person_id"]))),
        ("moment", desk.say("exports.snapshot")),
        ("hidden", desk.say("exports.hidden")),
    ]
    return tuple((desk.say(f"exports.about.{key}"), text) for key, text in lines)


def _file_name(desk: Desk, about: Mapping[str, Any], running: Running | None, listing: Listing) -> str:
    """«Заявки (на исправлении), Создавай со Scratch, 18.04.2026.xlsx»; a search is not named: it may be a name."""
    narrowed = about["filter"] not in ("", "all")
    what = desk.say("exports.found") if about["searched"] else str(about["named"]) if narrowed else ""
    day = f"{calendar.local(desk.now, desk.facts.zone):%d.%m.%Y}"
    parts = (f"{listing.title} ({what})" if what else listing.title, running.event.short_title if running else "", day)
    name = shorten(_NO_NAME.sub(" ", ", ".join(part for part in parts if part)), _MOST_NAME)
    return f"{name}.{about['format']}"


sure_route = of_list(sure_make)

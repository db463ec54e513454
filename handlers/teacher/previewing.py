"""What a table would do, in words, before anything is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from bot.contest.bulk_matching import Fate
from bot.contest.text import shorten
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.participant.events import seats
from handlers.participant.wording import MENU
from handlers.teacher import bulk
from storage.imports import Import

#: So many mistakes and changes are told in the message; the file has all of them.
MOST_TOLD = 6
_CELL_CHARS = 60
Items = Sequence[Mapping[str, Any]]


async def thought(case: Case, _argument: str) -> Reply | None:
    """The table has been thought over."""
    result = case.incoming.result or {}
    found: Mapping[str, Any] = result.get("thought") or {}
    if result.get("failed"):
        return Reply("bulk_failed", buttons=[[MENU]])
    kept = await bulk.own_import(case, str(found["import_id"])) if found else None
    running = await event_of(case, kept.event_code or "") if kept else None
    if kept is None or running is None:
        return None
    if not found["items"]:
        await case.storage.imports.settle(kept.id, "dropped", at=case.now)
        row = [Button("blank", f"blank:{running.code}", colour="primary")]
        return Reply("bulk_no_rows", title=Trusted(running.event.short_title), buttons=[row, [MENU]])
    await case.storage.imports.set_plan(kept.id, found)
    attachment = result.get("attachment")
    return await _preview(case, running, kept, found, str(attachment) if attachment else "")


def of(items: Items, *fates: Fate) -> list[Mapping[str, Any]]:
    """Those of these fates."""
    return [item for item in items if item["fate"] in fates]


async def _preview(case: Case, running: Running, kept: Import, plan: Mapping[str, Any], attachment: str) -> Reply:
    items: Items = plan["items"]
    wrong, right = of(items, Fate.WRONG), of(items, Fate.NEW, Fate.CHANGED, Fate.SAME)
    lines = [
        case.say("bulk_found", right=len(right), wrong=case.say("bulk_found_wrong", count=len(wrong)) if wrong else ""),
        _counts(case, items),
        _schools(case, items),
        case.say("bulk_other_school", names="; ".join(plan["other_schools"])) if plan["other_schools"] else "",
        await _seats(case, running, items),
        *_changes(case, items),
        _other_people(case, running, items),
        _twice(case, items),
        *_wrong(case, plan["wrong"], in_file=bool(attachment), listed=kept.source == "list"),
        case.say("bulk_ignored", titles="», «".join(plan["ignored"][:MOST_TOLD])) if plan["ignored"] else "",
        case.say("bulk_consents_needed") if of(items, Fate.NEW) and not kept.content.get("consents") else "",
    ]
    return Reply(
        "bulk_preview",
        title=Trusted(running.event.short_title),
        lines=Trusted("\n".join(line for line in lines if line)),
        attachments=[attachment] if attachment else [],
        buttons=_buttons(case, running, kept, items),
    )


def _counts(case: Case, items: Items) -> str:
    if len(of(items, Fate.SAME)) == len(items):
        return case.say("bulk_nothing_new")
    told = [(fate, len(of(items, fate))) for fate in (Fate.NEW, Fate.CHANGED, Fate.SAME)]
    counts = ", ".join(case.say(f"bulk_counts.{fate}", count=count) for fate, count in told if count)
    return f"{counts}." if counts else ""


def _schools(case: Case, items: Items) -> str:
    names = Counter(item["answers"]["school"]["name"] for item in of(items, Fate.NEW))
    if not names:
        return ""
    unknown = {
        item["answers"]["school"]["name"] for item in of(items, Fate.NEW) if not item["answers"]["school"]["code"]
    }
    listed = "; ".join(f"{name} ({count})" for name, count in names.most_common(MOST_TOLD))
    said = case.say("bulk_schools", names=listed)
    return said if not unknown else f"{said} {case.say('bulk_schools_unknown', names='; '.join(sorted(unknown)))}"


async def _seats(case: Case, running: Running, items: Items) -> str:
    """How many of the new ones would have to wait, where places are few."""
    free, new = await seats.left(case, running), len(of(items, Fate.NEW))
    return "" if free is None or free >= new else case.say("bulk_seats", free=free, waiting=new - free)


def _changes(case: Case, items: Items) -> list[str]:
    changed = of(items, Fate.CHANGED)
    told = [
        case.say("bulk_change", who=item["who"], title=title.lower(), before=_short(before), after=_short(after))
        for item in changed
        for title, before, after in item["changes"]
    ]
    more = len(told) - MOST_TOLD
    return [*told[:MOST_TOLD], *([case.say("bulk_more", count=more)] if more > 0 else [])]


def _other_people(case: Case, running: Running, items: Items) -> str:
    """What parents have said about a child does not pass to another one in the same row."""
    names = [name for item in of(items, Fate.CHANGED) for name in item["other_people"]]
    if not names or not running.event.consents:
        return ""
    more = case.say("bulk_other_more", count=len(names) - MOST_TOLD) if len(names) > MOST_TOLD else ""
    return case.say("bulk_other_people", names=", ".join(names[:MOST_TOLD]), more=more)


def _twice(case: Case, items: Items) -> str:
    twice = [item for item in of(items, Fate.NEW) if item["twice"]]
    if not twice:
        return ""
    names = [f"{item['who']} ({item['line']})" for item in twice[:MOST_TOLD]]
    return case.say("bulk_twice_all", count=len(twice), names="; ".join(names))


def _wrong(case: Case, wrong: Sequence[Mapping[str, Any]], *, in_file: bool, listed: bool) -> list[str]:
    """The first mistakes; a list that was pasted has no row with titles above it."""
    if not wrong:
        return []
    above = 1 if listed and not in_file else 0
    told = [
        case.say("bulk_wrong", line=one["line"] - above, title=one["title"], why=one["why"])
        for one in wrong[:MOST_TOLD]
    ]
    more = len(wrong) - MOST_TOLD
    tail = [case.say("bulk_more", count=more)] if more > 0 else []
    return [case.say("bulk_wrong_head"), *told, *tail, case.say("bulk_marked" if in_file else "bulk_wrong_list")]


def _short(value: str) -> str:
    return shorten(value, _CELL_CHARS) or "—"


def _buttons(case: Case, running: Running, kept: Import, items: Items) -> list[list[Button]]:
    new, changed = of(items, Fate.NEW), of(items, Fate.CHANGED)
    twice = [item for item in new if item["twice"]]
    if not new and not changed:
        return [[Button("teacher_desk", f"teacher_desk:{running.code}")], [MENU]]
    rows = [[Button(label=_label(case, len(new), len(changed)), go=f"bulk_send:{kept.id}", colour="positive")]]
    if twice and (rest := len(new) - len(twice)) + len(changed):
        label = case.say("bulk_label.without_twice", count=rest + len(changed))
        rows.append([Button(label=label, go=f"bulk_send_once:{kept.id}")])
    return [*rows, [Button("bulk_drop", f"bulk_drop:{kept.id}")]]


def _label(case: Case, new: int, changed: int) -> str:
    if new and changed:
        return case.say("bulk_label.both", new=new, changed=changed)
    return case.say("bulk_label.new", count=new) if new else case.say("bulk_label.changed", count=changed)

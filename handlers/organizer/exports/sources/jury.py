"""The jury and its sheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.contest.event.scoring import Criterion
from bot.documents.exports.cells import Value
from handlers.organizer.exports.sources.entries import Entry, common, entries
from handlers.organizer.exports.wanted import Rows, Wanted, page_link
from storage.exports import SheetLine
from storage.spans import Span


@dataclass(frozen=True, slots=True)
class Scored:
    """One line of a sheet with the work that it is about."""

    entry: Entry
    line: SheetLine
    criterion: Criterion | None


async def jury(wanted: Wanted) -> Rows:
    """A row a member."""
    storage, directory = wanted.desk.storage, wanted.desk.facts.directory
    progress = {one.person_id: one for one in await storage.jury.progress(wanted.running.code)}
    for member in await storage.jury.members(wanted.running.code):
        found, school = progress[member.person_id], member.organisation_code or ""
        values: dict[str, Value] = {
            "juror": member.full_name,
            "school": directory.get(school).name_short if school in directory.codes else None,
            "scored": found.scored,
            "assigned": found.assigned,
            "conflicts": found.conflicts,
            "joined": member.joined_at,
            "link": page_link(member.person_id),
        }
        yield [values[column.code] for column in wanted.columns]


async def scores(wanted: Wanted) -> Rows:
    """A row a point."""
    storage, code = wanted.desk.storage, wanted.running.code
    names = {one.person_id: one.full_name for one in await storage.jury.members(code)}
    readers, lines = _readers(wanted, names), {one.code: one for one in wanted.running.event.criteria}
    async for page in entries(wanted):
        by_id = {entry.application.id: entry for entry in page}
        span = Span(page[0].application.ordinal - 1, page[-1].application.ordinal)
        for line in await storage.exports.sheets(code, span):
            entry = by_id[line.application_id]
            about = Scored(entry, line, lines.get(line.criterion or ""))
            if not entry.hidden:
                yield wanted.row(readers, about)
                continue
            yield [
                None if column.personal and column.code not in ("who", "juror") else readers[column.code](about)
                for column in wanted.columns
            ]


def _readers(wanted: Wanted, names: dict[int, str]) -> dict[str, Callable[[Scored], Value]]:
    say, readers = wanted.desk.say, common(wanted)

    def of(read: Callable[[Entry], Value]) -> Callable[[Scored], Value]:
        return lambda about: read(about.entry)

    return {
        **{code: of(read) for code, read in readers.items()},
        "juror": lambda about: names.get(about.line.person_id, f"id{about.line.person_id}"),
        "sheet": lambda about: say(f"exports.sheet.{about.line.state}"),
        "criterion": lambda about: about.criterion.title if about.criterion else about.line.criterion,
        "points": lambda about: about.line.points,
        "most": lambda about: about.criterion.max if about.criterion else None,
        "weight": lambda about: about.criterion.weight if about.criterion else None,
        "saved": lambda about: about.line.saved_at,
        "comment": lambda about: about.line.comment,
        "reason": lambda about: about.line.reason,
    }

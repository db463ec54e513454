"""The register of papers, and what people find wrong in them."""

from __future__ import annotations

from bot.documents.exports.cells import Value
from handlers.organizer.exports.wanted import Rows, Wanted
from handlers.seeing import hiding_of_event
from storage.paper_mistakes import Mistake
from storage.paper_rows import Paper


async def papers(wanted: Wanted) -> Rows:
    """A row a paper, in the order of the numbers; who may not be named is not, whatever stands on the paper."""
    hiding = await hiding_of_event(wanted.desk, wanted.running.code)
    for one in await wanted.desk.storage.papers.of_event(wanted.running.code):
        if wanted.filter.code not in ("valid", "withdrawn") or one.state == wanted.filter.code:
            hidden = one.application_id is not None and hiding.hides(one.application_id, one.participant_id)
            values = _values(wanted, one, hidden=hidden)
            yield [values[column.code] for column in wanted.columns]


async def paper_mistakes(wanted: Wanted) -> Rows:
    """A row a report, in their order; of whom may not be named neither the old words nor the new ones are told."""
    desk, code = wanted.desk, wanted.running.code
    hiding = await hiding_of_event(desk, code)
    papers_by_id = {one.id: one for one in await desk.storage.papers.of_event(code)}
    for one in await desk.storage.paper_mistakes.of_event(code):
        if wanted.filter.code != "asked" or one.state == "asked":
            paper = papers_by_id[one.paper_id]
            hidden = paper.application_id is not None and hiding.hides(paper.application_id, paper.participant_id)
            values = _of_mistake(wanted, one, hidden=hidden)
            yield [values[column.code] for column in wanted.columns]


def _of_mistake(wanted: Wanted, one: Mistake, *, hidden: bool) -> dict[str, Value]:
    return {
        "number": one.number,
        "field": wanted.desk.say(f"mistake.wrong.{one.field}"),
        "was": None if hidden else one.was,
        "wanted": None if hidden else one.wanted,
        "state": wanted.desk.say(f"exports.mistake.{one.state}"),
        "reported": one.reported_at,
        "decided": one.decided_at,
        "reason": None if hidden else one.reason,
    }


def _values(wanted: Wanted, one: Paper, *, hidden: bool) -> dict[str, Value]:
    return {
        "number": one.number,
        "kind": one.kind.label,
        "whom": one.content.name if one.content and not hidden else None,
        "state": wanted.desk.say(f"exports.paper.{one.state}"),
        "issued": one.issued_at,
        "version": one.version,
        "reissued": one.reissued_at,
        "protocol": one.protocol,
        "reason": None if hidden else one.reason,
        "replaced": one.replaced_by,
    }

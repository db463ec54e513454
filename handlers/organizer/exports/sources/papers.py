"""The register of papers."""

from __future__ import annotations

from bot.documents.exports.cells import Value
from handlers.organizer.exports.wanted import Rows, Wanted
from handlers.seeing import hiding_of_event
from storage.paper_rows import Paper


async def papers(wanted: Wanted) -> Rows:
    """A row a paper, in the order of the numbers; who may not be named is not, whatever stands on the paper."""
    hiding = await hiding_of_event(wanted.desk, wanted.running.code)
    for one in await wanted.desk.storage.papers.of_event(wanted.running.code):
        if wanted.filter.code not in ("valid", "withdrawn") or one.state == wanted.filter.code:
            hidden = one.application_id is not None and hiding.hides(one.application_id, one.participant_id)
            values = _values(wanted, one, hidden=hidden)
            yield [values[column.code] for column in wanted.columns]


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

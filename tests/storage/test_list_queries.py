"""A list costs as many statements for many rows as for one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from storage.storage import Storage
from tests.storage.world import ANYA, BORYA, JUROR, NOON, TEACHER, apply, form

LISTS: dict[str, Callable[[Storage], Awaitable[object]]] = {
    "applications of an event": lambda storage: storage.applications.of_event("scratch"),
    "applications of a person": lambda storage: storage.applications.of_person(TEACHER),
    "applications without a work": lambda storage: storage.applications.of_event_without_work("scratch"),
    "cards of a juror": lambda storage: storage.jury.cards("scratch", JUROR),
    "sheets of an event": lambda storage: storage.jury.sheets("scratch"),
    "progress of the jury": lambda storage: storage.jury.progress("scratch"),
    "consents of an event": lambda storage: storage.consents.of_event("scratch"),
    "people of an event": lambda storage: storage.outcomes.people("scratch"),
    "papers of an event": lambda storage: storage.papers.of_event("scratch"),
    "papers of a person": lambda storage: storage.papers.of_person(TEACHER),
    "works of an event": lambda storage: storage.works.of_event("scratch"),
    "works of a person": lambda storage: storage.works.of_person(TEACHER),
}
#: Works are asked for together with the pieces that stay in them: a statement more, whatever their number.
PIECES_TOO = {"cards of a juror": 2, "works of an event": 2, "works of a person": 2}


@pytest.mark.parametrize("name", LISTS)
async def test_three_rows_take_the_statements_that_one_row_takes(storage: Storage, name: str) -> None:
    statements: list[str] = []
    storage._connection._raw.set_trace_callback(statements.append)
    for rows in (1, 3):
        while len(await storage.applications.of_event("scratch")) < rows:
            application = await apply(storage, form(ANYA, BORYA))
            await storage.jury.assign([(application.id, JUROR)], at=NOON)
        statements.clear()
        await LISTS[name](storage)
        assert len(statements) == PIECES_TOO.get(name, 1)

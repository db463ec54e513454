"""Forgetting on papers: a paper of one's own keeps its number and state alone, on others' papers the name goes.

A number goes on to be checked: what was issued stays issued (domain: «выданный диплом остаётся действительным»).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from storage.connection import Connection
from storage.sql import load

QUERIES = load("forgetting_papers")
#: What stands in the place of a name on somebody else's paper.
NAMELESS = "участник"


async def of_applications(connection: Connection, meant: Mapping[str, object]) -> None:
    """The papers of one application (`application_id`), or all of an event (`event_code`); the other is None."""
    for query in ("contents", "words", "mistakes"):
        await getattr(QUERIES, query)(connection, **meant)


async def of_participant(connection: Connection, participant_id: int) -> None:
    """The papers of one of several."""
    for query in ("contents_of", "words_of", "mistakes_of"):
        await getattr(QUERIES, query)(connection, participant_id=participant_id)


async def of_person(connection: Connection, person_id: int) -> None:
    """The papers that an account gets, and what it has asked to put right."""
    for query in ("contents_got_by", "words_got_by", "mistakes_told_by"):
        await getattr(QUERIES, query)(connection, person_id=person_id)


async def beside_application(connection: Connection, application_id: int, names: Sequence[str]) -> None:
    """These names, as they are printed on other papers of the application's event: a letter, a team's diploma."""
    event_code = await QUERIES.event_of_application(connection, application_id=application_id)
    await _take_out(connection, event_code, names)


async def beside_participant(connection: Connection, participant_id: int, names: Sequence[str]) -> None:
    """The same of one of several."""
    event_code = await QUERIES.event_of_participant(connection, participant_id=participant_id)
    await _take_out(connection, event_code, names)


async def _take_out(connection: Connection, event_code: str, names: Sequence[str]) -> None:
    for name in names:
        pattern = f"%{json.dumps(name, ensure_ascii=False)[1:-1]}%"
        rows = [row async for row in QUERIES.naming(connection, event_code=event_code, pattern=pattern)]
        if rows:
            values = [
                {
                    "paper_id": row["paper_id"],
                    "version": row["version"],
                    "content": json.dumps(
                        _without(json.loads(row["content"]), name), ensure_ascii=False, sort_keys=True
                    ),
                }
                for row in rows
            ]
            await QUERIES.put_contents(connection, values)


def _without(value: object, name: str) -> object:
    """What JSON holds, without this name; of «Белов Артёмий» nothing goes with «Белов Артём»."""
    match value:
        case str():
            return re.sub(rf"(?<!\w){re.escape(name)}(?:\s+\w+(?:вич|вна|чна|кызы|оглы))?(?!\w)", NAMELESS, value)
        case list():
            return [_without(one, name) for one in value]
        case dict():
            return {key: _without(one, name) for key, one in value.items()}
    return value

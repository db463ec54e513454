"""Tables that people send: asked for by a talk, read by a job, given to the route that wants the rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.contest.refusal import Refusal
from bot.talk.incoming import Attachment
from bot.talk.model import Outcome, Route
from handlers.kinds import Case

KIND = "read_table"
#: What people save tables as; whether it really is one is seen by its bytes.
EXTENSIONS = frozenset({"xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv"})
#: A person has so many files read within an hour.
MOST_AN_HOUR = 5
WINDOW = timedelta(hours=1)


def is_table(attachment: Attachment) -> bool:
    """Whether somebody sent what looks like a table."""
    return attachment.kind == "doc" and attachment.extension in EXTENSIONS


async def ask_table(case: Case, reader: str, attachment: Attachment, about: Mapping[str, Any]) -> Refusal | None:
    """Have a table read for the reader of this name, or why not. `about` comes back beside the rows."""
    read = await case.storage.incidents.count_since(case.person.id, KIND, case.now - WINDOW)
    if read >= MOST_AN_HOUR:
        return Refusal("table.too_often", {"most": MOST_AN_HOUR})
    await case.storage.incidents.add(case.person.id, KIND, "", at=case.now)
    argument = {
        "reader": reader,
        "url": attachment.url,
        "name": attachment.title,
        "size": attachment.size_bytes,
        "extension": attachment.extension,
        "about": dict(about),
    }
    case.ask(case.person.id, KIND, argument)
    return None


def refusal_of(result: Mapping[str, Any]) -> Refusal | None:
    """Why the table could not be read; None: its sheets are there."""
    if result.get("failed"):
        return Refusal("table.unreachable")
    refused = result.get("refused")
    return Refusal(str(refused["key"]), dict(refused["values"])) if refused else None


def received(readers: Mapping[str, Route]) -> Route:
    """The job's result, for the reader under whose name it was asked for."""

    async def give(case: Case, argument: str) -> Outcome:
        result = case.incoming.result or {}
        return await readers[str(result["reader"])](case, argument)

    return give

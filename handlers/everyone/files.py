"""Files made for people: asked for by a talk, made by a job, sent when they are ready."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.talk.model import Button, Reply
from handlers.kinds import Case

KIND = "make_file"


def ask_file(case: Case, maker: str, about: Mapping[str, Any], *, text: str, go: str = "menu", **values: str) -> None:
    """Have a file made and sent to the one who acts, under the text `text` with these values.

    `go`: where the button below a failure leads, to try once more.
    """
    person_id = case.person.id
    argument = {"maker": maker, "about": {**about, "person_id": person_id}, "text": text, "values": values, "go": go}
    case.ask(person_id, KIND, argument)


async def made(case: Case, _argument: str) -> None:
    """The job's result: the file, or that it could not be made."""
    result = case.incoming.result or {}
    again = [[Button("try_again", str(result.get("go", "menu")))]]
    if result.get("failed"):
        reply = Reply("file_failed", buttons=again)
    elif not result.get("attachment"):
        reply = Reply("file_nothing")
    else:
        reply = Reply(str(result["text"]), attachments=[str(result["attachment"])], **result["values"])
    case.tell(case.person.id, reply)

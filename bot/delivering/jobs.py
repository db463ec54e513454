"""The kinds of work with papers that jobs ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.contest.facts import Facts
from bot.delivering.carrying import Carrying
from bot.delivering.issuing import Issuing
from bot.delivering.trying import Trying
from bot.pipeline.jobbing import Work
from bot.talk.texts import Texts
from storage.database import Database

if TYPE_CHECKING:
    from bot.vk.downloads import Downloads
    from bot.vk.uploads import Uploads


def works(
    database: Database,
    uploads: Uploads,
    downloads: Downloads,
    *,
    texts: Texts,
    facts: Facts,
    now: Callable[[], datetime],
) -> Mapping[str, Work]:
    """Each kind with what does it; `uploads` are such as leave room for people's replies."""
    trying = Trying(database, uploads, downloads, texts=texts, facts=facts, now=now)
    carrying = Carrying(database, uploads, texts=texts, facts=facts, now=now)
    issuing = Issuing(database, texts=texts, facts=facts, now=now)
    return {"issue_papers": issuing.issue, "deliver_papers": carrying.carry, "try_design": trying.attempt}

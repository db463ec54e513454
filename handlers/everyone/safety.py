"""What is answered to a button that is not ours, or not this person's."""

from __future__ import annotations

import json
import logging
from datetime import timedelta

from bot.talk.model import Reply
from handlers.kinds import Case

log = logging.getLogger(__name__)

#: docs/faults.md, B17: five forged buttons in ten minutes, and the person is not answered any more.
MOST_FORGED = 5
WINDOW = timedelta(minutes=10)
FORGED = "forged_payload"


async def forged(case: Case, _argument: str) -> Reply | None:
    """A payload that we did not make for this person: noted, refused, and past some number ignored."""
    count = await case.storage.incidents.count_since(case.person.id, FORGED, case.now - WINDOW)
    detail = json.dumps(case.incoming.payload, ensure_ascii=True, default=str)[:200]
    await case.storage.incidents.add(case.person.id, FORGED, detail, at=case.now)
    log.warning("a forged button of person %s", case.person.id)
    return Reply("not_available") if count < MOST_FORGED else None

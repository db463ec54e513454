"""Numbers of papers, as people read them and type them."""

from __future__ import annotations

import re

#: Nobody types a longer number.
MOST_TYPED = 100
_APART = re.compile(r"[^0-9A-ZА-ЯЁ]+")
_TWINS = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
_BEFORE = re.compile(r"(?:НОМЕР|NО?)-?")
#: Written without gaps the last part has all its digits; apart from the rest it may lack its noughts.
_NUMBER = re.compile(r"([А-ЯЁ0]{1,6})-?([0-9]{4})-?([А-ЯЁ]{1,4}[0-9]{0,3})(?:-?([0-9]{4,6})|-([0-9О]{1,6}))")


def paper_number(prefix: str, year: int, event_number: str, ordinal: int) -> str:
    """«ОЧК-2026-У5-0147»; `event_number`: the event's number in the year's report, or its own prefix.

    `ordinal` counts from 1 within an event.
    """
    return f"{prefix}-{year}-{event_number}-{ordinal:04d}"


def read_paper_number(text: str) -> str | None:
    """The number in «очк 2026 у5 0147», «№ ОЧК–2026–У5–147» (Latin twins are taken), or None: it is none."""
    typed = _APART.sub("-", text[: MOST_TYPED + 1].upper().translate(_TWINS)).strip("-")
    found = _NUMBER.fullmatch(_BEFORE.sub("", typed, count=1) if _BEFORE.match(typed) else typed)
    if found is None or len(text) > MOST_TYPED:
        return None
    ordinal = int((found[4] or found[5]).replace("О", "0"))
    return paper_number(found[1].replace("0", "О"), int(found[2]), found[3], ordinal) if ordinal else None

"""Numbers of papers, as people read them and type them."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"([А-ЯЁ]{1,6})-?(\d{4})-?([А-ЯЁ]{1,4}\d{0,3})-?(\d{4,6})")
_GAPS = re.compile(r"[\s_–—−‐‑./]+")
_TWINS = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
_BEFORE = re.compile(r"^(?:НОМЕР|N[OО]?|№)+-?")


def paper_number(prefix: str, year: int, event_number: str, ordinal: int) -> str:
    """«ОЧК-2026-У5-0147»; `event_number`: the event's number in the year's report, or its own prefix.

    `ordinal` counts from 1 within an event.
    """
    return f"{prefix}-{year}-{event_number}-{ordinal:04d}"


def read_paper_number(text: str) -> str | None:
    """The number in «очк 2026 у5 0147», «№ ОЧК–2026–У5–0147» (Latin twins are taken), or None: it is none."""
    typed = _GAPS.sub("-", text.strip().upper()).translate(_TWINS).strip("-")
    found = _NUMBER.fullmatch(_BEFORE.sub("", typed))
    return "-".join(found.groups()) if found else None

"""Names that are too long for a button, shortened where nobody misses it."""

from __future__ import annotations

import re

#: A button holds so many characters.
MOST = 40
#: What is left out or abbreviated, one after another, as long as the name is too long.
_SHORTER = (
    (re.compile(r"^(?:МАОУ|МБОУ|МБДОУ|МАДОУ|МКОУ|ОГБОУ|ОГАОУ|КГУ)(?: ДО)? "), ""),
    (re.compile(r" им\. \S+ \S+"), ""),
    (re.compile(r"дошкольная группа"), "дошк. группа"),
    (re.compile(r" района$"), " р-на"),
    (re.compile(r"^Детский сад "), "Сад "),
)


def label(name: str) -> str:
    """«гимназия № 55 г. Томска»: the name as a button can show it, cut between words if nothing else helps."""
    for long, short in _SHORTER:
        if len(name) <= MOST:
            return name
        name = long.sub(short, name)
    return name if len(name) <= MOST else name[:MOST].rpartition(" ")[0].rstrip(" ,«") + "…"

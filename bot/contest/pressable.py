"""Links in what one person writes to another: they may be pressed, and lead where they seem to lead.

Whoever shows a text so has decided that its reader may follow a stranger's links; everything else in it is inert.
Messages are sent without a preview of links in any case.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from bot.contest.text import inert

#: With the scheme, or a host and a path: «vk.com/wall-1_2».
_LINK = re.compile(
    r"(?<![@*#&])https?://[^\s<>«»\"]{1,2000}"
    r"|(?<![\w@*#&./:-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}[a-z]{2,20}/[^\s<>«»\"]{0,2000}",
    re.IGNORECASE,
)
_TAIL = ".,;:!?)]}'*"
#: Hosts of one script: letters of two that look alike could pass for another host.
_HOST = re.compile(
    r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,9}"
    r"|[а-яё0-9-]{1,63}(?:\.[а-яё0-9-]{1,63}){0,9}\.[а-яё]{2,20}"
)
#: What could begin or end a mention or an entity.
_MARKUP = re.compile(r"[\[\]@*|;\\{}^`]")
#: A sign of HTML less its semicolon.
_ENTITY = re.compile(r"&#?\w+$")


def with_links(text: str, shown: Callable[[str], str]) -> str:
    """`text`, inert but for its links, which are `shown` each by itself."""
    parts, end = [], 0
    for found in _LINK.finditer(text):
        link = found[0].rstrip(_TAIL)
        if _ENTITY.search(link) and found[0].startswith(f"{link};"):
            link += ";"  # or «&lt» and «;» would become one sign again, right behind the link
        parts += [inert(text[end : found.start()]), shown(link)]
        end = found.start() + len(link)
    return "".join([*parts, inert(text[end:])])


def pressable(text: str) -> str:
    """`text` for somebody who may follow its links."""
    return with_links(text, _plain)


def _plain(link: str) -> str:
    """The link as it is, without what VK would read as markup; inert where it hides where it leads, or was cut off."""
    scheme, separator, _ = link.partition("://")
    try:
        host = urlsplit(link if separator else f"https://{link}").netloc.lower()
    except ValueError:
        return inert(link)
    if not _HOST.fullmatch(host.partition(":")[0]) or link.endswith("…"):
        return inert(link)
    start = len(scheme + separator) + len(host) if separator else len(host)
    return link[:start] + _MARKUP.sub(lambda found: quote(found[0]), link[start:])

"""Reading the link to a work: its service, its one canonical form, and why it can't be taken.

Only the text of the link is judged; whether it opens is found out elsewhere. Sources: VK's forms of video
links; Scratch, Rutube, Yandex Disk and Mail Cloud as their «Поделиться» buttons give them.

Refusal keys: `link.none`, `link.malformed`, `link.scheme` (scheme), `link.host` (host, allowed),
`link.scratch_not_project`, `link.vk_not_work`, `link.rutube_not_video`, `link.disk_private`, `text.too_long`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit, urlunsplit

from bot.contest.refusal import Refusal
from bot.contest.text import clean, inert, too_long

LINK_MESSAGE_LIMIT = 4000


class Service(StrEnum):
    """Where a work lies."""

    SCRATCH = "scratch"
    VK_VIDEO = "vk_video"
    VK_POST = "vk_post"
    RUTUBE = "rutube"
    YANDEX_DISK = "yandex_disk"
    MAIL_CLOUD = "mail_cloud"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Link:
    """A link in its canonical form: the same work gives the same `url`, so doubles are found by it."""

    url: str
    service: Service

    @property
    def host(self) -> str:
        """The host's name in lower case."""
        return urlsplit(self.url).hostname or ""

    @property
    def label(self) -> str:
        """The link as people read it: «scratch.mit.edu/projects/612345678»."""
        return self.url.removeprefix("https://")


# Every repetition is bounded where another could start inside it: the time stays linear.
_WEB = re.compile(r"https?://[^\s<>«»\"]+", re.IGNORECASE)
_URL = re.compile(
    r"(?<![a-z0-9])[a-z][a-z0-9+.-]{0,20}:(?://)?[^\s<>«»\"]+"
    r"|(?<![\w@.])[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,9}\.[a-z]{2,20}\b(?:[/?#:@][^\s<>«»\"]*)?",
    re.IGNORECASE,
)
_TAIL = ".,;:!?)]}'*…"
_HOST = re.compile(r"(?=.{4,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")
_PORTS = {"http": 80, "https": 443}

_SCRATCH = re.compile(r"/projects/([0-9]{1,12})(?:/(?:editor|fullscreen|remixtree|studios|embed)?/?)?")
_VK_VIDEO = re.compile(r"(?:video|clip)-?[0-9]{1,12}_[0-9]{1,12}")
_VK_POST = re.compile(r"(?:wall|photo|album|doc|topic)-?[0-9]{1,12}_[0-9]{1,12}")
_RUTUBE = re.compile(r"/(?:video(?:/private)?|shorts|play/embed)/([0-9a-f]{32})/?")
_SHARED_FILE = re.compile(r"/(?:[di]|public)/(?!.*\.\.)[\w./%+-]+")


def read_link(text: str, hosts: Collection[str]) -> Link | Refusal:
    """The first link in a message that leads to one of `hosts` (or below them), or why there is none.

    `http` is upgraded to `https`; a link may be written without either. An empty `hosts` allows any.
    """
    text = clean(text)
    if refusal := too_long(text, LINK_MESSAGE_LIMIT):
        return refusal
    refusals: list[Refusal] = []
    for typed in _WEB.findall(text) or _URL.findall(text):
        link = _link(typed.rstrip(_TAIL), hosts)
        if isinstance(link, Link):
            return link
        refusals.append(link)
    return refusals[0] if refusals else Refusal("link.none", {"allowed": _listed(hosts)})


def _link(typed: str, hosts: Collection[str]) -> Link | Refusal:
    parts = _split(typed)
    if isinstance(parts, Refusal):
        return parts
    host = parts.netloc
    link = _canonical(parts)
    if hosts and not any(_is_under(name, hosts) for name in (host, link.host if isinstance(link, Link) else host)):
        return Refusal("link.host", {"host": inert(host), "allowed": _listed(hosts)})
    return link


def _split(typed: str) -> SplitResult | Refusal:
    """The link as `https` and a bare host in lower case, without user, password or port."""
    scheme, separator, _ = typed.partition("://")
    if not separator and re.match(r"[a-z][a-z0-9+-]*:(?!\d)", typed, re.IGNORECASE):
        return Refusal("link.scheme", {"scheme": typed.partition(":")[0].lower()})
    url = typed if separator else f"https://{typed}"
    if separator and scheme.lower() not in _PORTS:
        return Refusal("link.scheme", {"scheme": inert(scheme.lower())})
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return Refusal("link.malformed")
    host = (parts.hostname or "").removesuffix(".")
    if "\\" in url or "@" in parts.netloc or port not in (None, _PORTS[parts.scheme]) or not _HOST.fullmatch(host):
        return Refusal("link.malformed")
    return SplitResult("https", host, parts.path, parts.query, parts.fragment)


def _canonical(parts: SplitResult) -> Link | Refusal:
    for host, read in _READERS.items():
        if _is_under(parts.netloc, (host,)):
            return read(parts)
    query = urlencode(
        [
            (key, value)
            for key, values in parse_qs(parts.query).items()
            if not key.startswith("utm_")
            for value in values
        ]
    )
    return Link(urlunsplit(("https", parts.netloc, parts.path.rstrip("/"), query, "")), Service.OTHER)


def _scratch(parts: SplitResult) -> Link | Refusal:
    found = _SCRATCH.fullmatch(parts.path)
    if not found:
        return Refusal("link.scratch_not_project")
    return Link(f"https://scratch.mit.edu/projects/{int(found[1])}", Service.SCRATCH)


def _vk(parts: SplitResult) -> Link | Refusal:
    query = parse_qs(parts.query)
    if parts.path.endswith("/video_ext.php") and "oid" in query and "id" in query:
        parts = parts._replace(path=f"/video{query['oid'][0]}_{query['id'][0]}")
    place = f"{parts.path} {' '.join(query.get('z', ()))}"
    if found := _VK_VIDEO.search(place):
        # A video «по ссылке» opens only with the key that VK puts into `list`.
        key = next((value for value in query.get("list", ()) if value.startswith("ln-")), "")
        url = f"https://vk.com/{found[0]}" + (f"?{urlencode({'list': key})}" if key else "")
        return Link(url, Service.VK_VIDEO)
    if found := _VK_POST.search(place):
        return Link(f"https://vk.com/{found[0]}", Service.VK_POST)
    return Refusal("link.vk_not_work")


def _rutube(parts: SplitResult) -> Link | Refusal:
    found = _RUTUBE.fullmatch(parts.path)
    if not found:
        return Refusal("link.rutube_not_video")
    key = parse_qs(parts.query).get("p", [""])[0]
    if key:
        return Link(f"https://rutube.ru/video/private/{found[1]}/?{urlencode({'p': key})}", Service.RUTUBE)
    return Link(f"https://rutube.ru/video/{found[1]}/", Service.RUTUBE)


def _shared(host: str, service: Service) -> Callable[[SplitResult], Link | Refusal]:
    def read(parts: SplitResult) -> Link | Refusal:
        if not _SHARED_FILE.fullmatch(parts.path):
            return Refusal("link.disk_private")
        return Link(f"https://{host}{parts.path.rstrip('/')}", service)

    return read


_READERS: dict[str, Callable[[SplitResult], Link | Refusal]] = {
    "scratch.mit.edu": _scratch,
    "vk.com": _vk,
    "vk.ru": _vk,
    "vkvideo.ru": _vk,
    "rutube.ru": _rutube,
    "disk.yandex.ru": _shared("disk.yandex.ru", Service.YANDEX_DISK),
    "disk.yandex.com": _shared("disk.yandex.ru", Service.YANDEX_DISK),
    "disk.yandex.kz": _shared("disk.yandex.ru", Service.YANDEX_DISK),
    "yadi.sk": _shared("disk.yandex.ru", Service.YANDEX_DISK),
    "cloud.mail.ru": _shared("cloud.mail.ru", Service.MAIL_CLOUD),
}


def _is_under(host: str, hosts: Collection[str]) -> bool:
    return any(host == parent or host.endswith(f".{parent}") for parent in hosts)


def _listed(hosts: Collection[str]) -> str:
    return ", ".join(hosts)

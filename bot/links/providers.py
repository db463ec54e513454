"""What is known of the sites works live on: whom to ask, and what their answers mean.

Where a site's answers are not documented the doctor is tolerant: a doubtful «no» becomes «not checked», never a
refusal of a child's work.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from yarl import URL

from bot.links.diagnosis import LinkState
from bot.links.fetch import Answer
from bot.links.page import clean_title
from bot.links.syntax import host_allowed

_SCRATCH_PROJECT = re.compile(r"/projects/([0-9]{1,12})(?![0-9])")
_BAD_REQUEST = 400
_RUTUBE_VIDEO = re.compile(r"/(?:video(?:/private)?|shorts|play/embed|embed)/([0-9a-f]{32})(?![0-9a-f])")


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer means: a state, and the work's title when it is open."""

    state: LinkState
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """One site (or family of sites) and how to read it."""

    #: Ends the text keys that speak of this site.
    name: str
    #: Links to these, with subdomains, are read this way; redirects among them are always followed.
    hosts: tuple[str, ...]
    #: What a missing page means here.
    missing: LinkState = LinkState.NOT_FOUND
    #: Beginnings of paths only the owner can open.
    private_paths: tuple[str, ...] = ()
    #: The address of the site's public interface for a link; None where it has nothing to say of that link.
    probe: Callable[[URL], URL | None] | None = None
    #: What that interface's answer means.
    read_probe: Callable[[Answer], Reading] | None = None
    #: A link the interface cannot be asked about is no link to a work.
    works_only: bool = False
    #: The interface is known to say «missing» of works that are there: then the page decides.
    doubtful: bool = False
    #: Bytes that stand in a page which is served with 200 though the work is closed.
    closed_marks: tuple[bytes, ...] = ()


def provider_of(link: URL) -> Provider:
    """The provider of `link`; an ordinary page for any site that is not known."""
    host = link.host or ""
    return next((provider for provider in PROVIDERS if host_allowed(host, provider.hosts)), ANY_SITE)


def _scratch_probe(link: URL) -> URL | None:
    found = _SCRATCH_PROJECT.match(link.path)
    if not found:
        return None
    return link.origin().with_host("api.scratch.mit.edu").with_path(f"/projects/{found[1]}")


def _read_scratch(answer: Answer) -> Reading:
    """200 with the project's data when it is shared; 404 when it is not, or never was."""
    facts = _json_object(answer)
    if answer.succeeded:
        hidden = facts.get("public") is False or facts.get("is_published") is False
        return Reading(LinkState.CLOSED) if hidden else Reading(LinkState.OPEN, _text(facts, "title"))
    return Reading(LinkState.CLOSED if answer.missing else LinkState.UNCHECKED)


def _yandex_probe(link: URL) -> URL | None:
    if not re.match(r"/(?:d|i|mail)/.", link.path):
        return None
    interface = URL.build(scheme=link.scheme, host="cloud-api.yandex.net", path="/v1/disk/public/resources")
    return interface.with_query(public_key=str(link.with_query(None)), fields="name", limit="1")


def _read_yandex(answer: Answer) -> Reading:
    """200 with the name of what is published; 404 DiskNotFoundError when nothing is."""
    if answer.succeeded:
        return Reading(LinkState.OPEN, _text(_json_object(answer), "name"))
    return Reading(LinkState.CLOSED if answer.missing else LinkState.UNCHECKED)


def _rutube_probe(link: URL) -> URL | None:
    found = _RUTUBE_VIDEO.match(link.path)
    if not found:
        return None
    query = {"format": "json"} | ({"p": link.query["p"]} if "p" in link.query else {})
    return link.origin().with_host("rutube.ru").with_path(f"/api/video/{found[1]}/").with_query(query)


def _read_rutube(answer: Answer) -> Reading:
    """200 with the video's data; 401 and 403 when it is for those with the secret link; 404 when removed."""
    if answer.succeeded:
        return Reading(LinkState.OPEN, _text(_json_object(answer), "title"))
    if answer.locked:
        return Reading(LinkState.NEEDS_LOGIN)
    return Reading(LinkState.CLOSED if answer.missing else LinkState.UNCHECKED)


def _youtube_probe(link: URL) -> URL | None:
    if link.host == "youtu.be":
        video = link.path.strip("/")
    elif found := re.match(r"/(?:shorts|live|embed)/([\w\-]+)", link.path, re.ASCII):
        video = found[1]
    else:
        video = link.query.get("v", "") if link.path == "/watch" else ""
    if not re.fullmatch(r"[\w\-]{6,20}", video, re.ASCII):
        return None
    watched = f"https://www.youtube.com/watch?v={video}"
    interface = URL.build(scheme=link.scheme, host="www.youtube.com", path="/oembed")
    return interface.with_query(url=watched, format="json")


def _read_youtube(answer: Answer) -> Reading:
    """oEmbed: 200 with JSON when anybody may watch, 400 or 404 when there is no such video.

    401 and 403, and 200 with the bare word «Forbidden», are said of private videos and also of open ones whose
    author forbids embedding: it cannot be told which.
    """
    title = _text(_json_object(answer), "title")
    if answer.succeeded and title:
        return Reading(LinkState.OPEN, title)
    return Reading(LinkState.NOT_FOUND if answer.missing or answer.status == _BAD_REQUEST else LinkState.UNCHECKED)


def _json_object(answer: Answer) -> dict[str, object]:
    try:
        facts = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return facts if isinstance(facts, dict) else {}


def _text(facts: dict[str, object], key: str) -> str | None:
    value = facts.get(key)
    return clean_title(value) if isinstance(value, str) else None


ANY_SITE = Provider("any", ())

PROVIDERS = (
    # GET /projects/<id>: community documentation of the Scratch API; since 2022 it hides unshared projects.
    Provider(
        "scratch",
        ("scratch.mit.edu",),
        missing=LinkState.CLOSED,
        probe=_scratch_probe,
        read_probe=_read_scratch,
        works_only=True,
    ),
    # The documented interface for published files wants no token, but tells nothing when the owner forbids
    # downloads, and has been seen to say 404 of what a browser opens.
    Provider(
        "yandex",
        ("disk.yandex.ru", "disk.yandex.com", "disk.360.yandex.ru", "yadi.sk", "cloud-api.yandex.net"),
        missing=LinkState.CLOSED,
        private_paths=("/client",),
        probe=_yandex_probe,
        read_probe=_read_yandex,
        doubtful=True,
    ),
    # Undocumented but used by every downloader; has been seen to say 404 of videos that play.
    Provider(
        "rutube",
        ("rutube.ru",),
        missing=LinkState.CLOSED,
        probe=_rutube_probe,
        read_probe=_read_rutube,
        doubtful=True,
    ),
    Provider(
        "youtube",
        ("youtube.com", "youtu.be"),
        probe=_youtube_probe,
        read_probe=_read_youtube,
    ),
    # A published page answers 200, a removed one 404; no documented interface.
    Provider("mail", ("cloud.mail.ru",), missing=LinkState.CLOSED, private_paths=("/home",)),
    # What is not shared redirects to accounts.google.com.
    Provider(
        "google",
        ("docs.google.com", "drive.google.com", "drive.usercontent.google.com", "forms.gle"),
    ),
    # No interface without a token. Pages of closed videos come with 200; the embedded player names its error in
    # these blocks. Anything else that opens is taken as open.
    Provider(
        "vk",
        ("vk.com", "vk.ru", "vkvideo.ru"),
        closed_marks=(b"video_layer_message", b"video_ext_msg"),
    ),
)

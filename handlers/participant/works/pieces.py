"""What somebody sent as a work: kept as it came, and read by the rules of the application it is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.contest.event import Submission
from bot.contest.refusal import Refusal
from bot.contest.work_links import read_link
from bot.contest.works import Attachment as File
from bot.contest.works import Limits, attachment_refusal
from bot.talk.incoming import Attachment, Incoming
from bot.talk.texts import Trusted
from handlers.kinds import Desk
from handlers.participant.works import composition
from handlers.participant.works.composition import KINDS
from handlers.participant.works.hand_in_rules import hosts_of

#: Attachments that are really links to something that lies elsewhere.
LINKED = ("link", "video", "wall")
NAME_LIMIT = 200
_LINK_MARK = "://"


@dataclass(frozen=True, slots=True)
class Piece:
    """What the rules take: a link or files that the messenger keeps; both, where a work has several pieces."""

    url: str | None = None
    #: The links after the first one.
    more_urls: tuple[str, ...] = ()
    files: tuple[Attachment, ...] = ()
    #: The message had other links that would do as well.
    is_first_of_several: bool = False

    @property
    def links(self) -> tuple[str, ...]:
        """All links."""
        return (self.url, *self.more_urls) if self.url else ()

    @property
    def names(self) -> str:
        """The names that their owner gave the files, a line each."""
        return "\n".join(file_name(file)[:NAME_LIMIT] for file in self.files)


def keep(incoming: Incoming) -> dict[str, Any]:
    """What came with a message, in a form that a draft can hold; with the messenger's own date."""
    return {
        "text": incoming.text,
        "attachments": [
            {
                "kind": one.kind,
                "id": one.id,
                "url": one.url,
                "title": one.title,
                "extension": one.extension,
                "size_bytes": one.size_bytes,
            }
            for one in incoming.attachments
        ],
        "said_at": incoming.said_at.isoformat(),
    }


def said_at(kept: Mapping[str, Any]) -> datetime:
    """When it was said, by the messenger's clock."""
    return datetime.fromisoformat(kept["said_at"])


def is_work(incoming: Incoming) -> bool:
    """Whether a message that answers no question looks like a work."""
    if any(one.kind in (*LINKED, *KINDS.values()) for one in incoming.attachments):
        return True
    return not incoming.attachments and (_LINK_MARK in incoming.text or "scratch.mit.edu" in incoming.text)


def read(desk: Desk, kept: Mapping[str, Any], submission: Submission, accepted: str) -> Piece | Refusal:
    """The work by the rules of `submission`, or why it is none; `accepted`: the rules in words."""
    attachments = [Attachment(**one) for one in kept["attachments"]]
    files = [one for one in attachments if not (one.kind in LINKED and one.url)]
    if composition.is_joined(submission) and submission.links:
        return _several(desk, kept["text"], attachments, files, submission, accepted)
    if files:
        return _advised(_files(desk, files, submission, accepted), accepted)
    if not submission.links:
        what = attachments[0].kind if attachments else "text"
        fitting = [one for one in attachments if one.kind in {KINDS.get(rule.kind) for rule in submission.files}]
        if not fitting:
            return _wrong_kind(desk, what, accepted)
        return _advised(_files(desk, fitting, submission, accepted), accepted)
    return _link(kept["text"], attachments, hosts_of(submission), accepted)


def _several(
    desk: Desk,
    text: str,
    attachments: Sequence[Attachment],
    files: Sequence[Attachment],
    submission: Submission,
    accepted: str,
) -> Piece | Refusal:
    """All that a message has: its links, and its files; words beside files need no link."""
    link = _link(text, attachments, hosts_of(submission), accepted)
    if not files:
        return link if isinstance(link, Refusal) else replace(link, is_first_of_several=False)
    found = _advised(_files(desk, files, submission, accepted), accepted)
    if isinstance(found, Refusal) or isinstance(link, Refusal):
        return found
    return replace(found, url=link.url, more_urls=link.more_urls)


def _link(text: str, attachments: Sequence[Attachment], hosts: Sequence[str], accepted: str) -> Piece | Refusal:
    """The first link that leads where it should: in the words first, then in what hangs on them."""
    typed = text.split() if _LINK_MARK in text else [text]
    found = [read_link(words, hosts) for words in (text, *typed, *(one.url for one in attachments)) if words]
    refusals = [one for one in found if isinstance(one, Refusal)]
    urls = list(dict.fromkeys(one.url for one in found if not isinstance(one, Refusal)))
    if urls:
        return Piece(url=urls[0], more_urls=tuple(urls[1:]), is_first_of_several=len(urls) > 1)
    told = [one for one in refusals if one.key != "link.none"]
    return told[0] if told else Refusal("link.none", {"allowed": Trusted(accepted)})


def _advised(found: Piece | Refusal, accepted: str) -> Piece | Refusal:
    """A refusal of a file that is too big says what would do instead."""
    if isinstance(found, Refusal) and found.key == "work.too_big":
        return Refusal(found.key, {**found.values, "allowed": Trusted(accepted)})
    return found


def _files(desk: Desk, files: Sequence[Attachment], submission: Submission, accepted: str) -> Piece | Refusal:
    counts: Counter[int] = Counter()
    for file in files:
        rule = composition.rule_of(file.kind, File(file.kind, file_name(file)).extension, submission)
        if rule is None:
            return _wrong_kind(desk, file.kind, accepted)
        limits = Limits(
            frozenset((file.kind,)), frozenset(rule.extensions), rule.max_bytes or 2_000_000_000, rule.count.most
        )
        size = file.size_bytes if file.kind == "doc" else None
        if refusal := attachment_refusal(File(file.kind, file_name(file), size), limits, already=counts[id(rule)]):
            return refusal
        counts[id(rule)] += 1
    if len(files) > submission.pieces.most:
        return Refusal("work.too_many", {"limit": submission.pieces.most})
    return Piece(files=tuple(files))


def _wrong_kind(desk: Desk, kind: str, accepted: str) -> Refusal:
    key = f"sent_kinds.{kind}"
    what = desk.say(key) if key in desk.texts else desk.say("sent_kinds.other")
    return Refusal("work.kind", {"kind": what, "allowed": Trusted(accepted)})


def file_name(file: Attachment) -> str:
    """A document's name with its extension, which the messenger may tell apart."""
    if file.extension and not file.title.lower().endswith(f".{file.extension}"):
        return f"{file.title}.{file.extension}"
    return file.title

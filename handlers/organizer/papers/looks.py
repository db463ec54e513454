"""Looks of papers as they are kept, and as they are drawn."""

from __future__ import annotations

from collections.abc import Mapping

from bot.documents.papers.designs import BUILT_IN, Design, Signature
from handlers.kinds import Desk
from storage.designs import Look

#: Between the post and the name of one who signs.
DASH = " — "
SIGNERS, HEADING = "signers", "heading"
#: More signatures do not fit beside each other.
MOST_SIGNERS = 3


async def design_of(desk: Desk, event_code: str) -> Design:
    """How an event's papers look now."""
    return drawn_as(await desk.storage.designs.for_event(event_code))


def drawn_as(look: Look) -> Design:
    """The look with its parts as the drawing takes them."""
    if not look.template and not look.texts and not look.pictures:
        return BUILT_IN
    return Design(
        source=look.template,
        background=look.pictures.get("background"),
        logo=look.pictures.get("logo"),
        signatures=signatures(look),
        heading=look.texts.get(HEADING) or None,
    )


def signatures(look: Look) -> tuple[Signature, ...]:
    """Who signs; the picture is the first one's."""
    lines = signers(look.texts)
    picture = look.pictures.get("signature")
    return tuple(
        Signature(post=post, name=name, picture=picture if place == 0 else None)
        for place, (post, name) in enumerate(lines or ([("", "")] if picture else []))
    )


def signers(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """«Директор гимназии — Орлова Н. П.», a line each, as posts and names."""
    lines = [line for line in texts.get(SIGNERS, "").splitlines() if line.strip()]
    return [(post.strip(), name.strip()) for post, _, name in (line.partition(DASH) for line in lines)]

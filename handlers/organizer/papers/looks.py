"""Looks of papers as they are kept, and as they are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.documents.papers.designs import BUILT_IN, Design, Signature
from handlers.kinds import Desk
from storage.designs import Look, Part

#: Between the post and the name of one who signs.
DASH = " — "
SIGNERS, HEADING, TOWN = "signers", "heading", "town"
#: Pictures of signatures, in the order of those who sign.
SIGNATURES: tuple[Part, ...] = ("signature", "signature_2", "signature_3")
#: More signatures do not fit below each other.
MOST_SIGNERS = len(SIGNATURES)


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
        town=look.texts.get(TOWN) or None,
    )


def signatures(look: Look) -> tuple[Signature, ...]:
    """Who signs, each with the picture of their signature; a picture without words stands alone."""
    pictures = [look.pictures.get(part) for part in SIGNATURES]
    lines = signers(look.texts) or ([("", "")] if pictures[0] else [])
    return tuple(
        Signature(post=post, name=name, picture=picture) for (post, name), picture in zip(lines, pictures, strict=False)
    )


def resigned(look: Look, written: str) -> Look:
    """The look with others who sign: nobody's signature stays beside another one's name."""
    new = replace(look, texts={**look.texts, SIGNERS: written})
    before, after = signers(look.texts), signers(new.texts)
    kept = {
        part
        for place, part in enumerate(SIGNATURES)
        if place < len(after) and (before[place : place + 1] == [after[place]] or not before)
    }
    pictures = {part: data for part, data in look.pictures.items() if part not in SIGNATURES or part in kept}
    return replace(new, pictures=pictures)


def signers(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """«Директор гимназии — Орлова Н. П.», a line each, as posts and names."""
    lines = [line for line in texts.get(SIGNERS, "").splitlines() if line.strip()]
    return [(post.strip(), name.strip()) for post, _, name in (line.partition(DASH) for line in lines)]

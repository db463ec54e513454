"""How an event's papers look: the built-in design with an organizer's pictures and words, or an own template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs."""

    #: «Директор МАОУ гимназии № 13».
    post: str
    #: «Орлова Н. П.»; empty: a line to be filled in.
    name: str = ""
    #: A picture of the signature, as `pictures.tidied` gives it.
    picture: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """A value: whoever keeps designs keeps its parts. Without any, it is the built-in one as it is."""

    #: An own Typst template in place of the built-in one; see docs/paper-templates.md.
    source: str | None = None
    #: Of the built-in one; None: as suits each kind of paper, or as the background is.
    landscape: bool | None = None
    #: Fills the whole page, in place of the built-in frame; as `pictures.tidied` gives it.
    background: bytes | None = None
    logo: bytes | None = None
    signatures: tuple[Signature, ...] = ()
    #: In place of the programme's name at the top; None: as it is.
    heading: str | None = None
    #: In place of the programme's town beside the year; None: as it is.
    town: str | None = None
    #: In place of «награждается» on diplomas; None: as it is.
    lead: str | None = None


BUILT_IN = Design()


def check_design(design: Design) -> list[str]:
    """What is wrong with a design, each with the line and the reason; empty: it may be used. Blocks for a second."""
    from bot.documents.papers.checking import problems

    return problems(design)


def unsettable(texts: Iterable[str]) -> dict[str, str]:
    """Of each text that can't be set, the letters that no font has. Takes milliseconds."""
    from bot.documents.papers.alphabet import without_picture

    return without_picture(texts)

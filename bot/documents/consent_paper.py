"""The two consents on paper, to be printed and signed: A4, each on a page of its own, the child already named."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from typst import compile as typeset

from bot.documents.file import File

TEMPLATE = Path(__file__).with_name("consent_paper.typ")


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on one child's papers. Passport data are neither asked for nor have a line."""

    child: str
    #: «3Б класс»; empty where there is none.
    grade: str
    school: str
    event: str
    #: Of the application.
    number: str
    #: The full text of the first consent.
    processing: str
    #: That of the second; empty where the event does not ask for it.
    publication: str
    #: Whether there is a work that could be published.
    with_work: bool


def draw_papers(papers: Sequence[Paper]) -> File:
    """One PDF with the papers of all these children."""
    data = json.dumps([asdict(paper) for paper in papers], ensure_ascii=False)
    pdf = typeset(_template(), format="pdf", sys_inputs={"papers": data}, ignore_system_fonts=True)
    name = f"Согласия {papers[0].number}.pdf" if len(papers) == 1 else f"Согласия, {len(papers)}.pdf"
    return File(name, pdf)


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()

"""Papers as PDF and as pictures: the same data give the same bytes.

Everything is set in a child process and blocks until it is done: call it from a thread. Typst lets go of the
interpreter while it works, but its memory would stay ours; a child gives it back.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence

from bot.contest.papers.content import PaperContent
from bot.documents.papers.designs import BUILT_IN, Design
from bot.documents.papers.fields import Sheet, as_json
from bot.documents.papers.setting import SettingError, set_sheets

#: An A4 page of 1,200 by 1,700 points: fine print can be read on a phone.
PREVIEW_PPI = 144.0


def draw(content: PaperContent, design: Design = BUILT_IN, *, number: str, check_url: str, mark: str = "") -> bytes:
    """One paper as PDF. Raises SettingError."""
    return next(draw_many([Sheet(content=content, number=number, check_url=check_url, mark=mark)], design))


def draw_many(sheets: Sequence[Sheet], design: Design = BUILT_IN) -> Generator[bytes, None, None]:
    """Papers as PDF, each as soon as it is drawn; 1,400 take some 15 s of one core.

    Who closes it early ends the child. Raises SettingError.
    """
    for pages in set_sheets([as_json(sheet, design) for sheet in sheets], design):
        yield pages[0]


def preview_png(
    content: PaperContent, design: Design = BUILT_IN, *, number: str, check_url: str, mark: str = ""
) -> bytes:
    """The first page as a picture for the chat. Raises SettingError."""
    sheet = Sheet(content=content, number=number, check_url=check_url, mark=mark)
    return next(set_sheets([as_json(sheet, design)], design, "png", ppi=PREVIEW_PPI))[0]


__all__ = ["PREVIEW_PPI", "SettingError", "Sheet", "draw", "draw_many", "preview_png"]

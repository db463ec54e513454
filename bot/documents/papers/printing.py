"""Papers bound into one PDF, to be printed at one go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

_PAGES = re.compile(rb"/Count (\d+)")
_HEAD = "#set page(width: auto, height: auto, margin: 0pt)"
_NEXT = "\n#pagebreak()\n"


def bound(papers: Iterable[bytes]) -> bytes:
    """All pages of these PDFs (as `drawing.draw` makes them) in their order, each of its own size."""
    with TemporaryDirectory() as folder:
        pages: list[str] = []
        for number, data in enumerate(papers, 1):
            name = f"{number}.pdf"
            (Path(folder) / name).write_bytes(data)
            pages += [f'#image("{name}", page: {page})' for page in range(1, pages_of(data) + 1)]
        main = Path(folder) / "main.typ"
        main.write_text(_HEAD + "\n" + _NEXT.join(pages), encoding="utf-8")
        made: bytes = typst.compile(str(main), root=folder, ignore_system_fonts=True, timestamp=0, pdf_tags=False)
        return made


def pages_of(data: bytes) -> int:
    """How many pages a PDF of ours has."""
    found = _PAGES.search(data)
    return int(found[1]) if found else 1

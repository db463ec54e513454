"""Figures drawn: 1080 px wide, in big letters on a light ground of their own, so that dark themes do not matter."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from typst import compile as typeset

from bot.documents.charts.figure import Figure, Lines
from bot.documents.file import File

#: 540 points across at two pixels a point.
PIXELS_PER_INCH = 144.0
#: Names at the ends of lines stand at least so far apart, as a share of the height.
NAMES_APART = 0.085
_HERE = Path(__file__).parent
#: A short word, or a number, stays with what follows it.
_SHORT_WORD = re.compile(r"(?<!\w)(\w{1,2}|\d+) ")
NO_BREAK = "\\1\N{NO-BREAK SPACE}"


def draw(figure: Figure, *, name: str) -> File:
    """The picture as a PNG that is shown in the chat; `name` without the extension."""
    data = json.dumps(_values(figure), ensure_ascii=False)
    png = typeset(
        str(_HERE / "figure.typ"),
        root=str(_HERE),
        format="png",
        ppi=PIXELS_PER_INCH,
        sys_inputs={"figure": data},
        ignore_system_fonts=True,
    )
    return File(f"{name}.png", bytes(png), photo=True)


def apart(heights: list[float], least: float = NAMES_APART) -> list[float]:
    """The heights moved as little as may be, so that none is nearer to another than `least`; none leaves 0 to 1."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    moved = list(heights)
    for number, one in enumerate(order):
        floor = moved[order[number - 1]] + least if number else 0.0
        moved[one] = max(heights[one], floor)
    roof = 1.0
    for one in reversed(order):
        moved[one] = min(moved[one], roof)
        roof = moved[one] - least
    return moved


def _values(figure: Figure) -> dict[str, Any]:
    values = asdict(figure)
    values["title"] = _SHORT_WORD.sub(NO_BREAK, figure.title)
    if isinstance(figure.body, Lines):
        # A line that has not come to the end yet has its name beside its last point.
        ended = [line for line in values["body"]["lines"] if line["points"][-1][0] == 1]
        for line, end in zip(ended, apart([line["points"][-1][1] for line in ended]), strict=True):
            line["name_at"] = end
    return values

"""The jury's papers as PDF: A4, on its side where a table is wide, the head of a table on every page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from typst import compile as typeset

from bot.contest.protocol_layout import Column, Paper, Table, shown
from bot.documents.file import File

TEMPLATE = Path(__file__).with_name("papers.typ")


def draw_pdf(papers: Sequence[Paper], name: str) -> File:
    """The papers one behind the other in one file, each with page numbers of its own.

    Same papers, same bytes: no moment of drawing stands in the file.
    """
    data = json.dumps([_paper(paper) for paper in papers], ensure_ascii=False)
    pdf = typeset(_template(), format="pdf", sys_inputs={"papers": data}, ignore_system_fonts=True, timestamp=0)
    return File(f"{name}.pdf", pdf)


def _paper(paper: Paper) -> Mapping[str, object]:
    return {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "mark": paper.mark,
        "wide": paper.wide,
        "head": paper.head,
        "tables": [_table(table) for table in paper.tables],
        "sections": [{"heading": one.heading, "lines": one.lines, "blanks": one.blanks} for one in paper.sections],
        "signatures": [{"role": one.role, "name": one.name} for one in paper.signatures],
        "footer": paper.footer,
    }


def _table(table: Table) -> Mapping[str, object]:
    return {
        "title": table.title,
        "columns": [
            {"title": one.title, "width": one.width_mm, "share": one.share, "align": one.align.value}
            for one in table.columns
        ],
        "groups": groups_of(table.columns),
        "rows": [[shown(cell) for cell in row] for row in table.rows],
    }


def groups_of(columns: Sequence[Column]) -> list[dict[str, object]]:
    """What stands above the titles: neighbours of one group under one head; `first` and `count` are columns."""
    found: list[dict[str, object]] = []
    for index, column in enumerate(columns):
        last = found[-1] if found else None
        if last is not None and last["title"] == column.group and column.group:
            last["count"] = int(str(last["count"])) + 1
        else:
            found.append({"title": column.group, "first": index, "count": 1})
    return found


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()

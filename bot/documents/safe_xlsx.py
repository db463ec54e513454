"""Workbooks in which words are words."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from xlsxwriter import Workbook

_WORDS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def safe_workbook(place: Path | IO[bytes], *, in_memory: bool = True, folder: str | None = None) -> Workbook:
    """A new workbook: nothing that people typed becomes a formula, a link or a number (docs/faults.md, B27).

    A large one is put together in `folder` instead of the memory.
    """
    return Workbook(place, {**_WORDS, "in_memory": in_memory, "tmpdir": folder})

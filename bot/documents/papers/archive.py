"""Several files as one ZIP: the same files make the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from bot.documents.file import File

#: The earliest moment that a ZIP can hold: that of the packing must not show.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def archive(name: str, files: Iterable[File]) -> File:
    """One file `name` with these inside; files of one name are told apart by a number."""
    taken: dict[str, int] = {}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as box:
        for file in files:
            taken[file.name] = taken.get(file.name, 0) + 1
            box.writestr(_entry(_told_apart(file.name, taken[file.name])), file.data, compresslevel=6)
    return File(name, packed.getvalue())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _told_apart(name: str, time: int) -> str:
    if time == 1:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem} ({time}){dot}{ending}"

"""Having papers set by a child process (`bot.documents.papers.child`), within bounds of memory and time."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import BinaryIO, cast

from bot.apart import NICE, ROOT, surroundings
from bot.documents.papers.child import DRAWN, FRAME, MAIN, Form, pages_of, read_frame, write_frame
from bot.documents.papers.designs import Design
from bot.documents.papers.pictures import name_of

_HERE = Path(__file__).parent
#: Typst would take all cores for a page that needs none of them long.
_ONE_CORE = {"RAYON_NUM_THREADS": "1"}
_COMMAND = (sys.executable, "-B", "-m", "bot.documents.papers.child")
_LEFTOVER_S = 6 * 3600
_FOLDER = "kreitv-papers-"
_LIBRARY = ("paper.typ", "frame.typ", FRAME)
#: A sheet takes some ten milliseconds; who needs a hundred times as much runs wild.
_START_S, _SHEET_S = 8, 1
#: A run of more papers lets those who wait for an answer go first.
_FEW = 20


class SettingError(Exception):
    """A sheet could not be set; `told` is what Typst says, or nothing if the child died or was too slow."""

    def __init__(self, told: str = "") -> None:
        super().__init__(told or "the process that sets papers died")
        self.told = told


def set_sheets(
    sheets: Sequence[str], design: Design, form: Form = "pdf", *, ppi: float = 144, wall_s: float | None = None
) -> Generator[list[bytes], None, None]:
    """Each sheet's pages in order: one PDF, or a picture a page. Blocks: not for the loop's own thread.

    `sheets` are as `fields.as_json` makes them. `wall_s`: all of it takes no longer. Raises SettingError.
    """
    sweep()
    processor_s = _START_S + _SHEET_S * len(sheets)
    with TemporaryDirectory(prefix=_FOLDER, ignore_cleanup_errors=True) as folder:
        for name, data in files_of(design).items():
            (Path(folder) / name).write_bytes(data)
        task = {
            "folder": folder,
            "sheets": len(sheets),
            "format": form,
            "ppi": ppi,
            "processor_s": processor_s,
            "nice": NICE if len(sheets) > _FEW else 0,
        }
        yield from _talk(json.dumps(task), sheets, wall_s or 3.0 * processor_s)


def sweep() -> None:
    """Take away what runs that were cut off have left: no run that lives is so old."""
    for folder in Path(gettempdir()).glob(f"{_FOLDER}*"):
        with suppress(FileNotFoundError):
            if time.time() - folder.stat().st_mtime > _LEFTOVER_S:
                shutil.rmtree(folder, ignore_errors=True)


def files_of(design: Design) -> Mapping[str, bytes]:
    """The template with all that it may use, by file name."""
    own = design.source.encode() if design.source is not None else _library("default.typ")
    pictures = {"logo": design.logo, "background": design.background}
    pictures |= {f"signature-{place}": one.picture for place, one in enumerate(design.signatures, 1)}
    named = {name_of(what, data): data for what, data in pictures.items() if data is not None}
    return {MAIN: own, **{name: _library(name) for name in _LIBRARY}, **named}


def _talk(task: str, sheets: Sequence[str], wall_s: float) -> Generator[list[bytes], None, None]:
    with subprocess.Popen(  # noqa: S603 - our own module
        _COMMAND,
        cwd=ROOT,
        env={**surroundings(), **_ONE_CORE},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        alarm = threading.Timer(wall_s, child.kill)
        alarm.start()
        try:
            yield from _answers(child, task, sheets)
        finally:
            alarm.cancel()
            child.kill()
            with suppress(BrokenPipeError):  # what was not taken by then goes nowhere
                cast("BinaryIO", child.stdin).close()


def _answers(child: subprocess.Popen[bytes], task: str, sheets: Sequence[str]) -> Generator[list[bytes], None, None]:
    """Hands the work over in another thread: what goes in and what comes out must not wait for each other."""
    into, out = cast("BinaryIO", child.stdin), cast("BinaryIO", child.stdout)
    handing = threading.Thread(target=_hand_over, args=(into, task, sheets), daemon=True)
    handing.start()
    for _ in sheets:
        try:
            kind, data = read_frame(out)
        except EOFError:
            raise SettingError from None
        if kind != DRAWN:
            raise SettingError(data.decode(errors="replace"))
        yield pages_of(data)
    handing.join()


def _hand_over(stream: BinaryIO, task: str, sheets: Sequence[str]) -> None:
    try:
        for text in (task, *sheets):
            write_frame(stream, b"i", text.encode())
        stream.flush()
    except (BrokenPipeError, ValueError):
        return  # the child is gone, and whoever reads from it says so


@cache
def _library(name: str) -> bytes:
    return (_HERE / name).read_bytes()

"""The process that sets papers: a template that runs wild ends this process and nothing else.

    python -m bot.documents.papers.child < what to set > papers

It may use the files that it was given, and neither others nor the network. What comes out are frames: a letter for
what it is, four bytes of length, and the bytes.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

if TYPE_CHECKING:
    from typst import Compiler

#: Nobody answers here: whatever a template tries to fetch, it does not get.
_NOWHERE = "http://127.0.0.1:9"
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
MEMORY_BYTES = 600 * 1024 * 1024
#: Open files: the pictures of a design, one after another.
_FILES_MOST = 32
Form = Literal["pdf", "png"]
DRAWN, FAILED = b"d", b"e"
MAIN, FRAME = "main.typ", "frame_page.typ"


def main() -> None:
    """Set what stands on the standard input."""
    task: dict[str, Any] = json.loads(read_frame(sys.stdin.buffer)[1])
    limit_resources(task["processor_s"], nice=task["nice"])
    setter = Setter(Path(task["folder"]))
    for _ in range(task["sheets"]):
        sheet = read_frame(sys.stdin.buffer)[1].decode()
        kind, data = setter.set(sheet, task["format"], task["ppi"])
        write_frame(sys.stdout.buffer, kind, data)
        sys.stdout.buffer.flush()


class Setter:
    """A template with its pictures in a folder, ready to set sheet after sheet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._main = self._compiler(MAIN)

    def set(self, sheet: str, form: Form, ppi: float) -> tuple[bytes, bytes]:
        """A PDF, or a picture a page, each with its length before it; or what is wrong with the template."""
        from typst import TypstError

        try:
            self._draw_frame(json.loads(sheet))
            found = self._main.compile(
                format=form,
                ppi=ppi,
                sys_inputs={"paper": sheet},
                timestamp=0,
                pdf_tags=False,
            )
        except TypstError as error:
            return FAILED, str(getattr(error, "diagnostic", error)).encode()
        pages = found if isinstance(found, list) else [found or b""]
        return DRAWN, b"".join(struct.pack(">I", len(page)) + page for page in pages)

    def _draw_frame(self, paper: Mapping[str, Any]) -> None:
        """Once for each kind of sheet: drawn with every paper, it would take three times as long as the words."""
        file = self._folder / paper["frame"]
        if not file.exists():
            inputs = {"kind": paper["kind"], "landscape": json.dumps(paper["landscape"])}
            drawn = self._compiler(FRAME).compile(format="pdf", sys_inputs=inputs, timestamp=0, pdf_tags=False)
            file.write_bytes(drawn)

    def _compiler(self, source: str) -> Compiler:
        from typst import Compiler

        nothing = self._folder / "packages"
        return Compiler(
            input=self._folder / source,
            root=self._folder,
            ignore_system_fonts=True,
            font_paths=[],
            package_path=nothing,
            package_cache_path=nothing,
        )


def limit_resources(processor_s: int, *, nice: int) -> None:
    """No network, and no more memory and processor than papers need, where the system can see to it."""
    os.environ.update(dict.fromkeys(_PROXIES, _NOWHERE))
    os.environ.pop("NO_PROXY", None)
    try:
        import resource
    except ImportError:
        return
    os.nice(nice)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (processor_s, processor_s + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_FILES_MOST, _FILES_MOST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_frame(stream: BinaryIO) -> tuple[bytes, bytes]:
    """What it is, and its bytes. Raises EOFError: the other side is gone."""
    head = stream.read(5)
    if len(head) < 5:  # noqa: PLR2004 - a letter and a length
        raise EOFError
    (length,) = struct.unpack(">I", head[1:])
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return head[:1], data


def write_frame(stream: BinaryIO, kind: bytes, data: bytes) -> None:
    """A letter, the length, the bytes."""
    stream.write(kind + struct.pack(">I", len(data)) + data)


def pages_of(data: bytes) -> list[bytes]:
    """The pages of one drawn sheet; a PDF is one piece."""
    pages = []
    while data:
        (length,) = struct.unpack(">I", data[:4])
        pages.append(data[4 : 4 + length])
        data = data[4 + length :]
    return pages


if __name__ == "__main__":
    main()

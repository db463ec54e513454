"""The words of a PDF that Typst has made, as a reader would take them out of it, and where they stand."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

_OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
_ONE = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>$", re.MULTILINE)
_RANGE = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>")
#: Brackets inside of a string stand for themselves if they match.
_INSIDE = rb"(?:\\.|[^\\()])*"
for _ in range(4):
    _INSIDE = rb"(?:\\.|[^\\()]|\(" + _INSIDE + rb"\))*"
_TOKEN = re.compile(
    rb"/ActualText\s*(?:\("
    + _INSIDE
    + rb"\)|<[0-9a-fA-F]*>)|(?P<q>\bq\b)|(?P<Q>\bQ\b)|(?P<cm>(?:-?[\d.]+ ){6}cm)|/(?P<font>f\d+) (?P<size>[\d.]+) Tf"
    rb"|\((?P<text>" + _INSIDE + rb")\)|<(?P<hex>[0-9a-fA-F]+)>|(?P<kern>-?[\d.]+)(?=[\s(\]])|(?P<end>\bET\b)",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True, slots=True)
class Run:
    """Some letters in one line; points from the left and from the bottom of the page."""

    text: str
    left: float
    right: float
    base: float


@dataclass(frozen=True, slots=True)
class _Font:
    letters: dict[int, str]
    widths: dict[int, float]


def words(pdf: bytes) -> str:
    """All letters in order, without any white space: lines may be broken anywhere."""
    return "".join("".join(run.text for run in page) for page in pages(pdf)).translate({32: "", 160: "", 0x200B: ""})


def pages(pdf: bytes) -> list[list[Run]]:
    """The runs of each page."""
    objects = {int(found[1]): found[2] for found in _OBJECT.finditer(pdf)}
    return [_runs(objects, body) for body in objects.values() if re.search(rb"/Type/Page\b(?!s)", body)]


def _runs(objects: dict[int, bytes], page: bytes) -> list[Run]:
    resources = objects[int(_found(rb"/Resources (\d+) 0 R", page))]
    fonts = {name: _font(objects, int(number)) for name, number in _FONT.findall(resources)}
    stack, at, font, size, runs = [], (0.0, 0.0), _Font({}, {}), 0.0, []
    text, width = "", 0.0
    for token in _TOKEN.finditer(_stream(objects[int(_found(rb"/Contents (\d+) 0 R", page))])):
        if token["q"]:
            stack.append(at)
        elif token["Q"]:
            at = stack.pop()
        elif token["cm"]:
            x, y = token["cm"].split()[4:6]
            at = (at[0] + float(x), at[1] + float(y)) if len(stack) == 1 else at
        elif token["font"]:
            font, size = fonts[token["font"]], float(token["size"])
        elif token["kern"] and text:
            width -= float(token["kern"]) * size / 1000
        elif token["text"] is not None or token["hex"]:
            raw = _unescaped(token["text"]) if token["text"] is not None else bytes.fromhex(token["hex"].decode())
            glyphs = [int.from_bytes(raw[place : place + 2], "big") for place in range(0, len(raw), 2)]
            text += "".join(font.letters.get(glyph, "�") for glyph in glyphs)
            width += sum(font.widths.get(glyph, 0.0) for glyph in glyphs) * size / 1000
        elif token["end"]:
            runs.append(Run(text, at[0], at[0] + width, at[1]))
            text, width = "", 0.0
    return runs


def _font(objects: dict[int, bytes], number: int) -> _Font:
    letters: dict[int, str] = {}
    table = _stream(objects[int(_found(rb"/ToUnicode (\d+) 0 R", objects[number]))])
    for first, last, text in _RANGE.findall(table):
        for place in range(int(last, 16) - int(first, 16) + 1):
            letters[int(first, 16) + place] = chr(int(text, 16) + place)
    for glyph, text in _ONE.findall(table):
        letters.setdefault(int(glyph, 16), bytes.fromhex(text.decode()).decode("utf-16-be"))
    below = objects[int(_found(rb"/DescendantFonts\[(\d+) 0 R", objects[number]))]
    return _Font(letters, _widths(_found(rb"/W\[(.*?)\]\s*[>/]", below).split()))


def _widths(numbers: list[bytes]) -> dict[int, float]:
    """`first last width`, as Typst writes them."""
    found: dict[int, float] = {}
    for place in range(0, len(numbers) - 2, 3):
        first, last, width = (float(number) for number in numbers[place : place + 3])
        found.update(dict.fromkeys(range(int(first), int(last) + 1), width))
    return found


def _unescaped(text: bytes) -> bytes:
    return _ESCAPE.sub(
        lambda found: bytes([int(found[1], 8)]) if found[1].isdigit() else _NAMED.get(found[1], found[1]), text
    )


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    return zlib.decompress(found[1]) if found else b""


def _found(pattern: bytes, text: bytes) -> bytes:
    found = re.search(pattern, text, re.DOTALL)
    return found[1] if found else b""

"""What the bot of these tests shows: buttons, carousels, a picture."""

from __future__ import annotations

import json
import struct
import zlib

from tests.sandbox.client import Json


def row(*labels: str) -> list[Json]:
    return [{"action": {"type": "text", "label": label}} for label in labels]


def carousel(*cards: Json) -> str:
    return json.dumps({"type": "carousel", "elements": cards}, ensure_ascii=False)


def png(width: int, height: int) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x4a\x90\xe2" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")

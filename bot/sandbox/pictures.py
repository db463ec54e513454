"""Just enough of picture formats to tell a picture from something else, and its size."""

from __future__ import annotations

import struct
from dataclasses import dataclass

LARGEST_BYTES = 50 * 1024 * 1024
WIDEST_SUM_PX, STEEPEST_RATIO = 14_000, 20
_PNG_HEADER_BYTES, _GIF_HEADER_BYTES = 24, 10
_MARK = 0xFF  # begins every JPEG marker
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # JPEG markers that carry the size
_BARE = frozenset({0x01, *range(0xD0, 0xDA)})  # JPEG markers without a length


@dataclass(frozen=True, slots=True)
class Picture:
    extension: str
    content_type: str
    width_px: int
    height_px: int


def measure(data: bytes) -> Picture | None:
    """What picture this is, or None where it is none that VK takes (JPEG, PNG, GIF)."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= _PNG_HEADER_BYTES:
        return Picture("png", "image/png", *struct.unpack(">II", data[16:24]))
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= _GIF_HEADER_BYTES:
        return Picture("gif", "image/gif", *struct.unpack("<HH", data[6:10]))
    if data.startswith(b"\xff\xd8") and (size := _jpeg_size(data)) is not None:
        return Picture("jpg", "image/jpeg", *size)
    return None


def acceptable(data: bytes) -> Picture | None:
    """The picture where VK's upload server would take it, by size and proportions."""
    picture = measure(data)
    if picture is None or len(data) > LARGEST_BYTES:
        return None
    small, large = sorted((picture.width_px, picture.height_px))
    if small < 1 or small + large > WIDEST_SUM_PX or large > small * STEEPEST_RATIO:
        return None
    return picture


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data):
        if data[at] != _MARK:
            return None
        marker = data[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 if marker in _BARE or marker == _MARK else 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None

"""Reading a little of a strange page: decompress with a cap, find a title, clean it."""

from __future__ import annotations

import html
import re
import unicodedata
import zlib

LONGEST_TITLE = 200

# Named by pages of the last thirty years; anything else is read as UTF-8. A page must not choose among all of
# Python's codecs: some are quadratic, some are no charsets at all.
_CHARSETS = frozenset({"utf-8", "windows-1251", "cp1251", "koi8-r", "iso-8859-1", "windows-1252"})
_META_CHARSET = re.compile(rb"charset\s{0,8}=\s{0,8}[\"']?([a-z0-9\-]{1,20})")


class CappedBody:
    """Collects a response's body up to `limit_bytes`, both as sent and as decompressed."""

    def __init__(self, limit_bytes: int, content_encoding: str) -> None:
        self._limit_bytes = limit_bytes
        self._taken_bytes = 0
        self._body = bytearray()
        encoding = content_encoding.strip().lower()
        # 32 above zlib's own window bits: gzip or zlib, whichever the data says.
        packed = encoding in {"gzip", "x-gzip", "deflate"}
        self._unpacker = zlib.decompressobj(zlib.MAX_WBITS + 32) if packed else None
        #: Nothing more is wanted: the cap is reached, or the encoding cannot be read.
        self.full = not packed and encoding not in {"", "identity"}

    def feed(self, chunk: bytes) -> None:
        """Take what still fits of `chunk`."""
        chunk = chunk[: self._limit_bytes - self._taken_bytes]
        self._taken_bytes += len(chunk)
        room = self._limit_bytes - len(self._body)
        try:
            # With a maximum given, a bomb is unpacked only as far as there is room.
            self._body += self._unpacker.decompress(chunk, room) if self._unpacker else chunk[:room]
        except zlib.error:
            self.full = True
        self.full = self.full or max(len(self._body), self._taken_bytes) >= self._limit_bytes

    @property
    def body(self) -> bytes:
        """What was collected."""
        return bytes(self._body)


def page_title(body: bytes, charset: str | None) -> str | None:
    """The text of the page's <title>, cleaned, or None.

    Searched by position and not by a pattern: on a body written to that end a pattern takes quadratic time.
    """
    lowered = body.lower()  # of bytes: only ASCII letters change, so positions stay
    start = lowered.find(b">", lowered.find(b"<title")) if b"<title" in lowered else -1
    end = lowered.find(b"</title", start)
    if start < 0 or end < 0:
        return None
    raw = body[start + 1 : min(end, start + 1 + LONGEST_TITLE * 16)]
    return clean_title(html.unescape(raw.decode(_charset(lowered, charset), errors="replace")))


def clean_title(text: str) -> str | None:
    """One line of at most 200 visible characters, without control, direction or private-use marks; or None."""
    visible = "".join(" " if char.isspace() else char for char in text[: LONGEST_TITLE * 16])
    visible = "".join(char for char in visible if not unicodedata.category(char).startswith("C"))
    words = " ".join(visible.split())
    if len(words) > LONGEST_TITLE:
        words = words[: LONGEST_TITLE - 1].rstrip() + "…"
    return words or None


def _charset(lowered: bytes, named: str | None) -> str:
    meta = _META_CHARSET.search(lowered, 0, 4096)
    charset = (named or (meta[1].decode("ascii") if meta else "")).lower()
    return charset if charset in _CHARSETS else "utf-8"

"""JSON as it is kept and sent: compact, letters as they are.

By msgspec (which vkbottle's types use as well), in a fifth of the standard library's time; what msgspec takes for
malformed and the standard library does not (a lone surrogate, a byte order mark) is still read.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec


def packed(value: object) -> str:
    """Compact JSON. Raises UnicodeEncodeError for half a surrogate pair, TypeError for what JSON can't hold."""
    return _encode(value).decode()


def packed_as_it_may_be(value: object) -> str:
    """The same of a value from outside: what UTF-8 can't hold becomes «?», what JSON can't hold an empty object."""
    try:
        return packed(value)
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()
    except (ValueError, TypeError, RecursionError):
        return "{}"


def unpacked(text: str | bytes) -> Any:
    """The value of a JSON text. Raises ValueError, RecursionError."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return json.loads(text)


def _plain(value: object) -> str:
    """Strings of our own classes are strings."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


_encode = msgspec.json.Encoder(enc_hook=_plain).encode

"""A file as it is handed over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """`name` is what people see, with its extension."""

    name: str
    data: bytes
    #: A picture to be seen in the chat itself, not a document to be opened.
    photo: bool = False

"""Which update a line of the log belongs to: known wherever the code runs on its behalf."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: «update 12», «job 7»; empty outside of both.
ON_BEHALF_OF: ContextVar[str] = ContextVar("on_behalf_of", default="")


@contextmanager
def on_behalf_of(what: str, number: int | None) -> Iterator[None]:
    """What is logged inside belongs to this update or job; None: to nothing in particular."""
    token = ON_BEHALF_OF.set("" if number is None else f"{what} {number}")
    try:
        yield
    finally:
        ON_BEHALF_OF.reset(token)

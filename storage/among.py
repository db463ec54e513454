"""A set of words as one parameter of a query, for engines that have no common way to pass a list."""

from __future__ import annotations

from collections.abc import Collection


def among(words: Collection[str] | None) -> str | None:
    """For `:words like '%|' || column || '|%'`; None, where the query says so, means any."""
    return None if words is None else f"|{'|'.join(sorted(words))}|"

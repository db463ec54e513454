"""Under which keys an application keeps what its work is called and what it is about."""

from __future__ import annotations

TITLE, DESCRIPTION = "_title", "_description"

"""A pipeline without a messenger, on a database of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.pipeline.line import Line, line_on


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    """Nobody has written yet."""
    async with line_on(tmp_path / "bot.db") as found:
        yield found

"""A real database on disk, in the middle of one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.storage import Storage
from tests.storage.world import world


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    """Every table; the people 1 to 9 and the events `scratch` and `webinar` are there."""
    async with world(tmp_path) as found:
        yield found
